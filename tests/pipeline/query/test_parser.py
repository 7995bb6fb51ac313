import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.query.parser import PatternError, parse_pattern, parse_test
from pipeline.query.pattern import (
    All,
    Any,
    Choice,
    Comparison,
    Not,
    Repetition,
    Sequence,
    Word,
    comparisons,
)


def word(value, position, attribute="word", operator="="):
    return Word(Comparison(attribute, operator, value, False, position))


def test_a_bare_word_is_the_word_as_it_is_written():
    assert parse_pattern("قال") == word("قال", 0)
    assert parse_pattern('"قال"') == parse_pattern("'قال'") == word("قال", 0)


def test_words_follow_each_other():
    assert parse_pattern("قال  الرئيس") == Sequence((word("قال", 0), word("الرئيس", 5)))


def test_described_words():
    assert parse_pattern('[lemma="قال"]') == word("قال", 7, "lemma")
    assert parse_pattern('[ upos != "NOUN" ]') == word("NOUN", 10, "upos", "!=")
    assert parse_pattern('[lemma=="قال"]') == word("قال", 8, "lemma", "==")
    assert parse_pattern('[feats contains "Number=Dual"]') == word(
        "Number=Dual", 16, "feats", "contains"
    )
    assert parse_pattern("[]") == Word(All(()))


def test_and_binds_before_or_and_not_before_both():
    (test,) = [parse_test('[upos="A" | !upos="B" & upos="C"]')]
    a, b, c = comparisons(test)
    assert test == Any((a, All((Not(b), c))))
    bracketed = parse_test('[(upos="A" | upos="B") & upos="C"]')
    a, b, c = comparisons(bracketed)
    assert bracketed == All((Any((a, b)), c))


@pytest.mark.parametrize(
    ("sign", "least", "most"),
    [
        ("?", 0, 1), ("*", 0, None), ("+", 1, None), ("{2}", 2, 2), ("{1,3}", 1, 3),
        ("{2,}", 2, None), ("{,3}", 0, 3), ("{ 1 , 3 }", 1, 3),
    ],
)  # fmt: skip
def test_repetition(sign, least, most):
    assert parse_pattern(f"قال{sign}") == Repetition(word("قال", 0), least, most)
    assert parse_pattern(f"[]{sign}") == Repetition(Word(All(())), least, most)


def test_choices_and_groups():
    pattern = parse_pattern("(في | من) بيت | قصر")
    assert isinstance(pattern, Choice)
    first, second = pattern.parts
    assert second == word("قصر", 16)
    assert first == Sequence((Choice((word("في", 1), word("من", 6))), word("بيت", 10)))


def test_a_quotation_mark_in_a_value_is_escaped():
    assert parse_pattern(r'[word="\"قال\""]') == word('"قال"', 6)
    assert parse_pattern(r'"\."') == word(r"\.", 0)


def test_case_is_ignored_where_asked():
    (comparison,) = comparisons(parse_pattern('[gloss="Say.*"%c]'))
    assert comparison.ignores_case


@pytest.mark.parametrize(
    ("pattern", "character", "expected"),
    [
        ("", 1, "a word, [ or ("),
        ("   ", 4, "a word, [ or ("),
        ("قال (", 6, "a word, [ or ("),
        ("(قال", 5, ") or | or another word"),
        ("قال )", 5, "a word, [, ( or the end"),
        ("[lemma=", 8, "a value in quotation marks"),
        ("[lemma=قال]", 8, "a value in quotation marks"),
        ('[lemma="قال"', 13, "] or & or |"),
        ('[lemma="قال" upos="NOUN"]', 14, "] or & or |"),
        ('[lemma="قال', 12, 'another "'),
        ('[lemma>"قال"]', 7, "= or != or == or !=="),
        ('[lema="قال"]', 2, "did you mean lemma?"),
        ('[zzz="قال"]', 2, "word, lemma,"),
        ('[upos contains "NOUN"]', 7, "= or != or == or !=="),
        ('[="قال"]', 2, "an attribute"),
        ("قال{", 4, "a number of times"),
        ("قال{0}", 4, "1 to 100 times"),
        ("قال{1000}", 4, "1 to 100 times"),
        ("قال{3,2}", 4, "the smaller number first"),
        ("*", 1, "a word, [ or ("),
        ('"قال"%x', 6, "%c"),
        ("(" * 60, 52, "at most 50 brackets"),
        ("[" + "!" * 60, 52, "at most 50 brackets"),
    ],
)
def test_what_does_not_parse_is_shown_where_it_does_not(pattern, character, expected):
    with pytest.raises(PatternError) as caught:
        parse_pattern(pattern)
    first, shown, caret = caught.value.line.split("\n")
    assert first.startswith(f"warraq: error W121: pattern, character {character} (")
    assert expected in first
    assert shown == f"  {pattern}"
    assert caret.strip() == "^"
    assert caret.index("^") == 2 + character - 1  # no letter here is wider or narrower than one


def test_the_caret_stands_under_the_place_after_diacritics():
    with pytest.raises(PatternError) as caught:
        parse_pattern("قَالَ )")
    assert caught.value.shown.split("\n")[1] == "      ^"


def test_a_test_is_of_one_word():
    with pytest.raises(PatternError, match="one word"):
        parse_test("قال الرئيس")


@given(st.text(alphabet="[](){}|&!=?*+,\"'% \n012abcقاَلlemma", max_size=30))
def test_any_text_parses_or_is_refused_with_its_place(text):
    error = None
    try:
        parse_pattern(text)
    except PatternError as raised:
        error = raised
    assert error is None or len(error.line.split("\n")) == 3


def test_the_error_survives_the_way_between_processes():
    with pytest.raises(PatternError) as caught:
        parse_pattern("[")
    assert pickle.loads(pickle.dumps(caught.value)).line == caught.value.line
