"""Nights as a scheduler starts them, and what they leave."""

import json
import os
import subprocess
import sys

import pandas as pd

from tests.conftest import ROOT, warraq
from tests.transforms.news import body


def write(folder, name, *texts):
    folder.mkdir(exist_ok=True)
    lines = (
        json.dumps({"id": n, "title": f"خبر {name} {n}", "site": "الخبر", "text": text})
        for n, text in enumerate(texts)
    )
    (folder / f"{name}.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")


def night(folder, *arguments, code=0, command="nightly"):
    given = ("in", "--output", "corpus", "--workers", 1, *arguments)
    return warraq(command, *given, cwd=folder, code=code)


def runs_of(folder):
    return sorted((folder / "corpus" / ".runs").glob("*.json"))


def last_run(folder):
    return json.loads(runs_of(folder)[-1].read_text(encoding="utf-8"))


def documents(folder):
    return pd.read_parquet(folder / "corpus" / "documents")


def sentences(folder):
    return pd.read_parquet(folder / "corpus" / "sentences")


DEADLY = """
import os, signal
import {module} as module
harmless = module.{name}
def deadly(given, *more, **named):
    if "الطوفان" in {text}:
        os.kill(os.getpid(), signal.SIGKILL)
    return harmless(given, *more, **named)
module.{name} = deadly
"""


def make_deadly(folder, **where):
    """Six articles, of which the fifth ends every process that comes to a function with it."""
    texts = [body(n, 40) for n in range(6)]
    texts[4] += "\nوتحدث الوزير عن الطوفان الذي أصاب المدينة قبل عامين."
    write(folder / "in", "a", *texts)
    (folder / "sitecustomize.py").write_text(DEADLY.format(**where), encoding="utf-8")


def deadly_night(folder, code, *arguments):
    """A night in which one article ends every process that works on it."""
    path = os.pathsep.join([str(folder), str(ROOT)])
    command = [sys.executable, "-m", "pipeline", "nightly", "in", *arguments]
    done = subprocess.run(
        command, cwd=folder, env={**os.environ, "PYTHONPATH": path}, capture_output=True, text=True
    )
    assert done.returncode == code, done.stderr
    return done


def rejected(folder):
    rows = pd.read_parquet(folder / "corpus" / "quarantine")
    return [tuple(row) for row in rows[["path", "record", "stage", "reason"]].itertuples(False)]
