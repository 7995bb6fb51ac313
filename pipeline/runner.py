"""The runner of a run.

For one machine it is Beam's in-process runner, named, so that nothing else is tried: `DirectRunner`
would first try to download another one. Ours adds what the plain one lacks: worker processes are
quiet and get the pipeline's options, and one that dies ends the run.

For Dask it is Beam's own, as it is: the graph stays within what that does right, and
`tests/pipeline/test_dask.py` says what that is.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from typing import Any

from apache_beam.options.pipeline_options import PipelineOptions
from apache_beam.pipeline import Pipeline
from apache_beam.portability.api import beam_provision_api_pb2
from apache_beam.runners.portability.fn_api_runner import fn_runner
from apache_beam.runners.portability.portable_runner import JobServiceHandle
from apache_beam.transforms.environments import EmbeddedPythonEnvironment

from pipeline.bundles import SharedBundles
from pipeline.error_codes import ErrorCode
from pipeline.errors import RunError
from pipeline.forked_workers import WATCHING_THREAD, ForkedEnvironment
from pipeline.option_sections import DASK, LOCAL
from pipeline.worker import end_all, end_workers

_DASK_SIZES = ("--dask_partition_size", "--dask_npartitions")
_TALKING_THREADS = frozenset({"beam_control_read", "read_grpc_client_inputs"})


class LocalRunner(fn_runner.FnApiRunner):
    """`FnApiRunner` in memory, or with worker processes of ours that get the options too."""

    def __init__(self, workers: int) -> None:
        """Run on that many workers: one is this process itself."""
        environment = ForkedEnvironment if workers > 1 else EmbeddedPythonEnvironment
        super().__init__(default_environment=environment.default())

    def run_pipeline(self, pipeline: Pipeline, options: PipelineOptions) -> Any:
        """Run the pipeline to its end."""
        encoded = JobServiceHandle.encode_pipeline_options(options.get_all_options())
        self._provision_info = fn_runner.ExtendedProvisionInfo(
            beam_provision_api_pb2.ProvisionInfo(pipeline_options=encoded)
        )
        return super().run_pipeline(pipeline, options)

    def _get_bundle_manager(self, bundle_context_manager: Any) -> Any:
        """Beam's choice, but where it would deal all work out at once."""
        manager = super()._get_bundle_manager(bundle_context_manager)
        if isinstance(manager, fn_runner.ParallelBundleManager):
            tokens = self.get_cache_token_generator(static=False)
            return SharedBundles(
                bundle_context_manager, self._progress_frequency, cache_token_generator=tokens
            )
        return manager


def runner_and_options(
    name: str, workers: int, beam_options: list[str], dask_scheduler: str = ""
) -> tuple[Any, PipelineOptions]:
    """The runner of that name and the options that give it `workers` workers.

    Args:
        name: `local`, `dask`, or any name that Beam knows or can import.
        workers: worker processes on this machine; other runners have options of their own.
        beam_options: options handed to Beam as they are.
        dask_scheduler: address of the scheduler that `dask` uses; if empty, one is started here.

    Raises:
        ValueError: Beam knows no such runner.
    """
    if name == DASK:
        return _dask(dask_scheduler, workers, beam_options)
    if name != LOCAL:
        return name, PipelineOptions([*beam_options, f"--runner={name}"])
    options = PipelineOptions([*beam_options, f"--direct_num_workers={workers}"])
    return LocalRunner(workers), options


def _dask(address: str, workers: int, beam_options: list[str]) -> tuple[Any, PipelineOptions]:
    from apache_beam.runners.dask.dask_runner import DaskRunner

    from pipeline.dask_cluster import local_scheduler, quieten

    quieten()
    options = [*beam_options, f"--dask_client_address={address or local_scheduler(workers)}"]
    if not any(option.startswith(_DASK_SIZES) for option in beam_options):
        options.append("--dask_partition_size=1")  # one element, a whole shard, is a task
    return DaskRunner(), PipelineOptions(options)


def run_to_its_end(pipeline: Pipeline) -> None:
    """Run a pipeline; if it fails or is interrupted, let the cluster begin no more of it."""
    result = pipeline.run()
    client = getattr(result, "client", None)  # Dask's
    try:
        result.wait_until_finish()
    except BaseException:
        with suppress(Exception):  # not every runner can
            result.cancel()
        raise
    finally:
        if client is not None:
            client.close()


def watching(runner: Any, clean_up: Callable[[], None]) -> AbstractContextManager[None]:
    """`watching_workers`, where they are this machine's and the runner does not watch them."""
    if isinstance(runner, fn_runner.FnApiRunner):
        return watching_workers(clean_up)
    return nullcontext()


@contextmanager
def watching_workers(clean_up: Callable[[], None]) -> Iterator[None]:
    """Within the block, a worker process that dies ends this process with exit code 1.

    Beam waits for ever for a worker that was killed (by the system, for want of memory, or by a
    fault in a native library): the waiting call cannot be interrupted, so the process must end.
    However the block ends, no worker process outlives it.

    Args:
        clean_up: called before the end, when no worker is left that could write.
    """
    before = threading.excepthook
    first = threading.Lock()

    def end(arguments: threading.ExceptHookArgs) -> None:
        name = arguments.thread.name if arguments.thread else ""
        if name == WATCHING_THREAD:
            if not first.acquire(blocking=False):  # it died of the end of another
                return
            end_all()
            clean_up()
            died = f"a worker process died ({arguments.exc_value}), nothing was published"
            print(RunError(ErrorCode.WORKER_DIED, died).line, file=sys.stderr, flush=True)
            os._exit(1)
        elif name not in _TALKING_THREADS:  # these lose their worker, and say so at length
            before(arguments)

    threading.excepthook = end
    try:
        yield
    finally:
        threading.excepthook = before
        end_workers()
