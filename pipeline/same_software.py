"""A corpus is made by one software: a worker that has another takes no part.

Workers of a cluster are installed one by one, and may have been at another time. What they would
make differs from what the provenance of its rows says.
"""

from __future__ import annotations

import socket
from collections.abc import Mapping
from functools import cache
from typing import TypeVar

from pipeline.error_codes import ErrorCode
from pipeline.errors import RunError
from pipeline.provenance import code_digest, library_versions

T = TypeVar("T")

_CODE = "Warraq's code"
_MISSING = "none"


@cache
def software() -> dict[str, str]:
    """What can change a row: the digest of the code, and the version of each library, by name."""
    return {_CODE: code_digest(), **library_versions()}


def difference(found: Mapping[str, str], wanted: Mapping[str, str]) -> str:
    """In what one software differs from the one wanted: nothing, or words for a message.

    A build of a package for one kind of machine is no other version: `2.13.0+cpu` is `2.13.0`.
    """
    return ", ".join(
        f"{name} {found.get(name, _MISSING)} instead of {version}"
        for name, version in wanted.items()
        if found.get(name, _MISSING).partition("+")[0] != version.partition("+")[0]
    )


def with_same_software(element: T, wanted: Mapping[str, str]) -> T:
    """The element, untouched.

    Raises:
        RunError: this process has another software than the one that began the run.
    """
    differs = difference(software(), wanted)
    if differs:
        raise RunError(
            ErrorCode.CLUSTER,
            f"the worker on {socket.gethostname()} has {differs}",
            "install there what this machine has",
        )
    return element
