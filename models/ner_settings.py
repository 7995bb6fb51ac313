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
class PretrainingSettings:
    """The encoder guesses the words of the news."""

    stretch_words: int = 50
    stretches: int = 160  # in a batch
    group: int = 40  # stretches among whose words each of their words is guessed
    passes: float = 2.75  # over the news, planned: the learning rate falls to nothing over them
    read: float = 0.732  # of what is planned
    width: int = 256
    dropout: float = 0.1
    learning_rate: float = 4e-3


@dataclass(frozen=True)
class TeachingSettings:
    """Teachers learn from labelled text; they differ by their seeds alone."""

    seeds: tuple[int, ...] = (8, 9)
    epochs: int = 16
    dropout: float = 0.4
    word_dropout: float = 0.3  # of the numbers in the vectors of words
    batch_words: int = 800
    learning_rate: float = 5e-3


@dataclass(frozen=True)
class LearningSettings:
    """The tagger learns from the teachers, and from labelled text."""

    news_words: int = 1_200_000
    gold_copies: int = 8
    epochs: int = 1
    dropout: float = 0.3
    batch_words: int = 1_000
    learning_rate: float = 4e-3
    # Added to the scores of the labels that an entity of the type begins with, after all learning.
    leanings: tuple[tuple[str, float], ...] = (("MISC", 0.5), ("ORG", 0.3))


@dataclass(frozen=True)
class NerSettings:
    """The whole recipe; `version` goes up when its files are made anew."""

    version: str = "3"
    development_share: float = 0.12
    original_share: float = 0.6  # of the two sets of labels, in what the tagger learns
    hidden: int = 448
    vectors: VectorSettings = VectorSettings()
    pretraining: PretrainingSettings = PretrainingSettings()
    teaching: TeachingSettings = TeachingSettings()
    learning: LearningSettings = LearningSettings()
    seed: int = 1234
