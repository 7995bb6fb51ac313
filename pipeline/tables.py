"""Tables: each row of CSV or Parquet becomes the JSON object of its columns."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from typing import Any, TextIO

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.records import (
    CSV,
    PARQUET,
    TSV,
    BrokenRecord,
    Item,
    Record,
    Resume,
    Source,
    as_json,
    nothing_found,
)
from pipeline.streams import spooled
from pipeline.text_files import open_text
from transforms.shards import RejectedArticleError

_DELIMITERS = ",;\t|"
_SNIFFED_CHARACTERS = 64 * 1024
# Rows of Parquet that are in memory together.
_BATCH_ROWS = 32
# As for single articles: more characters than this share without a meaning is another encoding.
_MAX_DAMAGE = 0.01


class _TooLongError(Exception):
    """A row is longer than an article may be."""


def read_csv(source: Source) -> Iterator[Item]:
    """One record a row below the header; blank rows do not count."""
    text, encoding = open_text(source)
    lines = _Lines(text, source.limit)
    delimiter = "\t" if source.name.endswith(".tsv") else _delimiter(lines.peek())
    media_type = TSV if source.name.endswith(".tsv") else CSV
    csv.field_size_limit(max(source.limit, csv.field_size_limit()))  # rows have a limit of theirs
    rows = csv.reader(lines, delimiter=delimiter)
    header: list[str] | None = None
    number = 0
    while True:
        lines.begin_row()
        try:
            row = next(rows)
        except StopIteration:
            break
        except (csv.Error, _TooLongError) as error:
            number += 1
            reason = "too_large" if isinstance(error, _TooLongError) else "truncated"
            yield BrokenRecord(number, reason, str(error))
            continue
        if not row:
            source.budget.spend_record()
            continue
        if header is None:
            header = [name.strip() for name in row]
            continue
        number += 1
        fields = dict(zip(header, row, strict=False))
        broken = sum(value.count("\ufffd") for value in row)
        if broken > max(1, _MAX_DAMAGE * sum(map(len, row))):
            message = f"{broken} characters are broken as {encoding.encoding}"
            yield BrokenRecord(number, "undecodable", message)
            continue
        data = as_json(fields)
        if len(data) > source.limit:  # of Arabic, a character is two bytes
            yield BrokenRecord(number, "too_large", f"more than {source.limit} bytes")
        else:
            yield Record(number, data, media_type, encoding=encoding)
    if number == 0:
        yield nothing_found("row below a header")


def _delimiter(head: str) -> str:
    """What parts the header's columns: the candidate that stands in it most often."""
    header = head.lstrip().partition("\n")[0]
    return max(_DELIMITERS, key=header.count)


class _Lines:
    """A text's lines for the reader of CSV, which holds all lines of a row in memory."""

    def __init__(self, text: TextIO, limit: int) -> None:
        self._text = text
        self._limit = limit
        self._left = limit
        self._head: str | None = None

    def peek(self) -> str:
        """The first line, or its beginning."""
        self._head = self._text.readline(self._limit + 1)
        return self._head

    def begin_row(self) -> None:
        """Let the next row be as long as a row may be."""
        self._left = self._limit

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line, self._head = self._head or self._text.readline(self._limit + 1), None
        if not line:
            raise StopIteration
        self._left -= len(line)
        if self._left < 0:
            while line and not line.endswith(("\n", "\r")):
                line = self._text.readline(_SNIFFED_CHARACTERS)
            raise _TooLongError(f"a row of more than {self._limit} characters")
        return line


def read_parquet(source: Source) -> Iterator[Item]:
    """One record a row, of all columns that hold text, numbers or times."""
    direct = source.depth == 0 and source.file.seekable()
    file = source.file if direct else spooled(source.file)
    magic = file.read(4)
    if magic != b"PAR1":
        reason = "mislabelled" if magic else "empty"
        raise RejectedArticleError(reason, f"not Parquet but {magic!r}")
    file.seek(0)
    try:
        table = pq.ParquetFile(file, pre_buffer=False, buffer_size=1024 * 1024)
        yield from _rows(table, source)
    except (pa.ArrowException, OSError, ValueError) as error:
        raise RejectedArticleError("truncated", str(error)) from error


def _rows(table: Any, source: Source) -> Iterator[Item]:
    columns = [field.name for field in table.schema_arrow if _is_plain(field.type)]
    first, number = source.begin
    if table.metadata.num_rows == 0:
        yield nothing_found("row")
    for group in range(first, table.num_row_groups):
        resume: Resume | None = Resume(group, number)
        for batch in table.iter_batches(
            _BATCH_ROWS, row_groups=[group], columns=columns, use_threads=False
        ):
            for row in _to_rows(batch):
                number += 1
                yield _row(row, number, resume, source.limit)
                resume = None


def _to_rows(batch: Any) -> list[dict[str, Any]]:
    try:
        rows: list[dict[str, Any]] = batch.to_pylist()
    except (OverflowError, LookupError):  # a year beyond 9999, a time zone that nobody knows
        names = batch.schema.names
        columns = [[_value(cell) for cell in column] for column in batch.columns]
        return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]
    return rows


def _value(cell: Any) -> Any:
    """What a cell holds; nothing, if it is a time that Python cannot tell."""
    try:
        return cell.as_py()
    except (OverflowError, LookupError):
        return None


def _row(row: Mapping[str, Any], number: int, resume: Resume | None, limit: int) -> Item:
    data = as_json(row)
    if len(data) > limit:
        return BrokenRecord(number, "too_large", f"more than {limit} bytes", resume=resume)
    return Record(number, data, PARQUET, resume=resume)


def _is_plain(kind: Any) -> bool:
    types = pa.types
    if types.is_dictionary(kind):
        kind = kind.value_type
    return bool(
        types.is_string(kind)
        or types.is_large_string(kind)
        or types.is_integer(kind)
        or types.is_floating(kind)
        or types.is_temporal(kind)
        or types.is_boolean(kind)
    )
