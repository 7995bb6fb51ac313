"""Are the machines there that a run is to use? Asked before any work."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from pipeline.error_codes import ErrorCode
from pipeline.errors import UsageError
from pipeline.option_sections import DASK
from pipeline.options import Options

_EMBEDDED = "embed"  # Beam's word for a job service within the process itself
_SECONDS_TO_ANSWER = 10


def check_cluster(options: Options) -> None:
    """See that the scheduler or job service that the options name answers.

    Raises:
        UsageError: it does not, or its workers have no Warraq, or another one.
    """
    run = options.run
    if run.dask_scheduler and run.runner != DASK:
        cause = f"--dask-scheduler is for --runner {DASK}, not for {run.runner}"
        raise UsageError(ErrorCode.BAD_ARGUMENTS, cause, "name that runner, or no scheduler")
    if run.dask_scheduler:
        from pipeline.dask_cluster import check_scheduler

        check_scheduler(run.dask_scheduler)
    endpoint = _job_endpoint(options.beam)
    if endpoint and endpoint != _EMBEDDED:
        _check_job_service(endpoint)


def _job_endpoint(beam: Sequence[str]) -> str | None:
    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    parser.add_argument("--job_endpoint")
    endpoint: str | None = parser.parse_known_args(list(beam))[0].job_endpoint
    return endpoint


def _check_job_service(endpoint: str) -> None:
    import grpc

    with grpc.insecure_channel(endpoint) as channel:
        try:
            grpc.channel_ready_future(channel).result(timeout=_SECONDS_TO_ANSWER)
        except grpc.FutureTimeoutError as error:
            cause = f"--job_endpoint {endpoint}: no job service answers there"
            raise UsageError(ErrorCode.CLUSTER, cause) from error
