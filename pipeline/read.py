"""From the plan of a shard to its articles."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from pipeline.articles import make_article, member_path
from pipeline.files import Stamp
from pipeline.formats import read_records
from pipeline.plan import REFUSED, ShardPlan, Slice
from pipeline.records import BrokenRecord, Item, Record
from pipeline.suspects import MESSAGE, REASON, Fatal
from schemas.records import RawArticle, Rejection, Shard, Stage
from schemas.settings import ReadSettings
from transforms.shards import RejectedArticleError

_LONGEST_MESSAGE = 1000


def read_shards(
    plans: Iterable[ShardPlan],
    settings: ReadSettings,
    fatal: Callable[[int], Fatal] = lambda index: {},
) -> Iterator[Shard[RawArticle]]:
    """The shards, one after the other; where one goes on in the last one's file, reading goes on.

    Every planned article is there, as an article or as a rejection.

    Args:
        plans: what to read.
        settings: the limits, and the encoding of all inputs.
        fatal: names the articles of a shard that would end this process.
    """
    reader = _Reader(settings)
    for plan in plans:
        yield _read_shard(plan, reader, fatal(plan.index))


def read_shard(plan: ShardPlan, settings: ReadSettings) -> Shard[RawArticle]:
    """The articles of one shard."""
    return _read_shard(plan, _Reader(settings), {})


def records_of(
    plan: ShardPlan, settings: ReadSettings, fatal: Fatal
) -> Iterator[RawArticle | Rejection]:
    """The articles of one shard, each read when it is asked for."""
    return _records(plan, _Reader(settings), fatal)


def _records(plan: ShardPlan, reader: _Reader, fatal: Fatal) -> Iterator[RawArticle | Rejection]:
    before = 0
    for part in plan.slices:
        yield from reader.read(part, {place - before: stage for place, stage in fatal.items()})
        before += part.stop - part.first


def _read_shard(plan: ShardPlan, reader: _Reader, fatal: Fatal) -> Shard[RawArticle]:
    began = time.thread_time()
    articles: list[RawArticle] = []
    rejections: list[Rejection] = []
    for item in _records(plan, reader, fatal):
        if isinstance(item, Rejection):
            rejections.append(item)
        else:
            articles.append(item)
    metrics = {
        "read.planned": float(plan.articles),
        "read.characters": float(sum(len(article.source) for article in articles)),
        "seconds.read": time.thread_time() - began,
    }
    return Shard(plan.index, tuple(articles), tuple(rejections), metrics)


class _Reader:
    """Reads slices; knows which record of which file would come next."""

    def __init__(self, settings: ReadSettings) -> None:
        self._settings = settings
        self._records: Iterator[Item] = iter(())
        self._next: tuple[str, int] | None = None

    def read(self, part: Slice, fatal: Fatal) -> Iterator[RawArticle | Rejection]:
        location = part.file.location
        position = part.first
        # Rows must come from the bytes that the plan counted and fingerprinted, or not at all.
        if Stamp.of(location) == part.stamp:
            if self._next != (location, position):
                records = (
                    iter(REFUSED)
                    if part.refused
                    else read_records(location, self._settings, part.begin)
                )
                self._records = islice(records, part.skip, None)
            for record in islice(self._records, part.stop - part.first):
                stage = fatal.get(position - part.first)
                position += 1
                yield _refuse(record, part, stage) if stage else _make(record, part, self._settings)
            self._next = (location, position)
        for missing in range(position, part.stop):
            message = f"article {missing + 1} of the file is no longer what was planned: run again"
            yield Rejection(part.file.path, None, None, "read", "changed", message)


def _make(record: Item, part: Slice, settings: ReadSettings) -> RawArticle | Rejection:
    path = member_path(part.file.path, record.member)
    if isinstance(record, BrokenRecord):
        message = record.message[:_LONGEST_MESSAGE]
        return Rejection(path, record.number, None, "read", record.reason, message)
    try:
        article = make_article(record, part.file, settings)
        _check_length(article.source, settings)
        return article
    except RejectedArticleError as error:
        reason, message = error.reason, str(error)
    except Exception as error:  # whatever an article does to us must not stop the run
        reason, message = "internal", f"{type(error).__name__}: {error}"
    message = message[:_LONGEST_MESSAGE]
    return Rejection(path, record.number, record.sha256, "read", reason, message)


def _refuse(record: Item, part: Slice, stage: Stage) -> Rejection:
    sha256 = record.sha256 if isinstance(record, Record) else None
    path = member_path(part.file.path, record.member)
    return Rejection(path, record.number, sha256, stage, REASON, MESSAGE)


def _check_length(source: str, settings: ReadSettings) -> None:
    """Refuse what would keep a worker busy for minutes; no article is near to the limits."""
    for count, most, what in (
        (len(source), settings.max_article_characters, "characters"),
        (len(source.splitlines()), settings.max_article_lines, "lines"),
    ):
        if count > most:
            raise RejectedArticleError("too_large", f"a text of more than {most} {what}")
