"""Undoing the compression of files, as a stream and under a limit."""

from __future__ import annotations

import bz2
import io
import lzma
import zlib
from collections import deque
from collections.abc import Callable
from typing import BinaryIO, cast

import pyarrow

from pipeline.streams import Budget, RawStream, Readable, buffered
from transforms.shards import RejectedArticleError

_CHUNK = 64 * 1024
_PIECE = 16 * 1024
_MEMBER = b"\x1f\x8b\x08"
# The bytes that a file of each compression begins with (`.zst` may begin with a skippable frame).
_MAGIC = {
    ".gz": (b"\x1f\x8b",),
    ".zst": (b"\x28\xb5\x2f\xfd", *(bytes([n]) + b"\x2a\x4d\x18" for n in range(0x50, 0x60))),
    ".bz2": (b"BZh",),
    ".xz": (b"\xfd7zXZ\x00",),
}
COMPRESSIONS = frozenset(_MAGIC)


def split_compression(name: str) -> tuple[str, str]:
    """A file's name in small letters without its compression's ending, and that ending or ``."""
    lower = name.lower()
    if lower.endswith(".tgz"):
        return lower.removesuffix("tgz") + "tar", ".gz"
    ending = next((ending for ending in COMPRESSIONS if lower.endswith(ending)), "")
    return lower.removesuffix(ending), ending


def compression_of(head: bytes) -> str:
    """The compression that bytes begin with, by its ending; empty if none."""
    return next((ending for ending, marks in _MAGIC.items() if head.startswith(marks)), "")


def decompressed(file: BinaryIO, ending: str, budget: Budget | None = None) -> BinaryIO:
    """What a compressed file, which has `peek`, unfolds to; errors as in `RawStream`.

    Raises:
        RejectedArticleError: `mislabelled`, it is not compressed in that way.
    """
    head = cast(io.BufferedReader, file).peek(8)[:8]
    if not head:
        return file
    if not head.startswith(_MAGIC[ending]):
        raise RejectedArticleError("mislabelled", f"not {ending} but {head!r}")
    return buffered(_UNPACK[ending](file), budget)


def gzip_members(file: BinaryIO) -> GzipMembers | None:
    """What unfolds the gzip file behind `decompressed`, or `None` where there is none."""
    raw = getattr(file, "raw", None)
    inner = raw.inner if isinstance(raw, RawStream) else None
    return inner if isinstance(inner, GzipMembers) else None


def inflate(data: bytes, ending: str, limit: int) -> bytes:
    """Unfold bytes that are in memory, to `limit` bytes and one at most."""
    packed = cast(BinaryIO, io.BufferedReader(cast(io.RawIOBase, io.BytesIO(data))))
    pieces = []
    left = limit + 1
    with decompressed(packed, ending) as file:
        while left > 0 and (piece := file.read(min(left, _CHUNK))):
            pieces.append(piece)
            left -= len(piece)
    return b"".join(pieces)


class GzipMembers:
    """A gzip file of any number of members, which knows where each begins.

    What is read of a member, up to where it may be damaged, depends on its bytes alone, not on
    where the reading of the file began.
    """

    def __init__(self, file: Readable) -> None:
        self._file = file
        self._inflater: zlib._Decompress | None = None
        self._packed = b""  # read from the file but not unfolded
        self._piece = b""  # being unfolded
        self._ready = b""  # unfolded but not read
        self._read_bytes = 0
        self._unfolded_bytes = 0
        self._begins: deque[tuple[int, int]] = deque(maxlen=4096)

    def begin_of_member(self, position: int) -> int | None:
        """Where the member lies whose first byte unfolds to `position`, if one does.

        To be asked with positions that always rise; both count from where reading began.
        """
        place = None
        while self._begins and self._begins[0][0] <= position:
            unfolded, packed = self._begins.popleft()
            place = packed if unfolded == position else None
        return place  # of several the last: those before it are empty or damaged

    def read(self, size: int = -1, /) -> bytes:
        """At most `size` bytes; none at the end.

        Raises:
            EOFError: the file ends within a member.
            zlib.error: it is damaged.
        """
        while not self._ready:
            if self._inflater is None and not self._begin_member():
                return b""
            self._unfold()
        data, self._ready = self._ready[:size], self._ready[size:]
        return data

    def go_on(self) -> int | None:
        """After an error, go to what looks like the beginning of the next member.

        Returns:
            The position of its first byte; `None` if there is no other member.
        """
        self._inflater = None
        self._packed = self._piece[1:] + self._packed
        while (place := self._packed.find(_MEMBER)) < 0:
            self._packed = self._packed[-len(_MEMBER) + 1 :]
            if not self._fill():
                return None
        self._packed = self._packed[place:]
        return self._unfolded_bytes

    def _fill(self) -> bool:
        more = self._file.read(_CHUNK)
        self._read_bytes += len(more)
        self._packed += more
        return bool(more)

    def _begin_member(self) -> bool:
        while not (packed := self._packed.lstrip(b"\0")):  # padding of tapes and disks
            if not self._fill():
                return False
        self._packed = packed
        self._begins.append((self._unfolded_bytes, self._read_bytes - len(packed)))
        self._inflater, self._piece = zlib.decompressobj(wbits=31), b""
        return True

    def _unfold(self) -> None:
        inflater = cast("zlib._Decompress", self._inflater)
        if not self._piece:
            while len(self._packed) < _PIECE and self._fill():
                pass
            self._piece, self._packed = self._packed[:_PIECE], self._packed[_PIECE:]
            if not self._piece:
                raise EOFError("it ends before its end marker")
        self._ready = inflater.decompress(self._piece, _CHUNK)
        self._unfolded_bytes += len(self._ready)
        if inflater.eof:
            self._packed = inflater.unused_data + self._packed
            self._inflater = None
        else:
            self._piece = inflater.unconsumed_tail


def _zstandard(file: BinaryIO) -> Readable:
    # The package zstandard does not tell a file that is cut off from one that ends.
    source = pyarrow.PythonFile(file, mode="r")
    return cast(Readable, pyarrow.input_stream(source, compression="zstd"))


_UNPACK: dict[str, Callable[[BinaryIO], Readable]] = {
    ".gz": GzipMembers,
    ".zst": _zstandard,
    ".bz2": bz2.BZ2File,
    ".xz": lzma.LZMAFile,
}
