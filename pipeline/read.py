"""The transform `Read`: from the plan of a shard to its articles."""

from __future__ import annotations

import time
from collections.abc import Iterator
from itertools import islice

import apache_beam as beam

from pipeline.articles import make_article
from pipeline.plan import ShardPlan, Slice, Stamp
from pipeline.records import BrokenRecord, read_records
from schemas.records import RawArticle, Rejection, Shard
from schemas.settings import ReadSettings
from transforms.shards import RejectedArticleError


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
        records = read_records(part.file.location, settings.max_article_bytes)
        for record in islice(records, part.first, part.stop):
            position += 1
            if isinstance(record, BrokenRecord):
                yield _reject(part, record.number, None, record.reason, record.message)
                continue
            try:
                yield make_article(record, part.file, settings)
            except RejectedArticleError as error:
                yield _reject(part, record.number, record.sha256, error.reason, str(error))
            except Exception as error:  # whatever an article does to us must not stop the run
                message = f"{type(error).__name__}: {error}"
                yield _reject(part, record.number, record.sha256, "internal", message)
    for missing in range(position, part.stop):
        message = f"article {missing + 1} of the file is no longer what was planned: run again"
        yield _reject(part, None, None, "changed", message)


def _reject(
    part: Slice, number: int | None, sha256: str | None, reason: str, message: str
) -> Rejection:
    return Rejection(part.file.path, number, sha256, "read", reason, message[:1000])


class Read(beam.PTransform):
    """`ShardPlan` → `Shard[RawArticle]`."""

    def __init__(self, settings: ReadSettings) -> None:
        super().__init__()
        self._settings = settings

    def expand(self, plans: beam.PCollection) -> beam.PCollection:
        """Read each shard where it will be worked on: no text is shuffled."""
        return plans | "Read shard" >> beam.Map(read_shard, self._settings)
