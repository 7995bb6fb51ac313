"""What tells Beam's in-process runner to get its worker processes from `pipeline.worker`.

Beam 2.77 has environments for containers, subprocesses and the like, each with a handler that
starts a worker and waits for it. This adds one of each for forks.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping
from typing import Any

from apache_beam.runners.portability.fn_api_runner.worker_handlers import (
    GrpcWorkerHandler,
    WorkerHandler,
)
from apache_beam.transforms.environments import Environment, python_sdk_capabilities
from google.protobuf import json_format, text_format

from pipeline.worker import run_worker

# The name of the thread that waits for a worker; Beam's own handlers call theirs the same.
WATCHING_THREAD = "run_worker"
_URN = "warraq:environment:forked:v1"


@Environment.register_urn(_URN, None)
class ForkedEnvironment(Environment):
    """Worker processes of this machine, forked from one that has the models."""

    @classmethod
    def default(cls) -> ForkedEnvironment:
        """With what Beam's Python workers can do."""
        return cls(capabilities=python_sdk_capabilities())

    def to_runner_api_parameter(self, context: object) -> tuple[str, bytes]:
        """It has no parameters."""
        return _URN, b""

    @staticmethod
    def from_runner_api_parameter(
        payload: object,
        capabilities: Iterable[str],
        artifacts: Iterable[Any],
        resource_hints: Mapping[str, bytes],
        context: object,
    ) -> ForkedEnvironment:
        """The same again."""
        return ForkedEnvironment(capabilities, artifacts, resource_hints)


@WorkerHandler.register_environment(_URN, None)
class _ForkedWorkerHandler(GrpcWorkerHandler):
    def __init__(self, payload: object, state: Any, provision_info: Any, grpc_server: Any) -> None:
        super().__init__(state, provision_info, grpc_server)

    def start_worker(self) -> None:
        environment = {
            "CONTROL_API_SERVICE_DESCRIPTOR": text_format.MessageToString(
                self.control_api_service_descriptor()
            ),
            "PIPELINE_OPTIONS": json_format.MessageToJson(
                self.provision_info.provision_info.pipeline_options
            ),
            "WORKER_ID": self.worker_id,
        }
        self._thread = threading.Thread(name=WATCHING_THREAD, target=run_worker, args=[environment])
        self._thread.start()

    def stop_worker(self) -> None:
        self._thread.join()
