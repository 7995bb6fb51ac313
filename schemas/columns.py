"""How a table is described: each column named, typed and explained in one place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pyarrow as pa

SCHEMA_VERSION = 2

TEXT = pa.string()
COUNT = pa.int32()
SCORE = pa.float32()
TEXTS = pa.list_(pa.string())
COUNTS = pa.list_(pa.int32())
SCORES = pa.list_(pa.float32())
# Parquet knows no coarser unit; pandas reads it without loss up to the year 9999.
TIME = pa.timestamp("ms")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: `nullable` says whether it, or a member of its list, may be null."""

    name: str
    type: pa.DataType
    description: str
    nullable: bool = False


def arrow_schema(columns: Sequence[Column]) -> pa.Schema:
    """The Arrow schema of a table, with every description in its field's metadata."""
    return pa.schema(
        [_arrow_field(column) for column in columns],
        metadata={"schema_version": str(SCHEMA_VERSION)},
    )


def _arrow_field(column: Column) -> pa.Field:
    kind, nullable = column.type, column.nullable
    if pa.types.is_list(kind):
        # A list itself is never null, its members may be; Parquet calls them `element`.
        kind = pa.list_(pa.field("element", kind.value_type, nullable=nullable))
        nullable = False
    described = {"description": column.description}
    return pa.field(column.name, kind, nullable=nullable, metadata=described)
