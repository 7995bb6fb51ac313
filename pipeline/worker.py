"""The worker processes of the local runner, as their driver sees them: forks of one process.

That one, `worker_server`, reads the models while the run is still surveying its articles.
"""

from __future__ import annotations

import atexit
import multiprocessing
import pickle
import threading
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from contextlib import suppress
from typing import Any

import psutil

from pipeline.worker_server import LOAD_ALL, serve

_SECONDS_TO_DIE = 10


class _Server:
    """The process that workers are forked from."""

    def __init__(self, loaders: Sequence[Callable[[], object]]) -> None:
        spawn = multiprocessing.get_context("spawn")
        self._connection, theirs = spawn.Pipe()
        self.process = spawn.Process(target=serve, args=[theirs, pickle.dumps(tuple(loaders))])
        self.process.start()
        theirs.close()
        self._ends: dict[str, Future[int]] = {}
        self._asking = threading.Lock()
        threading.Thread(target=self._listen, daemon=True).start()

    def ask(self, request: Mapping[str, str] | None) -> None:
        """Send the environment of a worker, or `LOAD_ALL`."""
        with self._asking:
            self._connection.send(request)

    def run_worker(self, environment: Mapping[str, str]) -> int:
        """Have a worker forked, and wait for its exit code."""
        end = self._ends[environment["WORKER_ID"]] = Future()
        self.ask(environment)
        return end.result()

    def _listen(self) -> None:
        with suppress(EOFError, OSError):
            while True:
                worker_id, code = self._connection.recv()
                self._ends.pop(worker_id).set_result(code)
        for end in list(self._ends.values()):
            end.set_exception(RuntimeError("what it was forked from has ended"))


_server: _Server | None = None


def start_server(loaders: Sequence[Callable[[], object]]) -> None:
    """Start the process that workers are forked from, if it does not run; do not wait for it.

    Args:
        loaders: of the models; they pickle, and give a process the same object each time.
    """
    global _server
    if _server is None or not _server.process.is_alive():
        _server = _Server(loaders)
        atexit.register(end_all)


def share_models() -> None:
    """Workers that are started from now on share the models: they wait until these are loaded."""
    if _server is not None:
        with suppress(OSError):  # it has ended: who asks it for a worker is told
            _server.ask(LOAD_ALL)


def run_worker(environment: Mapping[str, str]) -> None:
    """Be a driver's worker process until it lets go of it.

    Args:
        environment: what Beam's workers read from it.

    Raises:
        RuntimeError: the process died.
    """
    assert _server is not None  # noqa: S101 - a run with worker processes starts it first
    code = _server.run_worker(environment)
    if code:
        raise RuntimeError(f"exit code {code}")


def end_workers() -> None:
    """Kill every worker process; what they are forked from stays."""
    _end([worker for server in psutil.Process().children() for worker in _below(server)])


def end_all() -> None:
    """Kill every worker process, and then what they are forked from, which buries them."""
    end_workers()
    _end(_below(psutil.Process()))


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
