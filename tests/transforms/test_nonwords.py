import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.nonwords import analyse_nonword, unknown_word


@pytest.mark.parametrize(
    ("token", "pos", "upos", "feats", "source"),
    [
        ("2015", "digit", "NUM", "NumForm=Digit|NumType=Card", "digit"),
        ("٣٫٥", "digit", "NUM", "NumForm=Digit|NumType=Card", "digit"),
        ("1.5", "digit", "NUM", "NumForm=Digit|NumType=Card", "digit"),
        ("1,250,000", "digit", "NUM", "NumForm=Digit|NumType=Card", "digit"),
        ("½", "digit", "NUM", "NumForm=Digit|NumType=Card", "digit"),
        ("«", "punc", "PUNCT", None, "punctuation"),
        ("،", "punc", "PUNCT", None, "punctuation"),
        ("...", "punc", "PUNCT", None, "punctuation"),
        ("ـ", "punc", "PUNCT", None, "punctuation"),
        ("%", "punc", "SYM", None, "punctuation"),
        ("$", "punc", "SYM", None, "punctuation"),
        ("😀", "punc", "SYM", None, "punctuation"),
        ("Adblock", "foreign", "X", "Foreign=Yes", "foreign"),
        ("Москва", "foreign", "X", "Foreign=Yes", "foreign"),
        ("#سوريا", "foreign", "X", None, "foreign"),
        ("https://www.aljazeera.net/news", "foreign", "SYM", None, "foreign"),
        ("editor@example.com", "foreign", "SYM", None, "foreign"),
    ],
)
def test_tokens_that_are_no_arabic_words(token, pos, upos, feats, source):
    analysis = analyse_nonword(token)
    assert (analysis.pos, analysis.upos, analysis.feats) == (pos, upos, feats)
    assert analysis.analysis_source == source
    assert (analysis.lemma, analysis.diac, analysis.d3, analysis.atb) == (token,) * 4
    assert (analysis.analysis_score, analysis.analysis_count) == (1.0, 1)


def test_an_unknown_word_claims_nothing():
    analysis = unknown_word("ڭلمس")
    assert (analysis.lemma, analysis.upos, analysis.analysis_source) == ("ڭلمس", "X", "backoff")
    assert analysis.feats is analysis.root is analysis.gloss is None


@given(st.text(min_size=1))
def test_any_string_gets_an_analysis(token):
    assert analyse_nonword(token).lemma == token
