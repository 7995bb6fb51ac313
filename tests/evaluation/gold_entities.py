"""Entities of the gold articles: their spans, and which of them are the same in an article."""

from __future__ import annotations

import itertools
from collections.abc import Hashable, Mapping, Sequence
from typing import TypeAlias

from schemas.records import AnnotatedArticle
from schemas.settings import SplitSettings
from tests.evaluation.annotate import annotate, clean_article
from tests.evaluation.measures import Row, compare, total
from tests.evaluation.spans import LAYER, Span, span_rows
from tests.gold.load import GoldArticle, GoldSet
from transforms.split import split_article
from transforms.tokens import tokenise

NAMES_ELSEWHERE = "names of the other gold articles, longest first"
SAME_WORDS = "mentions with the same words are the same"

# Each mention with what it names.
Mentions: TypeAlias = Mapping[Span, Hashable]


def gold_rows(gold: GoldSet) -> list[Row]:
    """Spans and identities; the articles go through our own splitting, analysis and tagging."""
    articles = annotate(
        [
            split_article(
                clean_article(article.name, [(block.kind, block.text) for block in article.blocks]),
                SplitSettings(),
            )
            for article in gold.articles
        ]
    )
    wanted = [wanted_mentions(article) for article in gold.articles]
    found = [found_mentions(article) for article in articles]
    elsewhere = [_look_up(article.text, _names_but_of(article, gold)) for article in gold.articles]
    by_words = [
        {span: (span[2], article.text[span[0] : span[1]]) for span in mentions}
        for article, mentions in zip(gold.articles, found, strict=True)
    ]
    sides: tuple[Sequence[Mentions], ...] = (found, by_words)
    mine, other = (
        total(
            compare(same_pairs(given), same_pairs(right))
            for given, right in zip(side, wanted, strict=True)
        )
        for side in sides
    )
    measure = "F1 of pairs of mentions of one entity in an article"
    return [
        *span_rows("own gold", found, elsewhere, wanted, NAMES_ELSEWHERE),
        Row(LAYER, measure, "own gold", mine.wanted, mine.f1, other.f1, SAME_WORDS),
    ]


def wanted_mentions(article: GoldArticle) -> dict[Span, Hashable]:
    """The mentions of a gold article, in characters of its text, with the entities' names."""
    mentions: dict[Span, Hashable] = {}
    start = 0
    for block in article.blocks:
        for entity in block.entities:
            mentions[start + entity.start, start + entity.end, entity.type] = entity.name
        start += len(block.text) + 1
    return mentions


def found_mentions(article: AnnotatedArticle) -> dict[Span, Hashable]:
    """The entities that the pipeline found, in characters of the article, with their numbers."""
    return {
        (sentence.start + entity.start, sentence.start + entity.end, entity.type): entity.id
        for sentence, entities in zip(article.sentences, article.entities, strict=True)
        for entity in entities
    }


def same_pairs(mentions: Mentions) -> set[object]:
    """All pairs of mentions that name the same."""
    return {
        (one, other)
        for one, other in itertools.combinations(sorted(mentions), 2)
        if mentions[one] == mentions[other]
    }


def _names_but_of(article: GoldArticle, gold: GoldSet) -> dict[tuple[str, ...], str]:
    """The words of all mentions in the other articles, with their types."""
    return {
        tokenise(block.text[entity.start : entity.end]).words: entity.type
        for other in gold.articles
        if other is not article
        for block in other.blocks
        for entity in block.entities
    }


def _look_up(text: str, names: Mapping[tuple[str, ...], str]) -> set[Span]:
    """Where the names stand in a text; of two that overlap, the first, and of those the longest."""
    words, starts, ends = tokenise(text)
    longest = max(map(len, names), default=0)
    spans: set[Span] = set()
    index = 0
    while index < len(words):
        for length in range(longest, 0, -1):
            kind = names.get(words[index : index + length])
            if kind:
                spans.add((starts[index], ends[index + length - 1], kind))
                index += length - 1
                break
        index += 1
    return spans
