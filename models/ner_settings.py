"""Every choice of the entity tagger's recipe, in one place. Imports nothing heavy."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class VectorSettings:
    """fastText (gensim): skip-gram with character n-grams, on the news articles."""

    dimensions: int = 100
    window: int = 5
    epochs: int = 5
    least_count: int = 5
    negative: int = 5
    shortest_ngram: int = 3
    longest_ngram: int = 5
    buckets: int = 100_000
    table_words: int = 50_000
    factor: float = 4.0
    seed: int = 1


@dataclass(frozen=True)
class TaggerSettings:
    """BiLSTM-CRF (Stanza) over frozen word vectors."""

    anercorp: str = "cleananercorp.train.conll"
    wojood: tuple[str, ...] = (
        "wojood_sample.train.conll",
        "wojood_sample.val.conll",
        "wojood_sample.test.conll",
    )
    development_share: float = 0.12
    hidden: int = 256
    dropout: float = 0.4
    word_dropout: float = 0.01
    locked_dropout: float = 0.0
    batch_sentences: int = 32
    batch_words: int = 800
    learning_rate: float = 0.003
    epochs: int = 30
    seed: int = 1234
    threads: int = 1


@dataclass(frozen=True)
class NerSettings:
    """The whole recipe; `version` goes up when its files are made anew."""

    version: str = "1"
    vectors: VectorSettings = VectorSettings()
    tagger: TaggerSettings = TaggerSettings()
