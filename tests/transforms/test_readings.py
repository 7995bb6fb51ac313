import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.candidates import candidate
from transforms.lemma_priors import Count, LemmaPriors, lemma_key
from transforms.reading_numbers import NUMBERS, letters_changed
from transforms.readings import Reader, plain_lemma
from transforms.spelling import marks_denied
from transforms.values import CLAIMED, VALUES_PER_READING, ValueTable, claims

PRIORS = LemmaPriors(
    {
        lemma_key("كِتَاب"): (Count("noun", -6.0),),
        lemma_key("كُلّ"): (Count("noun_quant", -5.0),),
        lemma_key("نِتَنْيَاهُو"): (Count("noun_prop", -9.0),),
    },
    {"نتنياهو": "نِتَنْيَاهُو"},
    {},
)


def read(word, *candidates, view=None, table=()):
    return Reader(PRIORS, ValueTable(table)).readings(word, view or word, candidates)


def numbers(readings, index=0):
    return dict(zip(NUMBERS, readings.numbers[index].tolist(), strict=True))


def test_a_reading_is_an_analysis_with_a_present_part_of_speech():
    found = read("كل", candidate("كُلّ", "كُلّ", "noun", "-3.5"))
    assert [(reading.pos, reading.lemma) for reading in found.readings] == [
        ("noun", "كُلّ"),
        ("noun_quant", "كُلّ"),
    ]
    assert [numbers(found, index)["pos_uncounted"] for index in (0, 1)] == [1.0, 0.0]
    assert [numbers(found, index)["pos_of_priors"] for index in (0, 1)] == [0.0, 1.0]
    assert numbers(found, 1)["lemma_and_pos"] == -5.0


def test_a_reading_claims_features_and_combinations_of_them():
    names = claims("noun", tuple("g" if name == "cas" else "0" for name in CLAIMED))
    assert "cas=g" in names
    assert "pos=noun" in names
    assert len(names) + 1 == VALUES_PER_READING  # and one for its lemma


def test_values_are_numbered_from_one_and_unknown_ones_are_zero():
    found = read("كتاب", candidate("كِتاب", "كِتاب", "noun", "-3.5"), table=["pos=noun"])
    assert sorted(found.values[0].tolist())[-1] == 1
    assert sum(found.values[0]) == 1


def test_spelling_costs_are_counted_by_kind():
    hamza = read("ان", candidate("أَنَّ", "أَنَّ", "conj_sub", "-1.8"))
    assert (numbers(hamza)["hamzas_changed"], numbers(hamza)["letters_changed"]) == (1.0, 0.0)
    other = read("علم", candidate("عَمَل", "عَمَل", "noun", "-1.8"))
    assert (numbers(other)["hamzas_changed"], numbers(other)["letters_changed"]) == (0.0, 2.0)
    assert letters_changed("كتاب", candidate("كِتاب", "كِتاب", "noun", "-3").parts()) == 0


def test_a_guessed_name_takes_the_diacritics_that_it_was_counted_with():
    found = read("نتنياهو", candidate("نتنياهو", "نتنياهو", "noun_prop", "-99", is_guess=True))
    assert found.readings[0].lemma == "نِتَنْيَاهُو"
    assert numbers(found)["guessed_known_name"] == 1.0
    assert numbers(found)["guess"] == 1.0


@pytest.mark.parametrize(
    ("word", "form", "denied"),
    [
        ("عِلم", "عِلْم", 0),
        ("عِلم", "عَلَم", 1),
        ("مَن", "مِن", 1),
        ("كتـاب", "كِتاب", 0),
        ("كُتّاب", "كُتّاب", 0),
        ("كُتّاب", "كِتاب", 2),
        ("جديدًا", "جَدِيداً", 0),
    ],
)
def test_marks_of_the_author_that_a_form_denies_are_counted(word, form, denied):
    assert marks_denied(word, form) == denied


def test_a_lemma_loses_its_number():
    assert [plain_lemma(x) for x in ("أَكَل-u_1", "كِتاب_2", "ماع-i_1")] == ["أَكَل", "كِتاب", "ماع"]


@given(st.randoms())
def test_the_order_of_the_analyses_never_matters(shuffled: random.Random):
    candidates = [
        candidate("كِتاب", f"كِتاب{number % 3}", "noun", "-3.5", gloss=f"{number}", cas=case)
        for number in range(4)
        for case in "nag"
    ]
    expected = read("كتاب", *candidates)
    shuffled.shuffle(candidates)
    found = read("كتاب", *candidates)
    assert found.readings == expected.readings
    assert found.numbers.tolist() == expected.numbers.tolist()
