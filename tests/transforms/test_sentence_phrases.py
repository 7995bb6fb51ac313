"""What stands behind a stop: clauses and phrases."""

import pytest

from transforms.folding import fold
from transforms.sentence_phrases import is_past_verb, is_phrase, opens_a_clause


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("في المدن والقرى", True),
        ("في المقابل لم ينس الناس", False),
        ("في عالم الحيوان ، هذا مفيد", False),
        ("على الوزير أن يجيب", False),
        ("ثم في 2015", True),
        ("ثم عاد الناس", False),
        ("من أكبرهم إلى أصغرهم", True),
        ("من يدري", False),
        ("مشيرا إلى أن العدد كبير", True),
        ("ماذا بقي لنا", False),
        ("ولا ميزانية", True),
        ("ولا أحد يعرف السبب", False),
        ("وصل الفريق", False),
    ],
)
def test_a_phrase_only_goes_on_with_what_stood_before(text, phrase):
    assert is_phrase(tuple(text.split()), 0) is phrase


@pytest.mark.parametrize(
    ("text", "phrase"),
    [("جنوب المدينة", True), ("ثم يملح", True), ("من جهته قال", False), ("حضر الجنازة", False)],
)
def test_behind_a_unit_more_words_go_on(text, phrase):
    assert is_phrase(tuple(text.split()), 0, after_unit=True) is phrase


def test_a_comma_behind_a_few_words_shows_a_clause():
    assert opens_a_clause(("في", "النهاية"), 0)
    assert opens_a_clause(("في", "مناطق", "أخرى", "،", "الأمر", "مختلف"), 0)
    assert not opens_a_clause(("في", "المدن", "،", "والقرى"), 0)
    assert not opens_a_clause(("في",), 0)


@pytest.mark.parametrize(
    ("word", "verb"),
    [("لبست", True), ("وركضت", True), ("كنت", True), ("وقت", False), ("والبنت", False)],
)
def test_verbs_of_the_first_person_are_told_by_their_end(word, verb):
    assert is_past_verb(fold(word)) is verb
