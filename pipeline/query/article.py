"""One article of a corpus, found by what a user knows of it, and shown with its annotation."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping
from typing import Any, TextIO

import duckdb

from pipeline.error_codes import ErrorCode
from pipeline.errors import RunError, UsageError
from pipeline.query.corpus import Corpus
from pipeline.query.terminal import Style, columns, safe, wrapped

_HEAD = ("doc_id", "site", "published", "author", "url", "path", "duplicate_of")
_WORD_COLUMNS = ("tokens", "lemma", "root", "upos", "feats", "gloss")
_SHOWN = 5
_WIDEST = 100
_COLOURS = {"PER": "32", "LOC": "34", "ORG": "35", "MISC": "33"}
_TITLE, _FAINT, _STRUCK = "1", "2", "9;2"
_COLOUR_CODE = re.compile("\x1b\\[[0-9;]*m")
_HEADINGS = frozenset(("title", "heading"))


def find_article(corpus: Corpus, named: str) -> dict[str, Any]:
    """The row of `documents` that is meant, and under `sentences` its sentences in order.

    Args:
        corpus: where to look.
        named: its `doc_id`, the beginning of that, or its path.

    Raises:
        UsageError: no article is meant, or several are.
        RunError: the corpus is damaged.
    """
    try:
        documents = _rows(
            corpus,
            "SELECT * FROM documents WHERE starts_with(doc_id, $named) OR path = $named "
            "ORDER BY doc_id <> $named, doc_id",
            named,
        )
        exact = [row for row in documents if row["doc_id"] == named]
        found = exact or documents
        if len(found) != 1 or not named:
            raise _not_one(named, found)
        sentences = _rows(
            corpus,
            "SELECT * FROM sentences WHERE doc_id = $named ORDER BY sentence_index",
            found[0]["doc_id"],
        )
    except duckdb.Error as error:
        raise RunError(ErrorCode.DAMAGED_CORPUS, f"cannot be read: {error}") from error
    return {**found[0], "sentences": sentences}


def write_article(
    article: Mapping[str, Any], file: TextIO, style: Style, words: bool, removed: bool
) -> None:
    """Write an article: what is known of it, its text with names marked.

    Args:
        article: what `find_article` found.
        file: where to write.
        style: how to write.
        words: whether to write the analysis of each word, too.
        removed: whether to write what cleaning took out, too.
    """
    width = min(style.width, _WIDEST)
    for line in _head(article, style):
        file.write(line + "\n")
    paragraph = None
    for sentence in article["sentences"]:
        if sentence["paragraph_index"] != paragraph:
            paragraph = sentence["paragraph_index"]
            file.write("\n")
        for line in wrapped(_words(sentence, style), width):
            shown = style.right_to_left(line)
            heads = sentence["block"] in _HEADINGS
            file.write((style.coloured_in(_TITLE, shown) if heads else shown) + "\n")
        if words:
            file.writelines(line + "\n" for line in _analysis(sentence, style))
    if not article["sentences"]:
        file.writelines(["\n", *(f"{safe(line)}\n" for line in article["text"].splitlines())])
    if removed:
        file.writelines(line + "\n" for line in _removed(article, style))


def _not_one(named: str, found: list[dict[str, Any]]) -> UsageError:
    if not found or not named:
        cause = f"there is no article {named!r} in the corpus"
        return UsageError(ErrorCode.NOT_ONE_ARTICLE, cause)
    listed = ", ".join(row["doc_id"] for row in found[:_SHOWN])
    more = f" and {len(found) - _SHOWN} more" if len(found) > _SHOWN else ""
    cause = f"{named!r} is of {len(found)} articles: {listed}{more}"
    return UsageError(ErrorCode.NOT_ONE_ARTICLE, cause, "name one by its doc_id")


def _rows(corpus: Corpus, query: str, named: str) -> list[dict[str, Any]]:
    result = corpus.connection.execute(query, {"named": named})
    titles = [column[0] for column in result.description or ()]
    return [dict(zip(titles, row, strict=True)) for row in result.fetchall()]


def _head(article: Mapping[str, Any], style: Style) -> Iterator[str]:
    sentences = article["sentences"]
    if article["title"] and not (sentences and sentences[0]["block"] == "title"):
        yield style.coloured_in(_TITLE, style.right_to_left(safe(article["title"])))
    for name in _HEAD:
        value = article[name]
        if value is not None:
            text = value.isoformat(" ") if isinstance(value, datetime.datetime) else safe(value)
            yield style.coloured_in(_FAINT, f"{name:<13}") + text
    if style.coloured:
        yield " ".join(style.coloured_in(code, kind) for kind, code in _COLOURS.items())


def _words(sentence: Mapping[str, Any], style: Style) -> list[tuple[str, str]]:
    """What stands between spaces, as it is measured and as it is written."""
    text, written, at = sentence["text"], "", 0
    spans = ("entity_start", "entity_end", "entity_type")
    for start, end, kind in zip(*(sentence[span] for span in spans), strict=True):
        name = safe(text[start:end])
        marked = style.coloured_in(_COLOURS[kind], name)
        written += safe(text[at:start]) + (marked if style.coloured else f"[{name}\u00a0{kind}]")
        at = end
    written += safe(text[at:])
    return [(_COLOUR_CODE.sub("", word), word) for word in written.split(" ")]


def _analysis(sentence: Mapping[str, Any], style: Style) -> Iterator[str]:
    rows = [
        [safe(value or "") for value in row]
        for row in zip(*(sentence[name] for name in _WORD_COLUMNS), strict=True)
    ]
    widths = [max(columns(cell) for cell in column) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = [
            (cell if cell.isascii() else style.right_to_left(cell)) + " " * (width - columns(cell))
            for cell, width in zip(row, widths, strict=True)
        ]
        yield ("    " + "  ".join(cells)).rstrip()


def _removed(article: Mapping[str, Any], style: Style) -> Iterator[str]:
    yield ""
    removed = zip(article["removed_reason"], article["removed_text"], strict=True)
    for reason, text in removed:
        struck = style.coloured_in(_STRUCK, style.right_to_left(safe(text)))
        yield style.coloured_in(_FAINT, f"removed ({reason})  ") + struck
