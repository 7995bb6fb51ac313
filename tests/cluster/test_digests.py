"""The same rows from every engine that can be run here, workers killed or not."""

import json
import os
import shutil
import signal
import time
from contextlib import contextmanager
from types import SimpleNamespace

import pytest
from distributed import Client

from pipeline.dask_cluster import check_scheduler
from pipeline.errors import UsageError
from tests.cluster import process_job_service
from tests.cluster.conftest import SHARDS, answers, free_port, running, started_scheduler, until
from tests.cluster.installed import make_environment, worker_environment

pytestmark = pytest.mark.models


def test_two_worker_processes(digest_with, expected):
    assert digest_with("--workers", 2) == expected


def test_dask_on_this_machine(digest_with, expected):
    assert digest_with("--runner", "dask", "--workers", 2) == expected


@pytest.fixture(scope="module")
def dask(elsewhere, scheduler):
    """A Dask cluster of two workers started by command line from another folder."""
    command = ["distributed.cli.dask_worker", scheduler, "--host", "127.0.0.1"]
    command += ["--nworkers", 2, "--nthreads", 1, "--memory-limit", 0, "--no-dashboard"]
    with (
        running(elsewhere, *command) as workers,
        Client(scheduler, set_as_default=False) as client,
    ):
        until(lambda: len(client.nthreads()) == 2, workers)
        yield client


def run_dask(digest_with, dask, **more):
    return digest_with("--runner", "dask", "--dask-scheduler", dask.scheduler.address, **more)


def test_dask_workers_started_from_another_folder(digest_with, expected, dask, elsewhere):
    def home():
        import pipeline

        return pipeline.__file__

    assert {str(elsewhere.folder) in place for place in dask.run(home).values()} == {True}
    assert run_dask(digest_with, dask) == expected


def test_dask_worker_killed_in_the_middle_costs_time_and_no_row(digest_with, expected, dask):
    killed = []

    def kill_one(output):
        while not (done := list(output.glob(".versions/*/reports/*.json"))):
            time.sleep(0.005)
        busy = [address for address, tasks in dask.processing().items() if tasks]
        killed.append((len(done), dask.run(os.getpid, workers=busy[:1])))
        for process in killed[0][1].values():
            os.kill(process, signal.SIGKILL)

    assert run_dask(digest_with, dask, meanwhile=kill_one) == expected
    done, processes = killed[0]
    assert done < SHARDS
    assert len(processes) == 1


def test_cluster_without_warraq_is_refused_before_any_work(tmp_path):
    bare = SimpleNamespace(folder=tmp_path, programs=make_environment(tmp_path / "environment"))
    bare.environment = worker_environment(bare.programs, tmp_path)
    with (
        started_scheduler(bare) as address,
        pytest.raises(UsageError, match=r"lack Warraq .*install the wheel"),
    ):
        check_scheduler(address)


@contextmanager
def job_service(elsewhere, program="apache_beam.runners.portability.local_job_service_main"):
    """The address of a job service that was started by command line."""
    file = elsewhere.folder / f"{program}.port"
    file.unlink(missing_ok=True)
    with running(elsewhere, program, "--port_file", file) as service:
        yield f"localhost:{until(lambda: file.exists() and file.read_text(), service)}"


def run_portable(digest_with, address, environment, config):
    options = [f"--job_endpoint={address}", f"--environment_type={environment}"]
    options += [f"--environment_config={config}"]
    return digest_with("--runner", "PortableRunner", beam=["--", *options])


@pytest.mark.parametrize("executable", [None, "warraq-worker"], ids=["beam", "warraq"])
def test_portable_job_service_with_a_pool_elsewhere(digest_with, expected, elsewhere, executable):
    port = free_port()
    pool = ["apache_beam.runners.worker.worker_pool_main", "--service_port", port]
    if executable:
        pool += ["--container_executable", elsewhere.programs / executable]
    with job_service(elsewhere) as address, running(elsewhere, *pool) as workers:
        until(lambda: answers(port), workers)
        found = run_portable(digest_with, address, "EXTERNAL", f"localhost:{port}")
    assert found == expected


def test_portable_job_service_that_starts_its_workers(digest_with, expected, elsewhere):
    command = f"{elsewhere.programs / 'python'} -m apache_beam.runners.worker.sdk_worker_main"
    with job_service(elsewhere) as address:
        found = run_portable(digest_with, address, "beam:env:harness_subprocess_python:v1", command)
    assert found == expected


def test_process_environment_that_the_engine_starts(digest_with, expected, elsewhere):
    shutil.copy(process_job_service.__file__, elsewhere.folder)
    started = {"command": str(elsewhere.programs / "warraq-worker")}
    with job_service(elsewhere, "process_job_service") as address:
        found = run_portable(digest_with, address, "PROCESS", json.dumps(started))
    assert found == expected
