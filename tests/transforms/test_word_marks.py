from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.word_marks import LISTS, MARKS, RankedWords

# By falling count; the last two are not counted, only listed.
WORDS = ("في", "محمد", "القاهره", "موسكو", "وزير", "ومحمد", "ديانا", "كيري")
COUNTED = 6
LISTED = np.zeros((len(WORDS), len(LISTS)), dtype=bool)
LISTED[WORDS.index("ديانا"), LISTS.index("given names")] = True
LISTED[WORDS.index("محمد"), LISTS.index("persons")] = True


def known() -> RankedWords:
    return RankedWords(WORDS, COUNTED, LISTED)


def clitics(word: str) -> list[bool]:
    """Whether a conjunction, a preposition and both were seen."""
    return [bool(mark) for mark in known().marks(word)[1:4]]


@pytest.mark.parametrize(
    ("word", "seen"),
    [
        ("وموسكو", [True, False, False]),
        ("ومحمد", [True, False, False]),
        ("لموسكو", [False, True, False]),
        ("للقاهره", [False, True, False]),
        ("وبموسكو", [False, False, True]),
        ("وللقاهره", [False, False, True]),
        ("وزير", [False, False, False]),
        ("وكيري", [True, False, False]),
        ("وتدمر", [False, False, False]),
        ("و", [False, False, False]),
    ],
)
def test_clitics_are_seen_before_words_that_are_commoner_alone(word: str, seen: list[bool]) -> None:
    assert clitics(word) == seen


def test_the_lists_of_a_word_are_marked_and_faintly_those_of_its_rest() -> None:
    given_names = MARKS - len(LISTS) + LISTS.index("given names")
    assert known().marks("ديانا")[given_names] == 1
    assert 0 < known().marks("وديانا")[given_names] < 1
    assert known().marks("كيري")[given_names] == 0
    assert known().marks("تدمر")[given_names] == 0


def test_common_words_have_a_higher_mark_than_rare_ones() -> None:
    marks = [known().marks(word)[0] for word in ("في", "محمد", "ومحمد", "ديانا", "تدمر")]
    assert marks[0] > marks[1] > marks[2] > marks[3] == marks[4] == 0


@given(st.text(alphabet="ابتوفلكيدنxé٣-", max_size=12))
def test_every_word_has_marks(word: str) -> None:
    marks = known().marks(word)
    assert marks.shape == (MARKS,)
    assert np.isfinite(marks).all()
