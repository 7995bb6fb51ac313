"""The process that workers are forked from: it loads the models while the run surveys.

A worker then starts at once and shares its memory. Those of the survey need no models, and are
forked between two things that are being loaded. It forks, so it must start no thread.
"""

from __future__ import annotations

import logging
import multiprocessing
import os
import pickle
import signal
import threading
from collections import deque
from collections.abc import Iterator, Mapping
from contextlib import suppress
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess

from pipeline.lean_beam import import_beam, without_unused

LOG_LEVEL = "WARRAQ_LOG_LEVEL"
LOAD_ALL = None  # asks for everything to be loaded before the next worker is forked
_FORK = multiprocessing.get_context("fork")
_LOADED = object()


def serve(driver: Connection, loaders: bytes) -> None:
    """Load what workers need and fork them; return when the driver has ended.

    Args:
        driver: sends the environment of each worker, or `LOAD_ALL`; gets the worker's id and its
            exit code when it ends.
        loaders: pickled functions that load models; they give a process the same object each time.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is meant for the driver, which ends all
    be_quiet()
    its_process = multiprocessing.parent_process()
    loading = _loading(loaders)
    next(loading, None)
    loaded = False
    workers: dict[int, tuple[BaseProcess, str]] = {}
    with suppress(EOFError, ConnectionError):
        while True:
            ready = wait([driver, *workers], timeout=None if loaded else 0)
            if not ready:
                loaded = next(loading, _LOADED) is _LOADED
            for one in ready:
                if isinstance(one, int):
                    process, worker_id = workers.pop(one)
                    process.join()
                    driver.send((worker_id, process.exitcode))
                elif (environment := driver.recv()) is LOAD_ALL:
                    deque(loading, maxlen=0)
                else:
                    process = _FORK.Process(target=_work, args=[environment, driver, its_process])
                    process.start()
                    workers[process.sentinel] = process, environment["WORKER_ID"]


def _loading(loaders: bytes) -> Iterator[None]:
    """Import and load what forks need, first what the survey does; pause between two things.

    What fails here fails again in a worker, which says so.
    """
    with suppress(Exception), without_unused():
        import_beam()
        from apache_beam.runners.worker import sdk_worker_main  # noqa: F401

        import pipeline.survey

        yield
        import torch  # noqa: F401 (by itself: it takes as long as the others)

        yield
        import pipeline.graph  # noqa: F401

        for load in pickle.loads(loaders):  # noqa: S301 (written by the driver)
            yield
            load()


def _work(environment: Mapping[str, str], driver: Connection, its_process: BaseProcess) -> None:
    """Be a worker until the driver lets go of it."""
    driver.close()  # else it could not tell when the server has ended
    os.environ.update(environment)
    threading.Thread(target=_end_with, args=[its_process], daemon=True).start()
    with without_unused():
        from apache_beam.runners.worker import sdk_worker_main

        sdk_worker_main.main([])


def _end_with(driver: BaseProcess) -> None:
    """End this process as soon as the driver has ended: at once if it has already.

    What it would still write could meet the work of the next run. Its parent tells less: that is
    the server, which may be gone before this process has looked.
    """
    driver.join()
    os._exit(1)


def be_quiet() -> None:
    """Beam would tell of every channel it opens; what goes wrong is an exception."""
    if os.environ.get(LOG_LEVEL) != "debug":
        logging.disable(logging.WARNING)
