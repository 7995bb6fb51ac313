"""One round: a night that is disturbed, run again, and compared with an undisturbed one."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import psutil
import pyarrow.parquet as pq

from pipeline.publish import current_version, version_number
from schemas.manifest import TABLES
from tests.chaos import faults, runs
from tests.chaos.reader import digest
from tests.chaos.world import grow

_ROOT = Path(__file__).resolve().parents[2]
# How often each kind of disturbance comes; the last two start worker processes, which takes long.
_KINDS = {
    "killed at an operation": 8,
    "killed at a moment": 4,
    "power cut": 4,
    "disk full": 4,
    "file too large": 3,
    "input vanishes": 2,
    "input changes": 2,
    "clock turned back": 2,
    "out of time": 3,
    "second run": 1,
}
_WITH_WORKERS = ("worker killed", "driver and workers killed")
_ROUNDS_BETWEEN_WORKERS = 12
_KEY = {"sentences": "sentence_id", "documents": "doc_id", "quarantine": "path"}


class Chaos:
    """Two folders with the same inputs: in one of them the nights are disturbed."""

    def __init__(self, folder: Path, seed: int) -> None:
        """Work in `folder`; the same seed disturbs alike, as far as time allows."""
        self._chance = random.Random(seed)  # noqa: S311
        self._disturbed, self._quiet = folder / "disturbed", folder / "quiet"
        for one in (self._disturbed, self._quiet):
            (one / "in").mkdir(parents=True)
        self._operations = 400
        self._states: set[str] = set()
        self._log = folder / "readings"
        self._reader: subprocess.Popen[bytes] | None = None
        runs.warm_up()

    def round(self, number: int) -> list[str]:
        """One night; what it met. Raises AssertionError where something is not as it must be."""
        grow(self._disturbed / "in", number)
        kind = "none" if number == 0 else self._kind(number)
        met = [kind]
        if kind in _WITH_WORKERS:
            self._kill_workers(driver=kind != "worker killed")
        elif kind != "none":
            self._disturb(kind)
        self._settle()
        shutil.rmtree(self._quiet / "in")
        shutil.copytree(self._disturbed / "in", self._quiet / "in")
        self._count_operations()
        self._compare(f"round {number}, {kind}")
        self._note_states()
        self._check_readings(f"round {number}, {kind}")
        if self._reader is None:
            self._start_reader()
        return met

    @property
    def readings(self) -> int:
        """How often the reader has read until now."""
        return len(self._readings())

    def _readings(self) -> list[str]:
        text = self._log.read_text(encoding="utf-8") if self._log.exists() else ""
        return text.split("\n")[:-1]  # the last one may be written just now

    def _check_readings(self, when: str) -> None:
        readings = self._readings()
        assert self._reader is None or self._reader.poll() is None, f"{when}: the reader has ended"
        strange = [one for one in readings if one not in self._states]
        assert not strange, f"{when}: {len(strange)} of {len(readings)} readings: {strange[:3]}"

    def close(self) -> None:
        """Stop the reader."""
        if self._reader is not None:
            self._reader.terminate()
            self._reader.wait()

    def _kind(self, number: int) -> str:
        if number % _ROUNDS_BETWEEN_WORKERS == _ROUNDS_BETWEEN_WORKERS - 1:
            return _WITH_WORKERS[number // _ROUNDS_BETWEEN_WORKERS % 2]
        return self._chance.choices(list(_KINDS), list(_KINDS.values()))[0]

    def _disturb(self, kind: str) -> None:
        corpus, inputs = self._disturbed / "corpus", self._disturbed / "in"
        at = self._chance.randint(1, self._operations)
        size = self._chance.randint(4000, 40_000)  # what is printed has room
        seconds = self._chance.uniform(0.05, 2.0)
        chosen = faults.an_input(inputs, self._chance)

        def from_there(act: faults.Act) -> Callable[[], None]:
            return lambda: faults.at_operation(corpus, at, act, [0])

        def with_old_clock() -> None:
            runs.turn_clock_back()
            from_there(faults.kill)()

        disturb = {
            "killed at an operation": from_there(faults.kill),
            "killed at a moment": lambda: None,
            "power cut": from_there(faults.kill),
            "disk full": from_there(faults.fill_disk),
            "file too large": lambda: faults.limit_file_size(size),
            "input vanishes": from_there(faults.once(chosen.unlink)),
            "input changes": from_there(
                faults.once(lambda: chosen.write_text("خبر آخر عن مدينة حلب.", encoding="utf-8"))
            ),
            "clock turned back": with_old_clock,
            "out of time": lambda: runs.set_deadline(seconds),
            "second run": lambda: None,
        }[kind]
        child = runs.start(self._disturbed, disturb)
        if kind == "killed at a moment":
            time.sleep(seconds)
            os.kill(child, signal.SIGKILL)
        if kind == "second run":
            self._second_run(child)
        code = runs.wait(child)
        if kind == "power cut":
            faults.lose_what_was_not_synced(corpus, self._chance)
        expected = {
            "disk full": (0, 1, 2),  # 2 if not even its folder can be made
            "file too large": (0, 1),
            "input vanishes": (0,),
            "input changes": (0,),
            "out of time": (0,),
            "second run": (0,),
        }.get(kind, (0, runs.KILLED))
        assert code in expected, f"{kind}: exit code {code}, see {self._disturbed}/log"

    def _second_run(self, first: int) -> None:
        lock = self._disturbed / "corpus" / ".lock"
        while str(first) not in lock.read_text(encoding="utf-8"):
            time.sleep(0.001)
            if runs.wait(first, 0) is not None:
                return
        code = runs.wait(runs.start(self._disturbed))
        assert code in (0, 4), f"second run: exit code {code}"

    def _kill_workers(self, driver: bool) -> None:
        child = runs.start(self._disturbed, workers=2)
        process = psutil.Process(child)
        code: int | None = None
        while code is None:
            if process.children():
                time.sleep(self._chance.uniform(0, 6))
                workers = process.children(recursive=True)
                with suppress(psutil.NoSuchProcess):
                    if driver:
                        process.kill()
                    elif workers:  # or what they are forked from
                        self._chance.choice(workers).kill()
                code = runs.wait(child, 600)
                assert code is not None, "the run hangs without its worker"
                _, alive = psutil.wait_procs(workers, timeout=120)
                assert not alive, f"workers outlive their run: {alive}"
            else:
                code = runs.wait(child, 0.01)
        assert code in (0, 1, runs.KILLED), f"exit code {code}, see {self._disturbed}/log"

    def _settle(self) -> None:
        """Run until there is nothing left to do."""
        for _ in range(2):
            code = runs.wait(runs.start(self._disturbed))
            assert code == 0, f"rerun: exit code {code}, see {self._disturbed}/log"

    def _count_operations(self) -> None:
        """The undisturbed night, whose file operations are counted."""
        corpus, told = self._quiet / "corpus", self._quiet / "operations"

        def count() -> None:
            counted = [0]
            faults.at_operation(corpus, 1 << 60, faults.kill, counted)
            end = os._exit

            def tell_and_exit(code: int) -> None:
                told.write_text(str(counted[0]), encoding="utf-8")
                end(code)

            os._exit = tell_and_exit

        code = runs.wait(runs.start(self._quiet, count))
        assert code == 0, f"undisturbed: exit code {code}, see {self._quiet}/log"
        self._operations = max(50, int(told.read_text(encoding="utf-8")))

    def _compare(self, when: str) -> None:
        for table in TABLES:
            one, two = (
                _rows(folder / "corpus", table) for folder in (self._disturbed, self._quiet)
            )
            keys = [row[_KEY[table]] for row in one]
            assert table == "quarantine" or len(keys) == len(set(keys)), f"{when}: rows twice"
            assert one == two, f"{when}: {table} differs: {_difference(one, two)}"

    def _note_states(self) -> None:
        """Remember what was published until now."""
        corpus = self._disturbed / "corpus"
        current = version_number(current_version(corpus))
        for version in (corpus / ".versions").iterdir():
            if version_number(version) <= current:
                self._states.add(_state(version))

    def _start_reader(self) -> None:
        self._reader = subprocess.Popen(
            [sys.executable, "-m", "tests.chaos.reader", self._disturbed / "corpus", self._log],
            cwd=_ROOT,
        )


_known: dict[Path, str] = {}


def _state(version: Path) -> str:
    if version not in _known:
        _known[version] = digest(version / "sentences")
    return _known[version]


def _rows(corpus: Path, table: str) -> list[dict]:
    """All rows of a table in an order of their own, without what names the run."""
    rows = pq.read_table(corpus / table).to_pylist()
    for row in rows:
        row.pop("run_id", None)
    return sorted(rows, key=lambda row: (str(row[_KEY[table]]), str(row.get("record"))))


def _difference(one: list[dict], two: list[dict]) -> str:
    left = [row for row in one if row not in two]
    right = [row for row in two if row not in one]
    shown = [
        {name: row.get(name) for name in ("doc_id", "path", "text", "duplicate_of", "reason")}
        for row in (*left[:1], *right[:1])
    ]
    return f"{len(left)} only in the disturbed, {len(right)} only in the other: {shown}"
