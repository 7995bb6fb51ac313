"""Beam's local job service, with the one environment of engines that it lacks: PROCESS.

As `ProcessEnvironmentFactory` of Beam's Java runners does, it starts the command that the pipeline
names once a worker, and tells it where it is asked for. All else is Beam's.
"""

import os
import subprocess
import sys

from apache_beam.portability import common_urns
from apache_beam.portability.api import beam_runner_api_pb2
from apache_beam.runners.portability import local_job_service_main
from apache_beam.runners.portability.fn_api_runner.worker_handlers import (
    GrpcWorkerHandler,
    WorkerHandler,
)


@WorkerHandler.register_environment(
    common_urns.environments.PROCESS.urn, beam_runner_api_pb2.ProcessPayload
)
class ProcessWorkerHandler(GrpcWorkerHandler):
    """A worker that is a command of the pipeline's."""

    def __init__(self, payload, state, provision_info, grpc_server):
        """Of the message in which the pipeline names its command."""
        super().__init__(state, provision_info, grpc_server)
        self._payload = payload

    def start_worker(self):
        """Start the command."""
        endpoints = {
            "logging": self.logging_api_service_descriptor(),
            "artifact": self.artifact_api_service_descriptor(),
            "provision": self.control_api_service_descriptor(),
            "control": self.control_api_service_descriptor(),
        }
        self._process = subprocess.Popen(
            [self._payload.command, f"--id={self.worker_id}"]
            + [f"--{name}_endpoint={endpoint.url}" for name, endpoint in endpoints.items()],
            env={**os.environ, **self._payload.env},
        )

    def stop_worker(self):
        """Wait for its end: nobody talks to it any more."""
        self._process.wait()


if __name__ == "__main__":
    local_job_service_main.run(sys.argv[1:])
