"""What several test modules share: the program, run as a user runs it, without a network."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SEED = ROOT / "seeds" / "syriantelegraph-lavrov-palmyra.txt"


def environment():
    """The environment of a run that may not leave this machine."""
    path = os.pathsep.join([str(ROOT / "tests" / "no_network"), str(ROOT)])
    return {**os.environ, "PYTHONPATH": path}


def warraq(*arguments, cwd=ROOT, code=0):
    """Run the program and check its exit code."""
    done = subprocess.run(
        [sys.executable, "-m", "pipeline", *map(str, arguments)],
        cwd=cwd,
        capture_output=True,
        text=True,
        env=environment(),
    )
    assert done.returncode == code, done.stderr + done.stdout
    return done


@pytest.fixture(scope="session")
def seed_corpus(tmp_path_factory):
    """The corpus that `make corpus` makes of the seeds."""
    output = tmp_path_factory.mktemp("seed") / "corpus"
    warraq("run", "seeds", "--output", output)
    return output
