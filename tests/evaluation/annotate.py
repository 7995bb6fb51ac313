"""Given texts through the pipeline's own transforms, as in a run."""

from __future__ import annotations

import pickle
import tempfile
from array import array
from collections.abc import Sequence
from pathlib import Path

import apache_beam as beam

from pipeline.loaders import analyser_loader, tagger_loader
from pipeline.models import find_models
from schemas.records import (
    Alignment,
    AnnotatedArticle,
    Block,
    BlockKind,
    CleanArticle,
    Metadata,
    Origin,
    Sentence,
    Shard,
    SplitArticle,
)
from schemas.settings import Settings
from transforms.analyse import Analyse
from transforms.tag import Tag
from transforms.tokens import tokenise

SETTINGS = Settings()


def annotate(
    articles: Sequence[SplitArticle], settings: Settings = SETTINGS
) -> list[AnnotatedArticle]:
    """The articles, analysed and tagged by the transforms that `pipeline.graph` uses.

    Raises:
        RuntimeError: an article was rejected, which no score may hide.
    """
    models = find_models(settings)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "annotated"
        with beam.Pipeline("FnApiRunner") as pipeline:
            (
                pipeline
                | beam.Create([Shard(0, tuple(articles))])
                | Analyse(settings.analyse, analyser_loader(models, settings))
                | Tag(settings.tag, tagger_loader(models, settings))
                | beam.Map(_keep, path)
            )
        shard: Shard[AnnotatedArticle] = pickle.loads(path.read_bytes())
    if shard.rejections:
        raise RuntimeError(f"rejected: {shard.rejections[0].message}")
    return list(shard.articles)


def _keep(shard: Shard[AnnotatedArticle], path: Path) -> None:
    path.write_bytes(pickle.dumps(shard))


def clean_article(name: str, blocks: Sequence[tuple[BlockKind, str]]) -> CleanArticle:
    """An article of these blocks, each with its text, that needs no cleaning."""
    text = "\n".join(block for _, block in blocks)
    spans, start = [], 0
    for kind, block in blocks:
        spans.append(Block(kind, start, start + len(block)))
        start += len(block) + 1
    places = range(len(text))
    return CleanArticle(
        origin=origin(name),
        metadata=Metadata(),
        source_length=len(text),
        text=text,
        alignment=Alignment(array("i", places), array("i", (place + 1 for place in places))),
        blocks=tuple(spans),
        removed=(),
        language="ar",
        arabic_share=1.0,
    )


def origin(name: str) -> Origin:
    """The origin of an article that is in no file of its own."""
    return Origin(name, name, None, "0" * 64, "text/plain", "utf-8", "given", 1.0)


def as_given(name: str, sentences: Sequence[str]) -> SplitArticle:
    """An article with one paragraph and one sentence for each text, however long, split no more."""
    article = clean_article(name, [("paragraph", text) for text in sentences])
    return SplitArticle(
        article,
        tuple(
            Sentence(
                index, index, "paragraph", block.start, block.end, block.start, block.end,
                text, "block_end", *tokenise(text),
            )
            for index, (text, block) in enumerate(zip(sentences, article.blocks, strict=True))
        ),
    )  # fmt: skip
