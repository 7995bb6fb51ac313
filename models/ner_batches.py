"""Batches of sentences of like length: a batch costs what its longest sentence does."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt

Places = npt.NDArray[np.int64]


def batches(
    lengths: Places, chosen: Places, batch_words: int, chance: np.random.Generator
) -> Iterator[Places]:
    """The `chosen` sentences in a new order, about `batch_words` words at a time."""
    order = chance.permutation(chosen)
    noisy: Any = lengths[order] + chance.random(len(order)) * 4
    order = order[np.argsort(noisy, kind="stable")]
    ends = np.cumsum(lengths[order]) // batch_words
    parts = np.split(order, np.flatnonzero(np.diff(ends)) + 1)
    for place in chance.permutation(len(parts)):
        yield parts[place]
