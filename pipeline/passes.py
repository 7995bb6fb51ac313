"""The two passes over the work in hand, which stop when time is up and can be gone on with.

A shard that ended the process of a worker, or of an earlier night, is first looked through for the
article that did.
"""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Collection
from functools import partial
from pathlib import Path

from pipeline.batch import Batch
from pipeline.graph import build
from pipeline.manifest import finished_shards
from pipeline.night import Context
from pipeline.options import worker_count
from pipeline.plan import Plan
from pipeline.probe import Job, find_fatal
from pipeline.publish import current_version
from pipeline.run import make_pipeline, start_workers, survey_workers, work
from pipeline.scratch import forget_knowledge, not_surveyed, shards_folder
from pipeline.survey import build_survey
from pipeline.suspects import (
    Pass,
    forget_suspicion,
    keep_fatal,
    load_fatal,
    suspect,
    suspects,
    watch,
)
from pipeline.worker import share_models

_LOG = logging.getLogger("warraq")


def survey(context: Context, batch: Batch) -> None:
    """Read the shards that were not yet read, and conclude what all of them tell."""
    folder = batch.folder(context.output)
    base = current_version(context.output)
    earlier = None if context.options.run.forget else base
    forget_knowledge(folder)
    _look_through_suspects(context, batch, "survey", not_surveyed(batch.plan, folder))
    workers = _workers(context, batch.plan)
    start_workers(context.options, context.models, workers)
    pipeline = make_pipeline(context.options, survey_workers(batch.plan, workers))
    build_survey(pipeline, batch.plan, context.options.settings, folder, earlier, batch.gone)
    with context.deadline.stopping(folder):
        died = partial(_worker_died, context, folder, "survey")
        work(pipeline, batch.plan, shards_folder(folder), "surveying", died)


def annotate(context: Context, batch: Batch) -> None:
    """Annotate the shards that were not yet annotated."""
    folder = batch.folder(context.output)
    done = finished_shards(folder)
    _look_through_suspects(
        context, batch, "annotation",
        [one.index for one in batch.plan.shards if one.index not in done],
    )  # fmt: skip
    workers = _workers(context, batch.plan)
    start_workers(context.options, context.models, workers)  # unless the survey did
    share_models()
    pipeline = make_pipeline(context.options, workers)
    build(
        pipeline, batch.plan, context.options.settings, context.models, batch.provenance, folder,
        batch.prefix,
    )  # fmt: skip
    with context.deadline.stopping(folder):
        died = partial(_worker_died, context, folder, "annotation")
        work(pipeline, batch.plan, folder / "reports", "annotating", died)


def _look_through_suspects(
    context: Context, batch: Batch, work: Pass, to_do: Collection[int]
) -> None:
    """Find the articles that would end this night, too; they are rejected when it comes to them."""
    folder = batch.folder(context.output)
    watch(folder)
    plans = {one.index: one for one in batch.plan.shards}
    for index in suspects(folder, work, to_do):
        context.tell("looking_through", work=work, shard=index)
        with tempfile.TemporaryDirectory() as notes:
            given = (context.options.settings, context.models, Path(notes))
            fatal = find_fatal(Job(folder, work, plans[index], *given))
        found = {**load_fatal(folder, work, index), **fatal}
        keep_fatal(folder, work, index, found)
        forget_suspicion(folder, work, index)
        context.tell("looked_through", work=work, shard=index, fatal=len(found))
        if found:
            _LOG.warning("%d articles end every process that works on them", len(found))


def _worker_died(context: Context, folder: Path, work: Pass) -> None:
    """Go on in a new process: what is done is kept, what was in hand is looked through."""
    suspect(folder, work)
    context.tell("worker_died", work=work)
    context.worker_died()


def _workers(context: Context, plan: Plan) -> int:
    return worker_count(context.options.run.workers, len(plan.shards))
