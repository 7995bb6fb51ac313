import pytest

from tests.candidates import candidate
from transforms.analysis_rows import analysis_row
from transforms.readings import Reading
from transforms.values import CLAIMED


def row(word, found, pos, lemma):
    features = tuple(found.value(name) for name in CLAIMED)
    return analysis_row(word, Reading(found, pos, lemma), features, 0.75, 4)


def test_the_row_has_the_present_part_of_speech_and_what_follows_from_it():
    found = row("كل", candidate("كُلّ", "كُلّ", "noun", "-3"), "noun_quant", "كُلّ")
    assert (found.pos, found.upos, found.lemma_id) == ("noun_quant", "NOUN", "كُلّ_1")
    assert (found.analysis_score, found.analysis_count) == (0.75, 4)


def test_another_lemma_than_the_databases_has_an_identifier_of_its_own():
    found = row("أميركي", candidate("أَمِيرِكِيّ", "أَمْرِيكِيّ", "adj", "-3"), "adj", "أَمِيرْكِيّ")
    assert (found.lemma, found.lemma_id) == ("أَمِيرْكِيّ", "أَمِيرْكِيّ_0")


@pytest.mark.parametrize(
    ("word", "is_guess", "source"),
    [("أن", False, "lexicon"), ("ان", False, "spelling_variant"), ("أن", True, "backoff")],
)
def test_the_source_says_whether_the_lexicon_knows_the_spelling(word, is_guess, source):
    found = candidate("أَنَّ", "أَنَّ", "conj_sub", "-1.8", is_guess=is_guess)
    assert row(word, found, "conj_sub", "أَنَّ").analysis_source == source


def test_what_does_not_apply_is_none_and_what_is_undefined_is_kept():
    found = candidate("كِتاب", "كِتاب", "noun", "-3", asp="na", cas="u", root="NTWS")
    analysis = row("كتاب", found, "noun", "كِتاب")
    assert (analysis.asp, analysis.prc0, analysis.cas) == (None, None, "u")
    assert analysis.root is analysis.pattern is None


def test_every_reading_of_a_proclitic_waw_is_the_conjunction():
    found = candidate("وَكانَ", "كان", "verb", "-1", prc2="wa_sub", bw="وَ/SUB_CONJ+كان/PV")
    analysis = row("وكان", found, "verb", "كان")
    assert (analysis.prc2, analysis.bw) == ("wa_conj", "وَ/CONJ+كان/PV")
