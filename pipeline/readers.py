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
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

# How long nothing may happen, and how long to look at least.
_QUIET_SECONDS = 0.1
_LEAST_SECONDS = 1.0
# Whoever listed a folder and did not open its files for so long does not want to.
_SECONDS_TO_OPEN = 2.0


def _nothing() -> None:
    pass


def wait_for_readers(
    folders: Sequence[Path],
    patience: float,
    switch: Callable[[], None] = _nothing,
    switch_back: Callable[[], None] = _nothing,
) -> bool:
    """Call `switch` when no reader is in the middle of the folders, or after `patience` seconds.

    A reader that comes at this very moment is seen afterwards: then `switch_back` is called, and
    the moment is waited for again.

    Readers on other machines are not seen; nor are any where the system is not Linux.

    Returns:
        Whether the moment came.
    """
    end = time.monotonic() + patience
    with ExitStack() as stack:
        watch = _watch(folders, stack)
        while watch is not None and watch.wait(end):
            switch()
            if not watch.take_note(0):
                return True
            switch_back()
    switch()
    return False


def _watch(folders: Sequence[Path], stack: ExitStack) -> _Watch | None:
    """A watch over the folders until `stack` is left; none where the system has none to give."""
    if not sys.platform.startswith("linux"):
        return None
    from inotify_simple import INotify

    try:
        return _Watch(folders, stack.enter_context(INotify()))
    except OSError:
        return None


class _Folder:
    """What was seen of a folder: how often it was listed, which of its files were opened since."""

    def __init__(self, folder: Path) -> None:
        self._names = {path.name for path in folder.iterdir()}
        self._listed = 0
        self._last = 0.0
        self._opened: Counter[str] = Counter()
        self._since_listed: set[str] = set()
        self._open = 0

    def see(self, name: str, is_folder: bool, opening: bool, closing: bool) -> None:
        """Take note of what happened."""
        self._open += opening - closing
        self._last = time.monotonic()
        if opening and is_folder:
            self._listed += 1
            self._since_listed = set()
        elif opening:
            self._opened[name] += 1
            self._since_listed.add(name)

    def is_settled(self) -> bool:
        """Whether all who listed it have opened its files, or leave it at that.

        Who opens a file without having listed the folder before our eyes did so before.
        """
        if self._open > 0:
            return False
        if time.monotonic() - self._last > _SECONDS_TO_OPEN:
            return True
        readers = max(self._listed, 1)
        return self._names <= self._since_listed and all(
            self._opened[name] >= readers for name in self._names
        )


class _Watch:
    """What the system tells of some folders."""

    def __init__(self, folders: Sequence[Path], inotify: Any) -> None:
        from inotify_simple import flags

        kinds = flags.OPEN | flags.ACCESS | flags.CLOSE_NOWRITE
        watched = [(folder, _Folder(folder)) for folder in folders]  # listing them is no reading
        self._inotify, self._flags = inotify, flags
        self._seen = {inotify.add_watch(path, kinds): one for path, one in watched}

    def wait(self, end: float) -> bool:
        """Whether a moment without readers comes before `end`, by the monotonic clock."""
        least = time.monotonic() + _LEAST_SECONDS
        while True:
            happened = self.take_note(_QUIET_SECONDS)
            now = time.monotonic()
            settled = all(folder.is_settled() for folder in self._seen.values())
            if not happened and settled and now >= least:
                return True
            if now >= end:
                return False

    def take_note(self, seconds: float) -> bool:
        """Whether anything happened since the last time, or happens within some seconds."""
        events = self._inotify.read(timeout=int(seconds * 1000))
        for event in events:
            if event.wd in self._seen:
                self._seen[event.wd].see(
                    event.name,
                    bool(event.mask & self._flags.ISDIR),
                    bool(event.mask & self._flags.OPEN),
                    bool(event.mask & self._flags.CLOSE_NOWRITE),
                )
        return bool(events)
