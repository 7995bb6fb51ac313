"""What a corpus remembers of the articles that it has seen: signatures and lines, no text.

It lies in the folder of each version, so that it is published with it, in one step.

    memory/articles.parquet   one row an article: its signature, and which article it repeats
    memory/lines.parquet      one row for each line and article in which it was seen
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.digests import file_sha256
from pipeline.error_codes import ErrorCode
from pipeline.errors import RunError
from pipeline.parquet_files import read_table
from pipeline.storage import link, writing
from transforms.deduplicate import Duplicate, Known
from transforms.repeated_lines import SIGHTING, Sightings
from transforms.signatures import Signature, load_minhash

_FOLDER = "memory"
_FORMAT = {b"warraq_memory": b"1"}
_SKETCH_BYTES = SIGHTING["sketch"].itemsize

_ARTICLES = pa.schema(
    [
        pa.field("doc_id", pa.string(), nullable=False),
        pa.field("path", pa.string(), nullable=False),
        pa.field("record", pa.int64()),
        pa.field("published", pa.int64()),
        pa.field("exact", pa.binary(), nullable=False),
        pa.field("minhash", pa.binary()),
        pa.field("duplicate_of", pa.string()),
        pa.field("similarity", pa.float64()),
    ],
    metadata=_FORMAT,
)
_LINES = pa.schema(
    [
        pa.field("line", pa.uint64(), nullable=False),
        pa.field("article", pa.uint64(), nullable=False),
        pa.field("sketch", pa.binary(_SKETCH_BYTES), nullable=False),
    ],
    metadata=_FORMAT,
)


def memory_folder(version: Path) -> Path:
    """Where the memory of a version of the corpus lies."""
    return version / _FOLDER


def check_memory(version: Path) -> None:
    """See whether what a version remembers can be used.

    Raises:
        RunError: a file is damaged, not one of ours, or missing where the other one is there.
    """
    files = _files(version)
    if not any(path.exists() for path, _ in files):
        return
    for path, schema in files:
        if not path.exists():
            raise _unusable(path, "it is missing")
        _read(path, schema, lambda table: None)


def write_memory(version: Path, articles: Iterable[Known], lines: Sightings) -> None:
    """Write the memory of a version; equal contents give equal bytes.

    Args:
        version: the folder of the version.
        articles: all that are known, by `doc_id`.
        lines: as `merge_sightings` leaves them.
    """
    folder = memory_folder(version)
    folder.mkdir(parents=True, exist_ok=True)
    rows = [
        {
            **one.signature._asdict(),
            "duplicate_of": one.duplicate.of if one.duplicate else None,
            "similarity": one.duplicate.similarity if one.duplicate else None,
        }
        for one in articles
    ]
    _write(pa.Table.from_pylist(rows, schema=_ARTICLES), folder / "articles.parquet")
    sketches = pa.py_buffer(np.ascontiguousarray(lines["sketch"]).tobytes())
    columns = [
        pa.array(np.ascontiguousarray(lines["line"])),
        pa.array(np.ascontiguousarray(lines["article"])),
        pa.Array.from_buffers(pa.binary(_SKETCH_BYTES), len(lines), [None, sketches]),
    ]
    _write(pa.Table.from_arrays(columns, schema=_LINES), folder / "lines.parquet")


def read_articles(version: Path) -> list[Known]:
    """The articles that a version remembers; none if it has no memory.

    Raises:
        RunError: the file is damaged or not one of ours.
    """
    return _read(memory_folder(version) / "articles.parquet", _ARTICLES, _to_articles) or []


def read_lines(version: Path) -> Sightings:
    """The sightings of lines that a version remembers; none if it has no memory.

    Raises:
        RunError: the file is damaged or not one of ours.
    """
    lines = _read(memory_folder(version) / "lines.parquet", _LINES, _to_lines)
    return np.zeros(0, dtype=SIGHTING) if lines is None else lines


def keep_memory(source: Path, target: Path) -> None:
    """Let a version remember what another does."""
    for path, _ in _files(source):
        if path.exists():
            link(path, memory_folder(target) / path.name)


def memory_digest(version: Path | None) -> str | None:
    """The sha256 of what a version remembers; `None` if that is nothing."""
    files = sorted(memory_folder(version).glob("*.parquet")) if version else []
    if not files:
        return None
    digests = "".join(f"{file.name} {file_sha256(file)}\n" for file in files)
    return hashlib.sha256(digests.encode()).hexdigest()


def _files(version: Path) -> tuple[tuple[Path, pa.Schema], ...]:
    folder = memory_folder(version)
    return (folder / "articles.parquet", _ARTICLES), (folder / "lines.parquet", _LINES)


def _write(table: pa.Table, path: Path) -> None:
    with writing(path) as file:
        pq.write_table(table, file, compression="zstd")


def _read(path: Path, schema: pa.Schema, convert: Callable[[pa.Table], Any]) -> Any:
    if not path.exists():
        return None
    try:
        table = read_table(path)
        if not table.schema.equals(schema, check_metadata=True):
            raise ValueError("it has other columns, or is of another version")
        return convert(table)
    except (OSError, ValueError, pa.ArrowException) as error:
        raise _unusable(path, str(error).splitlines()[0]) from error


def _unusable(path: Path, cause: str) -> RunError:
    problem = f"what the corpus remembers cannot be used: {cause}"
    return RunError(ErrorCode.DAMAGED_CORPUS, problem, "--forget begins anew", path)


def _to_articles(table: pa.Table) -> list[Known]:
    known = []
    for row in table.to_pylist():
        of, similarity = row.pop("duplicate_of"), row.pop("similarity")
        signature = Signature(**row)
        if signature.minhash is not None:
            load_minhash(signature.minhash)
        known.append(Known(signature, Duplicate(of, similarity) if of is not None else None))
    return known


def _to_lines(table: pa.Table) -> Sightings:
    lines = np.zeros(table.num_rows, dtype=SIGHTING)
    lines["line"] = table["line"].to_numpy()
    lines["article"] = table["article"].to_numpy()
    sketches = b"".join(table["sketch"].to_pylist())
    lines["sketch"] = np.frombuffer(sketches, dtype="<u2").reshape(lines["sketch"].shape)
    return lines
