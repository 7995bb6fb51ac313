"""The graph: the way of an article, on one screen, once the survey has read them all.

An element is a whole shard, so all that is shuffled is the plan before the work and the reports
after it; between them every step runs where the step before it ran. One leaf, no side outputs, no
state: what every Beam runner can do.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import apache_beam as beam

from pipeline.loaders import analyser_loader, tagger_loader
from pipeline.manifest import finished_shards
from pipeline.models import Models
from pipeline.plan import Plan
from pipeline.same_software import software, with_same_software
from pipeline.scratch import asked_to_stop, load_duplicates, load_lines, load_shard
from pipeline.shard_coder import ShardCoder
from pipeline.suspects import load_fatal, note_begun, without_fatal
from pipeline.write import Write
from schemas.manifest import Provenance
from schemas.records import RawArticle, Shard
from schemas.settings import Settings
from transforms.analyse import Analyse
from transforms.clean import Clean
from transforms.deduplicate import Deduplicate
from transforms.split import Split
from transforms.tag import Tag


def build(
    pipeline: beam.Pipeline,
    plan: Plan,
    settings: Settings,
    models: Models,
    provenance: Provenance,
    folder: Path,
    prefix: str = "",
) -> None:
    """Add the second pass to `pipeline`: from what the survey kept to tables in `folder`.

    Shards that have a report are done. Asked to stop, no other is begun.
    """
    done = finished_shards(folder)
    to_do = [one.index for one in plan.shards if one.index not in done]
    beam.coders.registry.register_coder(Shard, ShardCoder)
    (
        pipeline
        | "Plan" >> beam.Create(to_do)
        | "Share out" >> beam.Reshuffle()
        | "Same software" >> beam.Map(with_same_software, software())
        | "Take up" >> _shards(beam.FlatMap(take_up, folder))
        | "Clean" >> _shards(Clean(settings.clean, partial(load_lines, folder)))
        | "Deduplicate" >> _shards(Deduplicate(partial(load_duplicates, folder)))
        | "Split" >> _shards(Split(settings.split, settings.deduplicate.keep_duplicates))
        | "Analyse" >> _shards(Analyse(settings.analyse, analyser_loader(models, settings)))
        | "Tag" >> _shards(Tag(settings.tag, tagger_loader(models, settings)))
        | "Write" >> Write(folder, len(plan.shards), provenance, prefix)
    )


def _shards(transform: beam.PTransform) -> beam.PTransform:
    """A transform that says what comes out of it: Beam then takes our coder."""
    return transform.with_output_types(Shard)


def take_up(index: int, folder: Path) -> Iterator[Shard[RawArticle]]:
    """The shard that the survey kept; nothing, if no more is to be begun."""
    if not asked_to_stop(folder):
        note_begun(folder, "annotation", index)
        yield without_fatal(load_shard(index, folder), load_fatal(folder, "annotation", index))
