"""From the inputs that a user names to the files that a run reads, each with a stable key.

The key is what identifies a file from machine to machine: its input folder's name and its path
below that folder, not where the folder lies. What lies elsewhere (`s3://bucket/folder`) is found
through fsspec.
"""

from __future__ import annotations

import glob
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path, PurePath, PurePosixPath
from typing import Any

from pipeline.error_codes import ErrorCode
from pipeline.errors import UsageError
from pipeline.files import driver, is_remote
from pipeline.places import address, canonical, unreachable


@dataclass(frozen=True, slots=True)
class InputFile:
    """A file to read: `path` as the user would name it, `location` absolute, `key` stable."""

    path: str
    location: str
    key: str


@dataclass(frozen=True, slots=True)
class _Found:
    """A file as it was found: `root` is absolute, the file lies at `below` in it.

    There may be millions: text takes less memory and time than paths do.
    """

    shown: str
    location: str
    below: str
    root: PurePath


def find_inputs(arguments: Sequence[str], exclude: Path) -> tuple[InputFile, ...]:
    """All files that the arguments name, each once, ordered by key.

    Args:
        arguments: files, folders (searched to their depths, without hidden files and without
            following links to folders) and glob patterns (`**` for any depth), as paths or as
            URLs of a store that fsspec knows.
        exclude: a place left out, together with all below it: where the corpus is written.

    Raises:
        UsageError: an argument names nothing, the driver of its store is not installed, or there
            is nothing to read.
    """
    excluded = f"{canonical(exclude)}{os.sep}"
    real_path = _RealPaths()
    found: dict[str, _Found] = {}
    for argument in arguments:
        for candidate in _expand(argument):
            identity = candidate.location
            if not is_remote(identity):
                real = real_path(identity)
                identity = identity if identity == real else real  # one text in memory, not two
            if identity.startswith(excluded):
                continue
            known = found.get(identity)
            # Named twice, a file keeps its outermost root, whatever the order of the arguments.
            if known is None or len(candidate.root.parts) < len(known.root.parts):
                found[identity] = candidate
    if not found:
        raise UsageError(
            ErrorCode.NOTHING_TO_READ, "there is no file to read", file=", ".join(arguments)
        )
    labels = {
        root: f"{label}/" if label.parts else ""
        for root, label in _labels({candidate.root for candidate in found.values()}).items()
    }
    files = (
        InputFile(
            path=printable(candidate.shown),
            location=candidate.location,
            key=printable(labels[candidate.root] + candidate.below),
        )
        for candidate in found.values()
    )
    return tuple(sorted(files, key=lambda file: (file.key, file.location)))


def check_inputs(arguments: Sequence[str]) -> None:
    """See whether there is what the arguments name; a folder or a pattern may be empty.

    Raises:
        UsageError: there is no such file or folder.
    """
    for argument in arguments:
        if is_remote(argument) or glob.has_magic(argument) or Path(argument).exists():
            continue
        raise _no_such(argument)


def printable(path: str) -> str:
    """The path as text that every format can hold: bytes that are not UTF-8 are escaped."""
    text = os.fsencode(path).decode("utf-8", "backslashreplace")
    return path if text == path else text  # one text in memory, not two


class _RealPaths:
    """Paths without links in them; of a folder of many files the folder's is found out once."""

    def __init__(self) -> None:
        self._folders: dict[str, str] = {}

    def __call__(self, path: str) -> str:
        folder, name = os.path.split(path)
        if folder not in self._folders:
            self._folders[folder] = os.path.realpath(folder)
        # Not by way of `Path`, which takes five times as long.
        path = os.path.join(self._folders[folder], name)  # noqa: PTH118
        return os.path.realpath(path) if os.path.islink(path) else path  # noqa: PTH114


def _expand(argument: str) -> Iterator[_Found]:
    if not is_remote(argument):
        yield from _expand_local(argument)
    elif argument.startswith(("file://", "local://")):
        yield from _expand_local(argument.split("://", 1)[1])
    else:
        yield from _expand_remote(argument)


def _expand_local(argument: str) -> Iterator[_Found]:
    path = Path(argument)
    if path.is_dir():
        yield from _walk(path, _absolute(path))
    elif path.exists():
        yield _local(path, _absolute(path).parent)
    elif glob.has_magic(argument):
        root = _absolute(Path(*_static_parts(path.parts)))
        matches = sorted(glob.glob(argument, recursive=True))
        if not matches:
            raise _no_match(argument)
        for match in map(Path, matches):
            if match.is_dir():
                yield from _walk(match, root)
            else:
                yield _local(match, root)
    else:
        raise _no_such(argument)


def _no_such(argument: str) -> UsageError:
    return UsageError(ErrorCode.NO_SUCH_INPUT, "no such file or folder", file=argument)


def _no_match(argument: str) -> UsageError:
    return UsageError(ErrorCode.NOTHING_TO_READ, "no file matches", file=argument)


def _local(path: Path, root: Path) -> _Found:
    place = _absolute(path)
    return _Found(str(path), str(place), str(place.relative_to(root)), root)


def _absolute(path: Path) -> Path:
    return Path(os.path.abspath(path))


def _walk(folder: Path, root: Path) -> Iterator[_Found]:
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        place = _absolute(Path(parent))
        shown, location, below = (
            "" if path == "." else f"{path.rstrip('/')}/"
            for path in (parent, str(place), str(place.relative_to(root)))
        )
        for name in sorted(names):
            if not name.startswith("."):
                found = f"{location}{name}"
                yield _Found(
                    found if shown == location else f"{shown}{name}", found, f"{below}{name}", root
                )


def _static_parts(parts: Sequence[str]) -> list[str]:
    """The folders of a glob pattern before its first wildcard."""
    return list(takewhile(lambda part: not glob.has_magic(part), parts[:-1]))


def _expand_remote(argument: str) -> Iterator[_Found]:
    system, path = _store(argument)
    try:
        if system.isdir(path):
            yield from _walk_remote(system, path, path)
        elif system.exists(path):
            yield _remote(system, path, path.rpartition("/")[0])
        elif glob.has_magic(path):
            matches = sorted(system.glob(path))
            if not matches:
                raise _no_match(argument)
            root = "/".join(_static_parts(path.split("/")))
            for match in matches:
                yield from _walk_remote(system, match, root)
        else:
            raise _no_such(argument)
    except UsageError:
        raise
    except Exception as error:  # a store may raise anything
        raise unreachable(argument, error, "cannot be listed") from error


def _store(argument: str) -> tuple[Any, str]:
    try:
        system, path = driver(argument)
    except Exception as error:  # of a missing driver, the message says what to install
        raise unreachable(argument, error, "cannot be read") from error
    return system, path.rstrip("/")


def _walk_remote(system: Any, folder: str, root: str) -> Iterator[_Found]:
    for path in sorted(system.find(folder)):
        below = path.removeprefix(folder).split("/")
        if not any(part.startswith(".") for part in below):
            yield _remote(system, path, root)


def _remote(system: Any, path: str, root: str) -> _Found:
    location = address(system, path)
    below = str(PurePosixPath(path.lstrip("/")).relative_to(root.lstrip("/")))
    return _Found(location, location, below, PurePosixPath(address(system, root)))


def _labels(roots: set[PurePath]) -> dict[PurePath, PurePath]:
    """For each root its shortest trailing path that no other root shares."""
    labels: dict[PurePath, PurePath] = {}
    for root in roots:
        length = 1
        while length < len(root.parts) and any(
            other.parts[-length:] == root.parts[-length:] for other in roots if other != root
        ):
            length += 1
        labels[root] = PurePath(*(part for part in root.parts[-length:] if part != root.anchor))
    return labels
