"""The transform `Read`: from the plan of a shard to its articles."""

from __future__ import annotations

import time
from collections.abc import Iterator
from itertools import islice

import apache_beam as beam

from pipeline.articles import make_article, member_path
from pipeline.files import Stamp
from pipeline.formats import read_records
from pipeline.plan import ShardPlan, Slice
from pipeline.records import BrokenRecord, Item
from schemas.records import RawArticle, Rejection, Shard
from schemas.settings import ReadSettings
from transforms.shards import RejectedArticleError

_LONGEST_MESSAGE = 1000


def read_shard(plan: ShardPlan, settings: ReadSettings) -> Shard[RawArticle]:
    """The articles of a shard; every planned one is there, as an article or as a rejection."""
    began = time.perf_counter()
    articles: list[RawArticle] = []
    rejections: list[Rejection] = []
    for part in plan.slices:
        for item in _read_slice(part, settings):
            if isinstance(item, Rejection):
                rejections.append(item)
            else:
                articles.append(item)
    metrics = {
        "read.planned": float(plan.articles),
        "read.characters": float(sum(len(article.source) for article in articles)),
        "seconds.read": time.perf_counter() - began,
    }
    return Shard(plan.index, tuple(articles), tuple(rejections), metrics)


def _read_slice(part: Slice, settings: ReadSettings) -> Iterator[RawArticle | Rejection]:
    position = part.first
    # Rows must come from the bytes that the plan counted and fingerprinted, or not at all.
    if Stamp.of(part.file.location) == part.stamp:
        records = read_records(part.file.location, settings, part.begin)
        for record in islice(records, part.skip, part.skip + part.stop - part.first):
            position += 1
            yield _make(record, part, settings)
    for missing in range(position, part.stop):
        message = f"article {missing + 1} of the file is no longer what was planned: run again"
        yield Rejection(part.file.path, None, None, "read", "changed", message)


def _make(record: Item, part: Slice, settings: ReadSettings) -> RawArticle | Rejection:
    path = member_path(part.file.path, record.member)
    if isinstance(record, BrokenRecord):
        message = record.message[:_LONGEST_MESSAGE]
        return Rejection(path, record.number, None, "read", record.reason, message)
    try:
        return make_article(record, part.file, settings)
    except RejectedArticleError as error:
        reason, message = error.reason, str(error)
    except Exception as error:  # whatever an article does to us must not stop the run
        reason, message = "internal", f"{type(error).__name__}: {error}"
    message = message[:_LONGEST_MESSAGE]
    return Rejection(path, record.number, record.sha256, "read", reason, message)


class Read(beam.PTransform):
    """`ShardPlan` → `Shard[RawArticle]`."""

    def __init__(self, settings: ReadSettings) -> None:
        super().__init__()
        self._settings = settings

    def expand(self, plans: beam.PCollection) -> beam.PCollection:
        """Read each shard where it will be worked on: no text is shuffled."""
        return plans | "Read shard" >> beam.Map(read_shard, self._settings)
