"""The data dictionary: the columns of every table as `schemas` describes them, in Markdown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from schemas import documents, quarantine, sentences
from schemas.columns import SCHEMA_VERSION, Column
from schemas.removals import REMOVAL_REASONS

_TABLES: Mapping[str, tuple[str, Sequence[Column]]] = {
    "sentences": ("one annotated sentence a row", sentences.COLUMNS),
    "documents": ("one article a row", documents.COLUMNS),
    "quarantine": ("one rejected input a row", quarantine.COLUMNS),
}


def data_dictionary() -> str:
    """The whole dictionary as a Markdown page."""
    parts = [
        f"# Data dictionary\n\nSchema version {SCHEMA_VERSION}. Made by `make dictionary` from "
        "`schemas/`; the descriptions are in the Parquet files too, as metadata of the fields.\n"
    ]
    for name, (what, columns) in _TABLES.items():
        parts.append(f"## `{name}`: {what}\n")
        parts.append(table(("column", "type", "what"), [_row(column) for column in columns]))
    parts.append("## Reasons for a rejection\n")
    parts.append(table(("reason", "what"), list(quarantine.REASONS.items())))
    parts.append("## Reasons for a removal\n")
    parts.append(table(("reason", "what"), list(REMOVAL_REASONS.items())))
    return "\n".join(parts)


def _row(column: Column) -> tuple[str, str, str]:
    kind = str(column.type).replace("list<item: ", "list<")
    return f"`{column.name}`", kind + (" or null" if column.nullable else ""), column.description


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table in Markdown."""
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)
