"""A published corpus, opened with DuckDB: its tables are views, and nothing can be written."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from pipeline.error_codes import ErrorCode
from pipeline.errors import RunError, UsageError
from pipeline.places import is_store
from pipeline.publish import MANIFEST
from pipeline.where import published
from schemas import documents, quarantine, sentences
from schemas.columns import SCHEMA_VERSION

if TYPE_CHECKING:
    import duckdb

_SCHEMAS = {
    "sentences": sentences.SCHEMA,
    "documents": documents.SCHEMA,
    "quarantine": quarantine.SCHEMA,
}


@dataclass(frozen=True)
class Corpus:
    """A version of a corpus: `connection` has the views sentences, documents and quarantine.

    Rows come in the order of the corpus. All questions are put to the version that was current
    when it was opened, whatever is published meanwhile.
    """

    folder: Path
    manifest: dict[str, Any]
    connection: duckdb.DuckDBPyConnection

    def files(self, table: str) -> list[str]:
        """The Parquet files of a table, in the order of the corpus."""
        return sorted(map(str, (self.folder / table).glob("*.parquet")))


def open_corpus(folder: Path) -> Corpus:
    """Open a corpus for reading.

    Args:
        folder: what `run --output` was given, on a store, too; or a copy of it without the links.

    Raises:
        UsageError: there is no corpus, or it is of another schema version.
        RunError: it is damaged.
    """
    version = published(folder)
    manifest = read_published_manifest(folder)
    import duckdb

    connection = duckdb.connect(
        config={
            # No network, whatever a query asks for: extensions come from the package or not at all.
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
            # Nothing is left where the program was started.
            "temp_directory": tempfile.gettempdir(),
        }
    )
    if is_store(version):  # DuckDB's own way to it is an extension, which would be fetched
        connection.register_filesystem(cast(Any, version).fs)
    corpus = Corpus(version, manifest, connection)
    try:
        for table, schema in _SCHEMAS.items():
            if files := corpus.files(table):
                connection.execute(f"CREATE VIEW {table} AS SELECT * FROM {parquet(files)}")  # noqa: S608
            else:
                connection.register(table, schema.empty_table())
    except duckdb.Error as error:
        raise RunError(ErrorCode.DAMAGED_CORPUS, f"cannot be read: {error}", file=folder) from error
    return corpus


def read_published_manifest(folder: Path) -> dict[str, Any]:
    """The manifest of a corpus, whose schema version is this program's.

    Raises:
        UsageError: there is no corpus, or it is of another schema version.
        RunError: the manifest is damaged.
    """
    path = published(folder) / MANIFEST
    try:
        manifest: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise UsageError(ErrorCode.NO_CORPUS, "there is no corpus", file=folder) from error
    except (OSError, ValueError) as error:
        raise RunError(
            ErrorCode.DAMAGED_CORPUS, f"cannot be read: {error}", file=folder / MANIFEST
        ) from error
    found = manifest.get("schema_version")
    if found != SCHEMA_VERSION:
        raise UsageError(
            ErrorCode.OTHER_VERSION,
            f"it is of schema version {found}, this program reads {SCHEMA_VERSION}",
            f"make it again with `run … --output {folder}`",
            folder,
        )
    return manifest


def quoted(text: str) -> str:
    """A text as SQL writes it."""
    return "'" + text.replace("'", "''") + "'"


def parquet(files: Iterable[str], places: bool = False) -> str:
    """The rows of Parquet files as SQL names them.

    Args:
        files: the files, at least one.
        places: whether to have the columns `filename` and `file_row_number` as well.
    """
    options = ", filename = true, file_row_number = true" if places else ""
    return f"read_parquet([{', '.join(map(quoted, files))}]{options})"
