"""Clean article in; its sentences, with their words, out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import apache_beam as beam

from schemas.records import Block, CleanArticle, Sentence, Shard, SplitArticle
from schemas.settings import SplitSettings
from transforms.sentence_breaks import Break, sentence_breaks
from transforms.sentence_length import length_breaks
from transforms.shards import RejectedArticleError, map_articles
from transforms.tokens import Tokens, tokenise


class Split(beam.PTransform):
    """`Shard[CleanArticle]` → `Shard[SplitArticle]`, by `split_article`."""

    def __init__(self, settings: SplitSettings, keep_duplicates: bool = False) -> None:
        super().__init__()
        self._settings = settings
        self._keep_duplicates = keep_duplicates

    def expand(self, shards: Any) -> Any:
        """Splits each shard where it is."""
        return shards | beam.Map(split_shard, self._settings, self._keep_duplicates)


def split_shard(
    shard: Shard[CleanArticle], settings: SplitSettings, keep_duplicates: bool = False
) -> Shard[SplitArticle]:
    """`split_article` for each article; a duplicate has no sentences unless they are kept."""
    return map_articles(
        shard,
        "split",
        lambda article: article.origin,
        lambda article: (
            SplitArticle(article, ())
            if article.duplicate_of is not None and not keep_duplicates
            else split_article(article, settings)
        ),
    )


def split_article(article: CleanArticle, settings: SplitSettings) -> SplitArticle:
    """The article's sentences; every visible character of its text is in exactly one.

    A sentence never runs over the end of a block and never has more than
    `settings.max_sentence_tokens` tokens. Its tokens are those of `tokenise(sentence.text)`.

    Raises:
        RejectedArticleError: `no_text`, if there is no token in it.
    """
    sentences: list[Sentence] = []
    for place, block in enumerate(article.blocks):
        text = article.text[block.start : block.end]
        tokens = tokenise(text)
        start = 0
        for end, reason in _breaks(tokens, block, settings.max_sentence_tokens):
            piece = Break(end, reason)
            sentences.append(_sentence(article, len(sentences), place, tokens, start, piece))
            start = end
    if not sentences:
        raise RejectedArticleError(
            "no_text", f"no token in the {len(article.text)} characters left after cleaning"
        )
    return SplitArticle(article, tuple(sentences))


def _breaks(tokens: Tokens, block: Block, limit: int) -> Iterator[Break]:
    """The ends of all sentences of a block, those for length among them."""
    if not tokens.words:
        return
    start = 0
    running_text = block.kind not in ("title", "heading")
    for found in sentence_breaks(tokens, running_text):
        yield from length_breaks(tokens, start, found.end, limit)
        yield found
        start = found.end


def _sentence(
    article: CleanArticle, index: int, place: int, tokens: Tokens, first: int, found: Break
) -> Sentence:
    """The sentence of the tokens `[first, found.end)` of the block number `place`."""
    block = article.blocks[place]
    base, last = tokens.starts[first], tokens.ends[found.end - 1]
    start, end = block.start + base, block.start + last
    source_start, source_end = article.alignment.source_span(start, end)
    return Sentence(
        index=index,
        paragraph_index=place,
        block=block.kind,
        start=start,
        end=end,
        source_start=source_start,
        source_end=source_end,
        text=article.text[start:end],
        split_reason=found.reason,
        tokens=tokens.words[first : found.end],
        token_start=tuple(offset - base for offset in tokens.starts[first : found.end]),
        token_end=tuple(offset - base for offset in tokens.ends[first : found.end]),
    )
