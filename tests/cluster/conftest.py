"""Machines of a cluster, on this one: processes from another folder, with Warraq's wheel."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.cluster.installed import build_wheel, install, make_environment, worker_environment
from tests.conftest import ROOT, SEED, environment, warraq

SHARDS = 12


@pytest.fixture(scope="session")
def inputs(tmp_path_factory):
    """The seeds, articles of their words, and one that is rejected."""
    folder = tmp_path_factory.mktemp("inputs")
    shutil.copy(SEED, folder)
    words = SEED.read_text(encoding="utf-8").split()
    bodies = [" ".join(words[start : start + 60]) for start in range(0, 240, 10)]
    lines = [json.dumps({"title": f"خبر {n}", "text": f"{b}."}) for n, b in enumerate(bodies)]
    (folder / "أخبار.jsonl").write_text("\n".join(lines), encoding="utf-8")
    (folder / "فارغ.txt").write_bytes(b" \n")
    return folder


@pytest.fixture(scope="session")
def digest_with(inputs, tmp_path_factory):
    """Makes the corpus with some options, and gives the last word of `digest` on it."""

    def make(*options, meanwhile=None, beam=()):
        output = tmp_path_factory.mktemp("corpora") / "corpus"
        command = ["run", inputs, "--output", output, "--shards", SHARDS, *options, *beam]
        if meanwhile is None:
            told = warraq(*command).stdout
        else:
            told = run_and_meanwhile(command, lambda: meanwhile(output))
        assert "26 in, 25 documents out, 1 rejected" in told
        return warraq("digest", output).stdout.split()[-1]

    return make


def run_and_meanwhile(command, act):
    """What the program says on standard output; `act` is called while it runs."""
    with subprocess.Popen(
        [sys.executable, "-m", "pipeline", *map(str, command)],
        cwd=ROOT, env=environment(), stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as run:  # fmt: skip
        act()
        told, errors = run.communicate()
    assert run.returncode == 0, errors
    return told


@pytest.fixture(scope="session")
def expected(digest_with):
    """The digest of the corpus that one worker makes."""
    return digest_with("--workers", 1)


@pytest.fixture(scope="session")
def wheel(made_once):
    (wheel,) = made_once("wheel", build_wheel).glob("*.whl")
    return wheel


@pytest.fixture(scope="session")
def elsewhere(wheel, tmp_path_factory):
    """Another machine: a folder with an environment, Warraq in it, and the morphology database."""
    folder = tmp_path_factory.mktemp("elsewhere")
    programs = make_environment(folder / "environment")
    install(wheel, programs)
    models = folder / "models"
    models.mkdir()
    (models / "morphology").symlink_to(ROOT / "models" / "morphology")
    environment = worker_environment(programs, models)
    return SimpleNamespace(folder=folder, programs=programs, environment=environment)


@contextmanager
def running(elsewhere, *command):
    """A program of the other machine, and all that it starts, while the block runs."""
    log = elsewhere.folder / f"{time.monotonic_ns()}.log"
    with log.open("wb") as file:
        process = subprocess.Popen(
            [str(elsewhere.programs / "python"), "-m", *map(str, command)],
            cwd=elsewhere.folder, env=elsewhere.environment, stdout=file, stderr=file,
            start_new_session=True,
        )  # fmt: skip
    try:
        yield SimpleNamespace(process=process, log=log)
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def until(ready, program):
    """Wait until `ready()` gives something true, and return that."""
    while not (found := ready()):
        assert program.process.poll() is None, program.log.read_text(encoding="utf-8")
        time.sleep(0.05)
    return found


def answers(port):
    """Whether someone listens there."""
    with suppress(OSError), socket.create_connection(("127.0.0.1", port)):
        return True
    return False


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


@pytest.fixture(scope="session")
def scheduler(elsewhere):
    """The address of a Dask scheduler that was started by command line, without workers."""
    with started_scheduler(elsewhere) as address:
        yield address


@contextmanager
def started_scheduler(elsewhere):
    file = elsewhere.folder / "scheduler.json"
    command = ["distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", 0]
    command += ["--no-dashboard", "--scheduler-file", file]
    with running(elsewhere, *command) as program:
        yield until(lambda: _address(file), program)


def _address(file: Path):
    try:
        return json.loads(file.read_text(encoding="utf-8"))["address"]
    except (FileNotFoundError, ValueError):
        return None
