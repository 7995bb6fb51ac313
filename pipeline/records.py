"""The records that files of all formats are cut into: one is the bytes of one article."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import BinaryIO, NamedTuple

from pipeline.streams import Budget, UnfoldingLimitError
from schemas.records import Metadata
from schemas.settings import ReadSettings
from transforms.shards import RejectedArticleError

TEXT = "text/plain"
HTML = "text/html"
XHTML = "application/xhtml+xml"
JSON = "application/json"
JSON_LINES = "application/x-ndjson"
CSV = "text/csv"
TSV = "text/tab-separated-values"
PARQUET = "application/vnd.apache.parquet"
RSS = "application/rss+xml"
ATOM = "application/atom+xml"


class Resume(NamedTuple):
    """A place from which a file can be read on: what `offset` counts is the format's affair.

    `number` is that of the last record before it.
    """

    offset: int
    number: int


START = Resume(0, 0)
_CHUNK = 64 * 1024


class FileEncoding(NamedTuple):
    """The encoding that a file has for all its records, which are then given as UTF-8."""

    encoding: str
    source: str
    confidence: float
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Record:
    """The bytes of one article, or the JSON object of one row or one feed's item.

    `number` is its place, from 1, in a file that holds many: the line of a JSON line, the row of
    a table, the item of a feed, the record of a WARC file. `member` is the path in an archive.
    `charset` is what the container declares, `metadata` what it knows. `resume` is a place from
    which this record is the first to be read, if there is one.
    """

    number: int | None
    data: bytes
    media_type: str
    member: str | None = None
    encoding: FileEncoding | None = None
    charset: str | None = None
    metadata: Metadata = field(default_factory=Metadata)
    resume: Resume | None = None

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
    member: str | None = None
    resume: Resume | None = None


Item = Record | BrokenRecord


@dataclass(frozen=True, slots=True)
class Source:
    """A file, or a member of an archive, as the readers of the formats get it.

    `begin` is the place to read from, `depth` how many archives it lies in, `packed` the ending of
    the compression that was undone.
    """

    file: BinaryIO
    name: str
    settings: ReadSettings
    budget: Budget
    begin: Resume = START
    depth: int = 0
    packed: str = ""

    @property
    def limit(self) -> int:
        """Bytes of the largest article."""
        return self.settings.max_article_bytes


Reader = Callable[[Source], Iterator[Item]]


def guarded(items: Iterator[Item]) -> Iterator[Item]:
    """The same items; whatever breaks off their reading becomes the last one, a broken one.

    Raises:
        UnfoldingLimitError: nothing more of the whole file is to be read.
    """
    last: int | None = None
    try:
        for item in items:
            last = item.number
            yield item
    except UnfoldingLimitError:
        raise
    except Exception as error:  # no file may stop the run, whatever it does to its reader
        reason, message = _reason(error)
        if last is None:
            yield BrokenRecord(None, reason, message)
        else:
            yield BrokenRecord(last + 1, reason, f"after record {last}: {message}")


def _reason(error: Exception) -> tuple[str, str]:
    if isinstance(error, RejectedArticleError):
        return error.reason, str(error)
    if isinstance(error, UnicodeDecodeError):
        return "undecodable", str(error)
    if isinstance(error, EOFError):
        return "truncated", str(error)
    if isinstance(error, (OSError, ImportError)):
        return "unreadable", str(error)
    return "internal", f"{type(error).__name__}: {error}"


def read_bounded(source: Source) -> bytes:
    """All bytes of a file that is read whole.

    Raises:
        RejectedArticleError: `too_large`.
    """
    pieces = []
    left = source.limit + 1
    while left > 0 and (piece := source.file.read(min(left, _CHUNK))):
        pieces.append(piece)
        left -= len(piece)
    if left <= 0:
        raise RejectedArticleError("too_large", f"more than {source.limit} bytes")
    return b"".join(pieces)


def whole_file(media_type: str) -> Reader:
    """The reader of a format whose files hold one article each."""
    return partial(_whole_file, media_type)


def _whole_file(media_type: str, source: Source) -> Iterator[Item]:
    yield Record(None, read_bounded(source), media_type)


def nothing_found(what: str) -> BrokenRecord:
    """What a file yields in which there is no article."""
    return BrokenRecord(None, "empty", f"no {what} in it")


def as_json(fields: Mapping[str, object]) -> bytes:
    """Fields as the bytes of a JSON object, in UTF-8, in their order; what JSON lacks as text."""
    text = json.dumps(fields, ensure_ascii=False, default=str)
    return text.encode("utf-8", "surrogatepass")
