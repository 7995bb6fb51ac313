"""What a file holds: one article, or a line for each; plain or compressed.

A new format (HTML, WARC, …) is one more function here and one more ending in `_FORMATS`.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import stat
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, cast

from pipeline.decoding import byte_order_mark

TEXT = "text/plain"
JSON_LINES = "application/x-ndjson"


@dataclass(frozen=True, slots=True)
class Record:
    """The bytes of one article; `number` is its line, from 1, in a file that holds many.

    `encoding` is that of a file whose byte order mark decides it for all its lines, which are
    then given as UTF-8; `None` where the article's bytes decide.
    """

    number: int | None
    data: bytes
    encoding: str | None = None

    @property
    def sha256(self) -> str:
        """The sha256 of the article's bytes."""
        return hashlib.sha256(self.data).hexdigest()


@dataclass(frozen=True, slots=True)
class BrokenRecord:
    """A stretch of a file that holds no readable article; counts as one input."""

    number: int | None
    reason: str
    message: str


ByteFile = io.BufferedReader | gzip.GzipFile


class _Format(NamedTuple):
    media_type: str
    records: Callable[[ByteFile, int], Iterator[Record | BrokenRecord]]


def media_type(path: str) -> str:
    """What a file is read as, by its name's ending."""
    chosen = _FORMATS.get(_ending(path))
    return chosen.media_type if chosen else "application/octet-stream"


def read_records(location: str, limit: int) -> Iterator[Record | BrokenRecord]:
    """The articles of a file, in its order; at least one record, if a broken one.

    Args:
        location: the file's path; `.gz` is taken off its ending first.
        limit: bytes of the largest article, counted after decompression.
    """
    last: int | None = None
    try:
        chosen = _FORMATS.get(_ending(location))
        if chosen is None:
            known = " ".join(sorted(_FORMATS))
            yield BrokenRecord(None, "unsupported", f"not one of {known}, plain or .gz")
            return
        if not stat.S_ISREG(Path(location).stat().st_mode):
            yield BrokenRecord(None, "unsupported", "not a regular file")
            return
        with Path(location).open("rb") as raw:
            compressed = location.lower().endswith(".gz")
            for record in chosen.records(gzip.GzipFile(fileobj=raw) if compressed else raw, limit):
                last = record.number
                yield record
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        yield _broken_after(last, "truncated", error)
    except UnicodeDecodeError as error:
        yield _broken_after(last, "undecodable", error)
    except OSError as error:
        yield _broken_after(last, "unreadable", error)


def _broken_after(last: int | None, reason: str, error: Exception) -> BrokenRecord:
    if last is None:
        return BrokenRecord(None, reason, str(error))
    return BrokenRecord(last + 1, reason, f"after line {last}: {error}")


def _ending(path: str) -> str:
    return Path(path.lower().removesuffix(".gz")).suffix


def _one_article(file: ByteFile, limit: int) -> Iterator[Record | BrokenRecord]:
    data = file.read(limit + 1)
    if len(data) > limit:
        yield BrokenRecord(None, "too_large", f"more than {limit} bytes")
    else:
        yield Record(None, data)


def _json_lines(file: ByteFile, limit: int) -> Iterator[Record | BrokenRecord]:
    """One record a line that is not blank; its number counts all lines, as an editor does."""
    readline, encoding = _lines(file)
    number, found = 0, False
    while line := readline(limit + 1):
        number += 1
        if len(line) > limit and not line.endswith(b"\n"):
            while (rest := readline(limit + 1)) and not rest.endswith(b"\n"):
                pass
            found = True
            yield BrokenRecord(number, "too_large", f"more than {limit} bytes")
        elif stripped := line.strip():
            found = True
            yield Record(number, stripped, encoding)
    if not found:
        yield BrokenRecord(None, "empty", "no line in it")


def _lines(file: ByteFile) -> tuple[Callable[[int], bytes], str | None]:
    """What reads the file's next line as UTF-8 or bytes to be detected, and the file's encoding.

    The line feeds of UTF-16 and UTF-32 are not single bytes: recoded before lines are cut.
    """
    mark, encoding = byte_order_mark(file.peek(4)[:4]) or (b"", None)
    file.read(len(mark))
    if encoding in (None, "utf-8"):
        return file.readline, None
    text = io.TextIOWrapper(cast(io.BufferedReader, file), encoding=encoding, newline="\n")
    return lambda size: text.readline(size).encode(), encoding


_FORMATS = {
    ".txt": _Format(TEXT, _one_article),
    ".jsonl": _Format(JSON_LINES, _json_lines),
}
