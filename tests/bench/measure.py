"""One command, measured: seconds, processor seconds, memory."""

from __future__ import annotations

import resource
import subprocess
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

import psutil

# To look takes a thousandth of a second, of a core that two workers leave free to nobody.
_EVERY_SECONDS = 0.25
_SHOWN_LINES = 20


@dataclass(frozen=True)
class Measured:
    """What a command cost. Memory is resident memory, in bytes.

    `largest` is the highest of any one of its processes, `together` the highest sum over all at
    one moment, in which pages that they share count once for each.
    """

    seconds: float
    processor_seconds: float
    largest: int
    together: int


def measure(command: Sequence[str], environment: Mapping[str, str]) -> Measured:
    """Run a command to its end.

    Raises:
        RuntimeError: it failed; with the end of what it said.
    """
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.perf_counter()
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=dict(environment),
    ) as process:
        largest = together = 0
        while True:
            sizes = _resident(process.pid)
            largest = max(largest, *sizes, 0)
            together = max(together, sum(sizes))
            try:
                output, _ = process.communicate(timeout=_EVERY_SECONDS)
                break
            except subprocess.TimeoutExpired:
                continue
    seconds = time.perf_counter() - began
    if process.returncode:
        said = "\n".join(output.splitlines()[-_SHOWN_LINES:])
        raise RuntimeError(f"{' '.join(command)} ended with {process.returncode}:\n{said}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Measured(seconds, used, largest, together)


def _resident(pid: int) -> list[int]:
    sizes: list[int] = []
    with suppress(psutil.NoSuchProcess):
        root = psutil.Process(pid)
        for process in [root, *root.children(recursive=True)]:
            with suppress(psutil.NoSuchProcess):
                sizes.append(process.memory_info().rss)
    return sizes
