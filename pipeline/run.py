"""A run from beginning to end: plan, annotate, check, publish, tell."""

from __future__ import annotations

import logging
import os
import shutil
import sys
import time
from pathlib import Path

from tqdm import tqdm

from pipeline.errors import RunError, UsageError
from pipeline.inputs import find_inputs
from pipeline.models import Models, find_models
from pipeline.options import Options, rejected_allowed, worker_count
from pipeline.plan import Plan, make_plan
from pipeline.provenance import make_provenance
from pipeline.publish import MANIFEST, check_output, new_version, publish
from pipeline.summary import plan_summary, run_summary
from pipeline.worker import LOG_LEVEL
from schemas.manifest import Provenance

_LOG = logging.getLogger("warraq")
_ROOT = Path(__file__).resolve().parent.parent


def run(options: Options) -> bool:
    """Annotate the inputs and publish the corpus; tell what came of it on standard output.

    Returns:
        Whether more articles were rejected than the options allow.

    Raises:
        UsageError: something is wrong with the options or the set-up; nothing was begun.
        RunError: the run failed; nothing was published.
    """
    output = Path(options.run.output).absolute()
    check_output(output)
    models = find_models(options.settings)
    files = find_inputs(options.inputs, exclude=output)
    plan = make_plan(
        files,
        options.settings.read.max_article_bytes,
        options.run.shards,
        lambda all_files: tqdm(all_files, desc="reading inputs", unit=" files", disable=None),
    )
    provenance = make_provenance(options, models, plan)
    workers = worker_count(options.run.workers, len(plan.shards))
    if options.dry_run:
        print(plan_summary(options, plan, provenance, workers))
        return False
    _LOG.info(
        "run %s: %d articles in %d shards, %d workers",
        provenance.run_id, plan.articles, len(plan.shards), workers,
    )  # fmt: skip
    return _annotate(options, plan, models, provenance, workers, output)


def _annotate(
    options: Options,
    plan: Plan,
    models: Models,
    provenance: Provenance,
    workers: int,
    output: Path,
) -> bool:
    began = time.perf_counter()
    with new_version(output, provenance.run_id) as folder:
        _run_graph(options, plan, models, provenance, workers, folder)
        # Imported here, with Beam: help and refusals must not wait for it.
        from pipeline.manifest import read_manifest, reconcile

        manifest = read_manifest(folder / MANIFEST)
        reconcile(manifest, plan, folder)
        publish(output, folder)
    seconds = time.perf_counter() - began
    rejected: int = manifest["counts"]["rejected"]
    too_many = rejected > rejected_allowed(options.run.max_rejected, plan.articles)
    print(run_summary(manifest, options.run.output, seconds))
    if too_many:
        _LOG.warning(
            "%d of %d articles were rejected, more than --max-rejected %s; see %s/quarantine",
            rejected, plan.articles, options.run.max_rejected, options.run.output,
        )  # fmt: skip
    return too_many


def _run_graph(
    options: Options,
    plan: Plan,
    models: Models,
    provenance: Provenance,
    workers: int,
    folder: Path,
) -> None:
    _prepare_process(options.run.log_level)
    logging.disable(logging.WARNING)  # Beam warns on import of what we do not use
    import apache_beam as beam

    logging.disable(logging.NOTSET)
    from pipeline.graph import build
    from pipeline.progress import progress
    from pipeline.runner import runner_and_options, watching_workers

    if options.run.log_level != "debug":
        # Its warnings are of its own workings; what goes wrong is an exception.
        logging.getLogger("apache_beam").setLevel(logging.CRITICAL)
    runner, beam_options = runner_and_options(options.run.runner, workers, list(options.beam))
    try:
        pipeline = beam.Pipeline(runner=runner, options=beam_options)
    except ValueError as error:
        raise UsageError(f"--runner {options.run.runner}: {error}") from error
    build(pipeline, plan, options.settings, models, provenance, folder)

    def clean_up() -> None:
        shutil.rmtree(folder, ignore_errors=True)

    with progress(plan, folder / "reports"), watching_workers(clean_up):
        try:
            pipeline.run().wait_until_finish()
        except Exception as error:
            _LOG.debug("the pipeline failed", exc_info=True)
            lines = str(error).strip().splitlines() or [type(error).__name__]
            raise RunError(f"the run failed, nothing was published: {lines[-1]}") from error


def _prepare_process(log_level: str) -> None:
    """Set what this process and its workers need before torch and Beam are imported.

    Workers share the cores between them, so each computes in one thread; they find our packages
    wherever the run was started from.
    """
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    os.environ[LOG_LEVEL] = log_level
    paths = [str(_ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
    os.environ["PYTHONPATH"] = os.pathsep.join(paths)
    if str(_ROOT) not in sys.path:
        sys.path.insert(0, str(_ROOT))
