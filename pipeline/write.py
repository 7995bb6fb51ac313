"""The transform `Write`: one Parquet file a table and shard, and a report of what is in them."""

from __future__ import annotations

import json
import os
import resource
import socket
import sys
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import apache_beam as beam
import pyarrow as pa

from pipeline.manifest import report_path
from pipeline.parquet_files import write_table
from pipeline.rows import document_table, quarantine_table, sentence_table
from pipeline.storage import write_text
from schemas.manifest import Provenance, ShardReport
from schemas.records import AnnotatedArticle, Shard
from transforms.shards import add_metrics, map_articles


def write_shard(
    shard: Shard[AnnotatedArticle],
    folder: Path,
    shards: int,
    provenance: Provenance,
    prefix: str = "",
) -> ShardReport:
    """Write a shard's rows below `folder` and report them.

    A table without rows is not written, but by the first shard: a reader finds every table.

    Args:
        shard: what to write.
        folder: where the version of the corpus that is being made lies.
        shards: how many shards the run has.
        provenance: goes into the metadata of every file.
        prefix: what the names of the files begin with.
    """
    began = time.thread_time()
    # Arrow's own pool keeps what it once took: 40 MB more after 5,000 articles.
    pa.set_memory_pool(pa.system_memory_pool())
    shard, rows = as_tables(shard)
    tables = {**rows, "quarantine": quarantine_table(shard.rejections, provenance.run_id)}
    name = f"{prefix}{provenance.run_id}-{shard.index:05d}-of-{shards:05d}.parquet"
    files = tuple(
        write_table(table, folder, f"{kind}/{name}", provenance)
        for kind, table in tables.items()
        if table.num_rows or shard.index == 0
    )
    report = ShardReport(
        index=shard.index,
        planned=int(shard.metrics["read.planned"]),
        documents=len(shard.articles),
        rejected=len(shard.rejections),
        sentences=tables["sentences"].num_rows,
        tokens=sum(tables["documents"]["token_count"].to_pylist()),
        entities=sum(tables["documents"]["entity_count"].to_pylist()),
        rejected_by=dict(Counter(f"{one.stage}.{one.reason}" for one in shard.rejections)),
        metrics=add_metrics(shard.metrics, {"seconds.write": time.thread_time() - began}),
        files=files,
        worker=f"{socket.gethostname()}:{os.getpid()}",
        peak_memory=peak_memory(),
    )
    # The reports of finished shards are what a progress bar can see on any runner; a run that takes
    # up another one's work goes by them.
    write_text(report_path(folder, shard.index), json.dumps(report.as_json()))
    return report


def as_tables(
    shard: Shard[AnnotatedArticle],
) -> tuple[Shard[AnnotatedArticle], dict[str, pa.Table]]:
    """The shard without articles that Arrow cannot hold, and its rows."""

    def tables(articles: Sequence[AnnotatedArticle]) -> dict[str, pa.Table]:
        return {"sentences": sentence_table(articles), "documents": document_table(articles)}

    def check(article: AnnotatedArticle) -> AnnotatedArticle:
        tables([article])
        return article

    try:
        return shard, tables(shard.articles)
    except Exception:  # which of the articles it was shows when each is tried alone
        shard = map_articles(shard, "write", lambda article: article.article.origin, check)
        return shard, tables(shard.articles)


def peak_memory() -> int:
    """The highest resident memory of this process so far, in bytes."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


class Write(beam.PTransform):
    """`Shard[AnnotatedArticle]` → `ShardReport`."""

    def __init__(self, folder: Path, shards: int, provenance: Provenance, prefix: str = "") -> None:
        super().__init__()
        self._prefix = prefix
        self._folder = folder
        self._shards = shards
        self._provenance = provenance

    def expand(self, annotated: beam.PCollection) -> beam.PCollection:
        """Write each shard where it was made: only its report travels on."""
        return annotated | "Write shard" >> beam.Map(
            write_shard, self._folder, self._shards, self._provenance, self._prefix
        )
