"""Writing files so that they are there whole or not at all, also after a power cut.

A file is written under another name, brought to the disk, and renamed. Everything goes through
Python's own `open` and `os`, whose audit events let tests fail or kill a run at any of them. What
lies on a store is an object, which is put whole (`objects`).
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from pipeline.objects import names_below, put, putting, read_below, remove
from pipeline.places import is_store


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


def remove_folder(folder: Path) -> None:
    """Remove a folder and all below it, if it is there, as far as that can be done."""
    if is_store(folder):
        with suppress(Exception):  # a store may raise anything
            remove(folder)
    else:
        shutil.rmtree(folder, ignore_errors=True)


def link(source: Path, target: Path) -> None:
    """Give a file that never changes a second name; a copy where the file system has no links."""
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(source, target)
    except FileExistsError:
        target.unlink()
        os.link(source, target)
    except (PermissionError, NotImplementedError):
        with source.open("rb") as data, writing(target) as file:
            shutil.copyfileobj(data, file)


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
