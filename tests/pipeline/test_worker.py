import subprocess
import sys

import psutil

from tests.conftest import ROOT, environment

# It asks for a worker, which will wait for one who tells it what to do.
DRIVER = """
import threading
from pipeline.worker import run_worker
environment = {
    "CONTROL_API_SERVICE_DESCRIPTOR": 'url: "localhost:1"',
    "LOGGING_API_SERVICE_DESCRIPTOR": 'url: "localhost:1"',
    "PIPELINE_OPTIONS": "{}",
    "WORKER_ID": "one",
}
threading.Thread(target=run_worker, args=[environment]).start()
"""


def test_worker_whose_run_is_gone_before_it_has_begun_does_not_stay():
    driver = subprocess.Popen(
        [sys.executable, "-c", DRIVER], cwd=ROOT, env=environment(), stderr=subprocess.DEVNULL
    )
    process = psutil.Process(driver.pid)
    below = []
    while not any(one.ppid() != driver.pid for one in below):
        assert driver.poll() is None
        below = process.children(recursive=True)
    driver.kill()
    driver.wait()
    _, alive = psutil.wait_procs(below, timeout=60)
    for one in alive:
        one.kill()
    assert alive == []
