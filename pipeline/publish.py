"""Making a new version of the corpus beside the old one, and switching to it in one step.

    corpus/sentences  → .current/sentences        what readers open
    corpus/.current   → .versions/<version>       replaced in one step when a run is done
    corpus/.versions/<version>/sentences/…        what a run writes
    corpus/.versions/<version>/memory/…           what the next run knows of the articles of this

A reader sees whole runs only: until the switch the old one, from then on the new one. A run that
is killed leaves a version that nothing points to; the next run clears it away.
"""

from __future__ import annotations

import datetime
import fcntl
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.errors import RunError, UsageError
from schemas.manifest import TABLES

MANIFEST = "manifest.json"
_CURRENT = ".current"
_VERSIONS = ".versions"
_LOCK = ".lock"


@contextmanager
def new_version(output: Path, run_id: str) -> Iterator[Path]:
    """A folder to write a version of the corpus to, ours alone until the block ends.

    What earlier runs left unfinished is cleared away first; so is this version, if the block
    raises. The version published last stays, and its files with it, until the next run begins.

    Raises:
        UsageError: `output` holds something that is not a corpus of ours, or cannot be written.
        RunError: another run is writing to it.
    """
    check_output(output)
    try:
        output.mkdir(parents=True, exist_ok=True)
        lock = (output / _LOCK).open("a+", encoding="utf-8")
    except OSError as error:
        raise UsageError(f"cannot write to {output}: {error.strerror}") from error
    with lock:
        _take(lock.fileno(), output)
        current = current_version(output)
        versions = output / _VERSIONS
        versions.mkdir(exist_ok=True)
        for version in versions.iterdir():
            if version != current:
                shutil.rmtree(version)
        folder = versions / f"{datetime.datetime.now(datetime.UTC):%Y%m%dT%H%M%S%fZ}-{run_id}"
        folder.mkdir()
        try:
            yield folder
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise


def publish(output: Path, folder: Path) -> None:
    """Make `folder`, a finished version below `output`, the corpus that readers see."""
    for name in (*TABLES, MANIFEST):
        link = output / name
        if not link.is_symlink():
            link.symlink_to(Path(_CURRENT, name))
    fresh = output / f"{_CURRENT}.new"
    fresh.unlink(missing_ok=True)
    fresh.symlink_to(folder.relative_to(output))
    fresh.replace(output / _CURRENT)


def current_version(output: Path) -> Path | None:
    """The version that readers of `output` see, if there is one."""
    link = output / _CURRENT
    return output / link.readlink() if link.is_symlink() else None


def check_output(output: Path) -> None:
    """Refuse a folder that readers could not tell from a corpus of ours.

    Raises:
        UsageError: it is a file, or one of the tables' names is taken by something else.
    """
    if output.exists() and not output.is_dir():
        raise UsageError(f"--output {output} is a file: name a folder")
    for name in (*TABLES, MANIFEST):
        if (output / name).exists() and not (output / name).is_symlink():
            raise UsageError(
                f"{output / name} was not made by Warraq: move it away or choose another --output"
            )


def _take(lock: int, output: Path) -> None:
    """Take the lock, which the system lets go of when its holder dies, however it dies."""
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        holder = os.pread(lock, 1000, 0).decode(errors="replace")
        raise RunError(f"another run is writing to {output}: {holder or 'just begun'}") from None
    os.ftruncate(lock, 0)
    began = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
    os.write(lock, json.dumps({"process": os.getpid(), "since": began}).encode())
