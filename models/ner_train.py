"""Training the entity tagger with Stanza's model and trainer, on frozen word vectors."""

from __future__ import annotations

import logging
import random
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from models.ner_data import LabelledSentence
from models.ner_settings import TaggerSettings
from transforms.word_vectors import WordVectors, vector_view

logger = logging.getLogger(__name__)


class TrainedTagger:
    """A Stanza trainer with what is needed to go on, to measure it and to save it."""

    def __init__(
        self, sentences: Sequence[LabelledSentence], vectors: WordVectors, settings: TaggerSettings
    ) -> None:
        import torch
        from stanza.models.common import utils
        from stanza.models.ner.trainer import Trainer

        from models.padded_lstm import PaddedLSTM

        torch.set_num_threads(settings.threads)
        torch.use_deterministic_algorithms(True)
        utils.set_random_seed(settings.seed)
        self._shuffle = random.Random(settings.seed)  # noqa: S311
        self._settings = settings
        self._args = stanza_arguments(settings, vectors.table.shape[1])
        self._pretrain = pretrain_for(vectors, sentences)
        self._loader = loader(sentences, self._args, self._pretrain)
        self.items = [item for batch in self._loader.data for item in batch]
        self.trainer = Trainer(
            args=self._args, vocab=self._loader.vocab, pretrain=self._pretrain, device="cpu"
        )
        self._packed = self.trainer.model.taggerlstm
        self._padded = PaddedLSTM(self._packed)

    def epochs(self) -> Iterator[int]:
        """Train; yields the number of each epoch, from 1, when it is done."""
        settings = self._settings
        model = self.trainer.model
        step, steps = 0, settings.epochs * len(self._batches())
        for epoch in range(1, settings.epochs + 1):
            model.taggerlstm = self._padded
            self._loader.data = self._batches()
            began, loss = time.perf_counter(), 0.0
            for batch in self._loader:
                for group in self.trainer.optimizer.param_groups:
                    group["lr"] = learning_rate(settings, step / steps)
                loss += self.trainer.update(batch)
                step += 1
            model.taggerlstm = self._packed
            logger.info(
                "epoch %d of %d: loss %.3f, %.0f seconds",
                epoch,
                settings.epochs,
                loss / len(self._loader),
                time.perf_counter() - began,
            )
            yield epoch

    def _batches(self) -> list[list[Any]]:
        """All sentences, those of like length together: a batch costs what its longest does."""
        items = list(self.items)
        self._shuffle.shuffle(items)
        items.sort(key=lambda item: len(item[0]) + self._shuffle.random() * 4)
        batches: list[list[Any]] = self._loader.chunk_batches(items)
        self._shuffle.shuffle(batches)
        return batches

    def save(self, path: Path, vectors: WordVectors) -> None:
        """Write a Stanza NER model without what its vector file holds or run time never asks."""
        import torch
        from stanza.models.common.pretrain import PretrainedWordVocab

        model = self.trainer.model
        weights = {
            name: value
            for name, value in model.state_dict().items()
            if name.split(".")[0] not in ("word_emb", "delta_emb")
        }
        vocabulary = self.trainer.vocab.state_dict()
        for name in ("delta", "word"):
            vocabulary.pop(name)
            vocabulary["_key2class"].pop(name)
        words = PretrainedWordVocab(list(vectors.words))
        vocabulary["word"] = words.state_dict()
        vocabulary["_key2class"]["word"] = type(words).__name__
        torch.save({"model": weights, "vocab": vocabulary, "config": dict(self._args)}, path)


def learning_rate(settings: TaggerSettings, done: float) -> float:
    """Up over the first twentieth of the training, then down to nothing in a straight line."""
    return settings.learning_rate * max(0.0, min(done / 0.05, (1 - done) / 0.95))


def stanza_arguments(settings: TaggerSettings, dimensions: int) -> dict[str, Any]:
    """Stanza's own defaults for its NER tagger, with our choices."""
    from stanza.models import ner_tagger

    arguments: dict[str, Any] = ner_tagger.parse_args(["--cpu", "--optim", "adam"])
    return {
        **arguments,
        "shorthand": "ar_warraq",
        "lang": "ar",
        "char": False,
        "lowercase": False,
        "emb_finetune": False,
        "word_emb_dim": dimensions,
        "hidden_dim": settings.hidden,
        "dropout": settings.dropout,
        "word_dropout": settings.word_dropout,
        "locked_dropout": settings.locked_dropout,
        "batch_size": settings.batch_sentences,
        "max_batch_words": settings.batch_words,
        "lr": settings.learning_rate,
        "seed": settings.seed,
        "scheme": "bioes",
    }


def pretrain_for(vectors: WordVectors, sentences: Sequence[LabelledSentence]) -> Any:
    """Stanza's word vectors: the table, and a composed one for every other word to train on."""
    import torch
    from stanza.models.common.pretrain import Pretrain, PretrainedWordVocab
    from stanza.models.common.vocab import VOCAB_PREFIX

    seen = {vector_view(word) for sentence in sentences for word in sentence.words}
    others = sorted(seen - set(vectors.words))
    marks = np.zeros((len(VOCAB_PREFIX), vectors.table.shape[1]), dtype=np.float32)
    rows = [marks, vectors.table.astype(np.float32), *(vectors.compose(w)[None] for w in others)]
    pretrain = Pretrain()
    pretrain._vocab = PretrainedWordVocab([*vectors.words, *others])
    pretrain._emb = torch.from_numpy(np.concatenate(rows))
    return pretrain


def loader(sentences: Sequence[LabelledSentence], arguments: dict[str, Any], pretrain: Any) -> Any:
    """Stanza's data loader over sentences in the view of the model."""
    from stanza.models.common.doc import Document
    from stanza.models.ner.data import DataLoader

    document = Document(
        [
            [
                {"id": number, "text": vector_view(word), "ner": label}
                for number, (word, label) in enumerate(
                    zip(sentence.words, sentence.labels, strict=True), start=1
                )
            ]
            for sentence in sentences
        ]
    )
    return DataLoader(
        document,
        arguments["batch_size"],
        arguments,
        pretrain,
        max_batch_words=arguments["max_batch_words"],
    )
