"""Which articles of a shard end the process that works on them.

They are worked on one by one in another process, `python -m pipeline.probe JOB`, which notes what
it has in hand and throws away what comes of it. An article that ends it twice is found out.
"""

from __future__ import annotations

import logging
import pickle
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from pipeline.models import Models
from pipeline.plan import ShardPlan
from pipeline.scratch import scratch_folder
from pipeline.storage import write_bytes
from pipeline.suspects import Fatal, Pass
from schemas.records import RawArticle, Shard, Stage
from schemas.settings import Settings

_LOG = logging.getLogger("warraq")
_DEATHS = 2

Note = Callable[[int, Stage], None]


@dataclass(frozen=True, slots=True)
class Job:
    """A shard to look through: which, in which pass, below which folder, and with what."""

    folder: Path
    work: Pass
    plan: ShardPlan
    settings: Settings
    models: Models

    @property
    def in_hand(self) -> Path:
        """The file in which the process notes what it has in hand."""
        return scratch_folder(self.folder) / "in_hand"


def find_fatal(job: Job) -> Fatal:
    """Work on the articles of a shard one by one, until all that end a process are known."""
    path = scratch_folder(job.folder) / "job"
    fatal: dict[int, Stage] = {}
    deaths: Counter[int] = Counter()
    first = 0
    while True:
        write_bytes(path, pickle.dumps((job, first, fatal)))
        job.in_hand.unlink(missing_ok=True)
        code = subprocess.run([sys.executable, "-m", "pipeline.probe", path]).returncode  # noqa: S603
        if code > 0:
            _LOG.warning("could not look through shard %d: code %d", job.plan.index, code)
        if code >= 0 or not job.in_hand.exists():  # not ended, or not by an article
            return fatal
        place, stage = job.in_hand.read_text(encoding="utf-8").split()
        first = int(place)
        if first in fatal:  # to pass over it does not help
            return fatal
        deaths[first] += 1
        if deaths[first] == _DEATHS:
            fatal[first] = cast(Stage, stage)


def _survey(job: Job, first: int, fatal: Fatal, note: Note) -> None:
    """What the survey does to each article, from the place `first` on."""
    from pipeline.read import records_of
    from pipeline.survey import survey_articles

    records = records_of(job.plan, job.settings.read, fatal)
    for place in range(job.plan.articles):
        note(place, "read")
        record = next(records)
        if place >= first and isinstance(record, RawArticle):
            note(place, "clean")
            survey_articles(Shard(0, (record,)), job.settings)


def _annotate(job: Job, first: int, fatal: Fatal, note: Note) -> None:
    """What the annotation does to each article, from the place `first` on."""
    from pipeline.loaders import analyser_loader, tagger_loader
    from pipeline.scratch import load_duplicates, load_lines, load_shard
    from pipeline.write import as_tables
    from transforms.analyse import analyse_shard, shared_memory
    from transforms.clean import clean_shard
    from transforms.deduplicate import mark_shard
    from transforms.split import split_shard
    from transforms.tag import tag_shard

    settings, articles = job.settings, load_shard(job.plan.index, job.folder).articles
    lines, duplicates = load_lines(job.folder), load_duplicates(job.folder)
    analyser = analyser_loader(job.models, settings)()
    memory = shared_memory(analyser, settings.analyse.cache_words)
    tagger = tagger_loader(job.models, settings)()
    for place in range(first, len(articles)):
        if place in fatal:
            continue
        note(place, "clean")
        cleaned = clean_shard(Shard(0, (articles[place],)), settings.clean, lines)
        marked = mark_shard(cleaned, duplicates)
        note(place, "split")
        split = split_shard(marked, settings.split, settings.deduplicate.keep_duplicates)
        note(place, "analyse")
        analysed = analyse_shard(split, memory)
        note(place, "tag")
        tagged = tag_shard(analysed, tagger, settings.tag.tag_batch_tokens)
        note(place, "write")
        as_tables(tagged)


def main(path: Path) -> None:
    """Look through the shard of a job, from a place on, but for the articles known to be fatal."""
    from pipeline.run import prepare_process

    prepare_process("error")
    logging.disable(logging.WARNING)
    job, first, fatal = pickle.loads(path.read_bytes())  # noqa: S301 (written by a run of ours)

    def note(place: int, stage: Stage) -> None:
        job.in_hand.write_text(f"{place} {stage}", encoding="utf-8")

    (_survey if job.work == "survey" else _annotate)(job, first, fatal, note)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
