"""Named entities: an entity tagger's labels on each sentence, as spans with names.

The tagger works on all sentences of a shard at once, in batches that depend on nothing but the
sentences: each different one is tagged once, shortest first. A batch that fails is tried again
sentence by sentence, so that only the article with the offending sentence is rejected.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Protocol, TypeAlias

import apache_beam as beam

from schemas.records import AnalysedArticle, AnnotatedArticle, Shard
from schemas.settings import TagSettings
from transforms.article_entities import identify
from transforms.article_names import settle
from transforms.entities import TokenTag, entities_of, hear
from transforms.shards import RejectedArticleError, map_articles, with_metrics
from transforms.stanza_tagger import load_tagger

__all__ = ["Tag", "Tagger", "TokenTag", "load_tagger", "tag_sentences", "tag_shard"]

Words: TypeAlias = tuple[str, ...]


class Tagger(Protocol):
    """A model of entities."""

    def tag(self, sentences: Sequence[Sequence[str]]) -> list[list[TokenTag]]:
        """One tag a token of each sentence; no sentence is empty."""
        ...


class Tag(beam.PTransform):
    """`Shard[AnalysedArticle]` → `Shard[AnnotatedArticle]`."""

    def __init__(self, settings: TagSettings, load: Callable[[], Tagger]) -> None:
        """Tag with what `load` returns; it is called once a worker, so it must pickle."""
        super().__init__()
        self._settings = settings
        self._load = load

    def expand(self, shards: beam.PCollection) -> beam.PCollection:
        """Tag each shard by itself."""
        return shards | "TagShard" >> beam.ParDo(_TagShard(self._settings, self._load))


class _TagShard(beam.DoFn):
    def __init__(self, settings: TagSettings, load: Callable[[], Tagger]) -> None:
        super().__init__()
        self._settings = settings
        self._load = load

    def setup(self) -> None:
        self._tagger = self._load()

    def process(self, shard: Shard[AnalysedArticle]) -> Iterator[Shard[AnnotatedArticle]]:
        yield tag_shard(shard, self._tagger, self._settings.tag_batch_tokens)


def tag_shard(
    shard: Shard[AnalysedArticle], tagger: Tagger, batch_tokens: int
) -> Shard[AnnotatedArticle]:
    """The shard with entities; adds `seconds.tag`, `tag.sentences` and `tag.tokens`.

    The counts are of what the articles hold, not of what was left to tag after doubles.
    """
    began = time.thread_time()
    sentences = [sentence.tokens for article in shard.articles for sentence in article.sentences]
    tags, failures = tag_sentences(tagger, sentences, batch_tokens)
    counts = {
        "seconds.tag": time.thread_time() - began,
        "tag.sentences": len(sentences),
        "tag.tokens": sum(map(len, sentences)),
    }
    tagged = map_articles(
        shard,
        "tag",
        lambda article: article.article.origin,
        lambda article: annotate(article, tags, failures),
    )
    return with_metrics(tagged, counts)


def annotate(
    article: AnalysedArticle,
    tags: Mapping[Words, Sequence[TokenTag]],
    failures: Mapping[Words, str],
) -> AnnotatedArticle:
    """The article with the entities that the tags of its sentences hold.

    Raises:
        RejectedArticleError: `model_failure`, when one of its sentences is among the failures.
    """
    for sentence in article.sentences:
        if sentence.tokens in failures:
            raise RejectedArticleError(
                "model_failure",
                f"sentence {sentence.index} could not be tagged: {failures[sentence.tokens]}",
            )
    alone = [tags[sentence.tokens] for sentence in article.sentences]
    tagged = settle(article.sentences, article.analyses, alone)
    heard = hear(article.sentences, ([tag.label for tag in row] for row in tagged))
    found = [
        entities_of(sentence, analyses, row, heard)
        for sentence, analyses, row in zip(article.sentences, article.analyses, tagged, strict=True)
    ]
    entities = identify(article.sentences, found)
    return AnnotatedArticle(article.article, article.sentences, article.analyses, entities)


def tag_sentences(
    tagger: Tagger, sentences: Iterable[Words], batch_tokens: int
) -> tuple[dict[Words, Sequence[TokenTag]], dict[Words, str]]:
    """Tags of each different sentence, and what the model said of those that it failed on."""
    tags: dict[Words, Sequence[TokenTag]] = {(): ()}
    failures: dict[Words, str] = {}
    for batch in batches(sentences, batch_tokens):
        try:
            tags.update(_tag_batch(tagger, batch))
        except Exception:  # whatever a sentence does to the model must not stop the run
            for sentence in batch:
                try:
                    tags.update(_tag_batch(tagger, [sentence]))
                except Exception as error:
                    failures[sentence] = f"{type(error).__name__}: {error}"
    return tags, failures


def _tag_batch(tagger: Tagger, batch: Sequence[Words]) -> dict[Words, Sequence[TokenTag]]:
    tagged: dict[Words, Sequence[TokenTag]] = dict(zip(batch, tagger.tag(batch), strict=True))
    for sentence, tags in tagged.items():
        if len(sentence) != len(tags):
            raise ValueError(f"{len(tags)} tags for {len(sentence)} tokens")
    return tagged


def batches(sentences: Iterable[Words], batch_tokens: int) -> Iterator[list[Words]]:
    """Each different sentence once, by length and text, in lists of up to `batch_tokens` tokens.

    A longer sentence is a batch of its own; an empty one is in none.
    """
    batch: list[Words] = []
    size = 0
    for sentence in sorted(set(sentences), key=lambda words: (len(words), words)):
        if batch and size + len(sentence) > batch_tokens:
            yield batch
            batch, size = [], 0
        if sentence:
            batch.append(sentence)
            size += len(sentence)
    if batch:
        yield batch
