"""The two passes over the work in hand, which stop when time is up and can be gone on with."""

from __future__ import annotations

from pipeline.batch import Batch
from pipeline.graph import build
from pipeline.night import Context
from pipeline.options import worker_count
from pipeline.plan import Plan
from pipeline.publish import current_version
from pipeline.run import make_pipeline, start_workers, survey_workers, work
from pipeline.scratch import forget_knowledge, shards_folder
from pipeline.survey import build_survey


def survey(context: Context, batch: Batch) -> None:
    """Read the shards that were not yet read, and conclude what all of them tell."""
    folder = batch.folder(context.output)
    base = current_version(context.output)
    earlier = None if context.options.run.forget else base
    forget_knowledge(folder)
    workers = _workers(context, batch.plan)
    start_workers(context.options, context.models, workers)
    pipeline = make_pipeline(context.options, survey_workers(batch.plan, workers))
    build_survey(pipeline, batch.plan, context.options.settings, folder, earlier, batch.gone)
    with context.deadline.stopping(folder):
        work(pipeline, batch.plan, shards_folder(folder), "surveying", _nothing)


def annotate(context: Context, batch: Batch) -> None:
    """Annotate the shards that were not yet annotated."""
    folder = batch.folder(context.output)
    pipeline = make_pipeline(context.options, _workers(context, batch.plan))
    build(
        pipeline, batch.plan, context.options.settings, context.models, batch.provenance, folder,
        batch.prefix,
    )  # fmt: skip
    with context.deadline.stopping(folder):
        work(pipeline, batch.plan, folder / "reports", "annotating", _nothing)


def _workers(context: Context, plan: Plan) -> int:
    return worker_count(context.options.run.workers, len(plan.shards))


def _nothing() -> None:
    """What is done is kept, for the next run."""
