"""Which articles of a shard end the process that works on them.

Another process, `python -m pipeline.probe JOB`, loads the models once and forks. The fork works on
one article after the other, notes which it has in hand, and throws away what comes of it. The
article that ends it twice is found out, and the next fork passes over it.
"""

from __future__ import annotations

import json
import logging
import os
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
from pipeline.storage import write_bytes, write_text
from pipeline.suspects import Fatal, Pass
from schemas.records import RawArticle, Shard, Stage
from schemas.settings import Settings

_LOG = logging.getLogger("warraq")
_DEATHS = 2

Note = Callable[[int, Stage], None]
# Works on the articles from a place on, but for the fatal ones, and notes each.
Work = Callable[[int, Fatal, Note], None]


@dataclass(frozen=True, slots=True)
class Job:
    """A shard to look through: which, in which pass, below which folder, and with what.

    `notes` is a folder of this machine for what the processes tell each other.
    """

    folder: Path
    work: Pass
    plan: ShardPlan
    settings: Settings
    models: Models
    notes: Path

    @property
    def in_hand(self) -> Path:
        """The file in which the fork notes what it has in hand."""
        return self.notes / "in_hand"

    @property
    def found(self) -> Path:
        """The file that gets what was found."""
        return self.notes / "found"


def find_fatal(job: Job) -> Fatal:
    """Work on the articles of a shard one by one, until all that end a process are known."""
    path = job.notes / "job"
    write_bytes(path, pickle.dumps(job))
    code = subprocess.run([sys.executable, "-m", "pipeline.probe", path]).returncode  # noqa: S603
    if code:
        _LOG.warning("could not look through shard %d: code %d", job.plan.index, code)
        return {}
    found = json.loads(job.found.read_text(encoding="utf-8"))
    return {int(place): stage for place, stage in found.items()}


def main(path: Path) -> None:
    """Look through the shard of a job, and write down what was found."""
    from pipeline.run import prepare_process

    prepare_process("error")
    logging.disable(logging.WARNING)
    job: Job = pickle.loads(path.read_bytes())  # noqa: S301 (written by a run of ours)
    work = _survey(job) if job.work == "survey" else _annotation(job)
    fatal: dict[int, Stage] = {}
    deaths: Counter[int] = Counter()
    first = 0
    while (ended := _ended_at(job, work, first, fatal)) is not None:
        first, stage = ended
        deaths[first] += 1
        if first in fatal:  # to pass over it does not help
            break
        if deaths[first] == _DEATHS:
            fatal[first] = stage
    write_text(job.found, json.dumps(fatal))


def _ended_at(job: Job, work: Work, first: int, fatal: Fatal) -> tuple[int, Stage] | None:
    """The article at which a fork that works on them is ended, and in which stage; if it is."""

    def note(place: int, stage: Stage) -> None:
        job.in_hand.write_text(f"{place} {stage}", encoding="utf-8")

    job.in_hand.unlink(missing_ok=True)
    fork = os.fork()
    if not fork:
        try:
            work(first, fatal, note)
        finally:  # what goes wrong otherwise is not our affair: that is a rejection, or ends a run
            os._exit(0)
    _, status = os.waitpid(fork, 0)
    if not os.WIFSIGNALED(status) or not job.in_hand.exists():
        return None
    place, stage = job.in_hand.read_text(encoding="utf-8").split()
    return int(place), cast(Stage, stage)


def _survey(job: Job) -> Work:
    """What the survey does to each article."""
    from pipeline.read import records_of
    from pipeline.survey import survey_articles

    def work(first: int, fatal: Fatal, note: Note) -> None:
        records = records_of(job.plan, job.settings.read, fatal)
        for place in range(job.plan.articles):
            note(place, "read")
            record = next(records)
            if place >= first and isinstance(record, RawArticle):
                note(place, "clean")
                survey_articles(Shard(0, (record,)), job.settings)

    return work


def _annotation(job: Job) -> Work:
    """What the annotation does to each article."""
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

    def work(first: int, fatal: Fatal, note: Note) -> None:
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

    return work


if __name__ == "__main__":
    main(Path(sys.argv[1]))
