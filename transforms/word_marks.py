"""What tells of a word beside its vector: how common it is, its clitics, the lists that hold it.

A vector made of letter n-grams hardly shows that `وديانا` is `و` and a name; the marks say so: the
rest of the word is known, and more common than the whole.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Marks = npt.NDArray[np.float32]

LISTS = ("persons", "places", "organisations", "given names")
MARKS = 6 + len(LISTS)  # numbers that stand after a word's vector

_CONJUNCTIONS, _PREPOSITIONS = "وف", "بلك"
_CONJUNCTION, _PREPOSITION, _BOTH = 1, 2, 3  # where a mark says how sure the clitic is
_SHORTEST_REST = 3
_SURENESS_OF_A_LISTED_NAME = 1.0
_LISTED_WITHOUT_CLITICS = 0.7


class _Clitics(NamedTuple):
    sureness: float  # how much more common the rest is than the word: a logarithm, over 0
    kind: int
    rest: str


class RankedWords:
    """Words by falling count, and after them the others of some lists of names.

    Args:
        words: all, in the order of their rows; as the tagger sees them.
        ranked: how many of them, from the first, are in the order of their counts.
        listed: in which of `LISTS` each word stands, words x lists, 0 or 1.
    """

    def __init__(self, words: Sequence[str], ranked: int, listed: npt.NDArray[np.generic]) -> None:
        self.rows: Mapping[str, int] = {word: row for row, word in enumerate(words)}
        self._ranked = ranked
        self._listed = np.asarray(listed, dtype=np.float32)

    def marks(self, word: str) -> Marks:
        """The marks of a word, known or not, `MARKS` numbers between -1 and about 4."""
        marks = np.zeros(MARKS, dtype=np.float32)
        marks[0] = math.log((self._ranked + 1) / self._rank(word)) / 3
        clitics = max(self._clitics(word), default=None, key=lambda found: found.sureness)
        base = word
        if clitics is not None:
            base = clitics.rest
            marks[clitics.kind] = min(clitics.sureness, 4.0) / 2
        marks[4] = base.startswith("ال")
        marks[5] = len(word) / 5 - 1
        lists = marks[6:]
        if word in self.rows:
            lists[:] = self._listed[self.rows[word]]
        if clitics is not None:
            of_rest = self._listed[self.rows[base]] * np.float32(_LISTED_WITHOUT_CLITICS)
            np.maximum(lists, of_rest, out=lists)
        return marks

    def _rank(self, word: str) -> int:
        """From 1, the commonest; of a word that was not counted, one more than the last."""
        return min(self.rows.get(word, self._ranked), self._ranked) + 1

    def _clitics(self, word: str) -> Iterator[_Clitics]:
        """Each way to part known words from clitics where the rest is commoner than the whole."""
        for kind, rest in _partings(word):
            if len(rest) < _SHORTEST_REST or rest not in self.rows:
                continue
            if self.rows[rest] < self._ranked:
                sureness = math.log(self._rank(word) / self._rank(rest))
            else:
                sureness = 0.0 if word in self.rows else _SURENESS_OF_A_LISTED_NAME
            if sureness > 0:
                yield _Clitics(sureness, kind, rest)


def _partings(word: str) -> Iterator[tuple[int, str]]:
    if word[:1] in _CONJUNCTIONS:
        yield _CONJUNCTION, word[1:]
    yield from ((_PREPOSITION, rest) for rest in _without_preposition(word))
    if word[:1] in _CONJUNCTIONS:
        yield from ((_BOTH, rest) for rest in _without_preposition(word[1:]))


def _without_preposition(word: str) -> Iterator[str]:
    if word[:1] and word[0] in _PREPOSITIONS:
        yield word[1:]
        if word.startswith("لل"):  # ل and ال are written as one
            yield "ا" + word[1:]
