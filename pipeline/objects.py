"""Objects of a store: put whole, or on a condition; copied, listed, read together, removed.

A store puts an object in one step: who reads it finds all of the old one or all of the new. S3 and
Google's put it on a condition, too: if there is none of that name yet, or if it is still the one
that was read (`If-None-Match`, `If-Match`; `ifGenerationMatch`). Where a store has no such
condition, what is there is looked at once more right before.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple, cast

_S3 = ("s3", "s3a")
_GOOGLE = ("gs", "gcs")
_BOUNDARY = "==warraq=="
_REFUSALS = ("PreconditionFailed", "ConditionalRequestConflict", "NoSuchKey")


class Tagged(NamedTuple):
    """What an object holds, and the tag that its store gave this state of it."""

    data: bytes
    tag: str


def read_tagged(path: Path) -> Tagged | None:
    """An object and its tag; `None` if there is none."""
    system, key = _system(path)
    with suppress(FileNotFoundError):
        # The tag first: if the object is replaced meanwhile, what is put by that tag is refused.
        told = system.info(key)
        tag = str(told.get("ETag") or told.get("generation") or "")
        return Tagged(system.cat_file(key), tag)
    return None


def put_if(path: Path, data: bytes, before: Tagged | None) -> bool:
    """Put an object if what is there is still `before`; `None`: if there is none.

    Returns:
        Whether it was put.
    """
    system, key = _system(path)
    try:
        if before is None:
            system.pipe_file(key, data, mode="create")
        elif cast(Any, path).protocol in _S3:
            system.pipe_file(key, data, IfMatch=before.tag)
        elif cast(Any, path).protocol in _GOOGLE:
            _put_by_generation(system, key, data, before.tag)
        elif read_tagged(path) == before:
            system.pipe_file(key, data)
        else:
            return False
    except OSError as error:
        if not _is_refusal(error):
            raise
        # It may have been refused to us because it was put by us: an answer that was lost on its
        # way is asked for again.
        found = read_tagged(path)
        return found is not None and found.data == data
    return True


@contextmanager
def putting(path: Path) -> Iterator[BinaryIO]:
    """A file that becomes the object when the block has ended, unless it raised."""
    # The stores' own files are put on leaving their block, however it is left.
    with tempfile.NamedTemporaryFile() as file:
        yield cast(BinaryIO, file)
        file.flush()
        system, key = _system(path)
        system.put_file(file.name, key)


def put(path: Path, data: bytes) -> None:
    """Put a small object."""
    system, key = _system(path)
    system.pipe_file(key, data)


def names_below(folder: Path) -> set[str]:
    """The names of what lies in a folder of a store; none if there is no such folder."""
    system, key = _system(folder)
    try:
        found = system.ls(key, detail=False)
    except FileNotFoundError:
        return set()
    return {str(name).rstrip("/").rpartition("/")[2] for name in found} - {""}


def all_below(folder: Path) -> list[str]:
    """The names of all objects below a folder, with the folders in it that they lie in."""
    system, key = _system(folder)
    return [str(path).removeprefix(f"{key}/") for path in system.find(key)]


def read_below(folder: Path) -> dict[str, bytes]:
    """All objects right below a folder, by name, asked for many at a time."""
    system, key = _system(folder)
    names = sorted(names_below(folder))
    found = system.cat([f"{key}/{name}" for name in names]) if names else {}
    return {str(name).rpartition("/")[2]: data for name, data in found.items()}


def copy(source: Path, target: Path) -> None:
    """Let a store put an object a second time, under another name."""
    system, key = _system(source)
    system.cp_file(key, _system(target)[1])


def remove(path: Path) -> None:
    """Remove a place and all below it, if there is anything."""
    system, key = _system(path)
    with suppress(FileNotFoundError):
        system.rm(key, recursive=True)


def _system(path: Path) -> tuple[Any, str]:
    found = cast(Any, path)  # a UPath
    return found.fs, found.path


def _put_by_generation(system: Any, key: str, data: bytes, generation: str) -> None:
    """Replace an object of Google's that is still of a generation.

    The driver's own `pipe_file` has no condition but that there is no such object, so this makes
    the request that it would make, of two parts: what the object is called, and what it holds.

    Raises:
        FileExistsError: it is of another generation, or gone.
    """
    bucket, name, _ = system.split_path(key)
    parts = (
        ("application/json; charset=UTF-8", json.dumps({"name": name}).encode()),
        ("application/octet-stream", data),
    )
    body = b"".join(
        f"--{_BOUNDARY}\r\nContent-Type: {kind}\r\n\r\n".encode() + part + b"\r\n"
        for kind, part in parts
    )
    system.call(
        "POST",
        system.base.replace("/storage/v1/", "/upload/storage/v1/") + "b/{}/o",
        bucket,
        uploadType="multipart",
        ifGenerationMatch=generation,
        headers={"Content-Type": f'multipart/related; boundary="{_BOUNDARY}"'},
        data=body + f"--{_BOUNDARY}--".encode(),
    )


def _is_refusal(error: OSError) -> bool:
    """Whether a store says that the condition does not hold."""
    answer = getattr(error.__cause__, "response", {})
    return isinstance(error, FileExistsError) or answer.get("Error", {}).get("Code") in _REFUSALS
