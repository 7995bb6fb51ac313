"""Decoded article in; clean blocks, with the source behind every character, out."""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

import apache_beam as beam

from schemas.records import (
    Alignment,
    Block,
    BlockKind,
    CleanArticle,
    CleanedAlone,
    Metadata,
    RawArticle,
    Removed,
    Shard,
)
from schemas.settings import CleanSettings
from transforms.blocks import Verdict
from transforms.datelines import dateline_end
from transforms.language import foreign, identify
from transforms.normalise import Line, normalise_lines
from transforms.repeated_lines import NO_LINES, KnownLines, line_hashes, no_lines, site_of
from transforms.shards import RejectedArticleError, map_articles, with_metrics
from transforms.source_lines import page_lines
from transforms.tokens import ARABIC_LETTERS
from transforms.verdicts import comparable, verdicts

LANGUAGE = "ar"

_ARABIC = re.compile(rf"[{ARABIC_LETTERS}]+")
_LETTERS = re.compile(r"[^\W\d_]+")
# Of an article's language a page of its text says as much as all of it.
_IDENTIFIED_CHARACTERS = 2000
# Of a text in Arabic script, the model may believe the oddest things; these it knows well.
_OTHERS_IN_ARABIC_SCRIPT = {"azb", "ckb", "fa", "ku", "mzn", "pnb", "ps", "sd", "ug", "ur"}


class Clean(beam.PTransform):
    """`Shard[RawArticle]` → `Shard[CleanArticle]`, by `clean_article`."""

    def __init__(
        self, settings: CleanSettings, load_lines: Callable[[], KnownLines] = no_lines
    ) -> None:
        """`load_lines` gives the lines that come back in many articles of a site."""
        super().__init__()
        self._settings = settings
        self._load_lines = load_lines

    def expand(self, shards: Any) -> Any:
        """Cleans each shard where it is."""
        return shards | beam.Map(_load_and_clean, self._settings, self._load_lines)


def _load_and_clean(
    shard: Shard[RawArticle], settings: CleanSettings, load_lines: Callable[[], KnownLines]
) -> Shard[CleanArticle]:
    return clean_shard(shard, settings, load_lines())


def clean_shard(
    shard: Shard[RawArticle], settings: CleanSettings, known: KnownLines = NO_LINES
) -> Shard[CleanArticle]:
    """`clean_article` for each; counts `clean.removed_blocks` and `clean.repeated_lines`."""
    cleaned = map_articles(
        shard,
        "clean",
        lambda article: article.origin,
        lambda article: clean_article(article, settings, known),
    )
    ways = [removed.way for article in cleaned.articles for removed in article.removed]
    counts = {"clean.removed_blocks": len(ways), "clean.repeated_lines": ways.count("corpus")}
    return with_metrics(cleaned, counts)


def clean_article(
    article: RawArticle, settings: CleanSettings, known: KnownLines = NO_LINES
) -> CleanArticle:
    """The article without what its page put around it, one block a line.

    Each line of the source that has something to see is a block, or two where a paragraph begins
    with its dateline, or it is in `removed`. What `clean_alone` made of it with the same settings
    is taken over where it can be.

    Raises:
        RejectedArticleError: `empty`, `no_text` or `not_arabic`.
    """
    alone = article.alone
    if alone is not None and known.counts.keys().isdisjoint(alone.lines):
        return alone.article
    return _cleaned(article, _lines(article), settings, known)


def clean_alone(article: RawArticle, settings: CleanSettings) -> CleanedAlone:
    """The article cleaned, and what tells whether knowledge of others would change that.

    Raises:
        RejectedArticleError: as `clean_article` does.
    """
    lines = _lines(article)
    texts = comparable([line.normalised.text for line in lines], article)
    return CleanedAlone(
        _cleaned(article, lines, settings, NO_LINES), line_hashes(texts, site_of(article))
    )


def _lines(article: RawArticle) -> list[Line]:
    if article.markup:
        lines = normalise_lines(article.source)
    else:
        lines = page_lines(article.source, has_title=article.metadata.title is not None)
    if not lines:
        raise RejectedArticleError(
            "empty", f"no visible character among {len(article.source)} characters"
        )
    return lines


def _cleaned(
    article: RawArticle, lines: Sequence[Line], settings: CleanSettings, known: KnownLines
) -> CleanArticle:
    judged = verdicts(article, lines, settings, known)
    pieces = [piece for line, verdict in zip(lines, judged, strict=True)
              for piece in _pieces(line, verdict)]  # fmt: skip
    if not pieces:
        language = _language_of(article.source, settings)
        if language != LANGUAGE:
            raise RejectedArticleError(
                "not_arabic",
                f"its language is {language}, {arabic_share(article.source):.0%} of the letters "
                "are Arabic",
            )
        raise RejectedArticleError("no_text", f"all {len(lines)} lines were taken out by cleaning")
    text, alignment, blocks = _join(article.source, pieces, settings)
    share = arabic_share(text)
    language = _checked_language(text, article.source, share, settings)
    return CleanArticle(
        origin=article.origin,
        metadata=_with_title(article.metadata, text, blocks),
        source_length=len(article.source),
        text=text,
        alignment=alignment,
        blocks=blocks,
        removed=tuple(_removed(article.source, lines, judged)),
        language=language,
        arabic_share=share,
    )


def arabic_share(text: str) -> float:
    """Letters of Arabic script among all letters, 0 to 1; 0 where there is no letter."""
    arabic = sum(map(len, _ARABIC.findall(text)))
    letters = arabic + sum(map(len, _LETTERS.findall(_ARABIC.sub(" ", text))))
    return arabic / letters if letters else 0.0


def _checked_language(text: str, source: str, share: float, settings: CleanSettings) -> str:
    """The article's language; one that is not Arabic is rejected, unless it is to be marked."""
    language = _language_of(source, settings)
    if settings.other_languages == "mark":
        return language
    if share < settings.min_arabic_share:
        raise RejectedArticleError(
            "not_arabic",
            f"{share:.0%} of the letters are Arabic, at least {settings.min_arabic_share:.0%} "
            f"are asked for (clean.min_arabic_share); {len(text)} characters after cleaning",
        )
    if language != LANGUAGE:
        raise RejectedArticleError(
            "not_arabic", f"its language is {language} (clean.other_languages = mark keeps it)"
        )
    return language


def _language_of(source: str, settings: CleanSettings) -> str:
    """Arabic, unless the source is surely in another language."""
    beginning = source[:_IDENTIFIED_CHARACTERS]
    found = identify(beginning)
    if found.code in (LANGUAGE, "und") or found.score < settings.min_language_score:
        return LANGUAGE
    in_arabic_script = arabic_share(beginning) >= settings.min_arabic_share
    if in_arabic_script and found.code not in _OTHERS_IN_ARABIC_SCRIPT:
        return LANGUAGE
    return found.code


class _Piece(NamedTuple):
    """A stretch `[start, end)` of a line's normalised text that becomes one block."""

    line: Line
    start: int
    end: int
    kind: BlockKind


def _pieces(line: Line, verdict: Verdict) -> Iterator[_Piece]:
    """The blocks of a line: what its cuts leave of it, a dateline at its head apart."""
    if verdict.kind is None:
        return
    text = line.normalised.text
    start = 0
    for end, resume in [*((cut.start, cut.end) for cut in verdict.cuts), (len(text), len(text))]:
        stretch = _stripped(text, start, end)
        start = resume
        if stretch[0] >= stretch[1]:
            continue
        cut = 0
        if verdict.kind == "paragraph":
            cut = dateline_end(text[stretch[0] : stretch[1]])
        if cut:
            middle = stretch[0] + cut
            yield _Piece(line, *_stripped(text, stretch[0], middle), "dateline")
            stretch = _stripped(text, middle, stretch[1])
        if stretch[0] < stretch[1]:
            yield _Piece(line, *stretch, verdict.kind)


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    stretch = text[start:end]
    return start + len(stretch) - len(stretch.lstrip()), start + len(stretch.rstrip())


def _join(
    source: str, pieces: Sequence[_Piece], settings: CleanSettings
) -> tuple[str, Alignment, tuple[Block, ...]]:
    """The pieces joined by line feeds; each line feed is made from what lies between them."""
    texts: list[str] = []
    starts, ends = array("i"), array("i")
    blocks: list[Block] = []
    for line, first, last, kind in pieces:
        normalised = line.normalised
        if blocks:
            starts.append(ends[-1])
            ends.append(normalised.starts[first])
        text = normalised.text[first:last]
        language = LANGUAGE
        if settings.other_languages == "mark":
            stretch = source[normalised.starts[first] : normalised.ends[last - 1]]
            language = foreign(stretch, settings.min_language_score) or LANGUAGE
        blocks.append(Block(kind, len(starts), len(starts) + len(text), language))
        texts.append(text)
        starts += normalised.starts[first:last]
        ends += normalised.ends[first:last]
    return "\n".join(texts), Alignment(starts, ends), tuple(blocks)


def _removed(source: str, lines: Sequence[Line], judged: Sequence[Verdict]) -> Iterator[Removed]:
    for line, verdict in zip(lines, judged, strict=True):
        if verdict.kind is None and verdict.reason is not None:
            text = source[line.start : line.end]
            yield Removed(text, verdict.way, verdict.reason, line.start, line.end)
        elif verdict.kind is not None:
            for cut in verdict.cuts:
                start = line.normalised.starts[cut.start]
                end = line.normalised.ends[cut.end - 1]
                yield Removed(source[start:end], verdict.way, cut.reason, start, end)


def _with_title(metadata: Metadata, text: str, blocks: Sequence[Block]) -> Metadata:
    if metadata.title is not None:
        return metadata
    titles = [text[block.start : block.end] for block in blocks if block.kind == "title"]
    return replace(metadata, title=titles[0]) if titles else metadata
