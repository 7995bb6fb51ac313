import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.taggers import network
from transforms.context_network import Network
from transforms.word_features import Word

RANDOM = np.random.default_rng(5)


def random_network(values=11, width=8):
    weights = network(20, 30, values, width, layers=(5, 3, 3), dimensions=6)
    drawn = {
        name: RANDOM.normal(0, 0.3, given.shape).astype(np.float16)
        for name, given in weights.items()
    }
    return Network(drawn)


NETWORK = random_network()


def word(form):
    shares = np.round(RANDOM.random(3) * 256) / 256
    return Word(form, (form, form + 1), np.array([1, 2, form % 11]), shares)


WORDS = [word(form) for form in range(20)]
VECTORS = RANDOM.integers(-127, 128, (20, 6)).astype(np.int8)
ROWS = NETWORK.word_vectors(WORDS, VECTORS)


def logits(sentences):
    words = [word for sentence in sentences for word in sentence]
    return NETWORK.logits(ROWS[words], [len(sentence) for sentence in sentences])


@given(st.lists(st.integers(0, 19), min_size=1, max_size=25))
def test_a_words_vector_never_depends_on_the_words_beside_it(chosen):
    together = NETWORK.word_vectors([WORDS[i] for i in chosen], VECTORS[chosen])
    assert (together == ROWS[chosen]).all()


@given(
    st.lists(st.lists(st.integers(0, 19), min_size=1, max_size=9), min_size=1, max_size=8),
    st.randoms(),
)
def test_a_sentence_gets_the_same_bits_whatever_stands_beside_it(sentences, order):
    alone = {tuple(s): logits([s]) for s in sentences}
    order.shuffle(sentences)
    together = logits(sentences)
    start = 0
    for sentence in sentences:
        end = start + len(sentence)
        assert (together[start:end] == alone[tuple(sentence)]).all()
        start = end


def test_neighbours_matter_within_reach_and_not_beyond():
    one, near, far = ([3] + [7] * 12 for _ in range(3))
    near[4] = far[5] = 9
    given = [logits([s])[0] for s in (one, near, far)]
    assert (given[0] != given[1]).any()
    assert (given[0] == given[2]).all()


def test_the_value_that_nothing_claims_weighs_nothing():
    assert (logits([[1, 2, 3]])[:, 0] == 0).all()


def test_the_shape_is_that_of_words_and_values():
    assert logits([[1, 2], [], [3]]).shape == (3, 11)
    assert NETWORK.width == 8


def test_words_that_are_asked_for_get_what_they_get_among_all():
    vectors, lengths = ROWS[[1, 2, 3, 1]], [2, 2]
    some = NETWORK.logits(vectors, lengths, [0, 3])
    assert (some == NETWORK.logits(vectors, lengths)[[0, 3]]).all()


def test_a_missing_weight_is_an_error():
    with pytest.raises(KeyError):
        Network({})
