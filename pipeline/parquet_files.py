"""The Parquet files of the corpus: written whole or not at all, and the same for the same rows."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.digests import file_sha256
from pipeline.storage import each, writing
from schemas.manifest import Provenance, WrittenFile

# Large enough to compress well, small enough that a reader of one row group needs little memory.
ROW_GROUP_ROWS = 4096
COMPRESSION_LEVEL = 3


def write_table(table: pa.Table, folder: Path, name: str, provenance: Provenance) -> WrittenFile:
    """Write a Parquet file, whole or not at all; equal rows give equal bytes."""
    metadata = {
        **(table.schema.metadata or {}),
        b"warraq": json.dumps(asdict(provenance), ensure_ascii=False, sort_keys=True).encode(),
    }
    path = folder / name
    with writing(path) as file:
        pq.write_table(
            table.replace_schema_metadata(metadata),
            file,
            row_group_size=ROW_GROUP_ROWS,
            compression="zstd",
            compression_level=COMPRESSION_LEVEL,
        )
    return described_file(folder, name, table.num_rows)


def described_file(folder: Path, name: str, rows: int) -> WrittenFile:
    """A finished file, as reports and manifests name it."""
    path = folder / name
    return WrittenFile(name.partition("/")[0], name, rows, path.stat().st_size, file_sha256(path))


def count_rows(folder: Path, names: Sequence[str]) -> dict[str, int]:
    """How many rows the files of these names hold, by their own account."""

    def rows(name: str) -> int:
        with (folder / name).open("rb") as file:
            found: int = pq.read_metadata(file).num_rows
        return found

    return dict(zip(names, each(folder, rows, names), strict=True))


def read_table(path: Path, columns: Sequence[str] | None = None) -> pa.Table:
    """The rows of a file, wherever it lies; of some columns, or of all.

    This thread reads alone. One of Arrow's that lets go of the opened file, which is Python's, when
    the program has come to its end would abort it.
    """
    with path.open("rb") as file:
        return pq.ParquetFile(file, pre_buffer=False).read(columns, use_threads=False)
