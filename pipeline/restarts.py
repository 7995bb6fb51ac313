"""A night that goes on in a new process, because a worker of its own died.

Beam waits for ever for a worker that is gone, so the process cannot go on itself. It becomes
another one, by `exec`, with the same number and arguments and the same deadline.
"""

from __future__ import annotations

import os
import sys
import time
from dataclasses import dataclass

_VARIABLE = "WARRAQ_RESTARTS"
# Each death shows one shard to look through; a machine without memory would die for ever.
_MOST = 8


@dataclass(frozen=True, slots=True)
class Restarts:
    """How often this night was begun anew, and when it must stop.

    `end` is in seconds of the monotonic clock, which all processes of a machine share; `None` if
    there is no deadline.
    """

    count: int
    end: float | None

    @property
    def seconds_left(self) -> float | None:
        """How long it is until the deadline, 0 if it is over."""
        return None if self.end is None else max(0.0, self.end - time.monotonic())

    @property
    def exhausted(self) -> bool:
        """Whether it is of no use to begin anew."""
        return self.count >= _MOST or self.seconds_left == 0

    def begin_anew(self) -> None:
        """Become a new process of the same command; returns only if that is of no use."""
        if self.exhausted:
            return
        os.environ[_VARIABLE] = f"{self.count + 1} {'' if self.end is None else self.end}"
        sys.stdout.flush()
        sys.stderr.flush()
        os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])  # noqa: S606


def restarts(seconds: float | None) -> Restarts:
    """What this process was handed on, if it was; else a first one, with so long to go."""
    handed_on = os.environ.pop(_VARIABLE, "")
    if not handed_on:
        return Restarts(0, None if seconds is None else time.monotonic() + seconds)
    count, _, end = handed_on.partition(" ")
    return Restarts(int(count), float(end) if end else None)
