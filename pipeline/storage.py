"""Writing files so that they are there whole or not at all, also after a power cut.

A file is written under another name, brought to the disk, and renamed. Everything goes through
Python's own `open` and `os`, whose audit events let tests fail or kill a run at any of them. What
lies on a store is an object, which is put whole (`objects`).
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, TypeVar

from pipeline.objects import (
    all_below,
    copy,
    names_below,
    put,
    putting,
    read_below,
    read_tagged,
    remove,
)
from pipeline.places import is_store

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")
# A store answers many at a time as soon as one.
_AT_ONCE = 32


@contextmanager
def writing(path: Path) -> Iterator[BinaryIO]:
    """A file that takes the place of `path` when the block has ended, unless it raised.

    Readers of folders of Parquet pass over names with an underscore in front.
    """
    if is_store(path):
        with putting(path) as file:
            yield file
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f"_{path.name}.{os.getpid()}")
    try:
        with unfinished.open("wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    except Exception:
        unfinished.unlink(missing_ok=True)
        raise


def write_bytes(path: Path, data: bytes) -> None:
    """Write a file, whole or not at all."""
    if is_store(path):
        put(path, data)
        return
    with writing(path) as file:
        file.write(data)


def write_text(path: Path, text: str) -> None:
    """Write a small file, whole or not at all."""
    write_bytes(path, text.encode())


def append(path: Path, data: bytes) -> None:
    """Add to the end of a small file, which nobody else writes to; make it if it is not there."""
    if is_store(path):
        before = read_tagged(path)
        put(path, (before.data if before else b"") + data)
    else:
        with path.open("ab") as file:
            file.write(data)


def write_with_checksum(path: Path, data: bytes) -> None:
    """Write a file that `read_with_checksum` can tell to be whole."""
    write_bytes(path, hashlib.sha256(data).digest() + data)


def read_with_checksum(path: Path) -> bytes | None:
    """What `write_with_checksum` wrote; `None` if it is not there, or damaged."""
    try:
        stored = path.read_bytes()
    except FileNotFoundError:
        return None
    checksum, data = stored[:32], stored[32:]
    return data if hashlib.sha256(data).digest() == checksum else None


def file_names(folder: Path) -> set[str]:
    """The names of what lies in a folder and is written whole; none if there is no such folder."""
    if is_store(folder):
        return names_below(folder)
    names = {path.name for path in folder.iterdir()} if folder.is_dir() else set()
    return {name for name in names if not name.startswith("_")}


def read_files(folder: Path) -> dict[str, bytes]:
    """All files in a folder that are written whole, by name."""
    if is_store(folder):
        return read_below(folder)
    return {name: (folder / name).read_bytes() for name in file_names(folder)}


def each(
    folder: Path, function: Callable[[_Item], _Result], items: Iterable[_Item]
) -> list[_Result]:
    """What a function makes of each item, in their order; many at a time if it asks a store.

    Args:
        folder: where the function reads or writes.
        function: what to do.
        items: what to do it to.
    """
    if not is_store(folder):
        return [function(item) for item in items]
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        return list(pool.map(function, items))


def remove_folder(folder: Path) -> None:
    """Remove a folder and all below it, if it is there, as far as that can be done."""
    if is_store(folder):
        with suppress(Exception):  # a store may raise anything
            remove(folder)
    else:
        shutil.rmtree(folder, ignore_errors=True)


def link(source: Path, target: Path) -> None:
    """Give a file that never changes a second name; a copy where there are no links.

    A store copies by itself: no byte of it comes here.
    """
    if is_store(target):
        copy(source, target)
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(source, target)
    except FileExistsError:
        target.unlink()
        os.link(source, target)
    except (PermissionError, NotImplementedError):
        with source.open("rb") as data, writing(target) as file:
            shutil.copyfileobj(data, file)


def copy_below(source: Path, target: Path, but: str) -> None:
    """Let a store copy what lies below a place to another place, but for one name."""
    names = [name for name in all_below(source) if name != but]
    each(target, lambda name: copy(source / name, target / name), names)


def sync_folders(folder: Path) -> None:
    """Bring the names in a folder and in all folders below it to the disk."""
    for parent, _, _ in os.walk(folder):
        sync_folder(Path(parent))


def sync_folder(folder: Path) -> None:
    """Bring the names in a folder to the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
