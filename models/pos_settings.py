"""Every choice of the contextual tagger's recipe, in one place. Imports nothing heavy."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class WordVectorSettings:
    """word2vec (gensim): skip-gram over the news articles, on one thread."""

    dimensions: int = 64
    window: int = 3
    epochs: int = 3
    least_count: int = 6
    negative: int = 8
    sample: float = 1e-4
    words: int = 60_000
    length: float = 3.0  # that each vector is scaled to
    seed: int = 1


@dataclass(frozen=True)
class NetworkSettings:
    """Words as sums of parts, then layers of convolution with a short cut each."""

    width: int = 128
    parts: int = 64  # numbers for a word form, a beginning, an ending
    reaches: tuple[int, ...] = (2, 1, 1)  # words to each side that a layer looks at
    dropout: float = 0.3
    form_dropout: float = 0.2
    affix_dropout: float = 0.1


@dataclass(frozen=True)
class TrainingSettings:
    """AdamW with a warm start and a linear descent of the step size."""

    epochs: int = 9
    batch_words: int = 1500
    longest_sentence: int = 120
    learning_rate: float = 0.002
    weight_decay: float = 0.01
    warm_up: int = 100
    largest_gradient: float = 5.0
    seed: int = 1
    threads: int = 1


@dataclass(frozen=True)
class PosSettings:
    """The whole recipe; `version` goes up when its files are made anew."""

    version: str = "2"
    least_form_count: int = 2
    least_affix_types: int = 4
    least_value_count: int = 60
    least_pos_count: int = 3
    least_lemma_count: int = 80
    least_word_count: int = 3  # of the words that set-up analyses ahead
    marks_denied: float = -6.0  # a weight: the treebanks hardly have diacritics to learn it from
    vectors: WordVectorSettings = WordVectorSettings()
    network: NetworkSettings = NetworkSettings()
    training: TrainingSettings = TrainingSettings()
