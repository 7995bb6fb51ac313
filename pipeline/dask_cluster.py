"""The Dask cluster of a run: one that is there, or worker processes on this machine.

What is wrong with a cluster is found before any work: an address where no scheduler answers, and
workers without Warraq, or with another one.
"""

from __future__ import annotations

import logging
from functools import cache

from distributed import Client, LocalCluster
from distributed.comm import parse_host_port

from pipeline.error_codes import ErrorCode
from pipeline.errors import UsageError
from pipeline.same_software import difference, software

_SECONDS_TO_ANSWER = 10
# Workers run this first: Beam warns on import of what we do not use.
_QUIET = "import logging\nlogging.disable(logging.WARNING)\n"
_SAME = "install there what this machine has"
_LOG = logging.getLogger("warraq")


def check_scheduler(address: str) -> None:
    """Look at the scheduler at an address, and at the workers that it has so far.

    Raises:
        UsageError: no scheduler answers there, or one of them lacks what this machine has.
    """
    quieten()
    try:
        parse_host_port(address.rpartition("://")[2])
        client = Client(address, timeout=_SECONDS_TO_ANSWER, set_as_default=False)
    except Exception as error:  # many kinds: no such host, nothing listens, not an address
        cause = f"--dask-scheduler {address}: no scheduler answers there ({_line(error)})"
        raise UsageError(ErrorCode.CLUSTER, cause) from error
    with client:
        try:
            found = {"the scheduler": client.run_on_scheduler(software), **client.run(software)}
        except Exception as error:  # their Python cannot even load the question
            raise UsageError(
                ErrorCode.CLUSTER,
                f"--dask-scheduler {address}: its machines lack Warraq ({_line(error)})",
                "install the wheel for the scheduler and each worker",
            ) from error
    for name, has in found.items():
        differs = difference(has, software())
        if differs:
            cause = f"--dask-scheduler {address}: {name} has {differs}"
            raise UsageError(ErrorCode.CLUSTER, cause, _SAME)
    if len(found) == 1:
        _LOG.warning("the scheduler at %s has no worker yet: the run waits for one", address)


def local_scheduler(workers: int) -> str:
    """The address of a scheduler on this machine with so many worker processes, or more.

    They are started once, stay for all that this process does, and end with it.
    """
    quieten()
    cluster = _local_cluster()
    missing = workers - len(cluster.workers)
    if missing > 0:
        cluster.scale(workers)
        cluster.wait_for_workers(workers)
    address: str = cluster.scheduler_address
    return address


@cache
def _local_cluster() -> LocalCluster:
    # A worker that grows is stopped by the system, as one of any other runner: what Dask does, to
    # pause it, would be for ever, since models are never given back.
    return LocalCluster(
        n_workers=0, threads_per_worker=1, processes=True, memory_limit=0, dashboard_address=None,
        silence_logs=logging.ERROR, preload=[_QUIET],
    )  # fmt: skip


def quieten() -> None:
    """Let Dask tell of errors alone, unless all is to be told."""
    if not _LOG.isEnabledFor(logging.DEBUG):
        logging.getLogger("distributed").setLevel(logging.ERROR)


def _line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[-1]
