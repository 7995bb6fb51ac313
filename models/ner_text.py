"""The news as numbers: every word's number, and for every number a vector."""

from __future__ import annotations

import gzip
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from transforms.tokens import tokenise
from transforms.word_vectors import WordVectors, vector_view

Numbers = npt.NDArray[np.int32]

PADDING, FIRST_WORD = 0, 1  # the number of no word, and of the commonest
_LONGEST_SENTENCE = 80
_SENTENCE_ENDS = frozenset((".", "؟", "!", "..", "..."))


@dataclass(frozen=True)
class News:
    """Words by falling count (number `FIRST_WORD` on), and sentences as their numbers."""

    words: tuple[str, ...]
    tokens: Numbers
    starts: npt.NDArray[np.int64]  # where each sentence starts in `tokens`, and the end

    def some(self, words: int, seed: int) -> list[Numbers]:
        """Sentences drawn by chance, together about `words` words."""
        order = np.random.default_rng(seed).permutation(len(self.starts) - 1)
        ends = np.cumsum(np.diff(self.starts)[order])
        drawn = np.sort(order[: int(np.searchsorted(ends, words)) + 1])
        return [self.tokens[self.starts[one] : self.starts[one + 1]] for one in drawn]


def articles(folder: Path) -> Iterator[dict[str, Any]]:
    """The articles of a folder of `*.jsonl.gz`, file by file.

    Raises:
        FileNotFoundError: the folder holds none.
    """
    files = sorted(folder.glob("*.jsonl.gz"))
    if not files:
        raise FileNotFoundError(f"no *.jsonl.gz in {folder}")
    for file in files:
        with gzip.open(file, "rt", encoding="utf-8") as lines:
            yield from map(json.loads, lines)


def read_news(folder: Path) -> News:
    """Title and text of every article, in the tokens and the spelling that the tagger sees.

    A sentence ends with its line, at a full stop, or after `_LONGEST_SENTENCE` words.

    Raises:
        FileNotFoundError: the folder holds no `*.jsonl.gz`.
    """
    views: dict[str, str] = {}
    counts: Counter[str] = Counter()
    sentences: list[list[str]] = []
    for article in articles(folder):
        for line in [article.get("title") or "", *article["text"].split("\n")]:
            words = tokenise(line).words
            views.update((word, vector_view(word)) for word in words if word not in views)
            line_words = [views[word] for word in words]
            counts.update(line_words)
            sentences.extend(_sentences(line_words))
    vocabulary = tuple(sorted(counts, key=lambda word: (-counts[word], word)))
    numbers = {word: place for place, word in enumerate(vocabulary, start=FIRST_WORD)}
    tokens = np.fromiter(
        (numbers[word] for sentence in sentences for word in sentence), dtype=np.int32
    )
    lengths = np.fromiter(map(len, sentences), dtype=np.int64, count=len(sentences))
    return News(vocabulary, tokens, np.concatenate([[0], lengths.cumsum()]))


def _sentences(words: Sequence[str]) -> Iterator[list[str]]:
    sentence: list[str] = []
    for word in words:
        sentence.append(word)
        if word in _SENTENCE_ENDS or len(sentence) == _LONGEST_SENTENCE:
            yield sentence
            sentence = []
    if sentence:
        yield sentence


class Vocabulary:
    """Numbers of words, those of the news first, and the vector of each number.

    Attributes:
        words: all words, the first with number `FIRST_WORD`.
        vectors: a row a number, `PADDING` all zero.
    """

    def __init__(self, words: Sequence[str], others: Iterable[str], vectors: WordVectors) -> None:
        known = set(words)
        self.words = (*words, *sorted({vector_view(word) for word in others} - known))
        self._numbers = {word: place for place, word in enumerate(self.words, start=FIRST_WORD)}
        rows = {word: place for place, word in enumerate(vectors.words)}
        self.vectors = np.zeros(
            (FIRST_WORD + len(self.words), vectors.table.shape[1]), dtype=np.float32
        )
        composed = iter(vectors.compose([word for word in self.words if word not in rows]))
        for number, word in enumerate(self.words, start=FIRST_WORD):
            row = rows.get(word)
            self.vectors[number] = next(composed) if row is None else vectors.table[row]

    def numbers(self, words: Iterable[str]) -> Numbers:
        """The numbers of surface words, all of which must be known."""
        return np.array([self._numbers[vector_view(word)] for word in words], dtype=np.int32)
