"""Versions of a corpus on a store, which can neither link nor rename: published by one object.

    corpus/current.json                                     names the version that readers see
    corpus/versions/<number>-<run>-<token>/sentences/…      what a run writes, never changed
    corpus/lock.json                                        see `store_lock`

A run writes a version under names that no other run has. `current.json` is put last, in one step,
on the condition that it is still the one that the run began with: its number is one less, and its
store says that nobody replaced it in between. So a version is published whole or not at all, and
of two runs that began alike one is refused.

Only after that are other versions removed, and only those whose number is not higher: no run that
writes one of these can publish it any more. The version before stays, for those who are reading it.
"""

from __future__ import annotations

import json
import logging
import secrets
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from pipeline import clock
from pipeline.error_codes import ErrorCode
from pipeline.errors import LockedError, RunError, UsageError
from pipeline.objects import Tagged, names_below, put_if, read_tagged, remove
from pipeline.places import unreachable
from pipeline.store_lock import holding, is_holder
from schemas.manifest import TABLES

_LOG = logging.getLogger("warraq")
_CURRENT = "current.json"
_VERSIONS = "versions"
_TOKEN_BYTES = 4


class _Current(NamedTuple):
    """The version that readers see: its name and number, and the object that says so."""

    name: str
    number: int
    object: Tagged | None


_NOTHING = _Current("", 0, None)


@contextmanager
def new_version(output: Path, run_id: str) -> Iterator[Path]:
    """A place to write a version of the corpus to; if the block raises, it is cleared away.

    Raises:
        UsageError: `output` holds something that is not a corpus of ours, or cannot be written.
        LockedError: another run is writing to it.
    """
    check_output(output)
    token = secrets.token_hex(_TOKEN_BYTES)
    with ExitStack() as stack:
        try:
            stack.enter_context(holding(output, token))
            folder = output / _VERSIONS / f"{_current(output).number + 1:08d}-{run_id}-{token}"
        except LockedError:
            raise
        except Exception as error:  # a store may raise anything
            raise UsageError(ErrorCode.CANNOT_WRITE, str(error), file=output) from error
        try:
            yield folder
        except (UsageError, RunError):
            _give_up(output, folder)
            raise
        except Exception as error:
            _LOG.debug("the run failed", exc_info=True)
            _give_up(output, folder)
            cause = f"{type(error).__name__}: {error}"
            raise RunError(ErrorCode.SYSTEM, cause, file=output) from error
        except BaseException:
            _give_up(output, folder)
            raise


def publish(output: Path, folder: Path) -> None:
    """Make `folder`, a finished version, the corpus that readers see; remove what is outdated.

    Raises:
        RunError: another run took over, or has published a version since this one was begun.
    """
    current = _current(output)
    number, token = _number(folder.name), folder.name.rpartition("-")[2]
    told = {
        "path": f"{_VERSIONS}/{folder.name}",
        "number": number,
        "published": clock.now().isoformat(),
    }
    data = json.dumps(told, indent=1).encode()
    if (
        number != current.number + 1
        or not is_holder(output, token)
        or not put_if(output / _CURRENT, data, current.object)
    ):
        cause = "another run has taken over meanwhile, nothing was published"
        raise RunError(ErrorCode.LOCKED, cause, "wait for its end and run again", output)
    for name in names_below(output / _VERSIONS) - {folder.name, current.name}:
        if _number(name) <= number:
            _remove(output / _VERSIONS / name)


def current_version(output: Path) -> Path | None:
    """The version that readers of `output` see, if there is one."""
    name = _current(output).name
    return output / _VERSIONS / name if name else None


def check_output(output: Path) -> None:
    """Refuse a place that cannot be read, or that readers could not tell from a corpus of ours.

    Raises:
        UsageError: it is one.
    """
    try:
        taken = names_below(output) & {*TABLES, "manifest.json"}
        _current(output)
    except UsageError:
        raise
    except Exception as error:  # a store may raise anything
        raise unreachable(output, error) from error
    for name in sorted(taken):
        raise UsageError(ErrorCode.OUTPUT_TAKEN, "was not made by Warraq", file=output / name)


def _current(output: Path) -> _Current:
    found = read_tagged(output / _CURRENT)
    if found is None:
        return _NOTHING
    try:
        told: dict[str, Any] = json.loads(found.data)
        return _Current(told["path"].removeprefix(f"{_VERSIONS}/"), int(told["number"]), found)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise UsageError(
            ErrorCode.OUTPUT_TAKEN, "was not made by Warraq", file=output / _CURRENT
        ) from error


def _number(name: str) -> int:
    """The number of a version; of what is no version of ours one that no version reaches."""
    digits = name.partition("-")[0]
    return int(digits) if len(digits) == 8 and digits.isdigit() else 10**9


def _give_up(output: Path, folder: Path) -> None:
    """Remove what a run that failed has written, unless it is published all the same."""
    try:
        published = _current(output).name == folder.name
    except Exception:  # a store may raise anything; the next run sees to it
        return
    if not published:
        _remove(folder)


def _remove(version: Path) -> None:
    """Remove a version as far as that can be done; the next run removes the rest."""
    try:
        remove(version)
    except Exception as error:  # a store may raise anything
        _LOG.warning("cannot remove %s now: %s", version, error)
