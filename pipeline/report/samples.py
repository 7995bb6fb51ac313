"""A few articles as annotated text: words with their analyses, names, and what was taken out."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pipeline.report.corpus_view import CorpusView

# What is told of a word, in this order.
TOLD = (
    "diac",
    "lemma",
    "root",
    "pattern",
    "gloss",
    "pos",
    "upos",
    "feats",
    "d3",
    "analysis_source",
    "analysis_score",
    "analysis_count",
)
_SAMPLES = 8
_LEAST_TOKENS, _MOST_TOKENS = 120, 400
_TITLE_LENGTH = 120
_SILENT = ("punctuation",)


@dataclass(frozen=True)
class Word:
    """A word, and the number of its analysis; `None` for marks and what is between words."""

    text: str
    analysis: int | None = None


@dataclass(frozen=True)
class Name:
    """The words of a named entity."""

    type: str
    name: str
    words: tuple[Word, ...]


@dataclass(frozen=True)
class Removed:
    """What cleaning took out at this place."""

    text: str
    reason: str
    way: str


Piece = Word | Name | Removed


@dataclass(frozen=True)
class Block:
    """A block of the article, or (of kind `removed`) lines that were taken out between two."""

    kind: str
    pieces: list[Piece]


@dataclass(frozen=True)
class Article:
    """An article to read: its blocks in the order of its source."""

    doc_id: str
    title: str
    site: str | None
    published: str | None
    url: str | None
    tokens: int
    names: int
    removed: int
    blocks: list[Block]


@dataclass
class Analyses:
    """The analyses of all words that are shown, each once; `TOLD` names the places of a row."""

    rows: list[tuple[Any, ...]] = field(default_factory=list)
    _numbers: dict[tuple[Any, ...], int] = field(default_factory=dict)

    def number(self, row: tuple[Any, ...]) -> int:
        """The number of an analysis."""
        if row not in self._numbers:
            self._numbers[row] = len(self.rows)
            self.rows.append(row)
        return self._numbers[row]


def sample_articles(view: CorpusView) -> tuple[list[Article], Analyses]:
    """The articles that show most in little space, of as many sites as possible.

    The same corpus gives the same articles.
    """
    analyses = Analyses()
    chosen = [name for (name,) in view.rows(_CHOICE, _LEAST_TOKENS, _MOST_TOKENS, _SAMPLES)]
    documents = {one["doc_id"]: one for one in _rows_of(view, "documents", chosen)}
    sentences = _rows_of(view, "sentences", chosen)
    sentences.sort(key=lambda one: one["sentence_index"])
    return [
        _article(documents[name], [one for one in sentences if one["doc_id"] == name], analyses)
        for name in chosen
    ], analyses


_CHOICE = """
    WITH interest AS (
        SELECT doc_id, site, entity_count / greatest(token_count, 1) AS named,
               -- With more names than that it is a list.
               [token_count BETWEEN $1 AND $2, len(removed_text) > 0, named < 0.12] AS shows
        FROM documents WHERE sentence_count > 0
    ), ranked AS (
        SELECT *, row_number() OVER (
            PARTITION BY site ORDER BY shows DESC, named DESC, doc_id
        ) AS rank
        FROM interest
    )
    SELECT doc_id FROM ranked ORDER BY rank, shows DESC, named DESC, doc_id LIMIT $3
"""


def _rows_of(view: CorpusView, table: str, doc_ids: Sequence[str]) -> list[dict[str, Any]]:
    """All columns of the rows of some articles."""
    # So asked, DuckDB decodes the other columns only where one of the articles is.
    found = view.connection.execute(
        f"SELECT * FROM {table} WHERE doc_id IN (SELECT unnest($1))",  # noqa: S608
        [doc_ids],
    )
    names = [column[0] for column in found.description or ()]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def _article(
    document: Mapping[str, Any], sentences: Sequence[Mapping[str, Any]], analyses: Analyses
) -> Article:
    published = document["published"]
    return Article(
        document["doc_id"],
        textwrap.shorten(document["title"] or sentences[0]["text"], _TITLE_LENGTH, placeholder="…"),
        document["site"],
        published.strftime("%Y-%m-%d") if published else None,
        document["url"],
        document["token_count"],
        document["entity_count"],
        len(document["removed_text"]),
        list(_blocks(document, sentences, analyses)),
    )


def _blocks(
    document: Mapping[str, Any], sentences: Sequence[Mapping[str, Any]], analyses: Analyses
) -> Iterator[Block]:
    """Sentences and removed stretches in the order of the source, put together by block."""
    removed = sorted(
        zip(
            document["removed_start"],
            document["removed_text"],
            document["removed_reason"],
            document["removed_way"],
            strict=True,
        )
    )
    block: Block | None = None
    paragraph = None
    for sentence in sentences:
        before = [one for one in removed if one[0] < sentence["source_start"]]
        removed = removed[len(before) :]
        taken = [Removed(text, reason, way) for _, text, reason, way in before]
        if block is not None and sentence["paragraph_index"] == paragraph:
            block.pieces.extend(taken)
            block.pieces.append(Word(" "))
        else:
            if block is not None:
                yield block
            if taken:
                yield Block("removed", list(taken))
            block, paragraph = Block(sentence["block"], []), sentence["paragraph_index"]
        block.pieces.extend(sentence_pieces(sentence, analyses))
    if block is not None:
        yield block
    if removed:
        yield Block("removed", [Removed(text, reason, way) for _, text, reason, way in removed])


def sentence_pieces(sentence: Mapping[str, Any], analyses: Analyses) -> list[Piece]:
    """A sentence as it reads, its names held together; the pieces' texts make up its text."""
    text: str = sentence["text"]
    told = list(zip(*(sentence[name] for name in TOLD), strict=True))
    spans = {
        start: (end, kind, name)
        for start, end, kind, name in zip(
            sentence["entity_token_start"],
            sentence["entity_token_end"],
            sentence["entity_type"],
            sentence["entity_name"],
            strict=True,
        )
    }
    pieces: list[Piece] = []
    at = index = 0
    while index < len(told):
        start = sentence["token_start"][index]
        if start > at:
            pieces.append(Word(text[at:start]))
        end, kind, name = spans.get(index, (index + 1, "", ""))
        words: list[Word] = []
        at = start
        for token in range(index, end):
            if sentence["token_start"][token] > at:
                words.append(Word(text[at : sentence["token_start"][token]]))
            at = sentence["token_end"][token]
            words.append(_word(sentence["tokens"][token], told[token], analyses))
        pieces.extend([Name(kind, name, tuple(words))] if kind else words)
        index = end
    if at < len(text):
        pieces.append(Word(text[at:]))
    return pieces


def _word(text: str, told: tuple[Any, ...], analyses: Analyses) -> Word:
    if told[TOLD.index("analysis_source")] in _SILENT:
        return Word(text)
    score = TOLD.index("analysis_score")
    rounded = (*told[:score], round(told[score], 2), *told[score + 1 :])
    return Word(text, analyses.number(rounded))
