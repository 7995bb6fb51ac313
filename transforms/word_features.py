"""What the contextual tagger sees of a word: its letters, and what the lexicon makes of it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from transforms.readings import NUMBERS, Readings
from transforms.tokens import DIGITS

_DIGIT = re.compile(f"[{DIGITS}]")
_FOLDED = str.maketrans("أإآٱى", "اااا" + "ي")
_SHARES = 256.0  # steps to 1, so that the tagger's sums are exact
MOST_LETTERS = 4  # of the beginnings and endings that are looked at

# How probable a reading is out of context, for the tagger's view of a word: weights of `NUMBERS`.
# Chosen by eye; the tagger learns what to make of them.
_OUT_OF_CONTEXT: Mapping[str, float] = {
    "lemma_and_pos": 0.7,
    "database": 0.3,
    "pos_uncounted": -1.0,
    "hamzas_changed": -2.0,
    "letters_changed": -4.0,
    "guess": -3.0,
}
_WEIGHTS = np.array([_OUT_OF_CONTEXT.get(name, 0.0) for name in NUMBERS])


class Word(NamedTuple):
    """A word as the tagger sees it; numbers of a `Vocabulary`, 0 for what it lacks.

    `possible` are the values that it may have, `shares` how probable each is out of context.
    """

    form: int
    affixes: tuple[int, ...]
    possible: NDArray[np.intp]
    shares: NDArray[np.float64]


class Vocabulary:
    """Numbers of word forms and of beginnings and endings of words."""

    def __init__(self, forms: Sequence[str], affixes: Sequence[str]) -> None:
        """Number both from 1 on."""
        self.forms = tuple(forms)
        self.affixes = tuple(affixes)
        self._forms = {form: number for number, form in enumerate(forms, 1)}
        self._affixes = {affix: number for number, affix in enumerate(affixes, 1)}

    def form(self, word: str) -> int:
        """The number of a word given without diacritics."""
        return self._forms.get(folded(word), 0)

    def affix_numbers(self, word: str) -> tuple[int, ...]:
        """The numbers of the beginnings and endings that are known, the word's kind among them."""
        found = (self._affixes.get(affix, 0) for affix in affixes(word))
        return tuple(number for number in found if number)


def folded(word: str) -> str:
    """A word without diacritics as vocabularies hold it: one alef, one yeh, one digit."""
    return _DIGIT.sub("0", word).translate(_FOLDED)


def affixes(word: str) -> list[str]:
    """Names of the beginnings and endings of a word given without diacritics, and of its kind."""
    form = folded(word)
    longest = min(MOST_LETTERS, len(form))
    found = [f"^{form[:length]}" for length in range(1, longest + 1)]
    found += [f"{form[-length:]}$" for length in range(1, longest + 1)]
    return [*found, f"kind={_kind(form)}"]


def _kind(form: str) -> str:
    first = form[0]
    if first.isalpha():
        return "arabic" if "\u0600" <= first <= "\u06ff" else "foreign"
    return "digit" if first.isdigit() else unicodedata.category(first)


_NONE = np.array([], dtype=np.intp), np.array([], dtype=np.float64)


def lexical_view(readings: Readings | None) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
    """Which values a word may have, and how probable each is out of context.

    Args:
        readings: none for a word that the lexicon does not analyse.

    Returns:
        The numbers of the values, rising, without 0; and the share of the readings that claim
        each, in steps of 1/256.
    """
    if readings is None:
        return _NONE
    scores = (readings.numbers * _WEIGHTS).sum(axis=1)
    shares = np.exp(scores - scores.max())
    shares /= shares.sum()
    claimed = readings.values.ravel()
    sums = np.bincount(claimed, np.repeat(shares, readings.values.shape[1]))
    possible = np.flatnonzero(np.bincount(claimed))
    possible = possible[possible > 0]
    return possible, np.round(np.minimum(sums[possible], 1.0) * _SHARES) / _SHARES
