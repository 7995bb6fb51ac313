"""Streams of bytes under a limit: what is unfolded is counted as it comes."""

from __future__ import annotations

import io
import lzma
import tempfile
import zipfile
import zlib
from typing import TYPE_CHECKING, BinaryIO, Protocol, cast

from transforms.shards import RejectedArticleError

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_CHUNK = 64 * 1024
_LARGEST_READ = 1024 * 1024
# What a record or a blank line of a file that unfolds costs besides its bytes: else a small file of
# millions of empty ones would keep a worker busy for as long as a large one. With the default limit
# a record may still be packed to four bytes; no article is.
_RECORD_BYTES = 1024
# Spooled files that are larger lie on disk.
_IN_MEMORY = 1024 * 1024


class Readable(Protocol):
    """What a decompressor reads from."""

    def read(self, size: int = -1, /) -> bytes:
        """At most `size` bytes; none at the end."""


class UnfoldingLimitError(Exception):
    """A file unfolds to more than the settings allow: the end of reading it."""


class Budget:
    """How many more bytes and archive members one file may unfold to, at all depths together."""

    def __init__(self, nbytes: int, members: int) -> None:
        self._bytes = nbytes
        self._members = members
        self._unfolds = False

    def spend(self, nbytes: int) -> None:
        """Count bytes that were unfolded.

        Raises:
            UnfoldingLimitError: they are too many.
        """
        self._unfolds = True
        self._bytes -= nbytes
        if self._bytes < 0:
            raise UnfoldingLimitError("unfolds to too many times its size")

    def spend_record(self) -> None:
        """Count a record, or a line without one, if anything was unfolded.

        Raises:
            UnfoldingLimitError: they are too many.
        """
        if self._unfolds:
            self.spend(_RECORD_BYTES)

    def spend_member(self, count: int = 1) -> None:
        """Count members of an archive.

        Raises:
            UnfoldingLimitError: they are too many.
        """
        self._members -= count
        if self._members < 0:
            raise UnfoldingLimitError("an archive with too many members")


class RawStream(io.RawIOBase):
    """Anything that can be read as a raw stream; what it reads is counted, if there is a budget.

    Reading it raises `RejectedArticleError` (`truncated`) where `inner` is damaged or ends too
    early, and `UnfoldingLimitError` beyond the budget.
    """

    def __init__(self, inner: Readable, budget: Budget | None) -> None:
        self.inner = inner
        self._budget = budget

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        """Read at most as many bytes as the buffer holds; 0 at the end."""
        view = memoryview(buffer).cast("B")
        try:
            data = self.inner.read(min(len(view), _LARGEST_READ))
        except (
            OSError, EOFError, ValueError, zlib.error, lzma.LZMAError, zipfile.BadZipFile,
        ) as error:  # fmt: skip
            raise RejectedArticleError("truncated", str(error) or "it ends too early") from error
        if self._budget is not None:
            self._budget.spend(len(data))
        view[: len(data)] = data
        return len(data)


def buffered(inner: Readable, budget: Budget | None = None) -> BinaryIO:
    """Anything that can be read as a file with `peek` and `readline`; see `RawStream`."""
    return cast(BinaryIO, io.BufferedReader(RawStream(inner, budget), _CHUNK))


def spooled(file: Readable) -> BinaryIO:
    """A stream as a file that can be read from any place; if large on disk, under no name."""
    spool = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 the reader owns it
    while chunk := file.read(_CHUNK):
        spool.write(chunk)
    spool.seek(0)
    return cast(BinaryIO, spool)
