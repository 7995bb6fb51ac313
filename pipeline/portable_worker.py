"""`warraq-worker`: a worker process for Beam's portable runners, where there is no container.

Flink, Spark and Prism start it as a PROCESS environment, Beam's worker pool as its container
executable: with the arguments of the image's own start program. Unlike that one it installs nothing
that a job brings along; Warraq is installed where this command is.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence
from typing import Any

from pipeline.worker_server import be_quiet

_SECONDS_TO_ANSWER = 60
_UNLIMITED = [("grpc.max_receive_message_length", -1)]


def main(arguments: Sequence[str] | None = None) -> None:
    """Ask the runner what to do, and do it until the runner ends this process."""
    parser = argparse.ArgumentParser(prog="warraq-worker", description=__doc__)
    parser.add_argument("--id", required=True, help="the runner's name for this worker")
    parser.add_argument("--provision_endpoint", required=True, help="where the runner is asked")
    # A runner may give its other addresses here, but tells them when it is asked, too.
    parsed, _ = parser.parse_known_args(arguments)
    os.environ.setdefault("OMP_NUM_THREADS", "1")  # before what computes is imported
    be_quiet()
    os.environ.update(_environment(parsed.id, _provision(parsed.id, parsed.provision_endpoint)))
    from apache_beam.runners.worker import sdk_worker_main

    sdk_worker_main.main([])


def _provision(worker: str, endpoint: str) -> Any:
    """What the runner says: its addresses, and the options of the pipeline."""
    import grpc
    from apache_beam.portability.api import beam_provision_api_pb2 as messages
    from apache_beam.portability.api import beam_provision_api_pb2_grpc as services

    with grpc.insecure_channel(endpoint, _UNLIMITED) as channel:
        answer = services.ProvisionServiceStub(channel).GetProvisionInfo(
            messages.GetProvisionInfoRequest(),
            metadata=[("worker_id", worker)],
            timeout=_SECONDS_TO_ANSWER,
            wait_for_ready=True,
        )
    return answer.info


def _environment(worker: str, info: Any) -> dict[str, str]:
    """The environment variables from which Beam's worker takes what it is to do."""
    from google.protobuf import json_format, text_format

    found = {
        "WORKER_ID": worker,
        "PIPELINE_OPTIONS": json_format.MessageToJson(info.pipeline_options),
        "RUNNER_CAPABILITIES": " ".join(info.runner_capabilities),
    }
    for name in ("control", "logging", "status"):
        endpoint = getattr(info, f"{name}_endpoint")
        if endpoint.url:
            found[f"{name.upper()}_API_SERVICE_DESCRIPTOR"] = text_format.MessageToString(endpoint)
    return found
