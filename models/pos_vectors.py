"""Word vectors for the contextual tagger: word2vec on news, a byte a number."""

from __future__ import annotations

import logging
import tempfile
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from models.ner_text import articles
from models.pos_settings import WordVectorSettings
from transforms.camel_analyser import model_view
from transforms.context_network import VECTOR_STEPS
from transforms.tokens import tokenise
from transforms.word_features import folded

logger = logging.getLogger(__name__)


def train_word_vectors(
    news: Path, settings: WordVectorSettings
) -> tuple[list[str], NDArray[np.int8]]:
    """The commonest words of a folder of articles and a row for each; 4 minutes for 12 M words.

    One thread, on purpose: with more, gensim's vectors differ from run to run.
    """
    from gensim.models import Word2Vec
    from gensim.models.word2vec import LineSentence

    with tempfile.NamedTemporaryFile("w", encoding="utf-8", suffix=".txt") as corpus:
        for article in articles(news):
            for line in article["text"].split("\n"):
                words = [folded(model_view(word)) for word in tokenise(line).words]
                corpus.write(" ".join(words) + "\n")
        corpus.flush()
        logger.info("word2vec on the news")
        model = Word2Vec(
            sentences=LineSentence(corpus.name),
            vector_size=settings.dimensions,
            window=settings.window,
            epochs=settings.epochs,
            min_count=settings.least_count,
            negative=settings.negative,
            sample=settings.sample,
            sg=1,
            workers=1,
            seed=settings.seed,
        )
    kept = model.wv.index_to_key[: settings.words]
    rows = model.wv[kept]
    rows = rows / np.linalg.norm(rows, axis=1, keepdims=True) * settings.length
    return list(kept), np.clip(np.round(rows * VECTOR_STEPS), -127, 127).astype(np.int8)
