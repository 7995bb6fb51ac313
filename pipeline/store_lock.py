"""One run at a time on a store, which has no locks: an object that its holder keeps rewriting.

    corpus/lock.json      who is writing, and how often it has said so

Who finds it there watches it. If it changes, its holder lives, and whoever came later goes; if it
does not for a while, its holder is dead, and the object is taken over. No clock is compared. The
lock spares a second run work that could not be published; what keeps the corpus whole if two runs
meet nevertheless is how versions are published (`store_corpus`).
"""

from __future__ import annotations

import json
import logging
import os
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil

from pipeline import clock
from pipeline.error_codes import ErrorCode
from pipeline.errors import LockedError
from pipeline.objects import Tagged, put_if, read_tagged, remove

_LOG = logging.getLogger("warraq")
_LOCK = "lock.json"
_BEAT_SECONDS = 5.0
_LOOK_SECONDS = 1.0
# So long without a beat is dead: several beats, each of which may have to be tried again.
_SILENT_SECONDS = 30.0
# Who only asks whether it is held waits for one beat, and a little longer.
_SECONDS_TO_SEE = 8.0
# What this process holds; and what it held before it became another one, by `exec`.
_held_here: set[str] = set()
_HELD_BEFORE = "WARRAQ_HELD"


@contextmanager
def holding(output: Path, token: str) -> Iterator[None]:
    """Hold the lock of a corpus until the block ends.

    Args:
        output: where the corpus lies.
        token: the holder's own, no one else's.

    Raises:
        LockedError: another run holds it.
    """
    path = output / _LOCK
    told = {
        "token": token,
        "process": os.getpid(),
        "host": socket.gethostname(),
        "since": clock.now().isoformat(),
    }
    _take(path, told, output)
    _held_here.add(token)
    os.environ[_HELD_BEFORE] = token
    ended = threading.Event()
    beating = threading.Thread(target=_beat, args=[path, told, ended], daemon=True)
    beating.start()
    try:
        yield
    finally:
        ended.set()
        beating.join()
        _held_here.discard(token)
        os.environ.pop(_HELD_BEFORE, None)
        try:
            if is_holder(output, token):
                remove(path)
        except Exception:  # a store may raise anything; whoever comes next finds its holder dead
            _LOG.debug("the lock was not given back", exc_info=True)


def is_holder(output: Path, token: str) -> bool:
    """Whether the lock of a corpus is held by the holder of a token."""
    found = read_tagged(output / _LOCK)
    return found is not None and _told(found).get("token") == token


def is_held(output: Path) -> bool:
    """Whether a run is writing to a corpus, which takes some seconds to see if it is not ours."""
    path = output / _LOCK
    held = read_tagged(path)
    if held is None:
        return False
    return _told(held).get("token") in _held_here or _outlives(path, held, _SECONDS_TO_SEE)


def _take(path: Path, told: dict[str, Any], output: Path) -> None:
    while True:
        held = read_tagged(path)
        if held is None:
            if put_if(path, _encoded(told, 0), None):
                return
        elif _outlives(path, held, _SILENT_SECONDS):
            cause = f"another run is writing to it: {_named(held)}"
            raise LockedError(ErrorCode.LOCKED, cause, file=output)
        elif put_if(path, _encoded(told, 0), held):
            return


def _outlives(path: Path, held: Tagged, seconds: float) -> bool:
    """Whether a holder shows within some seconds that it is alive."""
    told = _told(held)
    if told.get("host") == socket.gethostname() and not _is_there(told):
        return False
    _LOG.warning(
        "%s is there, of %s: waiting up to %.0f s to see whether that lives",
        path, _named(held), seconds,
    )  # fmt: skip
    began = time.monotonic()
    while time.monotonic() - began < seconds:
        time.sleep(_LOOK_SECONDS)
        found = read_tagged(path)
        if found is None:
            return False
        if found.data != held.data:
            return True
    return False


def _is_there(told: dict[str, Any]) -> bool:
    """Whether the process of this machine that a lock names is there, and is still its holder."""
    process, token = told.get("process", 0), told.get("token")
    if process == os.getpid() and token not in _held_here:
        return token != os.environ.get(_HELD_BEFORE)
    return bool(psutil.pid_exists(process))


def _beat(path: Path, told: dict[str, Any], ended: threading.Event) -> None:
    beats = 0
    while not ended.wait(_BEAT_SECONDS):
        beats += 1
        try:
            found = read_tagged(path)
            if found is None or _told(found).get("token") != told["token"]:
                return  # taken over: to publish will be refused
            put_if(path, _encoded(told, beats), found)
        except Exception:  # a store may raise anything, and the next beat may come through
            _LOG.debug("a beat was missed", exc_info=True)


def _encoded(told: dict[str, Any], beats: int) -> bytes:
    return json.dumps({**told, "beats": beats}).encode()


def _told(held: Tagged) -> dict[str, Any]:
    try:
        told: dict[str, Any] = json.loads(held.data)
    except ValueError:
        return {}
    return told


def _named(held: Tagged) -> str:
    told = _told(held)
    return f"process {told.get('process')} on {told.get('host')}, since {told.get('since')}"
