"""What a run leaves behind about itself: a report for each shard, a manifest for the whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

TABLES = ("sentences", "documents", "quarantine")


@dataclass(frozen=True, slots=True)
class Model:
    """A model as the corpus names it: enough to find the same one again."""

    name: str
    version: str
    sha256: str
    licence: str


@dataclass(frozen=True, slots=True)
class Provenance:
    """What made the rows: the same for every file of a run, and in each one's metadata."""

    run_id: str
    fingerprint: str
    warraq_version: str
    settings: Mapping[str, Any]
    models: tuple[Model, ...]
    libraries: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class WrittenFile:
    """A Parquet file of the corpus: `name` is relative to the corpus folder."""

    table: str
    name: str
    rows: int
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class ShardReport:
    """What became of a shard: `planned` articles are `documents` and `rejected` ones.

    `rejected_by` counts rejections as `<stage>.<reason>`; `peak_memory` is the highest resident
    memory of the worker process until then, in bytes.
    """

    index: int
    planned: int
    documents: int
    rejected: int
    sentences: int
    tokens: int
    entities: int
    rejected_by: Mapping[str, int]
    metrics: Mapping[str, float]
    files: tuple[WrittenFile, ...]
    worker: str
    peak_memory: int

    def as_json(self) -> dict[str, Any]:
        """The report as JSON can hold it."""
        return asdict(self)

    @staticmethod
    def from_json(data: dict[str, Any]) -> ShardReport:
        """The report that `as_json` gave `data` for."""
        return ShardReport(**{**data, "files": tuple(WrittenFile(**f) for f in data["files"])})
