"""Opening files wherever they lie: by a path, or by a URL through fsspec."""

from __future__ import annotations

import hashlib
import io
import os
import stat
from dataclasses import dataclass
from typing import Any, BinaryIO, cast

# To make room for more at once takes longer than to read a small file.
_CHUNK = 64 * 1024
HADOOP = "hdfs://"


@dataclass(frozen=True, slots=True)
class Stamp:
    """Size and version of a file: what tells that it is still the one that was planned.

    The version is the time of its last change, or what its store calls its version.
    """

    size: int
    version: str

    @staticmethod
    def of(location: str) -> Stamp | None:
        """The stamp of a file; `None` if it cannot be had."""
        try:
            if not is_remote(location):
                status = os.stat(location)  # noqa: PTH116 (a path object costs as much as this)
                return Stamp(status.st_size, str(status.st_mtime_ns))
            system, path = driver(location)
            info = system.info(path)
        except Exception:  # a store may raise anything
            return None
        known = (
            "ETag", "etag", "mtime", "LastModified", "updated", "last_modified", "created",
            "modification_time", "modificationTime",
        )  # fmt: skip
        version = next((str(info[name]) for name in known if info.get(name)), "")
        return Stamp(int(info.get("size") or 0), version)


def is_remote(location: str) -> bool:
    """Whether a location is a URL rather than a path."""
    return "://" in location


def is_regular(path: str) -> bool:
    """Whether a path leads to a file, rather than to a folder, a pipe or a device.

    Raises:
        OSError: it leads nowhere.
    """
    return stat.S_ISREG(os.stat(path).st_mode)  # noqa: PTH116


def open_file(location: str) -> BinaryIO:
    """Open a file for reading bytes, by its path or its URL.

    Raises:
        OSError: it cannot be opened.
        ImportError: the driver for the URL is not installed.
    """
    if not is_remote(location):
        if not is_regular(location):  # a pipe would keep us waiting
            raise OSError(f"not a regular file: {location}")
        return open(location, "rb")  # noqa: PTH123 (the caller's to close)
    system, below = driver(location)
    return cast(BinaryIO, io.BufferedReader(system.open(below, "rb")))


def driver(location: str) -> tuple[Any, str]:
    """The driver of the store at a URL, and the path that it has there.

    Raises:
        ImportError: it is not installed.
    """
    import fsspec

    if location.startswith(HADOOP):
        import pipeline.hadoop  # noqa: F401 (fsspec finds it in its list then)
    system, path = fsspec.url_to_fs(location)
    return system, str(path)


def sha256_of(location: str) -> str:
    """The sha256 of a file, in hexadecimal; the file is never in memory whole.

    Raises:
        OSError: it cannot be read.
    """
    digest = hashlib.sha256()
    with open_file(location) as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()
