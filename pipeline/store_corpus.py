"""Versions of a corpus on a store, which can neither link nor rename: published by one object.

    corpus/current.json                                     names the version that readers see
    corpus/versions/<number>-<run>-<token>/sentences/…      what a run writes, never changed
    corpus/lock.json                                        see `store_lock`

A run writes a version under names that no other run has. `current.json` is put last, in one step,
on the condition that it is still the one that the run began with: its number is one less, and its
store says that nobody replaced it in between. So a version is published whole or not at all, and
of two runs that began alike one is refused.

Other versions are removed only if their number is not higher than that in `current.json`: no run
that writes one of these can publish it any more. The version before stays, and those before it as
long as is asked for: `current.json` names them, and when they were published.
"""

from __future__ import annotations

import datetime
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
from pipeline.storage import remove_folder
from pipeline.store_lock import holding, is_holder
from schemas.manifest import TABLES

_LOG = logging.getLogger("warraq")
_CURRENT = "current.json"
_VERSIONS = "versions"
_TOKEN_BYTES = 4


class _Published(NamedTuple):
    """A version that is or was published: its name, and when that was, as it is written."""

    name: str
    published: str


class _Current(NamedTuple):
    """What readers see: a version, its number, earlier ones, newest first; what says so."""

    version: _Published
    number: int
    earlier: tuple[_Published, ...]
    object: Tagged | None

    @property
    def name(self) -> str:
        """The version's; empty if there is none."""
        return self.version.name


_NOTHING = _Current(_Published("", ""), 0, (), None)


@contextmanager
def exclusive(output: Path) -> Iterator[str]:
    """Be the only run that writes to a corpus until the block ends.

    Yields:
        What the names of its versions end in: no other run has the same.

    Raises:
        UsageError: `output` holds something that is not a corpus of ours, or cannot be written.
        LockedError: another run is writing to it.
        RunError: the store failed us within the block.
    """
    check_output(output)
    token = secrets.token_hex(_TOKEN_BYTES)
    with ExitStack() as stack:
        try:
            stack.enter_context(holding(output, token))
        except LockedError:
            raise
        except Exception as error:  # a store may raise anything
            raise UsageError(ErrorCode.CANNOT_WRITE, str(error), file=output) from error
        try:
            yield token
        except (UsageError, RunError):
            raise
        except Exception as error:
            _LOG.debug("the run failed", exc_info=True)
            cause = f"{type(error).__name__}: {error}"
            raise RunError(ErrorCode.SYSTEM, cause, file=output) from error


@contextmanager
def new_version(output: Path, run_id: str, versions: int, hours: float) -> Iterator[Path]:
    """A place to write a version of the corpus to; if the block raises, it is cleared away.

    In the end older versions are removed, as `retire` has it.

    Raises:
        UsageError: `output` holds something that is not a corpus of ours, or cannot be written.
        LockedError: another run is writing to it.
        RunError: the store failed us within the block.
    """
    with exclusive(output) as token:
        folder = begin_version(output, run_id, token)
        try:
            yield folder
        except BaseException:
            _give_up(output, folder)
            raise
        retire(output, versions, hours)


def begin_version(output: Path, run_id: str, token: str) -> Path:
    """Where the next version is to be written by the run that holds the lock by a token."""
    return output / _VERSIONS / f"{_current(output).number + 1:08d}-{run_id}-{token}"


def publish(output: Path, folder: Path) -> None:
    """Make `folder`, a finished version, the corpus that readers see.

    Raises:
        RunError: another run took over, or has published a version since this one was begun.
    """
    current = _current(output)
    number, token = _number(folder.name), folder.name.rpartition("-")[2]
    there = names_below(output / _VERSIONS)
    told = {
        **_told(_Published(folder.name, clock.now().isoformat())),
        "number": number,
        "earlier": [_told(one) for one in (current.version, *current.earlier) if one.name in there],
    }
    data = json.dumps(told, indent=1).encode()
    if (
        number != current.number + 1
        or not is_holder(output, token)
        or not put_if(output / _CURRENT, data, current.object)
    ):
        cause = "another run has taken over meanwhile, nothing was published"
        raise RunError(ErrorCode.LOCKED, cause, "wait for its end and run again", output)


def retire(output: Path, versions: int, hours: float) -> None:
    """Remove old versions, but the last so many, and those given up less than so many hours ago.

    The one before the current one stays. What runs left that did not publish goes, too. What
    cannot be removed now is removed another time.
    """
    try:
        current = _current(output)
        kept = {current.name}
        # A version was given up when the next one was published.
        successors = (current.version, *current.earlier)
        for count, (one, next_one) in enumerate(zip(current.earlier, successors, strict=False)):
            given_up = datetime.datetime.fromisoformat(next_one.published)
            if count < max(versions, 1) or clock.hours_since(given_up) < hours:
                kept.add(one.name)
        outdated = {
            name for name in names_below(output / _VERSIONS) if _number(name) <= current.number
        }
        for name in sorted(outdated - kept):
            remove(output / _VERSIONS / name)
    except Exception as error:  # a store may raise anything
        _LOG.warning("cannot remove old versions of %s now: %s", output, error)


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
        earlier = tuple(map(_published, told.get("earlier", ())))
        return _Current(_published(told), int(told["number"]), earlier, found)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise UsageError(
            ErrorCode.OUTPUT_TAKEN, "was not made by Warraq", file=output / _CURRENT
        ) from error


def _told(version: _Published) -> dict[str, str]:
    return {"path": f"{_VERSIONS}/{version.name}", "published": version.published}


def _published(told: dict[str, Any]) -> _Published:
    return _Published(told["path"].removeprefix(f"{_VERSIONS}/"), str(told["published"]))


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
        remove_folder(folder)  # as far as that can be done; the next run removes the rest
