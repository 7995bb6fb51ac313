"""`hdfs://` as other stores are: hdfs-native's driver, and what that one lacks.

To import this puts the driver in fsspec's list, and a class of places in upath's: a worker to which
such a place is sent imports this, too.

A file of Hadoop's is seen while it is written. Here it is written beside, and then renamed: who
reads it finds all of it or nothing, as on stores of objects.
"""

from __future__ import annotations

import io
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import fsspec
import upath.registry
from hdfs_native.fsspec import HdfsFileSystem
from upath.implementations.hdfs import HDFSPath


class HadoopFileSystem(HdfsFileSystem):
    """The driver of one NameNode."""

    def __init__(self, *where: Any, use_listings_cache: bool = False, **options: Any) -> None:
        """It remembers no listings, whatever is asked of it."""
        super().__init__(*where, **options)

    def pipe_file(self, path: str, value: bytes, mode: str = "overwrite", **options: Any) -> None:
        """Put a file.

        Raises:
            FileExistsError: there is one, and the mode is `create`.
        """
        with self._beside(path, replace=mode != "create") as name:
            super().pipe_file(name, value, **options)

    def put_file(self, lpath: str, rpath: str, **options: Any) -> None:
        """Put a file of this machine."""
        with self._beside(rpath, replace=True) as name:
            super().put_file(lpath, name, **options)

    def cp_file(self, path1: str, path2: str, **options: Any) -> None:
        """Copy a file, by way of this machine: Hadoop's store has no request for it."""
        with (
            self._beside(path2, replace=True) as name,
            self.open(path1, "rb") as source,
            self.open(name, "wb") as target,
        ):
            shutil.copyfileobj(source, target)

    def _open(self, path: str, mode: str = "rb", *more: Any, **options: Any) -> Any:
        file = super()._open(path, mode, *more, **options)
        return io.BufferedReader(_Filling(file)) if mode == "rb" else file

    @contextmanager
    def _beside(self, path: str, replace: bool) -> Iterator[str]:
        """A name beside a file's, which is renamed to that in one step when the block has ended."""
        folder, _, name = self._strip_protocol(path).rpartition("/")
        beside = f"{folder}/.{name}.{secrets.token_hex(4)}"
        try:
            yield beside
            self.mv(beside, path, overwrite=replace)
        except BaseException:
            with suppress(Exception):  # what went wrong first is what matters
                self.rm(beside)
            raise


class HadoopPath(HDFSPath):
    """A place on Hadoop's store."""

    def __str__(self) -> str:
        """With the NameNode, which upath's leave out."""
        host, port = (self.storage_options.get(name) for name in ("host", "port"))
        machine = f"{host}:{port}" if host and port else host or ""
        return f"hdfs://{machine}{self.path}"


class _Filling(io.RawIOBase):
    """A file as buffers want one: hdfs-native's neither fills a buffer nor says where it went."""

    def __init__(self, file: Any) -> None:
        self._file = file

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self._file.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        self._file.seek(offset, whence)
        return self.tell()

    def tell(self) -> int:
        return int(self._file.tell())


fsspec.register_implementation("hdfs", HadoopFileSystem, clobber=True)
upath.registry.register_implementation("hdfs", HadoopPath, clobber=True)
