"""The articles that are measured with: those of a folder, or put together from our own pages."""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from pipeline.articles import make_article
from pipeline.formats import read_records
from pipeline.inputs import find_inputs
from pipeline.records import BrokenRecord
from schemas.settings import ReadSettings
from tests.cleaning.pages import load
from transforms.shards import RejectedArticleError

_SEED = 1
_PARAGRAPHS = (4, 12)
_LEAST_LETTERS = 60


@dataclass(frozen=True)
class ArticleSet:
    """Articles in a file, one JSON object a line with `id` and `text`."""

    name: str
    path: Path
    articles: int
    words: int
    sha256: str


def make_articles(data: Path | None, count: int, folder: Path) -> ArticleSet:
    """Write up to `count` articles to `folder`; the same for the same data, in the same order.

    Args:
        data: a folder of articles in any format that Warraq reads; `None` puts articles together
            from paragraphs of the cleaning benchmark: few words in ever new order, which flatters
            whoever remembers words.
        count: how many.
        folder: where the file goes.

    Raises:
        ValueError: the data hold no article.
    """
    texts = _read(data) if data else _put_together()
    path = folder / f"articles-{count}.jsonl"
    digest = hashlib.sha256()
    written = words = 0
    with path.open("wb") as file:
        for number, text in enumerate(islice(texts, count)):
            line = json.dumps({"id": str(number), "text": text}, ensure_ascii=False) + "\n"
            digest.update(line.encode())
            file.write(line.encode())
            written, words = number + 1, words + len(text.split())
    if not written:
        raise ValueError(f"no article in {data}")
    name = data.name if data else "paragraphs of tests/cleaning, in random order"
    return ArticleSet(name, path, written, words, digest.hexdigest())


def _read(data: Path) -> Iterator[str]:
    settings = ReadSettings()
    for file in find_inputs([str(data)], exclude=data / "_"):
        for record in read_records(file.location, settings):
            if isinstance(record, BrokenRecord):
                continue
            try:
                article = make_article(record, file, settings)
            except RejectedArticleError:
                continue
            if article.source.strip():
                yield article.source


def _put_together() -> Iterator[str]:
    paragraphs = sorted(_own_paragraphs())
    choice = random.Random(_SEED)  # noqa: S311 (nothing secret)
    while True:
        chosen = choice.sample(paragraphs, choice.randint(*_PARAGRAPHS))
        yield "\n".join(chosen)


def _own_paragraphs() -> Iterable[str]:
    return {
        block.text
        for page in load().pages
        for block in page.blocks
        if block.kind == "paragraph" and len(block.text) >= _LEAST_LETTERS
    }
