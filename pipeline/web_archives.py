"""WARC and WET: the pages that a crawler kept, one record in memory at a time.

The headers are warcio's to read; that no record takes more memory than an article may, and that a
damaged one does not end the reading, is seen to here.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from warcio.recordloader import ArcWarcRecordLoader

from pipeline.compression import gzip_members
from pipeline.http_codings import without_codings
from pipeline.records import (
    HTML,
    TEXT,
    XHTML,
    BrokenRecord,
    Item,
    Record,
    Resume,
    Source,
    nothing_found,
)
from pipeline.streams import UnfoldingLimitError, buffered
from schemas.records import Metadata
from transforms.shards import RejectedArticleError

_CHUNK = 64 * 1024
# Bytes of all header lines of a record together; what has more is no page.
_LARGEST_HEADERS = 256 * 1024
_BEGIN = re.compile(rb"WARC/[01]\.\d+\r?\n")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.I)
_PAGES = frozenset({HTML, XHTML, TEXT})

logging.getLogger("warcio").setLevel(logging.ERROR)  # it warns of every space in an address


def read_warc(source: Source) -> Iterator[Item]:
    """One record for each page: responses with status 200, resources and conversions.

    Other records, statuses and media types are no articles: they are skipped, but count in the
    numbers. After a damaged record reading goes on with the next that can be found.
    """
    stream = _Stream(source)
    if source.begin.offset == 0:
        stream.check_beginning()
    number = source.begin.number
    found = False
    while not stream.failed:
        before, resume = number, None
        try:
            if not stream.find_begin():
                break
            number += 1
            resume = stream.resume(before)
            item = _read_record(stream, number, source.limit)
        except RejectedArticleError as error:
            number = before + 1
            item = BrokenRecord(number, error.reason, str(error), resume=resume)
        if item is None:
            source.budget.spend_record()
        else:
            found = True
            yield replace(item, resume=resume)
    if not found:
        yield nothing_found("page")


def _read_record(stream: _Stream, number: int, limit: int) -> Item | None:
    """The page in the record that begins here, or `None` if there is none in it."""
    record = stream.parse()
    kind, charset = _content_type(record)
    if kind is None:
        _skip(record)
        return None
    data = _payload(record, limit)
    url = record.rec_headers.get_header("WARC-Target-URI")
    metadata = Metadata(url=url or None)
    return Record(number, data, kind, charset=charset, metadata=metadata)


def _content_type(record: Any) -> tuple[str | None, str | None]:
    """Media type and character set of the page in a record; no type if there is no page."""
    headers = record.http_headers
    if record.rec_type == "response" and headers and headers.get_statuscode() == "200":
        given = headers.get_header("Content-Type") or ""
    elif record.rec_type in ("resource", "conversion"):
        given = record.content_type or ""
    else:
        return None, None
    kind = given.partition(";")[0].strip().lower()
    charset = _CHARSET.search(given)
    if record.rec_type == "conversion":
        return (TEXT, "utf-8") if kind == TEXT else (None, None)
    return kind if kind in _PAGES else None, charset[1] if charset else None


def _payload(record: Any, limit: int) -> bytes:
    """The body of a record as the site sent it, before the codings of its transport."""
    pieces = []
    left = limit + 1
    while left > 0 and (piece := record.raw_stream.read(min(left, _CHUNK))):
        pieces.append(piece)
        left -= len(piece)
    _skip(record)
    data = b"".join(pieces)
    if record.rec_type == "response" and left > 0:
        data = without_codings(data, record.http_headers, limit)
    if left <= 0 or len(data) > limit:
        raise RejectedArticleError("too_large", f"more than {limit} bytes")
    return data


def _skip(record: Any) -> None:
    """Read to the end of a record.

    Raises:
        RejectedArticleError: the file ends before it.
    """
    while record.raw_stream.read(_CHUNK):
        pass
    if record.raw_stream.limit:
        raise RejectedArticleError("truncated", "the file ends within the record")


class _Stream:
    """A WARC file, uncompressed, as warcio reads it: short headers only, its place known."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._file = source.file
        self._members = gzip_members(source.file)
        self._loader = ArcWarcRecordLoader(verify_http=False, arc2warc=False)
        self._position = 0
        self._begin_line = b""
        self._begin = 0
        self._headers_left = 0
        self._recovering = False
        self.failed = False

    def check_beginning(self) -> None:
        """Refuse what is no WARC file.

        Raises:
            RejectedArticleError: `mislabelled` or `empty`.
        """
        line = self.read(5)
        if line != b"WARC/":
            reason = "mislabelled" if line else "empty"
            raise RejectedArticleError(reason, f"not WARC but {line!r}")
        self._begin_line = line + self._readline(_CHUNK)
        if not _BEGIN.match(self._begin_line):
            raise RejectedArticleError("mislabelled", f"not WARC but {self._begin_line[:40]!r}")

    def find_begin(self) -> bool:
        """Go to the first line of the next record; whether there is one.

        Raises:
            RejectedArticleError: there were bytes before it that belong to no record.
        """
        stray = 0
        at_line_start = True
        while not self._begin_line:
            begin = self._position
            line = self._readline(_CHUNK)
            if not line:
                break
            if at_line_start and _BEGIN.match(line):
                self._begin_line, self._begin = line, begin
            else:
                stray += len(line.strip())
                self._source.budget.spend_record()
            at_line_start = line.endswith(b"\n")
        recovering, self._recovering = self._recovering, False
        if stray and not recovering:
            raise RejectedArticleError("truncated", f"{stray} bytes that belong to no record")
        return bool(self._begin_line)

    def resume(self, number: int) -> Resume | None:
        """The place of the record that begins here, if reading can begin there too."""
        place: int | None = self._begin
        if self._source.packed:
            place = self._members.begin_of_member(self._begin) if self._members else None
        return None if place is None else Resume(self._source.begin.offset + place, number)

    def parse(self) -> Any:
        """The headers of the record that begins here; its content is still to be read.

        Raises:
            RejectedArticleError: `truncated` or `too_large`.
        """
        line, self._begin_line = self._begin_line, b""
        self._headers_left = _LARGEST_HEADERS
        self._recovering = True
        try:
            record = self._loader.parse_record_stream(self, line, "warc")
        except (RejectedArticleError, UnfoldingLimitError):
            raise
        except Exception as error:  # the library fails in many ways on headers that make no sense
            raise RejectedArticleError("truncated", f"broken headers: {error}") from error
        if record.length is None:
            raise RejectedArticleError("truncated", "a record that does not say how long it is")
        self._recovering = False
        return record

    def tell(self) -> int:
        return self._position

    def read(self, size: int) -> bytes:
        return self._noted(lambda: self._file.read(size))

    def readline(self, size: int | None = None) -> bytes:
        """A line of a header, or at most `size` bytes of it."""
        line = self._readline(min(_CHUNK, _CHUNK if size is None else size))
        self._headers_left -= len(line)
        if self._headers_left < 0:
            raise RejectedArticleError("too_large", f"headers of over {_LARGEST_HEADERS} bytes")
        return line

    def _readline(self, size: int) -> bytes:
        return self._noted(lambda: self._file.readline(size))

    def _noted(self, read: Callable[[], bytes]) -> bytes:
        try:
            data = read()
        except RejectedArticleError:
            self._recover()
            raise
        self._position += len(data)
        return data

    def _recover(self) -> None:
        self._recovering = self.failed = True
        place = self._members.go_on() if self._members else None
        if self._members is not None and place is not None:
            self._file = buffered(self._members, self._source.budget)
            self._position = place
            self.failed = False
