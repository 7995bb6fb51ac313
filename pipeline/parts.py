"""New parts from old ones: without the rows of some files, or several in one."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from pipeline.ledger import Part, owner
from pipeline.parquet_files import COMPRESSION_LEVEL, ROW_GROUP_ROWS, described_file
from pipeline.storage import each, link, writing
from schemas import documents, quarantine, sentences
from schemas.manifest import TABLES, WrittenFile

_SCHEMAS = {
    "sentences": sentences.SCHEMA,
    "documents": documents.SCHEMA,
    "quarantine": quarantine.SCHEMA,
}
# The fingerprint of a part without rows.
NOTHING = ""
# Rows that are in memory together.
_BATCH_ROWS = 1024
# A part above this size is never merged: to write it again would cost more than it saves readers.
FULL_PART_BYTES = 64 * 1024 * 1024
# So many parts that are not full may wait: a merge takes files away, an ordinary night only adds.
_MOST_SMALL_PARTS = 6
# Then they are merged until each is larger than so many times all smaller ones together: their
# number grows with the logarithm of the nights, and a row is written again as often.
_GROWTH = 2


@dataclass(frozen=True, slots=True)
class Source:
    """A part, the folder that holds it, the files whose rows are to go, and whether it is new."""

    part: Part
    folder: Path
    dropped: frozenset[str] = frozenset()
    fresh: bool = False


def link_parts(sources: Iterable[Source], target: Path) -> list[Part]:
    """Take parts over as they are."""
    sources = list(sources)
    files = [(one.folder, file.name) for one in sources for file in one.part.files]
    each(target, lambda file: link(file[0] / file[1], target / file[1]), files)
    return [one.part for one in sources]


def write_part(sources: Sequence[Source], target: Path, name: str) -> Part:
    """Write the rows of several parts of one configuration as one.

    Args:
        sources: the parts, in the order of their rows.
        target: the version that is being made.
        name: the new part's.
    """
    counts: Counter[str] = Counter()
    files = []
    for table in TABLES:
        written = _copy(table, sources, target, f"{table}/{name}.parquet", counts)
        if written is not None:
            files.append(written)
    return Part(
        name,
        sources[0].part.fingerprint,
        counts["documents"],
        counts["quarantine"],
        counts["sentences"],
        counts["tokens"],
        counts["entities"],
        tuple(files),
    )


def write_empty(table: str, like: Source | None, target: Path, name: str) -> WrittenFile:
    """Write a table without rows, so that readers find one, with the metadata of another part."""
    schema = _SCHEMAS[table].with_metadata(_metadata(table, [like] if like else []))
    path = f"{table}/{name}.parquet"
    with writing(target / path) as file:
        pq.write_table(schema.empty_table(), file, compression="zstd")
    return described_file(target, path, 0)


def merge_groups(sources: Sequence[Source]) -> list[list[Source]]:
    """Which parts to make one of: lists of two or more, each of one configuration.

    When there are many, parts are merged from the smallest up, until each is larger than twice all
    smaller ones together; what has become large is left alone.
    """
    groups = []
    for fingerprint in sorted({source.part.fingerprint for source in sources} - {NOTHING}):
        small = [
            source
            for source in sources
            if source.part.fingerprint == fingerprint and source.part.bytes < FULL_PART_BYTES
        ]
        if len(small) <= _MOST_SMALL_PARTS:
            continue
        small.sort(key=lambda source: (source.part.bytes, source.part.name))
        merged, below = 0, 0
        for count, source in enumerate(small, 1):
            if count > 1 and source.part.bytes < _GROWTH * below:
                merged = count
            below += source.part.bytes
        if merged > 1:
            groups += _filled(small[:merged])
    return groups


def _filled(sources: Sequence[Source]) -> list[list[Source]]:
    """The parts by name, in groups that each become about one full part."""
    groups: list[list[Source]] = [[]]
    size = 0
    for source in sorted(sources, key=lambda one: one.part.name):
        if groups[-1] and size >= FULL_PART_BYTES:
            groups.append([])
            size = 0
        groups[-1].append(source)
        size += source.part.bytes
    return [group for group in groups if len(group) > 1]


def _copy(
    table: str, sources: Sequence[Source], target: Path, name: str, counts: Counter[str]
) -> WrittenFile | None:
    """Copy the rows that stay; no file if there are none."""
    rows = _rows(table, sources)
    first = next(rows, None)
    if first is None:
        return None
    schema = _SCHEMAS[table].with_metadata(_metadata(table, sources))
    with writing(target / name) as file:
        options = {"compression": "zstd", "compression_level": COMPRESSION_LEVEL}
        with pq.ParquetWriter(file, schema, **options) as writer:
            waiting = [first]
            for batch in rows:
                waiting.append(batch)
                if sum(map(len, waiting)) >= ROW_GROUP_ROWS:
                    waiting = _flush(writer, waiting, table, schema, counts, ROW_GROUP_ROWS)
            _flush(writer, waiting, table, schema, counts, 1)
    return described_file(target, name, counts[table])


def _flush(
    writer: pq.ParquetWriter,
    waiting: list[pa.Table],
    table: str,
    schema: pa.Schema,
    counts: Counter[str],
    least: int,
) -> list[pa.Table]:
    """Write whole row groups; what is left over waits."""
    rows = pa.concat_tables(waiting)
    size = len(rows) if least == 1 else len(rows) // ROW_GROUP_ROWS * ROW_GROUP_ROWS
    done = rows.slice(0, size)
    if not size:
        return waiting
    writer.write_table(done.cast(schema), row_group_size=ROW_GROUP_ROWS)
    counts[table] += len(done)
    if table == "documents":
        counts["tokens"] += pc.sum(done["token_count"]).as_py() or 0
        counts["entities"] += pc.sum(done["entity_count"]).as_py() or 0
    return [rows.slice(size)]


def _rows(table: str, sources: Sequence[Source]) -> Iterator[pa.Table]:
    """The rows that stay, batch by batch, without metadata."""
    for source in sources:
        for written in source.part.files:
            if written.table != table or not written.rows:
                continue
            with (source.folder / written.name).open("rb") as file:
                for batch in pq.ParquetFile(file).iter_batches(_BATCH_ROWS, use_threads=False):
                    rows = _without(pa.Table.from_batches([batch]), source.dropped)
                    if len(rows):
                        yield rows.replace_schema_metadata(None)


def _without(rows: pa.Table, dropped: frozenset[str]) -> pa.Table:
    if not dropped:
        return rows
    paths = pc.unique(rows["path"]).to_pylist()
    kept = [path for path in paths if owner(path, dropped) is None]
    return rows.filter(pc.is_in(rows["path"], value_set=pa.array(kept, pa.string())))


def _metadata(table: str, sources: Sequence[Source]) -> dict[bytes, bytes]:
    """The metadata of the last part's files, and the runs of all of them."""
    runs: list[str] = []
    told: dict[str, Any] = {}
    for source in sources:
        for written in source.part.files[:1]:
            with (source.folder / written.name).open("rb") as file:
                metadata = pq.read_schema(file).metadata or {}
            told = json.loads(metadata.get(b"warraq", b"{}"))
            runs += told.get("run_ids") or [told.get("run_id", "")]
    told["run_ids"] = sorted(set(runs))
    described = json.dumps(told, ensure_ascii=False, sort_keys=True).encode()
    return {**(_SCHEMAS[table].metadata or {}), b"warraq": described}
