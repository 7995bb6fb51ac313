"""The scorer, on cases small enough to count by hand."""

import pytest

from tests.cleaning.score import (
    BodyScore,
    common_length,
    differences,
    same_title,
    score_body,
    summarise,
    words,
)


def test_words_are_runs_of_letters_and_digits_whatever_their_spelling():
    assert words("وقالَ: «إنّ ٣ كتـــبٍ، و2016م»") == words("وقال ان ٣ كتب و2016م")
    assert words("a\u200fb") == ["ab"]
    assert words(" … – \n") == []


@pytest.mark.parametrize(
    ("left", "right", "common"),
    [
        ("", "", 0),
        ("ا ب", "", 0),
        ("ا ب ج", "ا ب ج", 3),
        ("ا ب ج", "ج ب ا", 1),
        ("س ا ص ب ج ط", "ا ب ج", 3),
        ("ا ب ا ب ا", "ب ا ب", 3),
        ("ا ا ا", "ا", 1),
    ],
)
def test_common_words_count_once_and_in_order(left, right, common):
    assert common_length(left.split(), right.split()) == common
    assert common_length(right.split(), left.split()) == common


def test_common_length_is_that_of_the_table_of_the_textbook():
    def by_table(left, right):
        row = [0] * (len(right) + 1)
        for one in left:
            above = row[:]
            for place, other in enumerate(right):
                row[place + 1] = (
                    above[place] + 1 if one == other else max(row[place], above[place + 1])
                )
        return row[-1]

    left = [str(number * number % 17) for number in range(150)]
    right = [str(number * 7 % 23) for number in range(190)]
    assert common_length(left, right) == by_table(left, right)


def test_furniture_costs_precision_and_what_is_lost_costs_recall():
    score = score_body("القائمة قال الوزير\nشارك", "قال الوزير أمس.")
    assert score == BodyScore(gold=3, predicted=4, common=2)
    assert (score.precision, score.recall) == (0.5, pytest.approx(2 / 3))
    assert score.f1 == pytest.approx(4 / 7)


def test_nothing_predicted_scores_nothing():
    score = score_body("", "قال الوزير")
    assert (score.precision, score.recall, score.f1) == (0.0, 0.0, 0.0)


def test_differences_name_what_was_kept_and_lost():
    assert differences("القائمة قال الوزير شارك", "قال الوزير أمس") == (
        "+ القايمه",
        "- امس",
        "+ شارك",
    )
    assert differences("قال", "قال") == ()


def test_a_title_is_exact_but_for_white_space_and_tatweel():
    assert same_title(" وزير\u00a0النقل  يستقيل", "وزيـــر النقل يستقيل")
    assert not same_title("وزير النقل يستقيل - موقعنا", "وزير النقل يستقيل")
    assert not same_title("وزير النقل", None)
    assert not same_title(None, "وزير النقل")
    assert same_title(None, None)


def test_a_summary_holds_means_over_pages_and_the_score_of_all_words():
    found = summarise([BodyScore(10, 10, 10), BodyScore(30, 10, 5)], [True, False])
    assert found.precision == pytest.approx(0.75)
    assert found.recall == pytest.approx((1 + 1 / 6) / 2)
    assert found.f1 == pytest.approx((1 + 0.25) / 2)
    assert found.all_words == BodyScore(40, 20, 15)
    assert found.titles == 0.5
