"""Word vectors for the entity tagger: fastText on news, small enough to live in the repository.

Beside each vector stand the marks of its word, which need lists of names.
"""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from models.ner_settings import VectorSettings
from models.ner_text import articles
from transforms.tokens import tokenise
from transforms.word_marks import LISTS, RankedWords
from transforms.word_ngrams import Matrix, Ngrams
from transforms.word_vectors import WordVectors, vector_view

logger = logging.getLogger(__name__)


def news_lines(news: Path) -> Iterator[list[str]]:
    """The lines of every article's title and text, as the words that the tagger will see."""
    for article in articles(news):
        for text in [article.get("title") or "", *article["text"].split("\n")]:
            words = [vector_view(word) for word in tokenise(text).words]
            if words:
                yield words


def train_vectors(
    news: Path, names: Mapping[str, frozenset[str]], settings: VectorSettings
) -> WordVectors:
    """Train on the articles of a folder; about 12 minutes on one core for 12 M words.

    Names of lists (see `read_names`) get rows and marks too, however rare they are in the news.

    One thread, on purpose: with more, gensim's vectors differ from run to run.
    """
    from gensim.models import FastText
    from gensim.models.word2vec import LineSentence

    with tempfile.NamedTemporaryFile("w", encoding="utf-8", suffix=".txt") as corpus:
        words = 0
        for line in news_lines(news):
            corpus.write(" ".join(line) + "\n")
            words += len(line)
        corpus.flush()
        logger.info("fastText on %d words of news", words)
        model = FastText(
            sentences=LineSentence(corpus.name),
            vector_size=settings.dimensions,
            window=settings.window,
            epochs=settings.epochs,
            min_count=settings.least_count,
            negative=settings.negative,
            min_n=settings.shortest_ngram,
            max_n=settings.longest_ngram,
            bucket=settings.buckets,
            sg=1,
            workers=1,
            seed=settings.seed,
        )
    return _word_vectors(model.wv, names, settings)


def _word_vectors(
    trained: Any, names: Mapping[str, frozenset[str]], settings: VectorSettings
) -> WordVectors:
    size = min(settings.table_words, len(trained.index_to_key))
    vectors, scales = as_bytes(trained.vectors_ngrams)
    # fastText's numbers have a spread of a third: near 1, the tagger learns far faster from them.
    louder = np.float16(settings.factor)
    common = tuple(trained.index_to_key[:size])
    table = trained.vectors[:size].astype(np.float16) * louder
    ngrams = Ngrams(vectors, scales * louder, settings.shortest_ngram, settings.longest_ngram)
    return with_names(common, table, ngrams, names)


def with_names(
    common: tuple[str, ...],
    table: npt.NDArray[np.float16],
    ngrams: Ngrams,
    names: Mapping[str, frozenset[str]],
) -> WordVectors:
    """The vectors of common words, by falling count, and of other names, all with their marks."""
    others = tuple(sorted(set(names) - set(common)))
    words = (*common, *others)
    listed = np.array(
        [[name in names.get(word, ()) for name in LISTS] for word in words], dtype=np.float32
    )
    known = RankedWords(words, len(common), listed)
    rows = np.concatenate([table, ngrams.means(others)])
    marks = np.array([known.marks(word) for word in words])
    return WordVectors(
        words,
        len(common),
        np.concatenate([rows, marks], axis=1).astype(np.float16),
        ngrams,
    )


def as_bytes(matrix: Matrix) -> tuple[Any, Any]:
    """Rows as bytes (int8) and one float16 scale a row: `bytes * scale` is nearly the row."""
    scales = np.maximum(np.abs(matrix).max(axis=1), 1e-4).astype(np.float16) / np.float16(127)
    rounded = np.round(matrix / scales[:, None].astype(np.float32))
    return np.clip(rounded, -127, 127).astype(np.int8), scales
