"""The graph: the way of an article, on one screen, once the survey has read them all.

An element is a whole shard, so all that is shuffled is the plan before the work and the reports
after it; between them every step runs where the step before it ran. One leaf, no side outputs, no
state: what every Beam runner can do.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path

import apache_beam as beam

from pipeline.loaders import analyser_loader, tagger_loader
from pipeline.manifest import gather_reports, write_manifest
from pipeline.models import Models
from pipeline.plan import Plan
from pipeline.scratch import load_duplicates, load_lines, load_shard
from pipeline.write import Write
from schemas.manifest import Provenance
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
    remembered: str | None,
) -> None:
    """Add the second pass to `pipeline`: from what the survey kept to the manifest in `folder`."""
    (
        pipeline
        | "Plan" >> beam.Create([shard.index for shard in plan.shards])
        | "Share out" >> beam.Reshuffle()
        | "Take up" >> beam.Map(load_shard, folder)
        | "Clean" >> Clean(settings.clean, partial(load_lines, folder))
        | "Deduplicate" >> Deduplicate(partial(load_duplicates, folder))
        | "Split" >> Split(settings.split, settings.deduplicate.keep_duplicates)
        | "Analyse" >> Analyse(settings.analyse, analyser_loader(models, settings))
        | "Tag" >> Tag(settings.tag, tagger_loader(models, settings))
        | "Write" >> Write(folder, len(plan.shards), provenance)
        | "Gather reports" >> beam.CombineGlobally(gather_reports)
        | "Write manifest" >> beam.Map(write_manifest, folder, provenance, plan.digest, remembered)
    )
