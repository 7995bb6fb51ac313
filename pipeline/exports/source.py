"""What an export reads: the sentences of a corpus in order, and the articles that they are of."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds
import pyarrow.parquet as pq

from pipeline.places import is_store

Row = Mapping[str, Any]

# Rows that are in memory together.
_BATCH_ROWS = 256
_BATCH_ARTICLES = 64


@dataclass(frozen=True, slots=True)
class Article:
    """An article: its clean text and the rows of its sentences in order."""

    doc_id: str
    text: str
    sentences: Sequence[Row]


def sentence_rows(
    version: Path, columns: Sequence[str], articles: int | None = None
) -> Iterator[Row]:
    """The rows of `sentences`, file by file, which are named in the order of the documents.

    Args:
        version: the folder of the tables.
        columns: the columns to read, `doc_id` among them.
        articles: how many articles to give the sentences of; `None`: all.
    """
    grouped = itertools.groupby(_all_rows(version, columns), key=lambda row: row["doc_id"])
    for _, rows in itertools.islice(grouped, articles):
        yield from rows


def articles_with_text(version: Path, rows: Iterable[Row]) -> Iterator[Article]:
    """The articles that rows of `sentences` are of, with their texts.

    Args:
        version: the folder of the tables.
        rows: all rows of each article, one after the other.
    """
    documents = _dataset(version / "documents")
    grouped = (
        (doc_id, list(group))
        for doc_id, group in itertools.groupby(rows, lambda row: row["doc_id"])
    )
    while batch := dict(itertools.islice(grouped, _BATCH_ARTICLES)):
        wanted = pc.field("doc_id").isin(pa.array(batch))
        found = documents.to_table(columns=["doc_id", "text"], filter=wanted).to_pydict()
        texts = dict(zip(found["doc_id"], found["text"], strict=True))
        for doc_id, sentences in batch.items():
            yield Article(doc_id, texts[doc_id], sentences)


def _all_rows(version: Path, columns: Sequence[str]) -> Iterator[Row]:
    for path in sorted((version / "sentences").glob("*.parquet")):
        with (
            path.open("rb") as file,
            pq.ParquetFile(file, pre_buffer=False, buffer_size=1024 * 1024) as table,
        ):
            for batch in table.iter_batches(_BATCH_ROWS, columns=list(columns), use_threads=False):
                yield from batch.to_pylist()


def _dataset(folder: Path) -> Any:
    """The Parquet files of a folder, or of a place on a store."""
    if not is_store(folder):
        return ds.dataset(folder, format="parquet")
    store = cast(Any, folder)
    return ds.dataset(store.path, filesystem=store.fs, format="parquet")
