"""What a linear-chain CRF says of label scores: the best path, and how probable each label is."""

from __future__ import annotations

from typing import Any

import numpy as np

# Probabilities are told in so many steps: the last bits of a sum, which differ from one batch to
# another, hardly ever show then.
SCORE_STEPS = 1000


def best_paths(scores: Any, transitions: Any, lengths: Any) -> Any:
    """The most probable sequence of labels of each sentence under a linear-chain CRF (Viterbi).

    Args:
        scores: label scores, sentences x tokens x labels; what lies beyond a length is ignored.
        transitions: `transitions[i, j]` is the score of label `j` after label `i`.
        lengths: tokens of each sentence, 1 or more.

    Returns:
        Labels, sentences x tokens; of equally good ones the first; 0 beyond a length.
    """
    sentences, steps, _ = scores.shape
    rows = np.arange(sentences)
    origins = np.zeros(scores.shape, dtype=np.int64)
    best = scores[:, 0]
    for step in range(1, steps):
        ahead = best[:, :, None] + transitions
        origins[:, step] = ahead.argmax(axis=1)
        grown = ahead.max(axis=1) + scores[:, step]
        best = np.where((step < lengths)[:, None], grown, best)
    paths = np.zeros((sentences, steps), dtype=np.int64)
    label = best.argmax(axis=1)
    for step in range(steps - 1, -1, -1):
        inside = step < lengths
        paths[:, step] = np.where(inside, label, 0)
        label = np.where(inside, origins[rows, step, label], label)
    return paths


def marginals(scores: Any, transitions: Any, lengths: Any) -> Any:
    """The probability of each label at each token under a linear-chain CRF (forward-backward).

    Args:
        scores: label scores, sentences x tokens x labels; what lies beyond a length is ignored.
        transitions: `transitions[i, j]` is the score of label `j` after label `i`.
        lengths: tokens of each sentence, 1 or more.

    Returns:
        Probabilities of the shape of `scores`, in steps: 0 to `SCORE_STEPS`.
    """
    forward, backward = np.zeros_like(scores), np.zeros_like(scores)
    forward[:, 0] = scores[:, 0]
    steps = scores.shape[1]
    step_up = np.exp(transitions)
    for step in range(1, steps):
        top = forward[:, step - 1].max(axis=1, keepdims=True)
        total = np.exp(forward[:, step - 1] - top) @ step_up
        forward[:, step] = scores[:, step] + top + np.log(total + 1e-30)
    for step in range(steps - 2, -1, -1):
        ahead = backward[:, step + 1] + scores[:, step + 1]
        top = ahead.max(axis=1, keepdims=True)
        total = np.exp(ahead - top) @ step_up.T
        inside = (step + 1 < lengths)[:, None]
        backward[:, step] = np.where(inside, top + np.log(total + 1e-30), 0.0)
    both = forward + backward
    both = np.exp(both - both.max(axis=2, keepdims=True))
    return np.round(both / both.sum(axis=2, keepdims=True) * SCORE_STEPS).astype(np.int64)
