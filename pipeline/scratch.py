"""What the two passes of a run hand to each other, in a folder of the version being made.

The survey keeps each shard as it read and cleaned it, since both take their time, and what it found
out about all of them; the annotation takes both up. Nothing of it is published. A run that takes up
the work of one that was interrupted finds here what is done.
"""

from __future__ import annotations

import functools
import pickle
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import zstandard

from pipeline.places import is_store
from pipeline.plan import Plan
from pipeline.storage import (
    file_names,
    read_with_checksum,
    remove_folder,
    write_with_checksum,
)
from schemas.records import RawArticle, Shard
from transforms.deduplicate import Duplicate
from transforms.repeated_lines import KnownLines

_FOLDER = "scratch"
_KNOWLEDGE = "knowledge"
_STOP = "stop"
_COMPRESSION_LEVEL = 1

_lock = threading.Lock()


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What the survey tells of the articles of the run: duplicates by `doc_id`, known lines.

    `memory` is the digest of what the version is to remember, which was written before this.
    """

    duplicates: Mapping[str, Duplicate]
    lines: KnownLines
    memory: str | None


def scratch_folder(folder: Path) -> Path:
    """Where all of this lies."""
    return folder / _FOLDER


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


def keep_findings(findings: Any, index: int, folder: Path) -> None:
    """Keep what the survey found in one shard."""
    _keep(findings, _findings_path(folder, index))


def load_findings(index: int, folder: Path) -> Any | None:
    """What `keep_findings` kept, if it and the shard are there, and whole."""
    if read_with_checksum(_shard_path(folder, index)) is None:
        return None
    return _find(_findings_path(folder, index))


def not_surveyed(plan: Plan, folder: Path) -> list[int]:
    """The shards of which `load_findings` would find nothing."""
    shards = [shard.index for shard in plan.shards]
    if is_store(folder):  # what is there is whole
        there = file_names(shards_folder(folder)) & file_names(_findings_folder(folder))
        return [index for index in shards if f"{index:05d}" not in there]
    return [index for index in shards if load_findings(index, folder) is None]


def ask_to_stop(folder: Path) -> None:
    """Let the workers finish what they have in hand and begin nothing more."""
    (folder / _STOP).touch()


def asked_to_stop(folder: Path) -> bool:
    """Whether no shard should be begun any more."""
    return (folder / _STOP).exists()


def clear_stop(folder: Path) -> None:
    """Let the work go on."""
    (folder / _STOP).unlink(missing_ok=True)


def keep_knowledge(knowledge: Knowledge, folder: Path) -> None:
    """Keep what the survey found."""
    _keep(knowledge, folder / _FOLDER / _KNOWLEDGE)


def find_knowledge(folder: Path) -> Knowledge | None:
    """What `keep_knowledge` kept, if the survey came to its end."""
    knowledge: Knowledge | None = _find(folder / _FOLDER / _KNOWLEDGE)
    return knowledge


def forget_knowledge(folder: Path) -> None:
    """Begin the survey's conclusions anew."""
    (folder / _FOLDER / _KNOWLEDGE).unlink(missing_ok=True)
    _cached_knowledge.cache_clear()


def load_duplicates(folder: Path) -> Mapping[str, Duplicate]:
    """The duplicates that the survey found, by `doc_id`."""
    return _load_knowledge(folder).duplicates


def load_lines(folder: Path) -> KnownLines:
    """The lines that the survey found to come back."""
    return _load_knowledge(folder).lines


def remove_scratch(folder: Path) -> None:
    """Remove all that was kept."""
    remove_folder(folder / _FOLDER)


def _load_knowledge(folder: Path) -> Knowledge:
    with _lock:  # each process reads it once
        return _cached_knowledge(folder)


@functools.lru_cache(maxsize=1)
def _cached_knowledge(folder: Path) -> Knowledge:
    knowledge: Knowledge = _load(folder / _FOLDER / _KNOWLEDGE)
    return knowledge


def _shard_path(folder: Path, index: int) -> Path:
    return shards_folder(folder) / f"{index:05d}"


def _findings_folder(folder: Path) -> Path:
    return folder / _FOLDER / "findings"


def _findings_path(folder: Path, index: int) -> Path:
    return _findings_folder(folder) / f"{index:05d}"


def _keep(value: object, path: Path) -> None:
    data = pickle.dumps(value, protocol=pickle.HIGHEST_PROTOCOL)
    write_with_checksum(path, zstandard.compress(data, _COMPRESSION_LEVEL))


def _load(path: Path) -> Any:
    found = _find(path)
    if found is None:
        raise FileNotFoundError(f"missing or damaged: {path}")
    return found


def _find(path: Path) -> Any | None:
    data = read_with_checksum(path)
    if data is None:
        return None
    # Written by a run of ours, in a folder of its own.
    return pickle.loads(zstandard.decompress(data))  # noqa: S301
