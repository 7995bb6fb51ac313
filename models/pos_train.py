"""Training of the contextual tagger: the right readings of a word are to outweigh the others.

What is maximised is the probability of the right readings together, under a softmax of all
readings of the word. A treebank that says little of a word (its part of speech alone) leaves many
readings right, and teaches as much as it knows.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor

from models.pos_data import Example, WordBank
from models.pos_network import TaggerNetwork, WordTensors
from models.pos_settings import TrainingSettings

logger = logging.getLogger(__name__)

_NEARLY_NOTHING = 1e-30
_WRONG = -1e9


class Batch(NamedTuple):
    """Sentences side by side, and all readings of the words that teach, one after the other.

    `owners` says which word a reading is of, counted over the whole batch.
    """

    numbers: Tensor
    is_word: Tensor
    owners: Tensor
    values: Tensor
    own: Tensor
    right: Tensor


def train(
    network: TaggerNetwork,
    examples: Sequence[Example],
    bank: WordBank,
    words: WordTensors,
    settings: TrainingSettings,
) -> None:
    """Train the network in place; the same seed gives the same weights on the same machine."""
    random = np.random.default_rng(settings.seed)
    optimiser = torch.optim.AdamW(
        network.parameters(),
        lr=settings.learning_rate,
        weight_decay=settings.weight_decay,
        betas=(0.9, 0.98),
    )
    steps = len(batches(examples, settings.batch_words, random)) * settings.epochs
    step = 0
    network.train()
    for epoch in range(settings.epochs):
        began, total, count = time.perf_counter(), 0.0, 0
        for chosen in batches(examples, settings.batch_words, random):
            step += 1
            speed = min(1.0, step / settings.warm_up) * max(0.02, 1 - step / steps)
            for group in optimiser.param_groups:
                group["lr"] = settings.learning_rate * speed
            loss = loss_of(network, make_batch([examples[index] for index in chosen], bank), words)
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), settings.largest_gradient)
            optimiser.step()
            total, count = total + loss.item(), count + 1
        seconds = time.perf_counter() - began
        logger.info("epoch %d: loss %.4f, %.0f s", epoch + 1, total / count, seconds)
    network.eval()


def batches(
    examples: Sequence[Example], batch_words: int, random: np.random.Generator
) -> list[list[int]]:
    """Indices of sentences of about the same length, about `batch_words` words, in random order."""
    lengths = np.array([len(example.words) for example in examples])
    order = np.argsort(lengths + random.uniform(0, 15, len(lengths)), kind="stable")
    found: list[list[int]] = [[]]
    for index in order.tolist():
        if len(found[-1]) * lengths[index] >= batch_words:
            found.append([])
        found[-1].append(index)
    return [found[place] for place in random.permutation(len(found))]


def make_batch(examples: Sequence[Example], bank: WordBank) -> Batch:
    """The examples side by side; at least one of their words teaches, or the batch is empty."""
    longest = max(len(example.words) for example in examples)
    numbers = np.zeros((len(examples), longest), dtype=np.int64)
    is_word = np.zeros((len(examples), longest), dtype=np.float32)
    owners, values, own, right = [], [], [], []
    for row, example in enumerate(examples):
        numbers[row, : len(example.words)] = example.words
        is_word[row, : len(example.words)] = 1.0
        for column, (word, marked) in enumerate(zip(example.words, example.right, strict=True)):
            readings = bank.readings[word]
            if marked is not None and readings is not None:
                owners.append(np.full(len(marked), row * longest + column))
                values.append(readings.values)
                own.append(readings.numbers)
                right.append(marked)
    empty = np.zeros(0, dtype=np.int64)
    return Batch(
        torch.from_numpy(numbers),
        torch.from_numpy(is_word),
        torch.from_numpy(np.concatenate([empty, *owners])),
        torch.from_numpy(np.concatenate(values).astype(np.int64)) if values else torch.zeros(0, 1),
        torch.from_numpy(np.concatenate(own).astype(np.float32)) if own else torch.zeros(0, 1),
        torch.from_numpy(np.concatenate(right)) if right else torch.zeros(0, dtype=torch.bool),
    )


def loss_of(network: TaggerNetwork, batch: Batch, words: WordTensors) -> Tensor:
    """Mean over the words that teach of minus the log-probability of their right readings."""
    logits = network(batch.numbers, batch.is_word, words)
    if not len(batch.owners):
        return logits.sum() * 0.0
    flat = logits.reshape(-1)
    context = flat[batch.owners[:, None] * logits.shape[-1] + batch.values].sum(1)
    scores = context + network.numbers(batch.own)[:, 0]
    _, segments = torch.unique(batch.owners, return_inverse=True)
    count = int(segments.max()) + 1
    whole = _log_sums(scores, segments, count)
    right = _log_sums(scores.masked_fill(~batch.right, _WRONG), segments, count)
    return (whole - right).mean()


def _log_sums(scores: Tensor, segments: Tensor, count: int) -> Tensor:
    """For each segment the logarithm of the sum of the exponentials of its scores."""
    lowest = torch.full((count,), -1e30)
    highest = lowest.scatter_reduce(0, segments, scores.detach(), "amax")
    sums = torch.zeros(count).index_add(0, segments, torch.exp(scores - highest[segments]))
    return highest + torch.log(sums + _NEARLY_NOTHING)
