from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.records import Entity, EntityType
from tests.transforms.builders import sentence
from transforms.article_entities import Key, _ends_like, _People, _whole_name, identify
from transforms.name_words import last_name, without_titles


def entity(text: str, name: str = "", kind: EntityType = "PER", at: int = 0) -> Entity:
    """An entity as `entities_of` leaves it; its place matters to abbreviations only."""
    return Entity(text, kind, 0, len(text), at, at + len(text.split()), name or text, 0.9)


def identified(*entities: Entity) -> list[tuple[str, int]]:
    """Name and number of each, in an article of one mention a sentence."""
    sentences = [sentence(one.text) for one in entities]
    rows = identify(sentences, [[one] for one in entities])
    return [(one.name, one.id) for row in rows for one in row]


def numbers(*names: str) -> list[int]:
    return [number for _, number in identified(*map(entity, names))]


def test_full_name_last_name_and_proclitic_are_one_person() -> None:
    mentions = [entity("فلاديمير بوتين"), entity("بوتين"), entity("وبوتين", "بوتين")]
    assert identified(*mentions) == [("فلاديمير بوتين", 0), ("بوتين", 0), ("بوتين", 0)]


def test_numbers_follow_the_first_mention() -> None:
    assert numbers("أوباما", "بوتين", "أوباما", "ميركل") == [0, 1, 0, 2]


def test_the_full_name_may_come_after_the_last_name() -> None:
    assert numbers("بوتين", "ميركل", "فلاديمير بوتين") == [0, 1, 0]


def test_the_commonest_spelling_of_the_article_is_the_name() -> None:
    assert identified(*map(entity, ["اوباما", "أوباما", "أُوباما", "أوباما"])) == [("أوباما", 0)] * 4


def test_of_equally_common_spellings_the_first_is_the_name() -> None:
    assert identified(entity("اوباما"), entity("أوباما")) == [("اوباما", 0)] * 2


def test_titles_are_no_part_of_the_name() -> None:
    assert identified(entity("الرئيس فلاديمير بوتين"), entity("الرئيس بوتين")) == [
        ("فلاديمير بوتين", 0),
        ("بوتين", 0),
    ]


@pytest.mark.parametrize(
    ("name", "rest"),
    [
        ("الرئيس الروسي فلاديمير بوتين", "فلاديمير بوتين"),
        ("د. محمد البرادعي", "محمد البرادعي"),
        ("الشيخ القرضاوي", "القرضاوي"),
        ("الملك الحسن الثاني", "الحسن الثاني"),
        ("حسين الشيخ", "حسين الشيخ"),
        ("الشيخ", "الشيخ"),
    ],
)
def test_what_is_left_without_titles(name: str, rest: str) -> None:
    assert without_titles(name) == rest


@pytest.mark.parametrize(
    ("name", "last"),
    [
        ("فلاديمير بوتين", "بوتين"),
        ("أسامة بن لادن", "بن لادن"),
        ("علي عبد الله", "عبد الله"),
        ("محمد آل الشيخ", "آل الشيخ"),
        ("فان غال", "فان غال"),
        ("بوتين", "بوتين"),
    ],
)
def test_last_name(name: str, last: str) -> None:
    assert " ".join(last_name(name.split())) == last


def test_a_shared_last_name_is_that_of_whoever_is_named_most() -> None:
    assert numbers("حافظ الأسد", "بشار الأسد", "الأسد", "بشار الأسد") == [0, 1, 1, 1]


def test_a_first_name_is_a_person_only_if_one_person_has_it() -> None:
    assert numbers("صدام حسين", "صدام") == [0, 0]
    assert numbers("محمد صلاح", "محمد النني", "محمد") == [0, 1, 2]


def test_a_name_between_first_and_last_may_be_left_out() -> None:
    assert numbers("ماجد بن عبدالله القصبي", "ماجد القصبي") == [0, 0]


def test_compounds_may_be_written_together() -> None:
    assert numbers("علي عبد الله صالح", "علي عبدالله صالح", "صالح") == [0, 0, 0]


def test_places_and_organisations_have_no_last_names() -> None:
    mentions = [entity("حلف شمال الأطلسي", kind="ORG"), entity("الأطلسي", kind="ORG")]
    assert [number for _, number in identified(*mentions)] == [0, 1]


def test_the_same_name_of_another_type_is_something_else() -> None:
    mentions = [entity("الأهرام", kind="ORG"), entity("الأهرام", kind="LOC")]
    assert [number for _, number in identified(*mentions)] == [0, 1]


def test_an_abbreviation_is_its_long_form_wherever_it_stands() -> None:
    first = sentence("منظمة الصحة العالمية (WHO) في جنيف")
    long_form, short = (
        entity("منظمة الصحة العالمية", kind="ORG"),
        entity("WHO", kind="ORG", at=4),
    )
    rows = identify(
        [sentence("WHO"), first, sentence("WHO")],
        [[entity("WHO", kind="ORG")], [long_form, short], [entity("WHO", kind="ORG")]],
    )
    assert [[one.id for one in row] for row in rows] == [[0], [0, 0], [0]]


def test_abbreviations_that_stand_for_each_other_end_somewhere() -> None:
    first, second = sentence("غوغل (Google)"), sentence("Google (Google Inc)")
    third = sentence("Google Inc (Google)")
    inc = entity("Google Inc", kind="ORG")
    rows = identify(
        [first, second, third],
        [
            [entity("غوغل", kind="ORG"), entity("Google", kind="ORG", at=2)],
            [entity("Google", kind="ORG"), entity("Google Inc", kind="ORG", at=2)],
            [inc, entity("Google", kind="ORG", at=3)],
        ],
    )
    assert {one.id for row in rows for one in row} == {0}


def test_an_article_without_entities() -> None:
    assert identify([sentence("ثم عاد")], [[]]) == ((),)


@given(st.lists(st.lists(st.sampled_from("بجدر"), min_size=1, max_size=3), max_size=12))
def test_persons_found_by_first_and_last_word_are_those_that_comparing_all_would_find(
    letters: list[list[str]],
) -> None:
    keys: list[Key] = [("PER", tuple(letter * 3 for letter in row)) for row in letters]
    counts = dict(Counter(keys))
    several = [key for key in counts if len(key[1]) > 1]
    for key in counts:
        longer = [other for other in several if len(other[1]) > len(key[1])]
        ends = [other for other in longer if _ends_like(key[1], other[1])]
        begins = [other for other in longer if other[1][: len(key[1])] == key[1]]
        expected = begins[0] if len(begins) == 1 else key
        if ends:
            expected = max(ends, key=lambda other: counts[other])
        assert _whole_name(key, _People(several), counts) == expected
