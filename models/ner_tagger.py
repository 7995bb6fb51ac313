"""The tagger that is embedded: one network that learns what all teachers together say."""

from __future__ import annotations

import copy
import logging
import time
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import torch
from torch import Tensor, nn

from models.ner_batches import Places, batches
from models.ner_gold import CORRECTED, ORIGINAL, TAGS, GoldSentence
from models.ner_network import Labeller, crf_loss, padded, slope
from models.ner_settings import NerSettings
from models.ner_teachers import blend, opinions
from models.ner_text import PADDING, Numbers, Vocabulary

logger = logging.getLogger(__name__)

_MARKS = ("<PAD>", "<UNK>", "<EMPTY>", "<ROOT>")  # Stanza's, before the units of a vocabulary
_READ_WORDS = 4_000


class Silver(NamedTuple):
    """Sentences as numbers, with probabilities of `TAGS` (words x tags, half precision)."""

    sentences: list[Numbers]
    probabilities: list[Any]


class Tagger(nn.Module):
    """An encoder and a CRF over `TAGS`: the network that Stanza computes at run time."""

    def __init__(self, teacher: Labeller, settings: NerSettings) -> None:
        super().__init__()
        self.encoder = copy.deepcopy(teacher.encoder)
        self.encoder.drop.p = settings.learning.dropout
        self.drop = nn.Dropout(settings.learning.dropout)
        self.labels = copy.deepcopy(teacher.labels[ORIGINAL])
        self.transitions = nn.Parameter(torch.zeros(len(TAGS), len(TAGS)))

    def forward(self, vectors: Tensor, lengths: Tensor) -> Tensor:
        """Scores, sentences x words x tags."""
        contexts = self.drop(torch.cat(self.encoder(vectors, lengths), dim=2).float())
        scores: Tensor = self.labels(contexts)
        return scores


def label(
    sentences: Sequence[Numbers],
    teachers: Sequence[Labeller],
    vocabulary: Vocabulary,
    settings: NerSettings,
) -> Silver:
    """What the teachers say, together, of some sentences."""
    table = torch.from_numpy(vocabulary.vectors)
    said: list[Any] = [None] * len(sentences)
    everything = np.arange(len(sentences))
    for batch in batches(_lengths(sentences), everything, _READ_WORDS, np.random.default_rng(0)):
        words = padded([sentences[place] for place in batch])
        lengths = (words != PADDING).sum(1)
        vectors = table[words]
        opinion = torch.stack([opinions(one, vectors, lengths) for one in teachers]).mean(0)
        probabilities = blend(opinion, settings.original_share).numpy().astype(np.float16)
        for place, row, length in zip(batch, probabilities, lengths.tolist(), strict=True):
            said[place] = row[:length].copy()
    return Silver(list(sentences), said)


def label_gold(
    gold: Sequence[GoldSentence], vocabulary: Vocabulary, settings: NerSettings
) -> Silver:
    """What people say of the labelled sentences, by both sets of labels, as the teachers would."""
    said = []
    for sentence in gold:
        original = sentence.labels[ORIGINAL]
        both = [original, sentence.labels.get(CORRECTED, original)]
        numbers = torch.tensor([[TAGS.index(label) for label in labels] for labels in both])
        opinion = torch.eye(len(TAGS))[numbers].clamp(min=1e-6)
        said.append(blend(opinion, settings.original_share).numpy().astype(np.float16))
    return Silver([vocabulary.numbers(sentence.words) for sentence in gold], said)


def learn(
    silver: Silver,
    copies: Places,
    teacher: Labeller,
    vocabulary: Vocabulary,
    settings: NerSettings,
) -> Tagger:
    """A tagger that has seen each sentence as often as `copies` says in every epoch.

    It starts as a copy of a teacher.
    """
    choices = settings.learning
    torch.manual_seed(settings.seed)
    tagger = Tagger(teacher, settings)
    tagger.train()
    table = torch.from_numpy(vocabulary.vectors)
    plan = list(_plan(silver, copies, settings))
    optimiser = torch.optim.Adam(tagger.parameters(), lr=1.0)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: choices.learning_rate * slope(step / len(plan))
    )
    began, total = time.perf_counter(), 0.0
    for step, batch in enumerate(plan):
        words = padded([silver.sentences[place] for place in batch])
        lengths = (words != PADDING).sum(1)
        wanted = torch.zeros(*words.shape, len(TAGS))
        for row, place in enumerate(batch):
            wanted[row, : lengths[row]] = torch.from_numpy(silver.probabilities[place]).float()
        scores = tagger(table[words], lengths)
        loss = crf_loss(scores, tagger.transitions, wanted, lengths) / lengths.sum()
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(tagger.parameters(), 5.0)
        optimiser.step()
        schedule.step()
        total += loss.item()
        if step % 200 == 199 or step == len(plan) - 1:
            taken = time.perf_counter() - began
            logger.info(
                "tagger: step %d of %d, loss %.4f, %.0f s", step, len(plan), total / 200, taken
            )
            total = 0.0
    lean(tagger, choices.leanings)
    tagger.eval()
    return tagger


@torch.no_grad()
def lean(tagger: Tagger, leanings: Sequence[tuple[str, float]]) -> None:
    """Make the tagger readier to begin an entity of some types: it finds too few of them."""
    for kind, more in leanings:
        for mark in "BS":
            tagger.labels.bias[TAGS.index(f"{mark}-{kind}")] += more


def _plan(silver: Silver, copies: Places, settings: NerSettings) -> Iterator[Places]:
    chance = np.random.default_rng(settings.seed)
    lengths = _lengths(silver.sentences)
    chosen = np.repeat(np.arange(len(lengths)), copies)
    for _ in range(settings.learning.epochs):
        yield from batches(lengths, chosen, settings.learning.batch_words, chance)


def _lengths(sentences: Sequence[Numbers]) -> Places:
    return np.array([len(sentence) for sentence in sentences], dtype=np.int64)


_BATCH_SENTENCES = 32  # of Stanza's own pipeline; ours makes its batches itself


def save_for_stanza(tagger: Tagger, path: Path, words: Sequence[str]) -> None:
    """Write a Stanza NER model; the vectors of its `words` are in the vector file."""
    encoder, blank = tagger.encoder, len(_MARKS)
    hidden, size = encoder.ahead.hidden_size, encoder.ahead.input_size
    labels = len(_MARKS) + len(TAGS)
    weights = {
        "taggerlstm_h_init": torch.zeros(2, 1, hidden),
        "taggerlstm_c_init": torch.zeros(2, 1, hidden),
        "input_transform.weight": encoder.transform.weight,
        "input_transform.bias": encoder.transform.bias,
        "tag_clfs.0.weight": torch.zeros(labels, 2 * hidden),
        "tag_clfs.0.bias": torch.full((labels,), -100.0),
        "crits.0._transitions": torch.zeros(labels, labels),
    }
    weights["tag_clfs.0.weight"][blank:] = tagger.labels.weight.detach()
    weights["tag_clfs.0.bias"][blank:] = tagger.labels.bias.detach()
    weights["crits.0._transitions"][blank:, blank:] = tagger.transitions.detach()
    for network, suffix in ((encoder.ahead, ""), (encoder.behind, "_reverse")):
        for name, value in network.state_dict().items():
            weights[f"taggerlstm.lstm.{name}{suffix}"] = value
    tags = _vocabulary(TAGS)
    several = {
        **tags,
        "_unit2id": {0: tags["_unit2id"]},
        "_id2unit": OrderedDict({0: tags["_id2unit"]}),
        "sep": None,
        "keyed": False,
    }
    content = {
        "model": {name: value.detach() for name, value in weights.items()},
        "vocab": {
            "char": _vocabulary(()),
            "tag": several,
            "word": _vocabulary(words),
            "_key2class": {
                "char": "CharVocab",
                "tag": "CompositeVocab",
                "word": "PretrainedWordVocab",
            },
        },
        "config": _stanza_settings(hidden, size),
    }
    torch.save(content, path)


def _vocabulary(units: Sequence[str]) -> dict[str, Any]:
    listed = [*_MARKS, *units]
    numbers = {unit: number for number, unit in enumerate(listed)}
    plain = {"lang": "ar", "idx": 0, "cutoff": 0, "lower": False}
    return {**plain, "_unit2id": numbers, "_id2unit": listed}


def _stanza_settings(hidden: int, size: int) -> dict[str, Any]:
    """What Stanza asks of a model file before it computes anything."""
    return {
        "batch_size": _BATCH_SENTENCES,
        "shorthand": "ar_warraq",
        "lang": "ar",
        "word_emb_dim": size,
        "emb_finetune": False,
        "lowercase": False,
        "char": False,
        "charlm": False,
        "bert_model": None,
        "input_transform": True,
        "hidden_dim": hidden,
        "num_layers": 1,
        "dropout": 0.0,
        "word_dropout": 0.0,
        "locked_dropout": 0.0,
        "scheme": "bioes",
        "predict_tagset": 0,
        "optim": "adam",
        "lr": 0.001,
        "momentum": 0,
    }
