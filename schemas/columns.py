"""How a table is described: each column named, typed and explained in one place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pyarrow as pa

SCHEMA_VERSION = 1

TEXT = pa.string()
COUNT = pa.int32()
SCORE = pa.float32()
TEXTS = pa.list_(pa.string())
COUNTS = pa.list_(pa.int32())
SCORES = pa.list_(pa.float32())
# Seconds are what sources give; pandas reads them without loss up to the year 9999.
TIME = pa.timestamp("s")


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
        [
            pa.field(
                column.name,
                column.type,
                # A list itself is never null: its members may be.
                nullable=column.nullable and not pa.types.is_list(column.type),
                metadata={"description": column.description},
            )
            for column in columns
        ],
        metadata={"schema_version": str(SCHEMA_VERSION)},
    )
