"""The encoder's first school: guessing each word of the news from the words around it."""

from __future__ import annotations

import logging
import math
import time

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from models.ner_batches import Places
from models.ner_network import Encoder, slope
from models.ner_settings import NerSettings
from models.ner_text import News, Vocabulary

logger = logging.getLogger(__name__)


class Guesser(nn.Module):
    """Which of some words stands between two stretches of text."""

    def __init__(self, hidden: int, dimensions: int, width: int) -> None:
        super().__init__()
        self.context = nn.Sequential(nn.Linear(2 * hidden, width), nn.GELU())
        self.last = nn.Linear(width, width)
        self.word = nn.Linear(dimensions, width)

    def loss(
        self, numbers: Tensor, ahead: Tensor, behind: Tensor, table: Tensor, log_there: Tensor
    ) -> Tensor:
        """How badly the words of some stretches are guessed among all words of them."""
        candidates, places = torch.unique(numbers, return_inverse=True)
        # The word itself is in neither: the text ahead of it ends before, that behind starts after.
        around = torch.cat([ahead[:, :-2], behind[:, 2:]], dim=2).flatten(0, 1)
        with torch.autocast("cpu", torch.bfloat16):
            scores = self.last(self.context(around)) @ self.word(table[candidates]).T
        return functional.cross_entropy(
            scores.float() - log_there[candidates], places[:, 1:-1].flatten()
        )


def pretrain(news: News, vocabulary: Vocabulary, settings: NerSettings) -> Encoder:
    """An encoder that has read the news, `passes` times.

    Every word of a stretch is guessed among all different words of a group of stretches. Frequent
    words are in most groups and rare ones in few, so each score is lowered by the logarithm of how
    probable its word is to be there: what remains is a guess among all words.
    """
    choices = settings.pretraining
    torch.manual_seed(settings.seed)
    shuffle = np.random.default_rng(settings.seed)
    table = torch.from_numpy(vocabulary.vectors)
    encoder = Encoder(table.shape[1], settings.hidden, choices.dropout)
    guesser = Guesser(settings.hidden, table.shape[1], choices.width)
    weights = [*encoder.parameters(), *guesser.parameters()]
    optimiser = torch.optim.Adam(weights, lr=1.0, betas=(0.9, 0.98), fused=True)
    counts = np.bincount(news.tokens, minlength=len(vocabulary.vectors))
    there = -np.expm1(choices.group * choices.stretch_words * np.log1p(-counts / counts.sum()))
    log_there = torch.from_numpy(np.log(np.maximum(there, 1e-9))).float()
    tokens = torch.from_numpy(news.tokens).long()
    heads = _heads(len(tokens), settings, shuffle)
    steps = max(1, len(heads) // choices.stretches)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: choices.learning_rate * slope(step / steps)
    )
    lengths = torch.full((choices.stretches,), choices.stretch_words)
    stretch = torch.arange(choices.stretch_words)
    began, total = time.perf_counter(), 0.0
    for step in range(round(choices.read * steps)):
        batch = torch.from_numpy(heads[step * choices.stretches : (step + 1) * choices.stretches])
        numbers = tokens[batch[:, None] + stretch]
        ahead, behind = encoder(table[numbers], lengths[: len(batch)])
        parts = (part.split(choices.group) for part in (numbers, ahead, behind))
        losses = [
            guesser.loss(group, before, after, table, log_there)
            for group, before, after in zip(*parts, strict=True)
        ]
        loss = torch.stack(losses).mean()
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(weights, 1.0)
        optimiser.step()
        schedule.step()
        total += loss.item()
        if step % 100 == 99 or step == steps - 1:
            taken = time.perf_counter() - began
            logger.info(
                "guessing: step %d of %d, loss %.3f, %.0f s", step, steps, total / 100, taken
            )
            total = 0.0
    return encoder


def _heads(words: int, settings: NerSettings, shuffle: np.random.Generator) -> Places:
    """Where the stretches begin, in the order of reading; each pass cuts the news elsewhere."""
    choices = settings.pretraining
    passes = math.ceil(choices.passes)
    order = []
    for _ in range(passes):
        offset = int(shuffle.integers(0, choices.stretch_words))
        starts = np.arange(offset, words - choices.stretch_words + 1, choices.stretch_words)
        order.append(shuffle.permutation(starts))
    order[-1] = order[-1][: int((choices.passes - passes + 1) * len(order[-1]))]
    return np.concatenate(order)
