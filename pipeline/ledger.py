"""What a version of the corpus holds: its parts, and the input files that they were made from.

    inputs.parquet   one row an input file: its key, its content, which parts hold its rows
    parts.json       one entry a part: its Parquet files, and how many rows are in them

A part is what was written together: one file a table, of one configuration. No row of a file is in
a part that does not name it, so that a file's rows can be replaced without looking at other parts.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.error_codes import ErrorCode
from pipeline.errors import RunError
from pipeline.parquet_files import read_table
from pipeline.plan import Plan
from pipeline.storage import write_text, writing
from schemas.manifest import ShardReport, WrittenFile

_INPUTS = "inputs.parquet"
_PARTS = "parts.json"
_SCHEMA = pa.schema(
    [
        pa.field("key", pa.string(), nullable=False),
        pa.field("path", pa.string(), nullable=False),
        pa.field("sha256", pa.string(), nullable=False),
        pa.field("fingerprint", pa.string(), nullable=False),
        pa.field("annotated", pa.int64(), nullable=False),
        pa.field("articles", pa.int64(), nullable=False),
        pa.field("parts", pa.list_(pa.field("element", pa.string())), nullable=False),
    ],
    metadata={b"warraq_ledger": b"1"},
)


@dataclass(frozen=True, slots=True)
class Entry:
    """An input file as it is in the corpus.

    `fingerprint` is the configuration's that made its rows, `annotated` when, in seconds since
    1970, `articles` how many records it held, rejected ones included, `parts` where its rows are.
    """

    key: str
    path: str
    sha256: str
    fingerprint: str
    annotated: int
    articles: int
    parts: tuple[str, ...]


_NAMES = [each.name for each in fields(Entry)]


@dataclass(frozen=True, slots=True)
class Part:
    """What was written together; `name` is what its files are called, without the ending."""

    name: str
    fingerprint: str
    documents: int
    rejected: int
    sentences: int
    tokens: int
    entities: int
    files: tuple[WrittenFile, ...]

    @property
    def bytes(self) -> int:
        """The size of all its files."""
        return sum(file.bytes for file in self.files)


def read_entries(version: Path | None) -> dict[str, Entry]:
    """The input files that a version holds, by key.

    Raises:
        RunError: the ledger is damaged or not one of ours.
    """
    path = version / _INPUTS if version else None
    if path is None or not path.exists():
        return {}
    try:
        table = read_table(path)
        if not table.schema.equals(_SCHEMA, check_metadata=True):
            raise ValueError("it has other columns, or is of another version")
        columns = [table[name].to_pylist() for name in _NAMES]
    except (OSError, ValueError, pa.ArrowException) as error:
        raise RunError(
            ErrorCode.DAMAGED_CORPUS, f"cannot be used: {str(error).splitlines()[0]}", file=path
        ) from error
    *values, parts = columns
    rows = zip(*values, map(tuple, parts), strict=True)
    return {row[0]: Entry(*row) for row in rows}


def write_entries(version: Path, entries: Iterable[Entry]) -> None:
    """Write the input files that a version holds; by key, so that equal ledgers are equal bytes."""
    rows = sorted(entries, key=lambda entry: entry.key)
    columns = {name: [getattr(row, name) for row in rows] for name in _NAMES}
    with writing(version / _INPUTS) as file:
        pq.write_table(pa.Table.from_pydict(columns, schema=_SCHEMA), file, compression="zstd")


def read_parts(version: Path | None) -> list[Part]:
    """The parts of a version, by name.

    Raises:
        RunError: the list is damaged.
    """
    path = version / _PARTS if version else None
    if path is None or not path.exists():
        return []
    try:
        return [_part(data) for data in json.loads(path.read_text(encoding="utf-8"))]
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise RunError(ErrorCode.DAMAGED_CORPUS, f"cannot be used: {error}", file=path) from error


def write_parts(version: Path, parts: Iterable[Part]) -> None:
    """Write the list of the parts of a version."""
    told = [asdict(part) for part in sorted(parts, key=lambda part: part.name)]
    write_text(version / _PARTS, json.dumps(told, indent=1) + "\n")


def part_of(report: ShardReport, fingerprint: str) -> Part:
    """The part that a shard became."""
    return Part(
        Path(report.files[0].name).stem if report.files else "",
        fingerprint,
        report.documents,
        report.rejected,
        report.sentences,
        report.tokens,
        report.entities,
        report.files,
    )


def entries_of(plan: Plan, parts: Mapping[int, Part], annotated: int) -> list[Entry]:
    """The ledger of what a plan became.

    Args:
        plan: what was read.
        parts: those of its shards, by index; a file of which a shard is missing has no entry.
        annotated: when, in seconds since 1970.
    """
    shards_of: dict[str, list[int]] = {}
    for shard in plan.shards:
        for one in shard.slices:
            shards_of.setdefault(one.file.key, []).append(shard.index)
    return [
        Entry(
            planned.file.key,
            planned.file.path,
            planned.sha256,
            parts[shards[0]].fingerprint if shards else "",
            annotated,
            planned.articles,
            tuple(sorted({parts[index].name for index in shards})),
        )
        for planned in plan.inputs
        for shards in [shards_of.get(planned.file.key, [])]
        if all(index in parts for index in shards)
    ]


def owner(path: str, files: Collection[str]) -> str | None:
    """The file that a row's path belongs to: itself, or the archive that it is in.

    Args:
        path: as in the tables; `!/` parts an archive from the path in it.
        files: the files that it may be.
    """
    return next((candidate for candidate in _candidates(path) if candidate in files), None)


def _candidates(path: str) -> Iterator[str]:
    yield path
    end = path.rfind("!/")
    while end > 0:
        yield path[:end]
        end = path.rfind("!/", 0, end)


def _part(data: dict[str, Any]) -> Part:
    return Part(**{**data, "files": tuple(WrittenFile(**file) for file in data["files"])})
