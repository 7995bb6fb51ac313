"""The sections of the settings that say how a run is carried out: `[run]` and `[nightly]`."""

from __future__ import annotations

from dataclasses import dataclass

from schemas.settings import setting

LOCAL = "local"
DASK = "dask"
LOG_LEVELS = ("debug", "info", "warning", "error")


@dataclass(frozen=True)
class RunOptions:
    """`[run]`: what to read, where to write, with how many hands."""

    output: str = setting(
        "corpus", "folder of the corpus, or its place as s3://bucket/corpus", annotates=False
    )
    workers: int = setting(
        0, "worker processes; 0: one a core, as far as there are shards", annotates=False, least=0
    )
    shards: int = setting(
        0, "pieces that the work is cut into; 0: by size", annotates=False, least=0
    )
    forget: bool = setting(
        False, "begin anew, without what earlier runs into the corpus have seen", annotates=False
    )
    max_rejected: str = setting(
        "5%", "end with code 3 if more articles are rejected: a count or a share", annotates=False
    )
    runner: str = setting(
        LOCAL, f"{LOCAL}, {DASK}, or the name of any Beam runner; its options go after --",
        annotates=False,
    )  # fmt: skip
    dask_scheduler: str = setting(
        "", "with runner dask, the scheduler's address, as tcp://host:8786; otherwise worker "
        "processes are started here", annotates=False,
    )  # fmt: skip
    models: str = setting(
        "", "folder with the model files; otherwise $WARRAQ_MODELS, then those of the set-up",
        annotates=False,
    )  # fmt: skip
    log_level: str = setting(
        "info", "one of " + ", ".join(LOG_LEVELS), annotates=False, choices=LOG_LEVELS
    )


@dataclass(frozen=True)
class NightlyOptions:
    """`[nightly]`: what a scheduler's run does, and what it keeps."""

    inputs: str = setting("", "files and folders to read: one a line, or a list", annotates=False)
    deadline: str = setting(
        "", "time of the day, as 06:00, at which to begin no more and publish", annotates=False
    )
    prune: bool = setting(False, "remove the rows of files that are gone", annotates=False)
    max_pruned: str = setting(
        "10%", "prune nothing if more files than this are gone: a count or a share", annotates=False
    )
    max_age: int = setting(
        0, "keep rows of another configuration until they are so many days old", annotates=False,
        least=0,
    )  # fmt: skip
    batch_megabytes: int = setting(
        64, "publish each time that so much was read", annotates=False, least=1
    )
    keep_versions: int = setting(
        3, "old versions of the corpus to keep at least", annotates=False, least=0
    )
    keep_hours: float = setting(
        24.0, "hours that an old version stays at least, for those who read it", annotates=False,
        least=0,
    )  # fmt: skip
    keep_runs: int = setting(400, "runs whose logs are kept", annotates=False, least=1)
    patience: float = setting(
        30.0, "seconds to wait for readers before files go", annotates=False, least=0
    )
    metrics_file: str = setting(
        "", "file for Prometheus' textfile collector, ending in .prom", annotates=False
    )
