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
from pathlib import Path
from typing import Any

import numpy as np

from transforms.entities import TokenTag
from transforms.word_vectors import load_word_vectors, vector_view

SPARE_ROWS = 20_000
_LOCK = threading.Lock()


def load_tagger(model: str, vectors: str) -> StanzaTagger:
    """The tagger of a model file and its vector file, loaded once a process.

    Raises:
        FileNotFoundError: one of the files is missing.
    """
    with _LOCK:
        return _load(model, vectors)


@lru_cache(maxsize=1)
def _load(model: str, vectors: str) -> StanzaTagger:
    return StanzaTagger(Path(model), Path(vectors))


class StanzaTagger:
    """Tags tokenised sentences with PER, LOC, ORG and MISC; no network.

    Threads may share one: they take turns, since new words take rows of the one table.
    """

    def __init__(self, model: Path, vectors: Path) -> None:
        for path in (model, vectors):
            if not path.is_file():
                raise FileNotFoundError(f"no entity model file {path}")
        import torch
        from stanza.models.common.pretrain import Pretrain
        from stanza.models.common.vocab import VOCAB_PREFIX_SIZE
        from stanza.models.ner.trainer import Trainer

        logging.getLogger("stanza").setLevel(logging.WARNING)
        torch.set_num_threads(1)
        self._torch = torch
        self._turn = threading.Lock()
        self._vectors = load_word_vectors(vectors)
        trainer = Trainer(model_file=str(model), pretrain=Pretrain(str(vectors)), device="cpu")
        self._model = trainer.model.eval()
        self._marks = VOCAB_PREFIX_SIZE
        self._labels: list[str] = trainer.vocab["tag"].items(0)[self._marks :]
        self._vocabulary: dict[str, int] = trainer.vocab["word"]._unit2id
        self._known = len(self._vocabulary)
        self._make_room(SPARE_ROWS)

    def tag(self, sentences: Sequence[Sequence[str]]) -> list[list[TokenTag]]:
        """One BIOES label a token, of the best path, with its probability under the CRF.

        Sentences, each of one token or more, go through the network together: the caller bounds
        the batch.
        """
        if not sentences:
            return []
        views = [[vector_view(word) for word in words] for words in sentences]
        # Stanza wants the longest sentence first; equal lengths keep their order.
        order = sorted(range(len(views)), key=lambda index: -len(views[index]))
        with self._turn:
            self._learn(views)
            tagged = self._decode([views[index] for index in order])
        by_index = dict(zip(order, tagged, strict=True))
        return [by_index[index] for index in range(len(views))]

    def _learn(self, sentences: list[list[str]]) -> None:
        """Give every word that has no row of the table one of the spare rows."""
        words = {word for sentence in sentences for word in sentence}
        unknown = sorted(word for word in words if word not in self._vocabulary)
        if len(self._vocabulary) + len(unknown) > self._model.word_emb.num_embeddings:
            self._forget()
            unknown = sorted(word for word in words if word not in self._vocabulary)
            self._make_room(max(SPARE_ROWS, len(unknown)))
        table = self._model.word_emb.weight.data
        for word in unknown:
            row = len(self._vocabulary)
            self._vocabulary[word] = row
            table[row] = self._torch.from_numpy(self._vectors.compose(word))

    def _forget(self) -> None:
        for word in [word for word, row in self._vocabulary.items() if row >= self._known]:
            del self._vocabulary[word]

    def _make_room(self, rows: int) -> None:
        known = self._model.word_emb.weight.data[: self._known]
        spare = known.new_zeros(rows, known.shape[1])
        self._model.word_emb = self._torch.nn.Embedding.from_pretrained(
            self._torch.cat([known, spare]), freeze=True, padding_idx=0
        )

    def _decode(self, sentences: list[list[str]]) -> list[list[TokenTag]]:
        torch = self._torch
        lengths = [len(words) for words in sentences]
        blank = torch.zeros(len(sentences), lengths[0], 1, dtype=torch.long)
        with torch.inference_mode():
            _, emissions, transitions = self._model(
                sentences, None, None, blank, None, lengths, None, None, None, None, None
            )
        # The first labels are Stanza's own marks, which no token has.
        scores = emissions[0].numpy()[:, :, self._marks :]
        moves = transitions[0].detach().numpy()[self._marks :, self._marks :]
        sizes = np.array(lengths)
        paths = best_paths(scores, moves, sizes)
        sure = np.take_along_axis(marginals(scores, moves, sizes), paths[:, :, None], 2)[:, :, 0]
        return [
            [
                TokenTag(self._labels[label], score)
                for label, score in zip(path[:length], row[:length], strict=True)
            ]
            for path, row, length in zip(paths.tolist(), sure.tolist(), lengths, strict=True)
        ]


def best_paths(scores: Any, transitions: Any, lengths: Any) -> Any:
    """The most probable sequence of labels of each sentence under a linear-chain CRF (Viterbi).

    Args:
        scores: label scores, sentences x tokens x labels; what lies beyond a length is ignored.
        transitions: `transitions[i, j]` is the score of label `j` after label `i`.
        lengths: tokens of each sentence, 1 or more.

    Returns:
        Labels, sentences x tokens; of equally good ones the first; 0 beyond a length.
    """
    sentences, steps, _ = scores.shape
    rows = np.arange(sentences)
    origins = np.zeros(scores.shape, dtype=np.int64)
    best = scores[:, 0]
    for step in range(1, steps):
        ahead = best[:, :, None] + transitions
        origins[:, step] = ahead.argmax(axis=1)
        grown = ahead.max(axis=1) + scores[:, step]
        best = np.where((step < lengths)[:, None], grown, best)
    paths = np.zeros((sentences, steps), dtype=np.int64)
    label = best.argmax(axis=1)
    for step in range(steps - 1, -1, -1):
        inside = step < lengths
        paths[:, step] = np.where(inside, label, 0)
        label = np.where(inside, origins[rows, step, label], label)
    return paths


def marginals(scores: Any, transitions: Any, lengths: Any) -> Any:
    """The probability of each label at each token under a linear-chain CRF (forward-backward).

    Args:
        scores: label scores, sentences x tokens x labels; what lies beyond a length is ignored.
        transitions: `transitions[i, j]` is the score of label `j` after label `i`.
        lengths: tokens of each sentence, 1 or more.

    Returns:
        Probabilities of the shape of `scores`, rounded to three decimals so that the last bits
        of a sum, which differ from one batch to another, hardly ever show.
    """
    forward, backward = np.zeros_like(scores), np.zeros_like(scores)
    forward[:, 0] = scores[:, 0]
    steps = scores.shape[1]
    step_up = np.exp(transitions)
    for step in range(1, steps):
        top = forward[:, step - 1].max(axis=1, keepdims=True)
        total = np.exp(forward[:, step - 1] - top) @ step_up
        forward[:, step] = scores[:, step] + top + np.log(total + 1e-30)
    for step in range(steps - 2, -1, -1):
        ahead = backward[:, step + 1] + scores[:, step + 1]
        top = ahead.max(axis=1, keepdims=True)
        total = np.exp(ahead - top) @ step_up.T
        inside = (step + 1 < lengths)[:, None]
        backward[:, step] = np.where(inside, top + np.log(total + 1e-30), 0.0)
    both = forward + backward
    both = np.exp(both - both.max(axis=2, keepdims=True))
    return np.round(both / both.sum(axis=2, keepdims=True), 3)
