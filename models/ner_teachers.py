"""The teachers: networks tuned on ANERcorp, each of its two sets of labels with its own scores."""

from __future__ import annotations

import copy
import logging
import time
from collections.abc import Iterator, Sequence

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from models.ner_batches import Places, batches
from models.ner_gold import CORRECTED, ORIGINAL, TAGS, GoldSentence
from models.ner_network import Encoder, Labeller, padded, slope
from models.ner_settings import NerSettings
from models.ner_text import PADDING, Numbers, Vocabulary

logger = logging.getLogger(__name__)

_NONE = -100  # the label number of a word that a set of labels says nothing of


def teach(
    encoder: Encoder,
    gold: Sequence[GoldSentence],
    vocabulary: Vocabulary,
    settings: NerSettings,
    seed: int,
) -> Labeller:
    """A teacher: a copy of the encoder, tuned on both sets of labels."""
    choices, tags = settings.teaching, {ORIGINAL: TAGS, CORRECTED: TAGS}
    torch.manual_seed(seed)
    teacher = Labeller(copy.deepcopy(encoder), tags, choices.dropout)
    teacher.encoder.drop.p = choices.word_dropout
    teacher.train()
    table = torch.from_numpy(vocabulary.vectors)
    numbers = [vocabulary.numbers(sentence.words) for sentence in gold]
    labels = [_numbered(sentence) for sentence in gold]
    plan = list(_plan(numbers, settings, np.random.default_rng(seed)))
    optimiser = torch.optim.Adam(teacher.parameters(), lr=1.0)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: choices.learning_rate * slope(step / len(plan))
    )
    began, total = time.perf_counter(), 0.0
    for step, batch in enumerate(plan):
        words = padded([numbers[place] for place in batch])
        scores = teacher(table[words], (words != PADDING).sum(1))
        loss = torch.zeros(())
        for name in sorted({name for place in batch for name in labels[place]}):
            empty = np.full(1, _NONE)
            right = padded([labels[place].get(name, empty) for place in batch], _NONE)
            right = functional.pad(right, (0, words.shape[1] - right.shape[1]), value=_NONE)
            summed = functional.cross_entropy(
                scores[name].flatten(0, 1), right.flatten(), ignore_index=_NONE, reduction="sum"
            )
            loss = loss + summed / (words != PADDING).sum()
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(teacher.parameters(), 5.0)
        optimiser.step()
        schedule.step()
        total += loss.item()
        if step % 200 == 199 or step == len(plan) - 1:
            taken = time.perf_counter() - began
            logger.info(
                "teacher %d: step %d of %d, loss %.3f, %.0f s",
                seed,
                step,
                len(plan),
                total / 200,
                taken,
            )
            total = 0.0
    teacher.eval()
    return teacher


def _numbered(sentence: GoldSentence) -> dict[str, Places]:
    return {
        name: np.array([TAGS.index(label) for label in labels])
        for name, labels in sentence.labels.items()
    }


def _plan(
    sentences: Sequence[Numbers], settings: NerSettings, chance: np.random.Generator
) -> Iterator[Places]:
    lengths = np.array([len(sentence) for sentence in sentences])
    for _ in range(settings.teaching.epochs):
        yield from batches(lengths, np.arange(len(lengths)), settings.teaching.batch_words, chance)


@torch.inference_mode()
def opinions(teacher: Labeller, vectors: Tensor, lengths: Tensor) -> Tensor:
    """Probabilities of `TAGS` by the original labels and by the corrected, 2 x words x tags."""
    scores = teacher(vectors, lengths)
    return torch.stack([scores[name].softmax(-1) for name in (ORIGINAL, CORRECTED)])


def blend(opinion: Tensor, original_share: float) -> Tensor:
    """One opinion of two: of persons, places and organisations a mean of both.

    What is another name, and what is none, the original labels alone decide.
    """
    original, corrected = opinion
    rest = torch.tensor([tag == "O" or tag.endswith("MISC") for tag in TAGS])
    apart = original * rest
    apart = apart / apart.sum(-1, keepdim=True).clamp(min=1e-9)
    corrected = torch.where(rest, apart * (corrected * rest).sum(-1, keepdim=True), corrected)
    return original_share * original + (1 - original_share) * corrected
