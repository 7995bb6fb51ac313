"""A run from beginning to end: plan, annotate, check, publish, tell."""

from __future__ import annotations

import logging
import os
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tqdm import tqdm

from pipeline import clock, lean_beam
from pipeline.clusters import check_cluster
from pipeline.error_codes import ErrorCode
from pipeline.errors import RunError, UsageError
from pipeline.inputs import find_inputs
from pipeline.models import Models, find_models
from pipeline.option_sections import LOCAL
from pipeline.options import Options, worker_count
from pipeline.places import place
from pipeline.plan import Plan, make_plan
from pipeline.provenance import make_provenance
from pipeline.publish import MANIFEST, check_output, current_version, new_version, publish
from pipeline.rejected import too_many_rejected
from pipeline.storage import remove_folder
from pipeline.summary import plan_data, plan_summary, run_data, run_summary, tell, tell_json
from pipeline.where import readers_open
from pipeline.worker import share_models, start_server
from pipeline.worker_server import LOG_LEVEL
from schemas.manifest import Provenance

_LOG = logging.getLogger("warraq")
# To survey fewer bytes of articles, worker processes cost more than they save: this one surveys
# while the models are loaded beside it.
_SMALL_BYTES = 8 * 1024 * 1024
_ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Job:
    """All that is known before the work begins."""

    options: Options
    plan: Plan
    models: Models
    provenance: Provenance
    workers: int
    output: Path


def run(options: Options) -> bool:
    """Annotate the inputs and publish the corpus; tell what came of it on standard output.

    Returns:
        Whether more articles were rejected than the options allow.

    Raises:
        UsageError: something is wrong with the options or the set-up; nothing was begun.
        RunError: the run failed; nothing was published.
    """
    job = prepare(options)
    if options.dry_run:
        planned = (options, job.plan, job.provenance, job.workers)
        if options.as_json:
            tell_json(plan_data(*planned))
        else:
            tell(plan_summary(*planned))
        return False
    set_environment(options.run.log_level)
    start_workers(options, job.models, job.workers)
    import_beam(options.run.runner)
    _LOG.info(
        "run %s: %d articles in %d shards, %d workers",
        job.provenance.run_id, job.plan.articles, len(job.plan.shards), job.workers,
    )  # fmt: skip
    began = time.perf_counter()
    manifest = _make_corpus(job)
    seconds = time.perf_counter() - began
    where = readers_open(options.run.output)
    if options.as_json:
        tell_json(run_data(manifest, where, seconds))
    else:
        tell(run_summary(manifest, where, seconds))
    return too_many_rejected(options.run, manifest["counts"])


def prepare(options: Options) -> Job:
    """Plan a run; nothing is written.

    Raises:
        UsageError: something is wrong with the options or the set-up.
    """
    output = place(options.run.output).absolute()
    check_output(output)
    if not options.dry_run:
        check_cluster(options)
    models = find_models(options.settings)
    files = find_inputs(options.inputs, exclude=output)
    plan = make_plan(
        files,
        options.settings.read,
        options.run.shards,
        lambda all_files: tqdm(all_files, desc="reading inputs", unit=" files", disable=None),
    )
    workers = worker_count(options.run.workers, len(plan.shards))
    return Job(options, plan, models, make_provenance(options, models, plan), workers, output)


def make_corpus(options: Options, plan: Plan, models: Models, output: Path) -> dict[str, Any]:
    """Annotate what a plan names, with one worker, and publish it; its manifest.

    Raises:
        RunError: the run failed; nothing was published.
    """
    provenance = make_provenance(options, models, plan)
    return _make_corpus(Job(options, plan, models, provenance, 1, output))


def make_pipeline(options: Options, workers: int) -> Any:
    """An empty pipeline on the runner of the options."""
    import apache_beam as beam

    from pipeline.runner import runner_and_options

    if options.run.log_level != "debug":
        # Its warnings are of its own workings; what goes wrong is an exception.
        logging.getLogger("apache_beam").setLevel(logging.CRITICAL)
    runner, beam_options = runner_and_options(
        options.run.runner, workers, list(options.beam), options.run.dask_scheduler
    )
    try:
        return beam.Pipeline(runner=runner, options=beam_options)
    except ValueError as error:
        raise UsageError(
            ErrorCode.BAD_VALUE,
            f"--runner {options.run.runner}: {error}",
            "use local, or the name of a Beam runner",
        ) from error


def _make_corpus(job: Job) -> dict[str, Any]:
    """Make a version of the corpus, check it, publish it; its manifest."""
    # A runner that does not exist is found out before anything is written.
    survey, annotation = (
        make_pipeline(job.options, n) for n in (survey_workers(job.plan, job.workers), job.workers)
    )
    from pipeline.history import has_runs
    from pipeline.ledger import entries_of, part_of, write_entries, write_parts
    from pipeline.manifest import read_manifest, read_reports, reconcile, write_manifest
    from pipeline.memory import memory_digest
    from pipeline.scratch import remove_scratch

    nightly = job.options.nightly
    kept = (nightly.keep_versions, nightly.keep_hours) if has_runs(job.output) else (0, 0.0)
    with new_version(job.output, job.provenance.run_id, *kept) as folder:
        earlier = None if job.options.run.forget else current_version(job.output)
        _survey(job, survey, folder, earlier)
        _annotate(job, annotation, folder)
        remove_scratch(folder)
        reports = read_reports(folder, job.plan)
        write_manifest(reports, folder, job.provenance, job.plan.digest, memory_digest(earlier))
        parts = {one.index: part_of(one, job.provenance.fingerprint) for one in reports}
        write_parts(folder, parts.values())
        write_entries(folder, entries_of(job.plan, parts, int(clock.now().timestamp())))
        manifest = read_manifest(folder / MANIFEST)
        reconcile(manifest, job.plan, folder)
        publish(job.output, folder)
    return manifest


def _survey(job: Job, pipeline: Any, folder: Path, earlier: Path | None) -> None:
    """Read all articles, and find what only all of them together can tell."""
    from pipeline.memory import check_memory
    from pipeline.scratch import shards_folder
    from pipeline.survey import build_survey

    if earlier:
        check_memory(earlier)
    build_survey(pipeline, job.plan, job.options.settings, folder, earlier)
    _work(pipeline, job.plan, folder, shards_folder(folder), "surveying")


def _annotate(job: Job, pipeline: Any, folder: Path) -> None:
    """Annotate what the survey read."""
    from pipeline.graph import build

    share_models()
    build(pipeline, job.plan, job.options.settings, job.models, job.provenance, folder)
    _work(pipeline, job.plan, folder, folder / "reports", "annotating")


def _work(pipeline: Any, plan: Plan, folder: Path, finished: Path, doing: str) -> None:
    def clean_up() -> None:
        remove_folder(folder)

    work(pipeline, plan, finished, doing, clean_up)


def work(
    pipeline: Any, plan: Plan, finished: Path, doing: str, clean_up: Callable[[], None]
) -> None:
    """Run a pipeline to its end and show how far it is.

    Args:
        pipeline: a pass of the run.
        plan: all that it has to do.
        finished: the folder that gets a file for each finished shard.
        doing: what is being done.
        clean_up: what to do when a worker process has died, which ends this one.

    Raises:
        RunError: it failed.
    """
    from pipeline.progress import progress
    from pipeline.runner import run_to_its_end, watching

    with progress(plan, finished, doing), watching(pipeline.runner, clean_up):
        try:
            run_to_its_end(pipeline)
        except Exception as error:
            _LOG.debug("the pipeline failed", exc_info=True)
            lines = str(error).strip().splitlines() or [type(error).__name__]
            raise RunError(
                ErrorCode.RUN_FAILED, f"the run failed, nothing was published: {lines[-1]}"
            ) from error


def survey_workers(plan: Plan, workers: int) -> int:
    """How many workers survey: one, this process, if there is little to do."""
    return 1 if plan.bytes < _SMALL_BYTES else workers


def prepare_process(log_level: str, runner: str = LOCAL) -> None:
    """Make this process ready for what imports Beam."""
    set_environment(log_level)
    import_beam(runner)


def set_environment(log_level: str) -> None:
    """Set what workers need: they find our packages wherever the run was started from."""
    os.environ[LOG_LEVEL] = log_level
    paths = [str(_ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
    os.environ["PYTHONPATH"] = os.pathsep.join(paths)
    if str(_ROOT) not in sys.path:
        sys.path.insert(0, str(_ROOT))


def start_workers(options: Options, models: Models, workers: int) -> None:
    """Let the processes of a pass to come load what they need, if it has several."""
    if workers > 1 and options.run.runner == LOCAL:
        from pipeline.loaders import analyser_loader, tagger_loader

        settings = options.settings
        start_server([analyser_loader(models, settings), tagger_loader(models, settings)])


def import_beam(runner: str = LOCAL) -> None:
    """Import Beam, without what it says of what we do not use."""
    logging.disable(logging.WARNING)
    if runner == LOCAL:
        lean_beam.import_beam()
    else:
        import apache_beam  # noqa: F401 (what comes after finds it there)
    logging.disable(logging.NOTSET)
