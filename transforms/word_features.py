"""What the contextual tagger sees of a word: its letters, and what the lexicon makes of it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from transforms.reading_numbers import NUMBERS
from transforms.readings import Readings
from transforms.tokens import DIGITS

_DIGIT = re.compile(f"[{DIGITS}]")
_FOLDED = str.maketrans("أإآٱى", "اااا" + "ي")
_WORDS_AT_ONCE = 512  # to bound memory
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

LexicalView = tuple[NDArray[np.intp], NDArray[np.float64]]


def lexical_views(words: Sequence[Readings | None], values: int) -> list[LexicalView]:
    """Which values each of some words may have, and how probable each is out of context.

    Args:
        words: their readings, none for a word that the lexicon does not analyse.
        values: how many values there are, 0 included.

    Returns:
        For each word the numbers of its values, rising, without 0; and the share of its readings
        that claim each, in steps of 1/256.
    """
    found: list[LexicalView] = []
    for start in range(0, len(words), _WORDS_AT_ONCE):
        some = words[start : start + _WORDS_AT_ONCE]
        rows = iter(_shares([word for word in some if word is not None], values))
        for word in some:
            if word is None:
                found.append(_NONE)
                continue
            shares, is_claimed = next(rows)
            possible = np.flatnonzero(is_claimed[1:]) + 1
            found.append((possible, shares[possible]))
    return found


def _shares(
    words: Sequence[Readings], values: int
) -> Iterable[tuple[NDArray[np.float64], NDArray[np.bool_]]]:
    """For each word the share of each value, and whether a reading claims it."""
    if not words:
        return ()
    sizes = [len(word) for word in words]
    firsts = np.cumsum([0, *sizes[:-1]])
    owners = np.repeat(np.arange(len(words)), sizes)
    scores = (np.concatenate([word.numbers for word in words]) * _WEIGHTS).sum(axis=1)
    shares = np.exp(scores - np.maximum.reduceat(scores, firsts)[owners])
    shares /= np.add.reduceat(shares, firsts)[owners]
    claimed = np.concatenate([word.values for word in words]) + (owners * values)[:, None]
    places, each = claimed.ravel(), np.repeat(shares, claimed.shape[1])
    sums = np.bincount(places, each, len(words) * values).reshape(len(words), values)
    is_claimed = np.bincount(places, minlength=len(words) * values).reshape(sums.shape) > 0
    return zip(np.round(np.minimum(sums, 1.0) * _SHARES) / _SHARES, is_claimed, strict=True)
