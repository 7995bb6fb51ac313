"""One number for all rows of a corpus: equal where two corpora hold the same rows.

In which files the rows lie, and in which order, does not matter; nor does the run that made them.
So it shows whether a cluster makes the same corpus as one machine.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow.parquet as pq

from pipeline.error_codes import ErrorCode
from pipeline.errors import UsageError
from pipeline.publish import current_version
from schemas.manifest import TABLES

_BITS = 256
_ROWS_AT_ONCE = 1000
_OF_THE_RUN = "run_id"


class RowDigest(NamedTuple):
    """How many rows a table has, and their digest, in hexadecimal."""

    rows: int
    digest: str


def corpus_digest(corpus: Path) -> dict[str, RowDigest]:
    """The digest of each table of a corpus, by name; memory does not grow with the corpus.

    Raises:
        UsageError: there is no corpus.
    """
    version = current_version(corpus) or corpus
    missing = [table for table in TABLES if not (version / table).is_dir()]
    if missing:
        raise UsageError(ErrorCode.NO_CORPUS, f"it lacks {missing[0]}", file=corpus)
    return {table: _table_digest(version / table) for table in TABLES}


def summary(tables: dict[str, RowDigest]) -> str:
    """Lines of text: each table with its rows, and last the digest of all."""
    lines = [f"{name:10} {table.rows:>12,} rows  {table.digest}" for name, table in tables.items()]
    return "\n".join([*lines, f"{'corpus':28} {total(tables)}"])


def total(tables: dict[str, RowDigest]) -> str:
    """The digest of all tables together."""
    return hashlib.sha256("\n".join(table.digest for table in tables.values()).encode()).hexdigest()


def _table_digest(folder: Path) -> RowDigest:
    """The sum of the digests of all rows: of what is there twice, twice."""
    rows = 0
    number = 0
    for row in _rows(folder):
        written = json.dumps(row, ensure_ascii=False, sort_keys=True, default=str)
        number += int.from_bytes(hashlib.sha256(written.encode()).digest())
        rows += 1
    return RowDigest(rows, f"{number % (1 << _BITS):0{_BITS // 4}x}")


def _rows(folder: Path) -> Iterator[dict[str, Any]]:
    for path in sorted(folder.glob("*.parquet")):
        with path.open("rb") as opened, pq.ParquetFile(opened) as file:
            columns = [name for name in file.schema_arrow.names if name != _OF_THE_RUN]
            for batch in file.iter_batches(_ROWS_AT_ONCE, columns=columns, use_threads=False):
                yield from batch.to_pylist()
