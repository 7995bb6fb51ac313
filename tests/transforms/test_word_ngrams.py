from __future__ import annotations

import numpy as np
from gensim.models.fasttext import ft_ngram_hashes
from hypothesis import given
from hypothesis import strategies as st

from transforms.word_ngrams import Ngrams, ngram_buckets

WORDS = st.text(alphabet="ابتوي ومسكxé٣-中😀", max_size=12)


def ngrams() -> Ngrams:
    rows = np.random.default_rng(1)
    return Ngrams(
        rows.integers(-127, 127, size=(50, 4), dtype=np.int8),
        rows.uniform(0.01, 0.1, size=50).astype(np.float16),
        shortest=3,
        longest=5,
    )


@given(st.lists(WORDS, max_size=5), st.integers(1, 100_000))
def test_ngrams_are_those_of_gensim(words: list[str], buckets: int) -> None:
    expected = [list(ft_ngram_hashes(word, 3, 5, buckets)) for word in words]
    rows, counts = ngram_buckets(words, 3, 5, buckets)
    assert rows.tolist() == [row for word in expected for row in word]
    assert counts.tolist() == [len(word) for word in expected]


def test_a_vector_is_the_mean_of_those_of_the_ngrams() -> None:
    made = ngrams()
    rows, _ = ngram_buckets(["كيري"], 3, 5, 50)
    expected = np.mean([made.vectors[row] * float(made.scales[row]) for row in rows], axis=0)
    np.testing.assert_allclose(made.means(["كيري"])[0], expected, rtol=1e-5)


@given(st.lists(WORDS, min_size=1, max_size=8))
def test_a_vector_is_the_same_to_the_last_bit_whatever_words_stand_beside(words: list[str]) -> None:
    alone = np.concatenate([ngrams().means([word]) for word in words])
    assert ngrams().means(words).tobytes() == alone.tobytes()


def test_a_word_without_ngrams_has_zeros() -> None:
    assert not ngrams().means([""]).any()
    assert ngrams().means([]).shape == (0, 4)
