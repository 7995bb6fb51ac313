"""Arrow IPC files that processes map into memory: copies of what code can make anew.

Such a file names in its metadata all that it was made of, and is passed over where that differs.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pyarrow as pa


def file_bytes(columns: Mapping[str, pa.Array], about: Mapping[str, str]) -> bytes:
    """The content of a file of columns of one length, with what it was made of."""
    batch = pa.record_batch(dict(columns)).replace_schema_metadata(dict(about))
    sink = pa.BufferOutputStream()
    with pa.ipc.new_file(sink, batch.schema) as writer:
        writer.write_batch(batch)
    content: bytes = sink.getvalue().to_pybytes()
    return content


def open_mapped(path: Path, about: Mapping[str, str]) -> pa.RecordBatch | None:
    """The columns of a file; None if there is none, it is damaged, or made of something else."""
    if not path.is_file():
        return None
    try:
        batch = pa.ipc.open_file(pa.memory_map(str(path))).get_batch(0)
    except (pa.ArrowInvalid, OSError):
        return None
    found = metadata(batch)
    return batch if all(found.get(name) == value for name, value in about.items()) else None


def metadata(batch: pa.RecordBatch) -> dict[str, str]:
    """What a file says of itself."""
    given = batch.schema.metadata or {}
    return {name.decode(): value.decode() for name, value in given.items()}
