"""The engines that can run the graph: the command for each, and the page that explains it.

`pipeline plan` shows them; the runners themselves are Beam's.
"""

from __future__ import annotations

from dataclasses import dataclass

_RUN = "python -m pipeline run INPUT --output s3://BUCKET/corpus"


@dataclass(frozen=True, slots=True)
class Engine:
    """A command with what is to be filled in in capitals, and a page of the documentation."""

    command: str
    page: str


ENGINES = {
    "local": Engine("python -m pipeline run INPUT --output corpus --workers WORKERS", "README.md"),
    "dask": Engine(
        f"{_RUN} --runner dask --dask-scheduler tcp://SCHEDULER:8786", "docs/cluster.md"
    ),
    "flink": Engine(
        f"{_RUN} --runner FlinkRunner -- --flink_master=MASTER:8081 --flink_version=1.20 "
        "--parallelism=WORKERS --sdk_worker_parallelism=SLOTS_OF_A_MACHINE "
        "--environment_type=EXTERNAL --environment_config=localhost:50000",
        "docs/cluster-flink.md",
    ),
    "spark": Engine(
        f"{_RUN} --runner PortableRunner -- --job_endpoint=JOBSERVER:8099 "
        "--sdk_worker_parallelism=CORES_OF_AN_EXECUTOR "
        "--environment_type=EXTERNAL --environment_config=localhost:50000",
        "docs/cluster-spark.md",
    ),
    "dataflow": Engine(
        "python -m pipeline run INPUT --output gs://BUCKET/corpus --runner DataflowRunner -- "
        "--project=PROJECT --region=REGION --temp_location=gs://BUCKET/temp "
        "--sdk_container_image=IMAGE --sdk_location=container --no_save_main_session "
        "--num_workers=WORKERS "
        "--max_num_workers=WORKERS --number_of_worker_harness_threads=1",
        "docs/cluster-dataflow.md",
    ),
    "prism": Engine(
        f"{_RUN} --runner PrismRunner -- --prism_location=BINARY --environment_type=EXTERNAL "
        "--environment_config=localhost:50000",
        "docs/cluster-prism.md",
    ),
}
