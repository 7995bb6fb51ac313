"""Sentences as JSON lines: an object for each, with the columns of `sentences`."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Iterator

from pipeline.exports.source import Row
from schemas.sentences import COLUMNS as SENTENCE_COLUMNS

# The columns of `sentences` that are read.
COLUMNS = tuple(column.name for column in SENTENCE_COLUMNS)


def json_lines(rows: Iterable[Row]) -> Iterator[str]:
    """The lines, each with its line feed; times are ISO 8601, in UTF-8 nothing is escaped."""
    for row in rows:
        yield json.dumps(row, ensure_ascii=False, default=_time, separators=(",", ":")) + "\n"


def _time(value: object) -> str:
    if isinstance(value, datetime.datetime):
        return value.isoformat(timespec="milliseconds")
    raise TypeError(f"not for JSON: {value!r}")
