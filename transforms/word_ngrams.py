"""Vectors of words made of their character n-grams, as fastText makes those of words it never saw.

Many words are done at once: hashing letter by letter in Python takes as long as all else of a word.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Matrix = npt.NDArray[np.float32]
Numbers = npt.NDArray[np.int64]

_FNV_START, _FNV_PRIME = np.uint32(2166136261), np.uint32(16777619)
_LETTER_BYTES = 4  # of UTF-8, at most
_WORDS_AT_ONCE = 512  # whose n-grams are looked up, to bound memory


class Ngrams(NamedTuple):
    """The n-grams of a fastText model.

    Attributes:
        vectors: B x D bytes, to be multiplied with their `scales` (B).
        shortest: letters of the shortest n-grams, the word's edges counted.
        longest: letters of the longest.
    """

    vectors: npt.NDArray[np.int8]
    scales: npt.NDArray[np.float16]
    shortest: int
    longest: int

    def means(self, words: Sequence[str]) -> Matrix:
        """The mean of the vectors of each word's n-grams, words x D; zeros if it has none."""
        means = np.zeros((len(words), self.vectors.shape[1]), dtype=np.float32)
        for start in range(0, len(words), _WORDS_AT_ONCE):
            some = slice(start, start + _WORDS_AT_ONCE)
            means[some] = self._means(words[some])
        return means

    def _means(self, words: Sequence[str]) -> Matrix:
        rows, counts = ngram_buckets(words, self.shortest, self.longest, len(self.vectors))
        scaled = self.vectors[rows].astype(np.float32) * self.scales[rows, None].astype(np.float32)
        ends = np.cumsum(counts)
        sums = np.zeros((len(words), scaled.shape[1]), dtype=np.float32)
        # Not by `reduceat`, which adds up in another order than this does for one word alone.
        for row, first, end in zip(sums, ends - counts, ends, strict=True):
            np.sum(scaled[first:end], axis=0, out=row)
        sums /= np.maximum(counts, 1)[:, None]
        return sums


def ngram_buckets(
    words: Sequence[str], shortest: int, longest: int, buckets: int
) -> tuple[Numbers, Numbers]:
    """Rows of fastText's n-gram table, as gensim counts them (FNV-1a over UTF-8).

    Returns:
        Those of all words, one word after the other, and how many each word has.
    """
    lengths = np.array([len(word) + 2 for word in words], dtype=np.int64)
    ends = np.repeat(np.cumsum(lengths), lengths)  # of the word that each letter is in
    left = ends - np.arange(len(ends))
    contents, sizes = _letters("".join(f"<{word}>" for word in words), longest)
    hashed = np.full(len(ends), _FNV_START)
    found = []
    for length in range(1, longest + 1):
        reached = slice(length - 1, length - 1 + len(ends))
        for place, byte in enumerate(contents):
            mixed = (hashed ^ byte[reached]) * _FNV_PRIME
            hashed = np.where(sizes[reached] > place, mixed, hashed)
        if length >= shortest:
            found.append(hashed % np.uint32(buckets))
    is_inside = left[:, None] >= np.arange(shortest, longest + 1)
    rows = np.stack(found, axis=1)[is_inside].astype(np.int64)
    of_letter = is_inside.sum(axis=1)
    counts = np.add.reduceat(of_letter, np.cumsum(lengths) - lengths) if len(words) else of_letter
    return rows, counts


def _letters(text: str, more: int) -> tuple[list[npt.NDArray[np.uint32]], Numbers]:
    """The first, second, … byte of each letter in UTF-8, and how many it has.

    As many letters as `more` stand at the end, and have none. Bytes are signed numbers, as fastText
    reads them: those above 127 carry ones into the hash.
    """
    encoded = np.frombuffer(text.encode(), np.uint8)
    starts = np.flatnonzero((encoded & 0xC0) != 0x80)  # the others go on with a letter
    sizes = np.append(np.diff(starts, append=len(encoded)), np.zeros(more, np.int64))
    places = np.append(starts, np.full(more, len(encoded)))
    room = np.zeros(_LETTER_BYTES, np.uint8)
    signed = np.append(encoded, room).view(np.int8).astype(np.uint32)
    return [signed[places + place] for place in range(sizes.max())], sizes
