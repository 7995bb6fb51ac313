import pytest

from tests.articles import analysis
from tests.evaluation.calibration import calibration_error, expected_calibration_error
from tests.evaluation.treebank import GoldToken, GoldWord, Unit


def test_scores_that_mean_what_they_say_have_no_error():
    assert expected_calibration_error([(0.9, True)] * 9 + [(0.9, False)]) == pytest.approx(0.0)
    assert expected_calibration_error([(1.0, True), (0.5, True), (0.5, False)]) == 0.0
    assert expected_calibration_error([]) == 0.0


def test_too_sure_and_too_shy_do_not_cancel_out():
    answers = [(1.0, False), (0.0, True)]
    assert expected_calibration_error(answers) == pytest.approx(100.0)


def test_the_lemma_is_that_of_the_main_word():
    words = (
        GoldWord("و", "CCONJ", "وَ", None, None, None),
        GoldWord("كتب", "VERB", "كَتَب", None, None, None),
    )
    stop = GoldToken(".", (GoldWord(".", "PUNCT", ".", None, None, None),))
    unit = Unit((GoldToken("وكتب", words), stop))
    right = analysis("كَتَبَ", analysis_score=0.75)
    mark = analysis(".", analysis_source="punctuation", analysis_score=1.0)
    tokens = [("وكتب", 0, 4, right), (".", 5, 6, mark)]
    assert calibration_error([unit], [tokens]) == (pytest.approx(25.0), 1)
