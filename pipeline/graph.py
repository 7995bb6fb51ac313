"""The graph: the way of an article, on one screen.

An element is a whole shard, so all that is shuffled is the plan before the work and the reports
after it; between them every step runs where the step before it ran. One leaf, no side outputs, no
state: what every Beam runner can do.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path

import apache_beam as beam

from pipeline.manifest import gather_reports, write_manifest
from pipeline.models import Models
from pipeline.plan import Plan
from pipeline.read import Read
from pipeline.write import Write
from schemas.manifest import Provenance
from schemas.settings import Settings
from transforms.analyse import Analyse, load_analyser
from transforms.clean import Clean
from transforms.split import Split
from transforms.tag import Tag, load_tagger


def build(
    pipeline: beam.Pipeline,
    plan: Plan,
    settings: Settings,
    models: Models,
    provenance: Provenance,
    folder: Path,
) -> None:
    """Add the whole run to `pipeline`: from the plan to the manifest in `folder`."""
    analyser = partial(load_analyser, str(models.morphology), settings.analyse.backoff)
    tagger = partial(load_tagger, str(models.ner_model), str(models.ner_vectors))
    (
        pipeline
        | "Plan" >> beam.Create(plan.shards)
        | "Share out" >> beam.Reshuffle()
        | "Read" >> Read(settings.read)
        | "Clean" >> Clean(settings.clean)
        | "Split" >> Split(settings.split)
        | "Analyse" >> Analyse(settings.analyse, analyser)
        | "Tag" >> Tag(settings.tag, tagger)
        | "Write" >> Write(folder, len(plan.shards), provenance)
        | "Gather reports" >> beam.CombineGlobally(gather_reports)
        | "Write manifest" >> beam.Map(write_manifest, folder, provenance, plan.digest)
    )
