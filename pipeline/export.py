"""The published corpus in another format: `python -m pipeline export`."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

import pyarrow as pa
import pyarrow.parquet as pq
from tqdm import tqdm

from pipeline.conllu import COLUMNS, conllu
from pipeline.error_codes import ErrorCode
from pipeline.errors import RunError, UsageError
from pipeline.publish import MANIFEST
from pipeline.where import published
from schemas.columns import SCHEMA_VERSION

STANDARD_OUTPUT = "-"
# Rows that are in memory together.
_BATCH_ROWS = 256


def export(corpus: Path, output: str) -> None:
    """Write the sentences of a corpus as CoNLL-U, in the order of documents and text.

    Args:
        corpus: the folder or place of a corpus.
        output: a file, which is replaced when all is written; or `-`, standard output.

    Raises:
        UsageError: there is no corpus, it is of another schema version, or the file cannot be
            written.
        RunError: the corpus is damaged.
    """
    version = published(corpus)
    manifest = corpus_manifest(version, corpus)
    rows = _rows(version, COLUMNS)
    total = manifest["counts"]["sentences"]
    with _writing(output) as file:
        bar = tqdm(rows, total=total, unit=" sentences", desc="exporting", disable=None)
        try:
            for sentence in conllu(bar):
                file.write(sentence)
        except (OSError, pa.ArrowException) as error:
            if isinstance(error, BrokenPipeError):
                raise
            raise RunError(
                ErrorCode.DAMAGED_CORPUS, f"cannot be exported: {error}", file=corpus
            ) from error


def corpus_manifest(version: Path, corpus: Path) -> dict[str, Any]:
    """The manifest of a version of a corpus that this program can read.

    Raises:
        UsageError: there is no corpus, or it is of another schema version.
        RunError: the manifest is damaged.
    """
    try:
        manifest: dict[str, Any] = json.loads((version / MANIFEST).read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise UsageError(ErrorCode.NO_CORPUS, "there is no corpus", file=corpus) from error
    except (OSError, ValueError) as error:
        raise RunError(
            ErrorCode.DAMAGED_CORPUS, f"cannot be read: {error}", file=corpus / MANIFEST
        ) from error
    found = manifest.get("schema_version")
    if found != SCHEMA_VERSION:
        raise UsageError(
            ErrorCode.OTHER_VERSION,
            f"it is of schema version {found}, this program reads {SCHEMA_VERSION}",
            f"make it again with `run … --output {corpus}`",
            corpus,
        )
    return manifest


def _rows(version: Path, columns: Sequence[str]) -> Iterator[dict[str, Any]]:
    """The rows of `sentences`, file by file, which are named in the order of the documents."""
    for path in sorted((version / "sentences").glob("*.parquet")):
        with (
            path.open("rb") as file,
            pq.ParquetFile(file, pre_buffer=False, buffer_size=1024 * 1024) as table,
        ):
            for batch in table.iter_batches(_BATCH_ROWS, columns=list(columns)):
                yield from batch.to_pylist()


@contextmanager
def _writing(output: str) -> Iterator[TextIO]:
    """A file that is there whole or not at all; or standard output, whose reader may go away."""
    if output == STANDARD_OUTPUT:
        try:
            with open(
                sys.stdout.fileno(), "w", encoding="utf-8", newline="\n", closefd=False
            ) as out:
                yield out
        except BrokenPipeError:
            # Python would try again at its end: there, what is left goes nowhere.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return
    path = Path(output)
    if path.is_dir():
        raise UsageError(
            ErrorCode.OUTPUT_TAKEN, "it is a folder", "name a file with --output", output
        )
    unfinished = path.with_name(f"_{path.name}.{os.getpid()}")
    try:
        file = unfinished.open("w", encoding="utf-8", newline="\n")
    except OSError as error:
        raise UsageError(
            ErrorCode.CANNOT_WRITE, f"cannot be written: {error.strerror}", file=output
        ) from error
    try:
        with file:
            yield file
        unfinished.replace(path)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise
