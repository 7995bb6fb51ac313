"""Decoded article in; clean blocks, with the source behind every character, out."""

from __future__ import annotations

import re
from array import array
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import apache_beam as beam

from schemas.records import Alignment, Block, CleanArticle, Metadata, RawArticle, Removed, Shard
from schemas.settings import CleanSettings
from transforms.blocks import Verdict, judge
from transforms.normalise import Line, normalise_lines
from transforms.shards import RejectedArticleError, map_articles, with_metrics
from transforms.tokens import ARABIC_LETTERS

LANGUAGE = "ar"

_ARABIC = re.compile(rf"[{ARABIC_LETTERS}]+")
_LETTERS = re.compile(r"[^\W\d_]+")


class Clean(beam.PTransform):
    """`Shard[RawArticle]` → `Shard[CleanArticle]`, by `clean_article`."""

    def __init__(self, settings: CleanSettings) -> None:
        super().__init__()
        self._settings = settings

    def expand(self, shards: Any) -> Any:
        """Cleans each shard where it is."""
        return shards | beam.Map(clean_shard, self._settings)


def clean_shard(shard: Shard[RawArticle], settings: CleanSettings) -> Shard[CleanArticle]:
    """`clean_article` for each article; counts `clean.removed_blocks`."""
    cleaned = map_articles(
        shard,
        "clean",
        lambda article: article.origin,
        lambda article: clean_article(article, settings),
    )
    removed = sum(len(article.removed) for article in cleaned.articles)
    return with_metrics(cleaned, {"clean.removed_blocks": removed})


def clean_article(article: RawArticle, settings: CleanSettings) -> CleanArticle:
    """The article without what its page put around it, one block a line.

    Each line of the source that has something to see is either a block or in `removed`. If the
    metadata name a title, the source's first line is it; else it is looked for.

    Raises:
        RejectedArticleError: `empty`, `no_text` or `not_arabic`.
    """
    lines = normalise_lines(article.source)
    if not lines:
        raise RejectedArticleError(
            "empty", f"no visible character among {len(article.source)} characters"
        )
    verdicts = judge(
        [line.normalised.text for line in lines],
        has_title=article.metadata.title is not None,
        keep_boilerplate=settings.keep_boilerplate,
    )
    if all(verdict.kind is None for verdict in verdicts):
        raise RejectedArticleError("no_text", f"all {len(lines)} lines were taken out by cleaning")
    text, alignment, blocks = _join(lines, verdicts)
    return CleanArticle(
        origin=article.origin,
        metadata=_with_title(article.metadata, text, blocks),
        source_length=len(article.source),
        text=text,
        alignment=alignment,
        blocks=blocks,
        removed=_removed(article.source, lines, verdicts),
        language=LANGUAGE,
        arabic_share=_checked_share(text, settings.min_arabic_share),
    )


def arabic_share(text: str) -> float:
    """Letters of Arabic script among all letters, 0 to 1; 0 where there is no letter."""
    arabic = sum(map(len, _ARABIC.findall(text)))
    letters = arabic + sum(map(len, _LETTERS.findall(_ARABIC.sub(" ", text))))
    return arabic / letters if letters else 0.0


def _checked_share(text: str, least: float) -> float:
    share = arabic_share(text)
    if share < least:
        raise RejectedArticleError(
            "not_arabic",
            f"{share:.0%} of the letters are Arabic, at least {least:.0%} are asked for "
            f"(clean.min_arabic_share); {len(text)} characters after cleaning",
        )
    return share


def _join(
    lines: Sequence[Line], verdicts: Sequence[Verdict]
) -> tuple[str, Alignment, tuple[Block, ...]]:
    """The kept lines joined by line feeds; each line feed is made from what lies between them."""
    texts: list[str] = []
    starts, ends = array("i"), array("i")
    blocks: list[Block] = []
    for line, verdict in zip(lines, verdicts, strict=True):
        if verdict.kind is None:
            continue
        if blocks:
            starts.append(ends[-1])
            ends.append(line.normalised.starts[0])
        blocks.append(Block(verdict.kind, len(starts), len(starts) + len(line.normalised.text)))
        texts.append(line.normalised.text)
        starts += line.normalised.starts
        ends += line.normalised.ends
    return "\n".join(texts), Alignment(starts, ends), tuple(blocks)


def _removed(
    source: str, lines: Sequence[Line], verdicts: Sequence[Verdict]
) -> tuple[Removed, ...]:
    return tuple(
        Removed(source[line.start : line.end], "line", verdict.reason, line.start, line.end)
        for line, verdict in zip(lines, verdicts, strict=True)
        if verdict.reason is not None
    )


def _with_title(metadata: Metadata, text: str, blocks: Sequence[Block]) -> Metadata:
    if metadata.title is not None:
        return metadata
    titles = [text[block.start : block.end] for block in blocks if block.kind == "title"]
    return replace(metadata, title=titles[0]) if titles else metadata
