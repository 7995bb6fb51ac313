"""The contextual tagger's network in PyTorch, to be trained; in `transforms` it is in NumPy."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from models.pos_settings import NetworkSettings
from transforms.context_network import VECTOR_STEPS
from transforms.reading_numbers import NUMBERS
from transforms.word_features import Word

# Where training starts: about what frequency alone would weigh them.
_FIRST_WEIGHTS = {
    "lemma_and_pos": 0.5,
    "database": 0.3,
    "hamzas_changed": -1.0,
    "letters_changed": -2.0,
    "guess": -2.0,
}
_AFFIXES = 12  # a word has at most so many beginnings, endings and kinds


class WordTensors(NamedTuple):
    """All words of a bank, a row each."""

    forms: Tensor
    affixes: Tensor
    lexical: Tensor
    vectors: Tensor

    @classmethod
    def of(cls, words: Sequence[Word], vectors: NDArray[np.int8], values: int) -> WordTensors:
        """Lay out words beside their vectors; `values` counts the values, 0 included."""
        affixes = np.zeros((len(words), _AFFIXES), dtype=np.int64)
        lexical = np.zeros((len(words), 2 * values), dtype=np.float16)
        for row, word in enumerate(words):
            affixes[row, : len(word.affixes)] = word.affixes
            lexical[row, word.possible] = 1.0
            lexical[row, values + word.possible] = word.shares
        return cls(
            torch.tensor([word.form for word in words]),
            torch.from_numpy(affixes),
            torch.from_numpy(lexical),
            torch.from_numpy(vectors.astype(np.float32) / np.float32(VECTOR_STEPS)),
        )


class TaggerNetwork(nn.Module):
    """Numbers for each value of each word of a sentence; weights of readings' own numbers."""

    def __init__(
        self, forms: int, affixes: int, values: int, dimensions: int, settings: NetworkSettings
    ) -> None:
        """Make a network for so many of each, 0 included, and vectors of `dimensions` numbers."""
        super().__init__()
        self._settings = settings
        width = settings.width
        self.forms = nn.Embedding(forms, settings.parts, padding_idx=0)
        self.affixes = nn.Embedding(affixes, settings.parts, padding_idx=0)
        self.parts = nn.Linear(2 * settings.parts, width, bias=False)
        self.vectors = nn.Linear(dimensions, width, bias=False)
        self.lexical = nn.Linear(2 * values, width)
        self.word = nn.Linear(width, width)
        self.layers = nn.ModuleList(
            nn.Conv1d(width, width, 2 * reach + 1, padding=reach) for reach in settings.reaches
        )
        self.values = nn.Linear(width, values)
        self.numbers = nn.Linear(len(NUMBERS), 1, bias=False)
        self.dropout = nn.Dropout(settings.dropout)
        nn.init.normal_(self.forms.weight, 0, 0.1)
        nn.init.normal_(self.affixes.weight, 0, 0.1)
        with torch.no_grad():
            first = [_FIRST_WEIGHTS.get(name, 0.0) for name in NUMBERS]
            self.numbers.weight.copy_(torch.tensor([first]))
            self.values.weight.mul_(0.3)
            for table in (self.forms, self.affixes):
                table.weight[0] = 0.0  # what is unknown adds nothing

    def forward(self, numbers: Tensor, is_word: Tensor, words: WordTensors) -> Tensor:
        """Logits, `(sentence, word, value)`; those of value 0 are 0.

        Args:
            numbers: of words, `(sentence, word)`.
            is_word: of the same shape, 0 where a sentence has ended, else 1.
            words: all that there are.
        """
        used, places = torch.unique(numbers, return_inverse=True)
        state = self.dropout(self._word_vectors(used, words)[places] * is_word[..., None])
        state, mask = state.transpose(1, 2), is_word[:, None]
        for layer in self.layers:
            state = (state + torch.relu(layer(self.dropout(state)))) * mask
        logits: Tensor = self.values(self.dropout(state.transpose(1, 2)))
        return torch.cat([torch.zeros_like(logits[..., :1]), logits[..., 1:]], dim=-1)

    def _word_vectors(self, used: Tensor, words: WordTensors) -> Tensor:
        forms, affixes = words.forms[used], words.affixes[used]
        if self.training:
            forms = forms * (torch.rand(forms.shape) >= self._settings.form_dropout)
            affixes = affixes * (torch.rand(affixes.shape) >= self._settings.affix_dropout)
        parts = torch.cat([self.forms(forms), self.affixes(affixes).sum(1)], dim=1)
        hidden = self.parts(parts) + self.vectors(words.vectors[used])
        hidden = torch.relu(hidden + self.lexical(words.lexical[used].float()))
        return torch.relu(self.word(self.dropout(hidden)))

    def weights(self) -> dict[str, NDArray[np.float16]]:
        """What `transforms.context_network.Network` takes."""
        with torch.no_grad():
            width = self._settings.parts
            parts = self.parts.weight.double()
            possible, share = self.lexical.weight.double().T.chunk(2)
            found = {
                "form": self.forms.weight.double() @ parts[:, :width].T,
                "affix": self.affixes.weight.double() @ parts[:, width:].T,
                "vector": self.vectors.weight.T,
                "possible": possible,
                "share": share,
                "lexical_bias": self.lexical.bias,
                "word": self.word.weight.T,
                "word_bias": self.word.bias,
                "values": self.values.weight.T,
                "values_bias": self.values.bias,
            }
            for number, layer in enumerate(self.layers):
                found[f"layer{number}"] = layer.weight.permute(2, 1, 0)
                found[f"layer{number}_bias"] = layer.bias
            return {name: given.numpy().astype(np.float16) for name, given in found.items()}
