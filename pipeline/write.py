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
from dataclasses import asdict
from pathlib import Path

import apache_beam as beam
import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.digests import file_sha256
from pipeline.rows import document_table, quarantine_table, sentence_table
from schemas.manifest import Provenance, ShardReport, WrittenFile
from schemas.records import AnnotatedArticle, Shard
from transforms.shards import add_metrics, map_articles

# Large enough to compress well, small enough that a reader of one row group needs little memory.
_ROW_GROUP_ROWS = 4096
_COMPRESSION_LEVEL = 3


def write_shard(
    shard: Shard[AnnotatedArticle], folder: Path, shards: int, provenance: Provenance
) -> ShardReport:
    """Write a shard's rows below `folder` and report them.

    A table without rows is not written, but by the first shard: a reader finds every table.

    Args:
        shard: what to write.
        folder: where the version of the corpus that is being made lies.
        shards: how many shards the run has.
        provenance: goes into the metadata of every file.
    """
    began = time.thread_time()
    # Arrow's own pool keeps what it once took: 40 MB more after 5,000 articles.
    pa.set_memory_pool(pa.system_memory_pool())
    shard, rows = _as_tables(shard)
    tables = {**rows, "quarantine": quarantine_table(shard.rejections, provenance.run_id)}
    name = f"{provenance.run_id}-{shard.index:05d}-of-{shards:05d}.parquet"
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
    # The reports of finished shards are what a progress bar can see on any runner.
    write_text(folder / "reports" / f"{shard.index:05d}.json", json.dumps(report.as_json()))
    return report


def _as_tables(
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


def write_table(table: pa.Table, folder: Path, name: str, provenance: Provenance) -> WrittenFile:
    """Write a Parquet file, whole or not at all; equal rows give equal bytes."""
    metadata = {
        **(table.schema.metadata or {}),
        b"warraq": json.dumps(asdict(provenance), ensure_ascii=False, sort_keys=True).encode(),
    }
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f"_{path.name}.{os.getpid()}")
    pq.write_table(
        table.replace_schema_metadata(metadata),
        unfinished,
        row_group_size=_ROW_GROUP_ROWS,
        compression="zstd",
        compression_level=_COMPRESSION_LEVEL,
    )
    sha256 = file_sha256(unfinished)
    size = unfinished.stat().st_size
    unfinished.replace(path)
    return WrittenFile(name.partition("/")[0], name, table.num_rows, size, sha256)


def write_text(path: Path, text: str) -> None:
    """Write a small file, whole or not at all."""
    write_bytes(path, text.encode())


def write_bytes(path: Path, data: bytes) -> None:
    """Write a file, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f"_{path.name}.{os.getpid()}")
    unfinished.write_bytes(data)
    unfinished.replace(path)


def peak_memory() -> int:
    """The highest resident memory of this process so far, in bytes."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


class Write(beam.PTransform):
    """`Shard[AnnotatedArticle]` → `ShardReport`."""

    def __init__(self, folder: Path, shards: int, provenance: Provenance) -> None:
        super().__init__()
        self._folder = folder
        self._shards = shards
        self._provenance = provenance

    def expand(self, annotated: beam.PCollection) -> beam.PCollection:
        """Write each shard where it was made: only its report travels on."""
        return annotated | "Write shard" >> beam.Map(
            write_shard, self._folder, self._shards, self._provenance
        )
