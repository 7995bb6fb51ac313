"""Which reader a file gets: by the ending of its name, or by how it begins if that says nothing."""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePosixPath
from typing import BinaryIO, cast

from pipeline.archives import read_tar, read_zip
from pipeline.compression import COMPRESSIONS, compression_of, decompressed, split_compression
from pipeline.feeds import read_xml
from pipeline.files import Stamp, is_regular, is_remote, open_file
from pipeline.json_files import read_json, read_json_lines
from pipeline.records import (
    HTML,
    START,
    TEXT,
    XHTML,
    BrokenRecord,
    Item,
    Reader,
    Resume,
    Source,
    guarded,
    whole_file,
)
from pipeline.streams import Budget, UnfoldingLimitError
from pipeline.tables import read_csv, read_parquet
from pipeline.web_archives import read_warc
from schemas.settings import ReadSettings
from transforms.shards import RejectedArticleError

# A file may unfold to as many articles of the largest size whatever its own size is.
_ARTICLES_UNFOLDED = 4
_READERS: dict[str, Reader] = {
    ".txt": whole_file(TEXT),
    ".html": whole_file(HTML),
    ".htm": whole_file(HTML),
    ".xhtml": whole_file(XHTML),
    ".json": read_json,
    ".jsonl": read_json_lines,
    ".ndjson": read_json_lines,
    ".csv": read_csv,
    ".tsv": read_csv,
    ".parquet": read_parquet,
    ".xml": read_xml,
    ".rss": read_xml,
    ".atom": read_xml,
    ".warc": read_warc,
    ".wet": read_warc,
}
_ARCHIVES = {".zip": read_zip, ".tar": read_tar}
_HEAD_BYTES = 1024
# How a file begins whose name says nothing, in small letters and without white space before it.
_BEGINNINGS = {
    b"<!doctype html": ".html",
    b"<html": ".html",
    b"<rss": ".xml",
    b"<feed": ".xml",
    b"<?xml": ".xml",
    b"warc/1.": ".warc",
    b"par1": ".parquet",
}


def read_records(
    location: str,
    settings: ReadSettings,
    begin: Resume | None = None,
    data: bytes | None = None,
) -> Iterator[Item]:
    """The articles of a file, in its order; at least one record, if a broken one.

    Args:
        location: the file's path or URL; its name's ending says what it is.
        settings: the limits, and the encoding of all inputs.
        begin: the `resume` of a record, to be read first; `None` for all records.
        data: what is in the file, if that was read already.
    """
    return guarded(_read_file(location, settings, begin or START, data))


def _read_file(
    location: str, settings: ReadSettings, begin: Resume, data: bytes | None
) -> Iterator[Item]:
    if data is None and not is_remote(location) and not is_regular(location):
        raise RejectedArticleError("unsupported", "not a regular file")
    size = len(data) if data is not None else _size(location)
    least = _ARTICLES_UNFOLDED * settings.max_article_bytes
    unfolded = max(least, settings.max_unfolding * size)
    budget = Budget(unfolded, settings.max_archive_members)
    with open_file(location) if data is None else _held(data) as file:
        name = location.rstrip("/").rpartition("/")[2]
        try:
            for item in _read_source(Source(file, name, settings, budget, begin=begin)):
                budget.spend_record()
                yield item
        except UnfoldingLimitError as error:
            yield BrokenRecord(None, "archive_limit", str(error))


def _size(location: str) -> int:
    stamp = Stamp.of(location)
    return stamp.size if stamp else 0


def _held(data: bytes) -> BinaryIO:
    """Bytes as an open file, which has `peek`."""
    return cast(BinaryIO, io.BufferedReader(io.BytesIO(data)))


def _read_member(source: Source) -> Iterator[Item]:
    return guarded(_read_source(source))


def _read_source(source: Source) -> Iterator[Item]:
    """The records of a file or a member.

    Raises:
        RejectedArticleError: it is of no kind that is read, or not of the kind that its name says.
        UnfoldingLimitError: the file unfolds to more than is allowed.
    """
    stem, packed = split_compression(source.name)
    ending = PurePosixPath(stem).suffix
    known = ending in _READERS or ending in _ARCHIVES
    source = _buffered(source)
    if not known and not packed:
        packed = compression_of(_peek(source))
    opened = _unpacked(source, packed)
    if not known:
        ending = _sniffed(_peek(opened), ending)
    if ending in _ARCHIVES:
        if source.depth >= source.settings.max_archive_depth:
            message = f"more than {source.settings.max_archive_depth} archives in each other"
            raise RejectedArticleError("archive_limit", message)
        yield from _ARCHIVES[ending](opened, _read_member)
        return
    reader = _READERS.get(ending)
    if reader is None:
        endings = " ".join(sorted({*_READERS, *_ARCHIVES}))
        compressions = " ".join(sorted(COMPRESSIONS))
        message = f"not one of {endings}, plain or compressed ({compressions})"
        raise RejectedArticleError("unsupported", message)
    if source.begin.offset and reader in (read_json_lines, read_warc):
        source.file.seek(source.begin.offset)
        opened = _unpacked(source, packed)
    yield from reader(replace(opened, name=stem))


def _buffered(source: Source) -> Source:
    if hasattr(source.file, "peek"):
        return source
    return replace(source, file=cast(BinaryIO, io.BufferedReader(cast(io.RawIOBase, source.file))))


def _unpacked(source: Source, packed: str) -> Source:
    if not packed:
        return source
    file = decompressed(source.file, packed, source.budget)
    return replace(source, file=file, packed=packed)


def _peek(source: Source) -> bytes:
    return cast(io.BufferedReader, source.file).peek(_HEAD_BYTES)[:_HEAD_BYTES]


def _sniffed(head: bytes, ending: str) -> str:
    """The ending that a file should have had, or the one it has if its beginning says nothing."""
    if (
        head.startswith(b"PK\x03\x04") and not ending
    ):  # else an office document, an e-book, a program
        return ".zip"
    start = head.removeprefix(codecs.BOM_UTF8).lstrip().lower()
    return next(
        (known for beginning, known in _BEGINNINGS.items() if start.startswith(beginning)), ending
    )
