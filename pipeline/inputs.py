"""From the inputs that a user names to the files that a run reads, each with a stable key.

The key is what identifies a file from machine to machine: its input folder's name and its path
below that folder, not where the folder lies.
"""

from __future__ import annotations

import glob
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath

from pipeline.errors import UsageError


@dataclass(frozen=True, slots=True)
class InputFile:
    """A file to read: `path` as the user would name it, `location` absolute, `key` stable."""

    path: str
    location: str
    key: str


@dataclass(frozen=True, slots=True)
class _Found:
    path: Path
    root: Path


def find_inputs(arguments: Sequence[str], exclude: Path) -> tuple[InputFile, ...]:
    """All files that the arguments name, each once, ordered by key.

    Args:
        arguments: files, folders (searched to their depths, without hidden files and without
            following links to folders) and glob patterns (`**` for any depth).
        exclude: a folder left out, together with all below it: where the corpus is written.

    Raises:
        UsageError: an argument names nothing, or there is nothing to read.
    """
    excluded = exclude.resolve()
    found: dict[Path, _Found] = {}
    for argument in arguments:
        for candidate in _expand(argument):
            location = candidate.path.resolve()
            known = found.get(location)
            # Named twice, a file keeps its outermost root, whatever the order of the arguments.
            if not location.is_relative_to(excluded) and (
                known is None or len(candidate.root.parts) < len(known.root.parts)
            ):
                found[location] = candidate
    if not found:
        raise UsageError(f"no file to read in {', '.join(arguments)}")
    labels = _labels({candidate.root for candidate in found.values()})
    files = (
        InputFile(
            path=printable(str(candidate.path)),
            location=str(_absolute(candidate.path)),
            key=printable(
                str(labels[candidate.root] / _absolute(candidate.path).relative_to(candidate.root))
            ),
        )
        for candidate in found.values()
    )
    return tuple(sorted(files, key=lambda file: (file.key, file.location)))


def printable(path: str) -> str:
    """The path as text that every format can hold: bytes that are not UTF-8 are escaped."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def _expand(argument: str) -> Iterator[_Found]:
    path = Path(argument)
    if path.is_dir():
        yield from _walk(path, _absolute(path))
    elif path.exists():
        yield _Found(path, _absolute(path).parent)
    elif glob.has_magic(argument):
        root = _absolute(_static_prefix(path))
        matches = sorted(glob.glob(argument, recursive=True))
        if not matches:
            raise UsageError(f"no file matches {argument}")
        for match in map(Path, matches):
            if match.is_dir():
                yield from _walk(match, root)
            else:
                yield _Found(match, root)
    else:
        raise UsageError(f"no such file or folder: {argument}")


def _absolute(path: Path) -> Path:
    return Path(os.path.abspath(path))


def _walk(folder: Path, root: Path) -> Iterator[_Found]:
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if not name.startswith("."):
                yield _Found(Path(parent, name), root)


def _static_prefix(pattern: Path) -> Path:
    """The folders of a glob pattern before its first wildcard."""
    parts = []
    for part in pattern.parts[:-1]:
        if glob.has_magic(part):
            break
        parts.append(part)
    return Path(*parts)


def _labels(roots: set[Path]) -> dict[Path, PurePath]:
    """For each root its shortest trailing path that no other root shares."""
    labels: dict[Path, PurePath] = {}
    for root in roots:
        length = 1
        while length < len(root.parts) and any(
            other.parts[-length:] == root.parts[-length:] for other in roots if other != root
        ):
            length += 1
        labels[root] = PurePath(*(part for part in root.parts[-length:] if part != root.anchor))
    return labels
