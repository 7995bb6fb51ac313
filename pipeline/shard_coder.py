"""How Beam encodes a shard: as Python's pickle, like anything that it has no coder for.

What is different is the estimate of its size. Beam asks for it at the first elements of every step,
and the coder that it would take answers by encoding them: with shards, of which there are few and
which are large, that was a twentieth of all the work of a run over 1,000 articles.
"""

from __future__ import annotations

import pickle
from typing import Any

from apache_beam import coders

from schemas.records import Shard

_BYTES_OF_AN_ARTICLE = 10_000  # by order of magnitude


class ShardCoder(coders.Coder):
    """Of shards, whatever the form of their articles."""

    def encode(self, value: Shard[Any]) -> bytes:
        """A shard as bytes."""
        return pickle.dumps(value, pickle.HIGHEST_PROTOCOL)

    def decode(self, encoded: bytes) -> Shard[Any]:
        """The shard again."""
        shard: Shard[Any] = pickle.loads(encoded)  # noqa: S301 - from a worker of the same run
        return shard

    def is_deterministic(self) -> bool:
        """No shard is a key."""
        return False

    def estimate_size(self, value: Shard[Any]) -> int:
        """About how many bytes a shard has; for Beam's own statistics only."""
        return _BYTES_OF_AN_ARTICLE * len(value.articles)
