"""The worker processes of the local runner: forks of one process that has read the models.

Python's fork server is that process. It imports what a worker needs and loads the models while the
run is still surveying its articles; a worker then starts at once and shares their memory.
"""

from __future__ import annotations

import atexit
import logging
import multiprocessing
import os
import pickle
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from multiprocessing import forkserver
from typing import Any

import psutil

from pipeline.lean_beam import import_beam, without_unused

LOG_LEVEL = "WARRAQ_LOG_LEVEL"
_LOADERS = "WARRAQ_LOADERS"
_PRELOADED = "pipeline.preloaded"
_SECONDS_TO_DIE = 10


def start_server(loaders: Sequence[Callable[[], object]]) -> None:
    """Start the process that workers are forked from, and do not wait for it.

    Args:
        loaders: of the models; they pickle, and give a process the same object each time.
    """
    os.environ[_LOADERS] = pickle.dumps(tuple(loaders)).hex()
    multiprocessing.set_forkserver_preload([_PRELOADED])
    forkserver.ensure_running()
    atexit.unregister(end_all)  # once is enough, however many passes ask for the server
    atexit.register(end_all)


def preload() -> None:
    """In the fork server: import and load what its forks need.

    What fails here fails again in a worker, which says so.
    """
    _be_quiet()
    with suppress(Exception), without_unused():
        import_beam()
        from apache_beam.runners.worker import sdk_worker_main  # noqa: F401

        import pipeline.graph  # noqa: F401

        # Written by the process that started this one.
        for load in pickle.loads(bytes.fromhex(os.environ[_LOADERS])):  # noqa: S301
            load()


def run_worker(environment: Mapping[str, str]) -> None:
    """Be a driver's worker process until it lets go of it.

    Args:
        environment: what Beam's workers read from it.

    Raises:
        RuntimeError: the process died.
    """
    context = multiprocessing.get_context("forkserver")
    process = context.Process(target=_work, args=[dict(environment)])
    process.start()
    process.join()
    if process.exitcode:
        raise RuntimeError(f"exit code {process.exitcode}")


def end_workers() -> None:
    """Kill every worker process; what they are forked from stays."""
    _end([worker for server in psutil.Process().children() for worker in _below(server)])


def end_all() -> None:
    """Kill every worker process, and then what they are forked from, which buries them."""
    end_workers()
    _end(_below(psutil.Process()))


def _work(environment: Mapping[str, str]) -> None:
    os.environ.update(environment)
    threading.Thread(target=_end_with_driver, daemon=True).start()
    _be_quiet()
    with without_unused():
        from apache_beam.runners.worker import sdk_worker_main

        sdk_worker_main.main([])


def _be_quiet() -> None:
    """Beam would tell of every channel it opens; what goes wrong is an exception."""
    if os.environ.get(LOG_LEVEL) != "debug":
        logging.disable(logging.WARNING)


def _end_with_driver() -> None:
    """End this process as soon as the driver has ended: at once if it has already.

    What it would still write could meet the work of the next run. Its parent tells less: that is
    the fork server, which may be gone before this process has looked.
    """
    driver = multiprocessing.parent_process()
    if driver is not None:
        driver.join()
        os._exit(1)


def _below(process: Any) -> list[Any]:
    with suppress(psutil.NoSuchProcess):
        children: list[Any] = process.children(recursive=True)
        return children
    return []


def _end(processes: Sequence[Any]) -> None:
    for process in processes:
        with suppress(psutil.NoSuchProcess):
            process.kill()
    psutil.wait_procs(processes, timeout=_SECONDS_TO_DIE)
