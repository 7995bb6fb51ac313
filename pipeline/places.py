"""Where a corpus lies: in a folder, or on a store such as `s3://bucket/corpus`.

A place on a store is a `UPath`, which does with objects what a `Path` does with files. What it
cannot do is to link, to rename in one step, and to lock: `storage`, `publish` and `store_corpus`
know of that. That an object is there whole or not at all, and that each question takes its time,
is what the nightly run asks of a place for; nothing else has to.
"""

from __future__ import annotations

from os import PathLike
from pathlib import Path
from typing import Any, cast

from pipeline.error_codes import ErrorCode
from pipeline.errors import UsageError
from pipeline.files import HADOOP, is_remote

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
        if location.startswith(HADOOP):
            import pipeline.hadoop  # noqa: F401 (upath finds it in its list then)
        # Listings that are remembered would hide what other processes have written since.
        found = UPath(location.rstrip("/"), use_listings_cache=False)
        _ = found.fs
    except Exception as error:  # a store may raise anything; of a driver it says what to install
        raise unreachable(location, error) from error
    return cast(Path, found)


def unreachable(location: str | PathLike[str], error: Exception, doing: str = "") -> UsageError:
    """What to raise when the driver of a store raises something.

    Of what the driver says the first line is told: others are where in its server that was.
    """
    cause = (str(error).strip().splitlines() or [type(error).__name__])[0]
    told = f"{doing}: {cause}" if doing else cause
    return UsageError(ErrorCode.STORE_UNREACHABLE, told, file=location)


def is_store(here: Any) -> bool:
    """Whether a place lies on a store rather than in a folder."""
    return not isinstance(here, Path)


def canonical(here: Path) -> str:
    """The one name of a place: without links, and with the protocol's first name."""
    if not is_store(here):
        return str(here.resolve())
    store = cast(Any, here)
    return address(store.fs, store.path)


def address(system: Any, path: str) -> str:
    """The address of what lies at a path of a store.

    Args:
        system: the store's driver. One made from an address that names a machine, as
            `webhdfs://namenode:9870/news` does, leaves it out of its paths.
        path: as the driver has it.
    """
    found = str(system.unstrip_protocol(path))
    protocol, _, below = found.partition("://")
    made_from = system.storage_options
    if not made_from.get("host") or below.startswith(made_from["host"]):
        return found
    user = f"{made_from['user']}@" if made_from.get("user") else ""
    port = f":{made_from['port']}" if made_from.get("port") else ""
    return f"{protocol}://{user}{made_from['host']}{port}/{below.lstrip('/')}"
