"""The entity tagger: a Stanza NER model, with a vector for every word it meets.

Stanza gives all words outside its vector table one and the same vector. Here such a word gets its
own, composed of its letters (see `transforms.word_vectors`), in a spare row of the table; the
model was trained on the same kind of vectors.

Torch and Stanza are loaded with the model, not with this module.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Sequence
from functools import lru_cache
from itertools import count
from pathlib import Path
from typing import Any

import numpy as np

from transforms.entities import TokenTag
from transforms.label_paths import SCORE_STEPS, best_paths, marginals
from transforms.precision import precision_of
from transforms.word_vectors import load_word_vectors, vector_view

SPARE_ROWS = 20_000
_LOCK = threading.Lock()

_view = lru_cache(maxsize=20_000)(vector_view)


def load_tagger(model: str, vectors: str, precision: str = "auto") -> StanzaTagger:
    """The tagger of a model file and its vector file, loaded once a process.

    Raises:
        FileNotFoundError: one of the files is missing.
    """
    with _LOCK:
        return _load(model, vectors, precision_of(precision))


@lru_cache(maxsize=1)
def _load(model: str, vectors: str, precision: str) -> StanzaTagger:
    return StanzaTagger(Path(model), Path(vectors), precision)


class StanzaTagger:
    """Tags tokenised sentences with PER, LOC, ORG and MISC; no network.

    Threads may share one: they take turns, since new words take rows of the one table.
    """

    def __init__(self, model: Path, vectors: Path, precision: str = "auto") -> None:
        for path in (model, vectors):
            if not path.is_file():
                raise FileNotFoundError(f"no entity model file {path}")
        import torch

        from transforms.stanza_network import StanzaNetwork

        logging.getLogger("stanza").setLevel(logging.WARNING)
        torch.set_num_threads(1)
        self._torch = torch
        self._turn = threading.Lock()
        self._vectors = load_word_vectors(vectors)
        self._network = StanzaNetwork(model, precision_of(precision))
        self._tags = [
            [TokenTag(label, step / SCORE_STEPS) for step in range(SCORE_STEPS + 1)]
            for label in self._network.labels
        ]
        words = self._vectors.words
        self._rows = {word: row for row, word in enumerate(words, start=1)}
        self._known = len(self._rows)
        self._table = self._with_spare_rows(SPARE_ROWS)

    def tag(self, sentences: Sequence[Sequence[str]]) -> list[list[TokenTag]]:
        """One BIOES label a token, of the best path, with its probability under the CRF.

        Sentences, each of one token or more, go through the network together: the caller bounds
        the batch.
        """
        if not sentences:
            return []
        views = [[_view(word) for word in words] for words in sentences]
        lengths = np.array([len(words) for words in views])
        with self._turn:
            self._learn(views)
            numbers = np.zeros((len(views), lengths.max()), dtype=np.int64)
            for row, words in zip(numbers, views, strict=True):
                row[: len(words)] = [self._rows[word] for word in words]
            vectors = self._table[self._torch.from_numpy(numbers)]
        scores = self._network.scores(vectors, self._torch.from_numpy(lengths))
        moves = self._network.transitions
        paths = best_paths(scores, moves, lengths)
        sure = np.take_along_axis(marginals(scores, moves, lengths), paths[:, :, None], 2)[:, :, 0]
        return [
            [
                self._tags[label][step]
                for label, step in zip(path[:length], row[:length], strict=True)
            ]
            for path, row, length in zip(paths.tolist(), sure.tolist(), lengths, strict=True)
        ]

    def _learn(self, sentences: list[list[str]]) -> None:
        """Give every word that has no row of the table one of the spare rows."""
        words = {word for sentence in sentences for word in sentence}
        unknown = sorted(words - self._rows.keys())
        if len(self._rows) + len(unknown) >= len(self._table):
            self._rows = {word: row for word, row in self._rows.items() if row <= self._known}
            unknown = sorted(words - self._rows.keys())
            if len(self._rows) + len(unknown) >= len(self._table):
                self._table = self._with_spare_rows(len(unknown))
        first = len(self._rows) + 1
        self._rows.update(zip(unknown, count(first)))
        composed = self._torch.from_numpy(self._vectors.compose(unknown))
        self._table[first : first + len(unknown)] = composed

    def _with_spare_rows(self, spare: int) -> Any:
        """The table of vectors, with a first row of zeros and spare ones at the end."""
        known = self._vectors.table
        table = self._torch.zeros(1 + len(known) + spare, known.shape[1])
        table[1 : 1 + len(known)] = self._torch.from_numpy(known)
        return table
