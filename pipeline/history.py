"""What every run leaves behind about itself: a log as it goes, a record in the end.

    corpus/.runs/000012.jsonl   one JSON object a line: when, what, and what there is to tell of it
    corpus/.runs/000012.json    what was asked, what came of it, what it cost

Runs are numbered. One whose record says `running` though nobody holds the lock was killed.
"""

from __future__ import annotations

import datetime
import json
import os
import platform
import resource
import time
from pathlib import Path
from typing import Any

from pipeline import __version__, clock
from pipeline.error_codes import ErrorCode
from pipeline.errors import UsageError
from pipeline.publish import is_held
from pipeline.storage import append, each, file_names, write_text

_RUNS = ".runs"
_DIGITS = 6


class RunLog:
    """The log and the record of one run."""

    def __init__(self, output: Path, command: str, asked: dict[str, Any]) -> None:
        """Begin the record of a run into `output`."""
        folder = output / _RUNS
        folder.mkdir(exist_ok=True)
        self.number = max((int(path.stem) for path in _records(output)), default=0) + 1
        self._path = folder / f"{self.number:0{_DIGITS}d}.json"
        self._began = time.monotonic()
        self._record: dict[str, Any] = {
            "run": self.number,
            "command": command,
            "state": "running",
            "started": clock.now().isoformat(),
            "process": os.getpid(),
            "host": platform.node(),
            "warraq_version": __version__,
            "asked": asked,
        }
        self._write()
        self.event("began", command=command)

    def event(self, event: str, **told: Any) -> None:
        """Add a line to the log."""
        line = {
            "time": clock.now().isoformat(),
            "seconds": round(time.monotonic() - self._began, 3),
            "event": event,
            **told,
        }
        text = json.dumps(line, ensure_ascii=False, default=str) + "\n"
        append(self._path.with_suffix(".jsonl"), text.encode())

    def finish(self, state: str, **told: Any) -> dict[str, Any]:
        """Complete the record; what it says in the end."""
        used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
        self._record |= {
            "state": state,
            "finished": clock.now().isoformat(),
            "seconds": round(time.monotonic() - self._began, 3),
            "cpu_seconds": round(sum(one.ru_utime + one.ru_stime for one in used), 3),
            **told,
        }
        self.event("ended", state=state)
        self._write()
        return self._record

    def _write(self) -> None:
        text = json.dumps(self._record, ensure_ascii=False, indent=1, default=str)
        write_text(self._path, text + "\n")


def read_runs(output: Path) -> list[dict[str, Any]]:
    """The records of all runs, oldest first; one that cannot be read is left out."""
    runs: list[dict[str, Any]] = []
    for text in each(output, lambda path: path.read_bytes(), _records(output)):
        try:
            runs.append(json.loads(text))
        except ValueError:
            continue
    begun = [run for run in runs if run["state"] == "running"]
    held = bool(begun) and is_held(output)
    for run in begun:
        if not (held and run is runs[-1]):
            run["state"] = "killed"
    return runs


def has_runs(output: Path) -> bool:
    """Whether a corpus is one that nights add to."""
    return bool(_records(output))


def read_run(output: Path, number: str) -> dict[str, Any]:
    """The record of one run.

    Raises:
        UsageError: there is none of that number.
    """
    for run in read_runs(output):
        if number.isdigit() and run["run"] == int(number):
            return run
    raise UsageError(ErrorCode.NO_SUCH_RUN, f"there is no run {number}", file=output)


def last_success(output: Path) -> datetime.datetime | None:
    """When the last night or backfill ended that came to its end."""
    done = [
        run for run in read_runs(output) if run["state"] == "done" and run["command"] != "compact"
    ]
    return datetime.datetime.fromisoformat(done[-1]["finished"]) if done else None


def remove_old_runs(output: Path, keep: int) -> None:
    """Remove the records and logs of all but the last runs."""
    for path in _records(output)[:-keep]:
        path.with_suffix(".jsonl").unlink(missing_ok=True)
        path.unlink(missing_ok=True)


def _records(output: Path) -> list[Path]:
    folder = output / _RUNS
    paths = (folder / name for name in file_names(folder) if name.endswith(".json"))
    return sorted(path for path in paths if path.stem.isdigit())
