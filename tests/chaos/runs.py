"""Runs of the program in processes of their own, with models that are loaded once for all of them.

Each run is a fork of this process, which never runs a pipeline itself: real files, the real graph,
a real process to kill, without waiting for the models each time.
"""

from __future__ import annotations

import datetime
import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")

from pipeline import cli, clock
from pipeline.run import prepare_process
from schemas.settings import Settings

KILLED = -signal.SIGKILL
_ARGUMENTS = (
    "--output corpus --shards 3 --prune --max-pruned 100% --max-rejected 100% "
    "--keep-versions 200 --keep-hours 0"
).split()


def warm_up() -> None:
    """Load what every run needs."""
    prepare_process("info")
    import pipeline.drift
    import pipeline.graph
    import pipeline.history
    import pipeline.nightly  # noqa: F401
    from pipeline.loaders import analyser_loader, tagger_loader
    from pipeline.models import find_models
    from tests.transforms.news import clean

    settings = Settings()
    models = find_models(settings)
    analyser_loader(models, settings)()
    tagger_loader(models, settings)()
    clean(1, "خبر قصير عن مدينة حلب")


def start(
    folder: Path, disturb: Callable[[], None] = lambda: None, workers: int = 1, command: str = ""
) -> int:
    """Begin a night in `folder`; the number of its process.

    Args:
        folder: holds `in`, the inputs, and `corpus`.
        disturb: called in the new process before the run begins.
        workers: worker processes.
        command: another command than `nightly`.
    """
    child = os.fork()
    if child:
        return child
    code = 99
    try:
        os.setsid()
        os.chdir(folder)
        log = os.open("log", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(log, 1)
        os.dup2(log, 2)
        disturb()
        arguments = [command or "nightly", "in", *_ARGUMENTS, "--workers", str(workers)]
        # How it would have been started: a night whose worker dies begins anew.
        sys.orig_argv = [sys.executable, "-m", "pipeline", *arguments]
        code = cli.main(arguments)
    except BaseException as error:  # the parent must not go on twice
        os.write(2, repr(error).encode())
    finally:
        os._exit(code)


def wait(child: int, seconds: float | None = None) -> int | None:
    """The exit code of a process, negative for a signal; `None` if it still runs by then."""
    end = None if seconds is None else time.monotonic() + seconds
    while True:
        found, status = os.waitpid(child, 0 if end is None else os.WNOHANG)
        if found:
            return os.waitstatus_to_exitcode(status)
        if end is not None and time.monotonic() > end:
            return None
        time.sleep(0.005)


def turn_clock_back() -> None:
    """In this process it is three days earlier."""
    real = clock.now
    clock.now = lambda: real() - datetime.timedelta(days=3)


def set_deadline(seconds: float) -> None:
    """In this process there is little time left."""
    clock.seconds_until = lambda deadline, now: seconds
