"""Which of a word's readings fits its sentence best, and how sure that is."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from transforms.readings import Reading, Readings

Floats = NDArray[np.float64]

_STEPS = 1024.0  # to 1 of a reading's own weight: with it, sums with the tagger's numbers are exact
SCORE_DECIMALS = 2  # of the score: finer differences mean nothing, and coarse ones can be shared

# Rows of `Choices.own`.
_WEIGHT, _MEANT, _MASS, _GROUP = range(4)


class Choices(NamedTuple):
    """What a sentence can choose among: no two of a word's readings that claim the same values.

    Of several readings that no sentence can tell apart the heaviest is kept, the first if they
    weigh the same. `values` has a row for each that is kept, `own` four numbers: what it weighs by
    itself; what all readings with its values, its lemma and its part of speech weigh together; what
    all with its values do (natural logarithms, the last two by temperature); and a number for its
    lemma and part of speech. A weight has 17 bits at most: 32 hold it exactly. `offered` counts
    the readings that there were.
    """

    values: NDArray[np.int16]
    own: NDArray[np.float32]
    offered: int


def choices(
    readings: Readings, number_weights: Floats, temperature: float
) -> tuple[Choices, list[Reading]]:
    """What a sentence can choose among of a word's readings, and those that are kept, in order."""
    weights = np.round((readings.numbers * number_weights).sum(axis=1) * _STEPS) / _STEPS
    meanings: dict[tuple[str, str], int] = {}
    groups = [
        meanings.setdefault((reading.pos, reading.lemma), len(meanings))
        for reading in readings.readings
    ]
    rows: dict[bytes, list[int]] = {}
    for index, values in enumerate(readings.values):
        rows.setdefault(values.tobytes(), []).append(index)
    own = weights.tolist()
    kept = sorted(max(same, key=lambda index: (own[index], -index)) for same in rows.values())
    numbers = []
    for index in kept:
        same = rows[readings.values[index].tobytes()]
        mass = _total([own[other] / temperature for other in same])
        meant = _total(
            [own[other] / temperature for other in same if groups[other] == groups[index]]
        )
        numbers.append((own[index], meant, mass, float(groups[index])))
    return (
        Choices(
            readings.values[kept], np.array(numbers, dtype=np.float32).T, len(readings.readings)
        ),
        [readings.readings[index] for index in kept],
    )


def _total(logarithms: Sequence[float]) -> float:
    if len(logarithms) == 1:
        return logarithms[0]
    highest = max(logarithms)
    return highest + math.log(math.fsum(math.exp(given - highest) for given in logarithms))


def choose(
    words: Sequence[Choices], logits: Floats, temperature: float
) -> tuple[NDArray[np.int64], Floats]:
    """The best reading of each word in its sentence: the first of the heaviest.

    Args:
        words: what each of some words may be; at least one.
        logits: a row for each of them: how probable its sentence makes each value.
        temperature: what logarithms of weights are divided by to give probabilities.

    Returns:
        For each word the place of the best among those that are kept, and its score: how probable
        it is that lemma and part of speech are right, 0.01 to 1, in steps of 0.01.
    """
    sizes = np.array([len(word.values) for word in words])
    firsts = np.cumsum(sizes) - sizes
    owners = np.repeat(np.arange(len(words)), sizes)
    claimed = np.concatenate([word.values for word in words]).astype(np.intp)
    claimed += (owners * logits.shape[1])[:, None]
    own = np.concatenate([word.own for word in words], axis=1).astype(np.float64)
    context = np.take(logits, claimed).sum(axis=1)
    scores = context + own[_WEIGHT]
    highest = np.maximum.reduceat(scores, firsts)
    winners = np.flatnonzero(scores == highest[owners])
    best = winners[np.searchsorted(winners, firsts)]

    context /= temperature
    masses = context + own[_MASS]
    limits = np.maximum.reduceat(masses, firsts)[owners]
    whole = np.add.reduceat(np.exp(masses - limits), firsts)
    groups = own[_GROUP]
    shares = np.exp(context + own[_MEANT] - limits) * (groups == groups[best][owners])
    sure = np.add.reduceat(shares, firsts) / whole
    return best - firsts, np.clip(np.round(sure, SCORE_DECIMALS), 0.01, 1.0)
