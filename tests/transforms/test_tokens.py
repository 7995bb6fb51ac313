import pytest
from hypothesis import given

from tests.transforms.articles import any_text, thorough
from transforms.tokens import tokenise


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("وقالت، أمس: نعم.", ["وقالت", "،", "أمس", ":", "نعم", "."]),
        ("1,000 و٣٫٥ و18.30", ["1,000", "و", "٣٫٥", "و", "18.30"]),
        (
            "زوروا https://www.bbc.com/arabic?id=3.",
            ["زوروا", "https://www.bbc.com/arabic?id=3", "."],
        ),
        ("موقع bbc.co.uk. وقال", ["موقع", "bbc.co.uk", ".", "وقال"]),
        ("AHDATH.INFO", ["AHDATH.INFO"]),
        ("end.Then", ["end", ".", "Then"]),
        ("كتب a.b-c@news.com.sa اليوم", ["كتب", "a.b-c@news.com.sa", "اليوم"]),
        ("#سوريا_اليوم @warraq", ["#سوريا_اليوم", "@warraq"]),
        ("لماذا؟!! ...", ["لماذا", "؟", "!!", "..."]),
        ("مُحَمَّدٌ", ["مُحَمَّدٌ"]),
        ("F16 وGPT4", ["F16", "و", "GPT4"]),
        ("“داعش”", ["“", "داعش", "”"]),
    ],
)
def test_words(text, words):
    assert list(tokenise(text).words) == words


@thorough
@given(any_text)
def test_every_visible_character_is_in_exactly_one_token(text):
    tokens = tokenise(text)
    covered = 0
    for word, start, end in zip(*tokens, strict=True):
        assert text[start:end] == word != ""
        assert not any(character.isspace() for character in word)
        assert text[covered:start].strip() == ""
        covered = end
    assert text[covered:].strip() == ""


@pytest.mark.parametrize("unit", ["a.", "a-", "a_", "http://", "www.", "@a", "1,", "ا.", "."])
def test_a_megabyte_of_one_pattern_ends(unit):
    text = unit * (1_000_000 // len(unit))
    assert "".join(tokenise(text).words) == text
