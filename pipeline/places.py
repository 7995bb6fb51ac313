"""Where a corpus lies: in a folder, or on a store such as `s3://bucket/corpus`.

A place on a store is a `UPath`, which does with objects what a `Path` does with files. What it
cannot do is to link, to rename in one step, and to lock: `storage`, `publish` and `store_corpus`
know of that, and nothing else has to.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

from pipeline.error_codes import ErrorCode
from pipeline.errors import UsageError
from pipeline.files import is_remote

_LOCAL = ("file://", "local://")


def place(location: str) -> Path:
    """The place of that name: a path, or what stands for one on a store.

    Raises:
        UsageError: the driver of the store is not installed, or there is no store of that kind.
    """
    if not is_remote(location):
        return Path(location)
    if location.startswith(_LOCAL):
        return Path(location.partition("://")[2])
    from upath import UPath

    try:
        # Listings that are remembered would hide what other processes have written since.
        found = UPath(location.rstrip("/"), use_listings_cache=False)
        _ = found.fs
    except Exception as error:  # a store may raise anything; of a driver it says what to install
        raise UsageError(ErrorCode.STORE_UNREACHABLE, str(error), file=location) from error
    return cast(Path, found)


def is_store(here: Any) -> bool:
    """Whether a place lies on a store rather than in a folder."""
    return not isinstance(here, Path)


def canonical(here: Path) -> str:
    """The one name of a place: without links, and with the protocol's first name."""
    if not is_store(here):
        return str(here.resolve())
    store = cast(Any, here)
    return str(store.fs.unstrip_protocol(store.path))
