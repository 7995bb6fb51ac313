"""The rows that a report is about, open for questions in SQL: a corpus, or one run's part of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from pipeline.error_codes import ErrorCode
from pipeline.errors import RunError
from pipeline.history import read_run, read_runs
from pipeline.ledger import owner, read_entries
from pipeline.query.corpus import open_corpus as open_published
from pipeline.query.corpus import parquet
from schemas.manifest import TABLES

Rows = list[tuple[Any, ...]]


@dataclass(frozen=True)
class CorpusView:
    """A version of a corpus; `run` is the record of the run whose rows alone are looked at."""

    folder: Path
    version: Path
    manifest: Mapping[str, Any]
    run: Mapping[str, Any] | None
    runs: Sequence[Mapping[str, Any]]
    connection: duckdb.DuckDBPyConnection = field(repr=False)

    def rows(self, question: str, *values: Any) -> Rows:
        """The answer to a question in SQL about `sentences`, `documents` and `quarantine`.

        Raises:
            RunError: the files cannot be read.
        """
        try:
            return self.connection.execute(question, values).fetchall()
        except (duckdb.IOException, duckdb.InvalidInputException) as error:
            raise _damaged(self.folder, error) from error

    def row(self, question: str, *values: Any) -> tuple[Any, ...]:
        """The only row of an answer."""
        (found,) = self.rows(question, *values)
        return found


def open_corpus(folder: Path, run: str | None = None) -> CorpusView:
    """Open a corpus for questions.

    Args:
        folder: the corpus.
        run: the number of a run, as `runs` lists it: only the rows that it made, and that no later
            run has made anew, are looked at.

    Raises:
        UsageError: there is no corpus, it is of another schema version, or there is no such run.
        RunError: the corpus is damaged.
    """
    opened = open_published(folder)
    record = read_run(folder, run) if run else None
    view = CorpusView(
        folder, opened.folder, opened.manifest, record, read_runs(folder), opened.connection
    )
    if record:
        opened.connection.register("made", pa.table({"path": _made_by(view, record)}))
        for table in TABLES:
            rows = f"SELECT * FROM {parquet(opened.files(table))} SEMI JOIN made USING (path)"  # noqa: S608
            opened.connection.execute(f"CREATE OR REPLACE VIEW {table} AS {rows}")
    return view


def _made_by(view: CorpusView, run: Mapping[str, Any]) -> pa.Array:
    """The paths of the rows that a run made, as far as no later run has made them anew.

    Those are the rows of the input files that were annotated between its beginning and its end, by
    the ledger: so they are found after parts were merged, too, when one Parquet file holds the rows
    of many runs.
    """
    began = int(datetime.fromisoformat(run["started"]).timestamp())
    ended = datetime.fromisoformat(run.get("finished", run["started"])).timestamp()
    entries = read_entries(view.version).values()
    files = {entry.path for entry in entries if began <= entry.annotated <= ended}
    paths: set[str] = set()
    for table in ("documents", "quarantine"):
        rows = pq.ParquetDataset(view.version / table).read(columns=["path"])
        paths.update(pc.unique(rows["path"]).to_pylist())
    return pa.array(sorted(path for path in paths if owner(path, files)), pa.string())


def _damaged(path: Path, error: Exception) -> RunError:
    cause = f"cannot be read: {str(error).splitlines()[0]}"
    return RunError(ErrorCode.DAMAGED_CORPUS, cause, file=path)
