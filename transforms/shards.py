"""What every transform shares: working through a shard so that one bad article stops nothing."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from schemas.records import Origin, Rejection, Shard, Stage

InT = TypeVar("InT")
OutT = TypeVar("OutT")


class RejectedArticleError(Exception):
    """Raised by a transform's plain function when an article cannot become a document.

    `reason` is one of the closed list in `schemas.quarantine.REASONS`; the message is for people.
    """

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason


def rejection(origin: Origin, stage: Stage, error: Exception) -> Rejection:
    """The quarantine row for an article that failed in `stage` with `error`.

    An error of any other type is a fault of ours: it is kept, with its type, as `internal`.
    """
    if isinstance(error, RejectedArticleError):
        reason, message = error.reason, str(error)
    else:
        reason, message = "internal", f"{type(error).__name__}: {error}"
    return Rejection(
        origin.path, origin.record, origin.source_sha256, stage, reason, message[:1000]
    )


def map_articles(
    shard: Shard[InT], stage: Stage, origin: Callable[[InT], Origin], work: Callable[[InT], OutT]
) -> Shard[OutT]:
    """Apply `work` to each article of a shard; an article whose `work` raises is rejected."""
    began = time.thread_time()
    done: list[OutT] = []
    rejected: list[Rejection] = []
    for article in shard.articles:
        try:
            done.append(work(article))
        except Exception as error:  # whatever an article does to us must not stop the run
            rejected.append(rejection(origin(article), stage, error))
    return Shard(
        shard.index,
        tuple(done),
        (*shard.rejections, *rejected),
        add_metrics(shard.metrics, {f"seconds.{stage}": time.thread_time() - began}),
    )


def add_metrics(metrics: Mapping[str, float], more: Mapping[str, float]) -> dict[str, float]:
    """The two sets of metrics added up, name by name."""
    return {name: metrics.get(name, 0) + more.get(name, 0) for name in sorted({*metrics, *more})}


def with_metrics(shard: Shard[Any], more: Mapping[str, float]) -> Shard[Any]:
    """The shard with `more` added to its metrics."""
    return replace(shard, metrics=add_metrics(shard.metrics, more))
