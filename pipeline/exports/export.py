"""The published corpus in another format: `python -m pipeline export`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
from tqdm import tqdm

from pipeline.error_codes import ErrorCode
from pipeline.errors import RunError, UsageError
from pipeline.exports import brat, conllu, huggingface, jsonl, webanno
from pipeline.exports.output import writing, writing_folder
from pipeline.exports.source import Row, articles_with_text, sentence_rows
from pipeline.query.corpus import read_published_manifest
from pipeline.where import published

_COLUMNS = {
    "conllu": conllu.COLUMNS,
    "jsonl": jsonl.COLUMNS,
    "brat": brat.COLUMNS,
    "webanno": webanno.COLUMNS,
}


def export(corpus: Path, output: str, form: str = "conllu", articles: int | None = None) -> None:
    """Write a corpus in another format, in the order of documents and text.

    Args:
        corpus: the folder or place of a corpus.
        output: a file, which is replaced when all is written, or `-`, standard output; for brat,
            webanno and huggingface a folder that is not there yet.
        form: conllu, jsonl, brat, webanno or huggingface.
        articles: how many to write, from the first; `None`: all.

    Raises:
        UsageError: there is no corpus, it is of another schema version, the output cannot be
            written, or a number of articles makes no sense.
        RunError: the corpus is damaged.
    """
    manifest = read_published_manifest(corpus)
    if articles is not None and articles < 1:
        raise UsageError(ErrorCode.BAD_ARGUMENTS, f"--articles {articles}", "take at least 1")
    try:
        _export(published(corpus), manifest, output, form, articles)
    except (OSError, pa.ArrowException) as error:
        if isinstance(error, BrokenPipeError):
            raise
        raise RunError(
            ErrorCode.DAMAGED_CORPUS, f"cannot be exported: {error}", file=corpus
        ) from error


def _export(
    version: Path, manifest: dict[str, Any], output: str, form: str, articles: int | None
) -> None:
    if form == "huggingface":
        if articles is not None:
            raise UsageError(
                ErrorCode.BAD_ARGUMENTS,
                "--format huggingface takes the whole corpus",
                "leave out --articles",
            )
        with writing_folder(output) as folder:
            huggingface.write_dataset(version, manifest, folder)
        return
    total = manifest["counts"]["sentences"] if articles is None else None
    rows = _with_progress(sentence_rows(version, _COLUMNS[form], articles), total)
    match form:
        case "conllu" | "jsonl":
            lines = conllu.conllu(rows) if form == "conllu" else jsonl.json_lines(rows)
            with writing(output) as file:
                file.writelines(lines)
        case "brat":
            with writing_folder(output) as folder:
                brat.write_articles(articles_with_text(version, rows), folder)
        case "webanno":
            with writing_folder(output) as folder:
                webanno.write_articles(rows, folder)


def _with_progress(rows: Iterable[Row], total: int | None) -> Iterator[Row]:
    yield from tqdm(rows, total=total, unit=" sentences", desc="exporting", disable=None)
