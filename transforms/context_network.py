"""The network of the contextual tagger: from words to how probable each value is in its sentence.

A word's vector depends on the word alone; layers of convolution then look at its neighbours. All
arithmetic is exact, in single precision: weights are multiples of 1/2048, what passes between
layers is rounded to multiples of 1/128, so sums of products add up without any rounding as long as
they stay below 32 for a word's own vector and 64 in the layers (of 36,693 words of news, with all
signs taken as plus, the largest were 11 and 15). So a sentence gets the same numbers whatever
stands beside it in a batch, on any machine.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from transforms.word_features import Word

Floats = NDArray[np.float32]

_WEIGHT_STEPS = 2048.0  # to 1 of a weight
_STEPS = 128.0  # to 1 of what passes between layers
_LARGEST = 32.0  # what is larger is cut
_WORDS_AT_ONCE = 512  # whose vectors are made, to bound memory
VECTOR_STEPS = 64.0  # word vectors are bytes: this many to 1


class Network:
    """Weights, and what is computed with them; holds nothing that changes."""

    def __init__(self, weights: Mapping[str, NDArray[np.generic]]) -> None:
        """Take the weights, by name.

        Args:
            weights: `form` and `affix`, a row for each number of a vocabulary; `vector` for word
                vectors; `possible` and `share`, a row for each value; `lexical_bias`; `word`;
                `layer0`, `layer1`, …, each `(span, width, width)`; `values`; a `…_bias` beside each
                of the last three.
        """
        self._weights = {
            name: _rounded(given.astype(np.float32), _WEIGHT_STEPS)
            for name, given in weights.items()
        }
        self._layers = [
            (self._weights[f"layer{number}"], self._weights[f"layer{number}_bias"])
            for number in range(sum(name.startswith("layer") for name in weights) // 2)
        ]
        self.width = self._weights["word"].shape[1]
        self.values = self._weights["values"].shape[1]
        self._gap = max((len(kernel) // 2 for kernel, _ in self._layers), default=0)

    def word_vectors(self, words: Sequence[Word], vectors: NDArray[np.int8]) -> NDArray[np.float32]:
        """What the layers get of each word.

        Args:
            words: at least one.
            vectors: their word vectors, a row each; zeros where there is none.

        Returns:
            A row of `width` numbers for each word.
        """
        rows = [
            self._word_vectors(
                words[start : start + _WORDS_AT_ONCE], vectors[start : start + _WORDS_AT_ONCE]
            )
            for start in range(0, len(words), _WORDS_AT_ONCE)
        ]
        return np.concatenate(rows)

    def _word_vectors(
        self, words: Sequence[Word], vectors: NDArray[np.int8]
    ) -> NDArray[np.float32]:
        weights = self._weights
        scaled: Floats = vectors.astype(np.float32) / np.float32(VECTOR_STEPS)
        given = scaled @ weights["vector"]
        given += weights["lexical_bias"]
        given += weights["form"][[word.form for word in words]]
        # There are no sums of nothing: each word gets number 0 besides, which is taken off again.
        sizes = [len(word.affixes) + 1 for word in words]
        affixes = [number for word in words for number in (0, *word.affixes)]
        given += np.add.reduceat(weights["affix"][affixes], np.cumsum([0, *sizes[:-1]]))
        given -= weights["affix"][0]
        owners = np.repeat(np.arange(len(words)), [len(word.possible) for word in words])
        possible = np.concatenate([word.possible for word in words])
        is_possible = np.zeros((len(words), len(weights["possible"])), dtype=np.float32)
        shares = np.zeros_like(is_possible)
        is_possible[owners, possible] = 1.0
        shares[owners, possible] = np.concatenate([word.shares for word in words])
        given += is_possible @ weights["possible"] + shares @ weights["share"]
        hidden = _rectified(given)
        return _rectified(hidden @ weights["word"] + weights["word_bias"])

    def logits(
        self,
        vectors: NDArray[np.float32],
        lengths: Sequence[int],
        asked: Sequence[int] | slice = slice(None),
    ) -> Floats:
        """How probable each value is for each word: logarithms, up to a constant a word.

        Args:
            vectors: of the words of all sentences, one after the other; a row each.
            lengths: how many words each sentence has; at least one sentence has some.
            asked: which of the words to answer for.

        Returns:
            A row of `values` numbers for each word asked for; the first is always 0.
        """
        places = self._places(lengths)
        state = np.zeros((int(places[-1]) + 1 + self._gap, self.width), dtype=np.float32)
        state[places] = vectors
        is_word = np.zeros((len(state), 1), dtype=np.float32)
        is_word[places] = 1.0
        for kernel, bias in self._layers:
            state = (state + _rectified(_convolved(state, kernel) + bias)) * is_word
        found: Floats = state[places[asked]] @ self._weights["values"]
        found += self._weights["values_bias"]  # in place: it is the largest array by far
        found[:, 0] = 0.0
        return found

    def _places(self, lengths: Sequence[int]) -> NDArray[np.intp]:
        """Where words go when sentences lie one after the other, with room between them."""
        gaps = self._gap * np.arange(1, len(lengths) + 1)
        return np.arange(sum(lengths)) + np.repeat(gaps, lengths)


def packed(vectors: Floats) -> list[bytes]:
    """Each word's vector in 16-bit numbers, which hold what passes between layers exactly."""
    return [row.tobytes() for row in np.rint(vectors * np.float32(_STEPS)).astype(np.uint16)]


def unpacked(vectors: Sequence[bytes]) -> Floats:
    """A row for each packed vector; there is at least one."""
    numbers = np.frombuffer(b"".join(vectors), dtype=np.uint16).reshape(len(vectors), -1)
    return numbers.astype(np.float32) / np.float32(_STEPS)


def _rounded(given: Floats, steps: float) -> Floats:
    rounded: Floats = np.rint(given * np.float32(steps)) / np.float32(steps)
    return rounded


def _rectified(given: Floats) -> Floats:
    return _rounded(np.clip(given, 0.0, _LARGEST), _STEPS)


def _convolved(state: Floats, kernel: Floats) -> Floats:
    """Each row and its neighbours, as many as the kernel spans, weighed and added up."""
    reach = len(kernel) // 2
    padded = np.pad(state, ((reach, reach), (0, 0)))
    weighed: Floats = padded[: len(state)] @ kernel[0]
    for shift, weights in enumerate(kernel[1:], start=1):
        weighed += padded[shift : shift + len(state)] @ weights
    return weighed
