"""What the two passes of a run hand to each other, in a folder of the version being made.

The survey keeps each shard as it read it, since to read a page's HTML is slow, and what it found
out about all of them; the annotation takes both up. Nothing of it is published.
"""

from __future__ import annotations

import functools
import pickle
import shutil
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import zstandard

from pipeline.write import write_bytes
from schemas.records import RawArticle, Shard
from transforms.deduplicate import Duplicate
from transforms.repeated_lines import KnownLines

_FOLDER = "scratch"
_KNOWLEDGE = "knowledge"
_COMPRESSION_LEVEL = 1

_lock = threading.Lock()


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What the survey tells of the articles of the run: duplicates by `doc_id`, known lines."""

    duplicates: Mapping[str, Duplicate]
    lines: KnownLines


def shards_folder(folder: Path) -> Path:
    """Where the shards of the version in `folder` are kept, one file each, `00000` the first."""
    return folder / _FOLDER / "shards"


def keep_shard(shard: Shard[RawArticle], folder: Path) -> None:
    """Keep a shard that was read."""
    _keep(shard, _shard_path(folder, shard.index))


def load_shard(index: int, folder: Path) -> Shard[RawArticle]:
    """The shard that `keep_shard` kept."""
    shard: Shard[RawArticle] = _load(_shard_path(folder, index))
    return shard


def keep_knowledge(knowledge: Knowledge, folder: Path) -> None:
    """Keep what the survey found."""
    _keep(knowledge, folder / _FOLDER / _KNOWLEDGE)


def load_duplicates(folder: Path) -> Mapping[str, Duplicate]:
    """The duplicates that the survey found, by `doc_id`."""
    return _load_knowledge(folder).duplicates


def load_lines(folder: Path) -> KnownLines:
    """The lines that the survey found to come back."""
    return _load_knowledge(folder).lines


def remove_scratch(folder: Path) -> None:
    """Remove all that was kept."""
    shutil.rmtree(folder / _FOLDER)


def _load_knowledge(folder: Path) -> Knowledge:
    with _lock:  # each process reads it once
        return _cached_knowledge(folder)


@functools.lru_cache(maxsize=1)
def _cached_knowledge(folder: Path) -> Knowledge:
    knowledge: Knowledge = _load(folder / _FOLDER / _KNOWLEDGE)
    return knowledge


def _shard_path(folder: Path, index: int) -> Path:
    return shards_folder(folder) / f"{index:05d}"


def _keep(value: object, path: Path) -> None:
    data = pickle.dumps(value, protocol=pickle.HIGHEST_PROTOCOL)
    write_bytes(path, zstandard.compress(data, _COMPRESSION_LEVEL))


def _load(path: Path) -> Any:
    # Written by this run, in a folder of its own.
    return pickle.loads(zstandard.decompress(path.read_bytes()))  # noqa: S301
