"""A night: what it is given, when it must stop, what has come of it."""

from __future__ import annotations

import functools
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.models import Models
from pipeline.options import Options
from pipeline.plan import Plan
from pipeline.provenance import make_provenance
from pipeline.scratch import ask_to_stop, clear_stop
from schemas.manifest import Provenance, ShardReport


@dataclass
class Night:
    """What came of a night, filled in as it goes on.

    `done` are the keys of the files that were published, `left` is how many are still to be done;
    `resumed` is how many shards an earlier run had finished already; `postponed` are files that
    changed while they were read, `published` the versions that came of it, `reports` those of all
    shards in them.
    """

    files: int = 0
    new: int = 0
    changed: int = 0
    outdated: int = 0
    unchanged: int = 0
    removed: int = 0
    pruned: int = 0
    done: set[str] = field(default_factory=set)
    left: int = 0
    resumed: int = 0
    postponed: list[str] = field(default_factory=list)
    published: list[str] = field(default_factory=list)
    reports: list[ShardReport] = field(default_factory=list)
    provenance: Provenance | None = None


Tell = Callable[..., None]


@dataclass(frozen=True)
class Context:
    """What holds for the whole night.

    `token` is what `exclusive` gave; `worker_died` is called when one did, and may not return.
    """

    options: Options
    models: Models
    output: Path
    deadline: Deadline
    night: Night
    tell: Tell
    worker_died: Callable[[], None]
    token: str

    @functools.cached_property
    def fingerprint(self) -> str:
        """The configuration's."""
        nothing = Plan((), 0, 0, 0, "")
        return make_provenance(self.options, self.models, nothing).fingerprint


class Deadline:
    """The time at which no more is begun; it does not move with the clock."""

    def __init__(self, seconds: float | None) -> None:
        self._passed = threading.Event()
        if seconds is not None:
            timer = threading.Timer(seconds, self._passed.set)
            timer.daemon = True
            timer.start()

    @property
    def passed(self) -> bool:
        """Whether it is over."""
        return self._passed.is_set()

    @contextmanager
    def stopping(self, folder: Path) -> Iterator[None]:
        """While the block runs, workers that look into `folder` are told when time is up."""
        done = threading.Event()

        def watch() -> None:
            while not done.wait(0.1):
                if self.passed:
                    with suppress(Exception):  # a store may raise anything; it is asked again
                        ask_to_stop(folder)
                        return

        clear_stop(folder)
        watcher = threading.Thread(target=watch, daemon=True)
        watcher.start()
        try:
            yield
        finally:
            done.set()
            watcher.join()
