"""Tables of answers: aligned for a terminal, as CSV, as JSON."""

from __future__ import annotations

import csv
import datetime
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TextIO

from pipeline.query.terminal import Style, columns, safe

FORMATS = ("text", "csv", "json")


def write_rows(
    rows: Sequence[Mapping[str, Any]], names: Sequence[str], form: str, file: TextIO, style: Style
) -> None:
    """Write rows in one of `FORMATS`.

    Args:
        rows: values by column; the last column may be Arabic, which is why it is the last.
        names: the columns, in order.
        form: the format.
        file: where to write.
        style: how to write text.
    """
    if form == "csv":
        write_csv(rows, names, file)
    elif form == "json":
        write_json(rows, file)
    else:
        _write_text(rows, names, file, style)


def write_csv(rows: Iterable[Mapping[str, Any]], names: Sequence[str], file: TextIO) -> None:
    """Write a line for each row, after one with the names."""
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(names)
    for row in rows:
        writer.writerow([_cell(row[name]) for name in names])


def write_json(rows: Iterable[Mapping[str, Any]], file: TextIO) -> None:
    """Write an array with an object for each row, one a line."""
    separator = "[\n"
    for row in rows:
        file.write(separator + json.dumps(row, ensure_ascii=False, default=_plain))
        separator = ",\n"
    file.write("[]\n" if separator == "[\n" else "\n]\n")


def _write_text(
    rows: Sequence[Mapping[str, Any]], names: Sequence[str], file: TextIO, style: Style
) -> None:
    cells = [[safe(_text(row[name])) for name in names] for row in rows]
    widths = [max(map(columns, column)) for column in zip(names, *cells, strict=True)]
    numeric = [all(isinstance(row[name], int | float) for row in rows) for name in names]
    for line in [list(names), *cells]:
        fields = [
            " " * (width - columns(cell)) + cell if right else cell + " " * (width - columns(cell))
            for cell, width, right in zip(line[:-1], widths, numeric, strict=False)
        ]
        last = line[-1] if line[-1].isascii() else style.right_to_left(line[-1])
        file.write("  ".join([*fields, last]) + "\n")


def _text(value: Any) -> str:
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, float):
        return f"{value:,.1f}"
    return str(_cell(value))


def _cell(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, list | tuple):
        return " ".join("" if each is None else str(each) for each in value)
    return _plain(value) if isinstance(value, datetime.date) else value


def _plain(value: Any) -> str:
    """Days and times as ISO 8601 writes them."""
    if isinstance(value, datetime.datetime):
        return value.isoformat(sep="T", timespec="seconds")
    if isinstance(value, datetime.date):
        return value.isoformat()
    raise TypeError(f"not for JSON: {value!r}")
