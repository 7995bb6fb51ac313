from __future__ import annotations

import itertools
import math

import numpy as np

from transforms.label_paths import SCORE_STEPS, best_paths, marginals


def by_enumeration(scores: np.ndarray, transitions: np.ndarray) -> np.ndarray:
    """Probabilities of labels, from every path there is."""
    tokens, labels = scores.shape
    total = np.zeros_like(scores)
    for path in itertools.product(range(labels), repeat=tokens):
        weight = sum(scores[token, label] for token, label in enumerate(path))
        weight += sum(transitions[pair] for pair in itertools.pairwise(path))
        for token, label in enumerate(path):
            total[token, label] += math.exp(weight)
    probabilities: np.ndarray = total / total.sum(axis=1, keepdims=True)
    return probabilities


def test_marginals_are_those_of_all_paths_at_every_length() -> None:
    chance = np.random.default_rng(3)
    lengths = np.array([4, 2, 1])
    scores = chance.normal(size=(3, 4, 3)).astype(np.float32)
    transitions = chance.normal(size=(3, 3)).astype(np.float32)
    found = marginals(scores, transitions, lengths) / SCORE_STEPS
    for row, length in enumerate(lengths):
        expected = by_enumeration(scores[row, :length], transitions)
        np.testing.assert_allclose(found[row, :length], expected, atol=6e-4)


def test_marginals_survive_extreme_scores() -> None:
    scores = np.array([[[900.0, -900.0], [-900.0, 900.0]]], dtype=np.float32)
    found = marginals(scores, np.zeros((2, 2), dtype=np.float32), np.array([2])) / SCORE_STEPS
    np.testing.assert_array_equal(found, [[[1.0, 0.0], [0.0, 1.0]]])


def test_best_paths_are_the_best_of_all_paths_at_every_length() -> None:
    chance = np.random.default_rng(5)
    lengths = np.array([4, 2, 1])
    scores = chance.normal(size=(3, 4, 3)).astype(np.float32)
    transitions = chance.normal(size=(3, 3)).astype(np.float32)
    found = best_paths(scores, transitions, lengths)
    for row, length in enumerate(lengths):
        weights = {
            path: sum(scores[row, token, label] for token, label in enumerate(path))
            + sum(transitions[pair] for pair in itertools.pairwise(path))
            for path in itertools.product(range(3), repeat=int(length))
        }
        assert tuple(found[row, :length]) == max(weights, key=lambda path: weights[path])
        assert not found[row, length:].any()
