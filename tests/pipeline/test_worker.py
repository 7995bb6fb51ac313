import contextlib
import subprocess
import sys
import time

import psutil
import pytest

from tests.conftest import ROOT, environment

# It asks for a worker, which will wait for one who tells it what to do. What is loaded beside it
# notes how many workers there are at that time.
DRIVER = """
import sys, threading
from functools import partial
from pipeline.worker import run_worker, share_models, start_server
note = '''
from pathlib import Path
import psutil
Path("PATH").write_text(str(len(psutil.Process().children())), encoding="utf-8")
'''
start_server([partial(exec, note.replace("PATH", sys.argv[1]))])
if sys.argv[2] == "with models":
    share_models()
environment = {
    "CONTROL_API_SERVICE_DESCRIPTOR": 'url: "localhost:1"',
    "LOGGING_API_SERVICE_DESCRIPTOR": 'url: "localhost:1"',
    "PIPELINE_OPTIONS": "{}",
    "WORKER_ID": "one",
}
threading.Thread(target=run_worker, args=[environment]).start()
"""


@contextlib.contextmanager
def driver(note, kind="without models"):
    """A process that has asked for a worker, which is there."""
    process = psutil.Popen(
        [sys.executable, "-c", DRIVER, str(note), kind],
        cwd=ROOT, env=environment(), stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        while not any(one.ppid() != process.pid for one in process.children(recursive=True)):
            assert process.poll() is None
            time.sleep(0.01)
        yield process
    finally:
        with contextlib.suppress(psutil.NoSuchProcess):
            process.kill()
        process.wait()


def test_worker_whose_run_is_gone_before_it_has_begun_does_not_stay(tmp_path):
    with driver(tmp_path / "note") as process:
        below = process.children(recursive=True)
    _, alive = psutil.wait_procs(below, timeout=60)
    for one in alive:
        one.kill()
    assert alive == []


@pytest.mark.parametrize(("kind", "workers"), [("without models", 1), ("with models", 0)])
def test_worker_is_forked_before_models_are_loaded_unless_it_shares_them(tmp_path, kind, workers):
    note = tmp_path / "note"
    with driver(note, kind) as process:
        while not note.exists() or not note.read_text(encoding="utf-8"):
            assert process.poll() is None
            time.sleep(0.01)
    assert note.read_text(encoding="utf-8") == str(workers)


def test_run_whose_server_of_workers_dies_is_told(tmp_path):
    with driver(tmp_path / "note") as process:
        (server,) = (one for one in process.children() if one.children())
        server.kill()
        assert process.wait(timeout=60) == 0  # its thread has ended, with the error
