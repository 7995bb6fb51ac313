"""Figures of a run for Prometheus' textfile collector."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from prometheus_client import CollectorRegistry, Gauge, write_to_textfile

from pipeline import clock


def write_metrics(
    path: Path, run: Mapping[str, Any], code: int, succeeded: datetime.datetime | None
) -> None:
    """Write what came of a run; the file is replaced in one step.

    Args:
        path: a file that ends in `.prom`, in the collector's folder.
        run: the run's record.
        code: its exit code.
        succeeded: when the last run ended that was not a failure, this one or one before.
    """
    registry = CollectorRegistry()

    def gauge(name: str, help: str, value: float) -> None:
        Gauge(f"warraq_{name}", help, registry=registry).set(value)

    gauge("last_run_timestamp_seconds", "When the last run ended.", clock.now().timestamp())
    if succeeded is not None:
        text = "When the last run ended that was not a failure."
        gauge("last_success_timestamp_seconds", text, succeeded.timestamp())
    gauge("last_run_exit_code", "Exit code of the last run.", code)
    gauge("last_run_duration_seconds", "How long the last run took.", run["seconds"])
    gauge("files_left", "Input files that are still to be annotated.", run.get("left", 0))
    for name, value in run.get("counts", {}).items():
        gauge(f"last_run_{name}", f"{name} of the last run.", value)
    for name, value in run.get("corpus", {}).items():
        gauge(f"corpus_{name}", f"{name} in the published corpus.", value)
    gauge("drift_warnings", "Figures that left their usual range.", len(run.get("drift", [])))
    rejected = Gauge(
        "warraq_last_run_rejections", "Rejections of the last run.", ["reason"], registry=registry
    )
    for reason, count in run.get("rejected_by", {}).items():
        rejected.labels(reason).set(count)
    path.parent.mkdir(parents=True, exist_ok=True)
    write_to_textfile(str(path), registry)
