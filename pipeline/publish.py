"""Versions of the corpus: made beside each other, published in one step, kept for a while.

    corpus/sentences      → .current/sentences        what readers open
    corpus/.current       → .versions/<version>       replaced in one step when a run is done
    corpus/.versions/<number>-<run>/sentences/…       what a run writes
    corpus/.versions/<number>-<run>/memory/…          what the next run knows of the articles

A reader sees whole runs only: until the switch the old one, from then on the new one. A run that
is killed leaves a version that nothing points to; the next run clears it away. Versions have
numbers that only rise: no clock decides which is the newest. A file never changes under its name;
a version that keeps a file of the one before links to it. A store has no links: `store_corpus`.
"""

from __future__ import annotations

import contextlib
import datetime
import fcntl
import json
import os
import shutil
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from pipeline import clock, store_corpus, store_lock
from pipeline.error_codes import ErrorCode
from pipeline.errors import LockedError, UsageError
from pipeline.places import is_store
from pipeline.readers import wait_for_readers
from pipeline.storage import sync_folder, sync_folders, write_text
from schemas.manifest import TABLES

MANIFEST = "manifest.json"
_CURRENT = ".current"
_VERSIONS = ".versions"
_LOCK = ".lock"
_PUBLISHED = "published"
_PATIENCE = 30.0
# Who only looks whether the lock is held takes it for an instant; a run holds it for longer.
_TRIES_FOR_LOCK = 10
_SECONDS_BETWEEN_TRIES = 0.05


@contextmanager
def new_version(
    output: Path, run_id: str, keep_versions: int = 0, keep_hours: float = 0.0
) -> Iterator[Path]:
    """A folder to write a version of the corpus to, ours alone until the block ends.

    What earlier runs left unfinished is cleared away first; so is this version, if the block
    raises. The version published last stays, and its files with it, until the next run begins;
    older ones stay as `retire` has it.

    Raises:
        UsageError: `output` holds something that is not a corpus of ours, or cannot be written.
        LockedError: another run is writing to it.
    """
    if is_store(output):
        with store_corpus.new_version(output, run_id, keep_versions, keep_hours) as folder:
            yield folder
        return
    with exclusive(output):
        retire(output, keep_versions, keep_hours)
        folder = begin_version(output, run_id)
        try:
            yield folder
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise


@contextmanager
def exclusive(output: Path) -> Iterator[str]:
    """Be the only run that writes to a corpus until the block ends.

    Yields:
        On a store, what the names of its versions end in: no other run has the same.

    Raises:
        UsageError: `output` holds something that is not a corpus of ours, or cannot be written.
        LockedError: another run is writing to it.
    """
    if is_store(output):
        with store_corpus.exclusive(output) as token:
            yield token
        return
    check_output(output)
    try:
        output.mkdir(parents=True, exist_ok=True)
        lock = (output / _LOCK).open("a+", encoding="utf-8")
    except OSError as error:
        raise UsageError(
            ErrorCode.CANNOT_WRITE, f"cannot write there: {error.strerror}", file=output
        ) from error
    with lock:
        _take(lock.fileno(), output)
        yield ""


def is_held(output: Path) -> bool:
    """Whether a run is writing to a corpus at this moment."""
    if is_store(output):
        return store_lock.is_held(output)
    try:
        lock = (output / _LOCK).open(encoding="utf-8")
    except FileNotFoundError:
        return False
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


def begin_version(output: Path, run_id: str, token: str = "") -> Path:
    """An empty folder for the next version; what was left of unfinished ones is cleared away.

    Args:
        output: where the corpus lies.
        run_id: of the run that makes the version.
        token: what `exclusive` gave.
    """
    if is_store(output):
        return store_corpus.begin_version(output, run_id, token)
    current = current_version(output)
    number = version_number(current)
    folder = output / _VERSIONS / f"{number + 1:08d}-{run_id}"
    for version in _versions(output):
        if version != current and version_number(version) > number:
            shutil.rmtree(version)
    folder.mkdir(parents=True)
    return folder


def publish(output: Path, folder: Path, patience: float = _PATIENCE) -> bool:
    """Make `folder`, a finished version below `output`, the corpus that readers see.

    All of it is on the disk before anything points to it. If it lacks files of the version before,
    it waits up to `patience` seconds for readers of that to end.

    Returns:
        Whether no reader was in the middle, as far as can be seen.
    """
    if is_store(output):
        store_corpus.publish(output, folder)
        return True  # readers name the version, and it stays
    write_text(folder / _PUBLISHED, clock.now().isoformat() + "\n")
    sync_folders(folder)
    sync_folder(folder.parent)
    for name in (*TABLES, MANIFEST):
        entry = output / name
        if not entry.is_symlink():
            entry.symlink_to(Path(_CURRENT, name))
    current = current_version(output)
    alone = True
    if current is not None and current.is_dir() and _takes_away(current, folder):
        tables = [current / table for table in TABLES if (current / table).is_dir()]
        alone = wait_for_readers(
            tables,
            patience,
            partial(_point_to, output, folder),
            partial(_point_to, output, current),
        )
    else:
        _point_to(output, folder)
    sync_folder(output)
    return alone


def _point_to(output: Path, version: Path) -> None:
    """Let readers see a version, in one step."""
    fresh = output / f"{_CURRENT}.new"
    fresh.unlink(missing_ok=True)
    fresh.symlink_to(version.relative_to(output))
    fresh.replace(output / _CURRENT)


def retire(output: Path, versions: int, hours: float) -> None:
    """Remove old versions, but the last so many, and those given up less than so many hours ago.

    What a run left unfinished goes, too.
    """
    if is_store(output):
        store_corpus.retire(output, versions, hours)
        return
    current = current_version(output)
    older = _older(output, current)
    # A version was given up when the next one was published.
    ages = [_hours_since(successor) for successor in (current, *older[:-1])]
    for version, age in list(zip(older, ages, strict=False))[versions:]:
        if age >= hours:
            shutil.rmtree(version)


def current_version(output: Path) -> Path | None:
    """The version that readers of `output` see, if there is one."""
    if is_store(output):
        return store_corpus.current_version(output)
    link = output / _CURRENT
    return output / link.readlink() if link.is_symlink() else None


def version_number(version: Path | None) -> int:
    """The number of a version, from 1; 0 if there is none, or it has no number."""
    digits = version.name.partition("-")[0] if version else ""
    return int(digits) if len(digits) == 8 and digits.isdigit() else 0


def check_output(output: Path) -> None:
    """Refuse a folder that readers could not tell from a corpus of ours.

    Raises:
        UsageError: it is a file, or one of the tables' names is taken by something else.
    """
    if is_store(output):
        store_corpus.check_output(output)
        return
    if output.exists() and not output.is_dir():
        raise UsageError(
            ErrorCode.OUTPUT_TAKEN, "it is a file", "name a folder with --output", output
        )
    for name in (*TABLES, MANIFEST):
        if (output / name).exists() and not (output / name).is_symlink():
            raise UsageError(
                ErrorCode.OUTPUT_TAKEN, "it was not made by Warraq", file=output / name
            )


def _versions(output: Path) -> list[Path]:
    folder = output / _VERSIONS
    return sorted(folder.iterdir()) if folder.is_dir() else []


def _older(output: Path, current: Path | None) -> list[Path]:
    """All versions but the current one, the newest first."""
    others = [version for version in _versions(output) if version != current]
    return sorted(others, key=lambda version: (version_number(version), version.name), reverse=True)


def _hours_since(version: Path | None) -> float:
    """How long ago a version was published; 0 where the clock was turned back since."""
    published = clock.now()
    if version is not None:
        with contextlib.suppress(OSError, ValueError):
            text = (version / _PUBLISHED).read_text(encoding="utf-8")
            published = datetime.datetime.fromisoformat(text.strip())
    return clock.hours_since(published)


def _takes_away(old: Path, new: Path) -> bool:
    """Whether a name in the tables of one version leads elsewhere in the other, or nowhere."""
    for table in TABLES:
        for file in (old / table).glob("*.parquet"):
            other = new / table / file.name
            if not other.exists() or not other.samefile(file):
                return True
    return False


def _take(lock: int, output: Path) -> None:
    """Take the lock, which the system lets go of when its holder dies, however it dies."""
    for tries_left in reversed(range(_TRIES_FOR_LOCK)):
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            break
        except BlockingIOError:
            if tries_left:
                time.sleep(_SECONDS_BETWEEN_TRIES)
                continue
            holder = os.pread(lock, 1000, 0).decode(errors="replace")
            raise LockedError(
                ErrorCode.LOCKED, f"another run is writing to it, {_named(holder)}", file=output
            ) from None
    os.ftruncate(lock, 0)
    began = clock.now().isoformat()
    holding = {"process": os.getpid(), "host": socket.gethostname(), "since": began}
    os.write(lock, json.dumps(holding).encode())


def _named(holder: str) -> str:
    try:
        told = json.loads(holder)
        return f"process {told['process']} on {told['host']}, since {told['since']}"
    except (ValueError, KeyError, TypeError):
        return "just begun"
