"""Waiting for a moment at which nobody is in the middle of reading the corpus.

Who reads a folder lists it first and opens each file by its name afterwards. A version that only
adds files can take the place of another at any moment; one that takes files away must not do so
between the two. Linux tells of every folder that is listed and of every file that is opened or
closed: the moment has come when whoever listed a folder has opened all its files, nothing that was
opened before our eyes is open, and nothing happens for a while.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

# How long nothing may happen, and how long to look at least.
_QUIET_SECONDS = 0.1
_LEAST_SECONDS = 1.0
# Whoever listed a folder so long ago and did not open its files does not want to.
_SECONDS_TO_OPEN = 2.0


def wait_for_readers(folders: Sequence[Path], patience: float) -> bool:
    """Return when no reader is in the middle of the folders, or after `patience` seconds.

    Readers on other machines are not seen; nor are any where the system is not Linux.

    Returns:
        Whether the moment came.
    """
    if not sys.platform.startswith("linux"):
        return False
    try:
        return _wait(folders, patience)
    except OSError:  # the system has no more watches to give
        return False


class _Folder:
    """What was seen of a folder: how often it was listed, which of its files were opened since."""

    def __init__(self, folder: Path) -> None:
        self._names = {path.name for path in folder.iterdir()}
        self._listed = 0
        self._listed_at = 0.0
        self._opened: Counter[str] = Counter()
        self._since_listed: set[str] = set()
        self.open = 0

    def see(self, name: str, is_folder: bool, opening: bool, closing: bool) -> None:
        """Take note of what happened."""
        self.open += opening - closing
        if opening and is_folder:
            self._listed += 1
            self._listed_at = time.monotonic()
            self._since_listed = set()
        elif opening:
            self._opened[name] += 1
            self._since_listed.add(name)

    def is_settled(self) -> bool:
        """Whether all who listed it have opened its files, or leave it at that."""
        if self.open > 0:
            return False
        if not self._listed or time.monotonic() - self._listed_at > _SECONDS_TO_OPEN:
            return True
        return self._names <= self._since_listed and all(
            self._opened[name] >= self._listed for name in self._names
        )


def _wait(folders: Sequence[Path], patience: float) -> bool:
    from inotify_simple import INotify, flags

    kinds = flags.OPEN | flags.ACCESS | flags.CLOSE_NOWRITE
    began = time.monotonic()
    watched = [(folder, _Folder(folder)) for folder in folders]  # listing them is no reading
    with INotify() as inotify:
        seen: dict[int, Any] = {inotify.add_watch(path, kinds): one for path, one in watched}
        while True:
            events = inotify.read(timeout=int(_QUIET_SECONDS * 1000))
            for event in events:
                if event.wd in seen:
                    seen[event.wd].see(
                        event.name,
                        bool(event.mask & flags.ISDIR),
                        bool(event.mask & flags.OPEN),
                        bool(event.mask & flags.CLOSE_NOWRITE),
                    )
            waited = time.monotonic() - began
            settled = all(one.is_settled() for one in seen.values())
            if not events and settled and waited >= _LEAST_SECONDS:
                return True
            if waited >= patience:
                return False
