"""Which of a word's readings fits its sentence best, and how sure that is."""

from __future__ import annotations

import itertools
import math
import struct
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from transforms.claim_table import ClaimTable
from transforms.readings import Readings
from transforms.values import VALUES_PER_READING

Floats = NDArray[np.float64]

_STEPS = 1024.0  # to 1 of a reading's own weight: with it, sums with the tagger's numbers are exact
SCORE_DECIMALS = 2  # of the score: finer differences mean nothing, and coarse ones can be shared

_OWN = struct.Struct("4f")
# The numbers of `Choices.own`.
_WEIGHT, _MEANT, _MASS, _GROUP = range(4)


class Choices(NamedTuple):
    """What a sentence can choose among: no two of a word's readings that claim the same values.

    Of several readings that no sentence can tell apart the heaviest is kept, the first if they
    weigh the same. `claimed` has the values of each that is kept by number, as `ClaimTable` gives
    them; `own` four numbers of single precision: what it weighs by itself; what all readings with
    its values, its lemma and its part of speech weigh together; what all with its values do
    (natural logarithms, the last two by temperature); and a number for its lemma and part of
    speech. A weight has 17 bits at most: 32 hold it exactly. `offered` counts the readings that
    there were.
    """

    claimed: bytes
    own: bytes
    offered: int

    def __len__(self) -> int:
        """How many there are to choose among."""
        return len(self.own) // _OWN.size


def own_weights(words: Sequence[Readings], number_weights: Floats) -> list[list[float]]:
    """What each reading of some words weighs, whatever the sentence; there is at least one."""
    packed = b"".join(word.packed for word in words)
    numbers = np.frombuffer(packed, dtype=np.float64).reshape(-1, len(number_weights))
    rounded = np.round((numbers * number_weights).sum(axis=1) * _STEPS) / _STEPS
    weights = iter(rounded.tolist())
    return [list(itertools.islice(weights, len(word))) for word in words]


def choices(
    readings: Readings, weights: Sequence[float], temperature: float, table: ClaimTable
) -> tuple[Choices, tuple[int, ...]]:
    """What a sentence can choose among of a word's readings, and which are kept, in order.

    Args:
        readings: of the word.
        weights: what each weighs by itself, as `own_weights` says.
        temperature: what logarithms of weights are divided by to give probabilities.
        table: numbers what is claimed.
    """
    rows: dict[bytes, list[int]] = {}
    claimed, size = readings.claimed, 2 * VALUES_PER_READING
    for index in range(len(readings)):
        rows.setdefault(claimed[index * size : (index + 1) * size], []).append(index)
    meanings: dict[tuple[str, str], int] = {}
    groups = [
        meanings.setdefault((entry.pos, entry.lemma), len(meanings))
        for _, entry in readings.analyses
    ]
    kept = []
    for values, same in rows.items():
        best = same[0]
        mass = meant = weights[best] / temperature
        if len(same) > 1:
            best = max(same, key=lambda index: (weights[index], -index))
            mass = _total([weights[other] / temperature for other in same])
            alike = [other for other in same if groups[other] == groups[best]]
            meant = _total([weights[other] / temperature for other in alike])
        kept.append((best, values, _OWN.pack(weights[best], meant, mass, groups[best])))
    kept.sort()
    return (
        Choices(
            table.numbered(values for _, values, _ in kept),
            b"".join(own for _, _, own in kept),
            len(readings),
        ),
        tuple(index for index, _, _ in kept),
    )


def _total(logarithms: Sequence[float]) -> float:
    if len(logarithms) == 1:
        return logarithms[0]
    highest = max(logarithms)
    return highest + math.log(math.fsum(math.exp(given - highest) for given in logarithms))


def choose(
    words: Sequence[Choices],
    logits: NDArray[np.floating],
    temperature: float,
    table: ClaimTable,
) -> tuple[NDArray[np.int64], Floats]:
    """The best reading of each word in its sentence: the first of the heaviest.

    Args:
        words: what each of some words may be; at least one.
        logits: a row for each of them: how probable its sentence makes each value.
        temperature: what logarithms of weights are divided by to give probabilities.
        table: the one that their choices were made with.

    Returns:
        For each word the place of the best among those that are kept, and its score: how probable
        it is that lemma and part of speech are right, 0.01 to 1, in steps of 0.01.
    """
    sizes = np.array([len(word) for word in words])
    firsts = np.cumsum(sizes) - sizes
    owners = np.repeat(np.arange(len(words)), sizes)
    claimed = table.values(b"".join(word.claimed for word in words))
    claimed += (owners * logits.shape[1])[:, None]
    given_own = np.frombuffer(b"".join(word.own for word in words), dtype=np.float32)
    own = given_own.reshape(-1, 4).T.astype(np.float64)
    context = np.take(logits, claimed).sum(axis=1, dtype=np.float64)
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
