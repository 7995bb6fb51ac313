"""Shards that were begun more than once and never done.

There may be an article in them that ends every process that works on it.

    scratch/begun/watched             workers are to note what they begin
    scratch/begun/annotation-00003    a byte for each time that the shard was begun
    scratch/fatal/annotation-00003    its articles that are to be rejected, once they were found
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Literal, TypeAlias

from pipeline.scratch import scratch_folder
from pipeline.storage import (
    append,
    read_files,
    read_with_checksum,
    write_bytes,
    write_with_checksum,
)
from schemas.records import RawArticle, Rejection, Shard, Stage

Pass: TypeAlias = Literal["survey", "annotation"]
# The articles of a shard, by their place in it from 0, that ended a process, and in which stage.
Fatal: TypeAlias = Mapping[int, Stage]

REASON = "worker_died"
MESSAGE = "every process that worked on it was ended by it"
_WATCHED = "watched"
# Once is no sign: a run may be killed, or the power cut.
_SUSPICIOUS = 2


def watch(folder: Path) -> None:
    """Let workers note in `folder` what they begin. Without this they do not."""
    write_bytes(_begun(folder) / _WATCHED, b"")


def note_begun(folder: Path, work: Pass, index: int) -> None:
    """Note that a shard is begun."""
    if (_begun(folder) / _WATCHED).exists():
        append(_mark(folder, work, index), b".")


def suspect(folder: Path, work: Pass) -> None:
    """A worker died in a pass: whatever was begun in it is suspicious, if it is not done."""
    for path in _begun(folder).glob(f"{work}-*"):
        path.write_bytes(b"." * _SUSPICIOUS)


def suspects(folder: Path, work: Pass, to_do: Iterable[int]) -> list[int]:
    """Which of the shards that are to be done in a pass were begun suspiciously often."""
    begun = read_files(_begun(folder))
    marks = ((index, _mark(folder, work, index).name) for index in to_do)
    return [index for index, mark in marks if len(begun.get(mark, b"")) >= _SUSPICIOUS]


def forget_suspicion(folder: Path, work: Pass, index: int) -> None:
    """Begin to count anew for a shard."""
    _mark(folder, work, index).unlink(missing_ok=True)


def keep_fatal(folder: Path, work: Pass, index: int, fatal: Fatal) -> None:
    """Keep which articles of a shard are to be rejected."""
    write_with_checksum(_fatal(folder, work, index), json.dumps(dict(fatal)).encode())


def load_fatal(folder: Path, work: Pass, index: int) -> Fatal:
    """What `keep_fatal` kept; as a rule, nothing."""
    data = read_with_checksum(_fatal(folder, work, index))
    return {int(place): stage for place, stage in json.loads(data or b"{}").items()}


def without_fatal(shard: Shard[RawArticle], fatal: Fatal) -> Shard[RawArticle]:
    """The shard with articles rejected that would end the process."""
    if not fatal:
        return shard
    rejected = [
        Rejection(
            article.origin.path, article.origin.record, article.origin.source_sha256,
            fatal[place], REASON, MESSAGE,
        )
        for place, article in enumerate(shard.articles) if place in fatal
    ]  # fmt: skip
    left = [article for place, article in enumerate(shard.articles) if place not in fatal]
    return replace(shard, articles=tuple(left), rejections=(*shard.rejections, *rejected))


def _begun(folder: Path) -> Path:
    return scratch_folder(folder) / "begun"


def _mark(folder: Path, work: Pass, index: int) -> Path:
    return _begun(folder) / f"{work}-{index:05d}"


def _fatal(folder: Path, work: Pass, index: int) -> Path:
    return scratch_folder(folder) / "fatal" / f"{work}-{index:05d}"
