"""Zip and tar: their members are read where they lie, one after the other, never extracted."""

from __future__ import annotations

import re
import tarfile
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, BinaryIO, cast

from pipeline.records import START, BrokenRecord, Item, Reader, Resume, Source, nothing_found
from pipeline.streams import Readable, UnfoldingLimitError, buffered, spooled
from transforms.shards import RejectedArticleError

# Headers of tar that are longer than this are of no archive that a program made.
_LARGEST_HEADER = 1024 * 1024
_LONGEST_NAME = 1024
# Characters that move the cursor, end the line or turn the direction of what follows.
_HIDING = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_ENCRYPTED = 0x1
_UTF8_NAME = 0x800


def read_zip(source: Source, read_member: Reader) -> Iterator[Item]:
    """The records of all members, in the order of the archive's directory.

    Raises:
        RejectedArticleError: `mislabelled`, `truncated` or `empty`, the archive itself.
        UnfoldingLimitError: it has too many members or unfolds to too much.
    """
    direct = source.depth == 0 and source.file.seekable()
    file = source.file if direct else spooled(source.file)
    archive = _open_zip(file, source)
    names = _Names()
    found = False
    for index, info in enumerate(archive.infolist()):
        name = _zip_name(info)
        if name.endswith("/") or is_hidden(name):
            continue
        member = names.unique(name)
        if index < source.begin.offset:
            continue
        found = True
        resume: Resume | None = Resume(index, 0)
        for item in _zip_member(archive, info, member, source, read_member):
            yield replace(item, resume=resume)
            resume = None
    if not found:
        yield nothing_found("file")


def _open_zip(file: BinaryIO, source: Source) -> zipfile.ZipFile:
    head = file.read(4)
    if not head.startswith(b"PK"):
        reason = "mislabelled" if head else "empty"
        raise RejectedArticleError(reason, f"not a zip archive but {head!r}")
    try:
        # The library holds the whole directory in memory: so many bytes are so many members.
        end: Any = zipfile._EndRecData(file)  # type: ignore[attr-defined]
        smallest = 46  # bytes of a member's entry in the directory, without its name
        source.budget.spend_member(int(end[5]) // smallest if end else 0)
        file.seek(0)
        return zipfile.ZipFile(file)
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
        raise RejectedArticleError("truncated", str(error)) from error


def _zip_name(info: zipfile.ZipInfo) -> str:
    """The name of a member; many programs write UTF-8 and do not say so."""
    if info.flag_bits & _UTF8_NAME:
        return info.orig_filename
    try:
        return info.orig_filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return info.orig_filename


def _zip_member(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, member: str, source: Source, read: Reader
) -> Iterator[Item]:
    if problem := _unsafe(_zip_name(info)):
        yield BrokenRecord(None, "unsafe_name", problem, member)
    elif info.flag_bits & _ENCRYPTED:
        yield BrokenRecord(None, "encrypted", "it needs a password", member)
    else:
        try:
            with archive.open(info) as stream:
                inner = _inner(source, cast(Readable, stream), info.filename)
                yield from _under(member, read(inner))
        except UnfoldingLimitError:
            raise
        except (zipfile.BadZipFile, EOFError, OSError, ValueError, RuntimeError) as error:
            reason = "unsupported" if isinstance(error, NotImplementedError) else "truncated"
            yield BrokenRecord(None, reason, str(error) or "it ends too early", member)


def read_tar(source: Source, read_member: Reader) -> Iterator[Item]:
    """The records of all members, in the order of the archive, which is read as a stream.

    Raises:
        RejectedArticleError: `mislabelled`, `truncated` or `empty`, the archive itself.
        UnfoldingLimitError: it has too many members or unfolds to too much.
    """
    stream = _Forward(source.file)
    names = _Names()
    found = False
    for info in _tar_headers(stream):
        source.budget.spend_member()
        if info.isdir() or is_hidden(info.name):
            continue
        found = True
        member = names.unique(info.name)
        if problem := _unsafe(info.name):
            yield BrokenRecord(None, "unsafe_name", problem, member)
        elif not info.isreg() or info.issparse():
            yield BrokenRecord(None, "unsupported", "a link or a device", member)
        else:
            inner = _inner(source, _TarMember(stream, info), info.name)
            yield from _under(member, read_member(inner))
    if not found:
        yield nothing_found("file")


def _tar_headers(stream: _Forward) -> Iterator[tarfile.TarInfo]:
    """The header of each member; the library itself would end in silence at a damaged one."""
    try:
        archive = tarfile.TarFile(fileobj=cast(BinaryIO, stream))
        info = archive.next()
        while info is not None:
            yield info
            archive.members.clear()  # type: ignore[attr-defined]
            stream.seek(archive.offset)
            info = tarfile.TarInfo.fromtarfile(archive)
    except (tarfile.EOFHeaderError, tarfile.EmptyHeaderError):  # type: ignore[attr-defined]
        return
    except (tarfile.TarError, ValueError, RecursionError) as error:
        at_start = stream.tell() <= tarfile.BLOCKSIZE
        reason = "mislabelled" if at_start and stream.tell() else "truncated"
        reason = reason if stream.tell() else "empty"
        raise RejectedArticleError(reason, f"not a tar archive: {error}") from error


def _inner(source: Source, content: Readable, name: str) -> Source:
    file = buffered(content, source.budget)
    return replace(source, file=file, name=name, begin=START, depth=source.depth + 1, packed="")


def _under(member: str, items: Iterator[Item]) -> Iterator[Item]:
    for item in items:
        path = member if item.member is None else f"{member}!/{item.member}"
        yield replace(item, member=path, resume=None)


def is_hidden(name: str) -> bool:
    """Whether a member is left out as hidden files in folders are."""
    parts = name.replace("\\", "/").split("/")
    return any(part == "__MACOSX" or (part.startswith(".") and part.strip(".")) for part in parts)


def _unsafe(name: str) -> str:
    """What is wrong with the name of a member; empty if nothing is."""
    if not name:
        return "no name"
    if _HIDING.search(name):
        return "control characters in its name"
    if len(name) > _LONGEST_NAME:
        return f"a name of {len(name)} characters"
    if name.startswith(("/", "\\")) or re.match("[A-Za-z]:", name):
        return "an absolute path for a name"
    if ".." in re.split(r"[/\\]", name):
        return "a name that leads out of the archive"
    return ""


class _Names:
    """Names for members under which no two are the same and no character is hidden."""

    def __init__(self) -> None:
        self._seen: dict[str, int] = {}

    def unique(self, name: str) -> str:
        """The name itself, cut and with its hiding characters escaped; `#2` after a second."""
        name = _HIDING.sub(lambda match: f"\\u{ord(match[0]):04x}", name[:_LONGEST_NAME])
        label = name
        while label in self._seen:
            self._seen[name] += 1
            label = f"{name}#{self._seen[name]}"
        self._seen[label] = 1
        return label


class _Forward:
    """A stream that a tar archive is read from: forward only, with short headers only."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._position = 0

    def tell(self) -> int:
        return self._position

    def seek(self, position: int) -> None:
        if position < self._position:
            raise tarfile.ReadError("a header that leads back")
        while self._position < position:
            if not self.content(min(position - self._position, _LARGEST_HEADER)):
                raise tarfile.ReadError("it ends within a member")

    def read(self, size: int) -> bytes:
        if not 0 <= size <= _LARGEST_HEADER:
            raise tarfile.ReadError(f"a header of {size} bytes")
        return self.content(size)

    def content(self, size: int) -> bytes:
        """At most `size` bytes, fewer only at the end."""
        data = self._file.read(size)
        self._position += len(data)
        return data


class _TarMember:
    """The content of a regular member."""

    def __init__(self, stream: _Forward, info: tarfile.TarInfo) -> None:
        self._stream = stream
        self._left = info.size

    def read(self, size: int = -1, /) -> bytes:
        """At most `size` bytes; the archive's end within them is an error."""
        data = self._stream.content(min(size, self._left))
        if not data and self._left:
            raise EOFError("the archive ends within it")
        self._left -= len(data)
        return data
