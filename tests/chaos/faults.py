"""What goes wrong in a run: at one of its file operations, or while it lasts.

Python tells an audit hook of every file that is opened, renamed, linked or removed, before it is:
there a run can be killed, a disk be full, an input vanish.
"""

from __future__ import annotations

import errno
import os
import random
import resource
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

_EVENTS = frozenset(
    f"os.{name}" for name in ("rename", "remove", "mkdir", "rmdir", "link", "symlink", "scandir")
) | {"open"}
_NEED_SPACE = frozenset({"open", "os.mkdir", "os.link", "os.symlink"})
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT

Act = Callable[[str, tuple[Any, ...]], None]


def at_operation(corpus: Path, number: int, act: Act, counted: list[int]) -> None:
    """Call `act` at every file operation in the corpus from that number on."""

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        if event not in _EVENTS or not _is_inside(corpus, arguments[0]):
            return
        counted[0] += 1
        if counted[0] >= number:
            act(event, arguments)

    sys.addaudithook(hook)


def kill(event: str, arguments: tuple[Any, ...]) -> None:
    """The process is gone."""
    os.kill(os.getpid(), signal.SIGKILL)


def lose_what_was_not_synced(corpus: Path, chance: random.Random) -> None:
    """After a power cut, names of the work in hand are gone, or lead to less than was written.

    Many of them or hardly one: where most are gone, the work is begun anew, and what is left does
    not matter. Not so files that a published version holds, too, by another name: those are on the
    disk.
    """
    share = chance.choice((0.05, 0.4))
    for path in sorted((corpus / ".work").rglob("*")):
        if path.is_file() and chance.random() < share:
            beginning = path.read_bytes()[: chance.randint(0, 200)]
            path.unlink()
            if chance.random() < 0.5:
                path.write_bytes(beginning)


def fill_disk(event: str, arguments: tuple[Any, ...]) -> None:
    """Nothing more can be made; what is there can be removed."""
    if event == "open" and not arguments[2] & _WRITING:
        return
    if event in _NEED_SPACE:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def limit_file_size(size: int) -> None:
    """Every file stops growing at a size, in the middle of being written, in C++ as in Python."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))


def once(action: Callable[[], None]) -> Act:
    """Something that happens once to the world outside."""
    done: list[bool] = []

    def act(event: str, arguments: tuple[Any, ...]) -> None:
        if not done:
            done.append(True)
            action()

    return act


def an_input(folder: Path, chance: random.Random) -> Path:
    """A file that may go or change while it is read."""
    return chance.choice(sorted(folder.iterdir()))


def _is_inside(corpus: Path, path: Any) -> bool:
    if isinstance(path, int) or path is None:
        return False
    text = os.fsdecode(path)
    # A relative name is one in a folder that is being removed.
    return not text.startswith("/") or text.startswith(str(corpus))
