"""A Stanza NER model at work: from word vectors to label scores, in batches.

The modules and weights are Stanza's; what runs them is leaner than Stanza's own loader, which makes
an optimiser, and its forward pass, which computes a loss. Each direction of the LSTM runs by
itself over whole rows, the backward one over sentences turned round, so that what stands behind a
sentence's end never matters: that is quicker than packed sequences, and lets the processor's
bfloat16 units at work.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn

from transforms.stanza_modules import VOCAB_PREFIX_SIZE, MultiVocab, NERTagger

Floats = npt.NDArray[np.float32]

# oneDNN compiles kernels for each shape of a batch, and shapes hardly come back. It would keep
# 1,024 of them, which take 250 MB; to compile one takes a millisecond, to run it fifty. It reads
# this when torch first uses it.
os.environ.setdefault("ONEDNN_PRIMITIVE_CACHE_CAPACITY", "16")


class StanzaNetwork:
    """The network of a model file without characters, with one set of labels."""

    def __init__(self, path: Path, precision: str) -> None:
        """Load a model.

        Args:
            path: what Stanza's trainer saved.
            precision: `float32`, or `bfloat16` for the LSTM.

        Raises:
            ValueError: the model wants more than word vectors.
        """
        model = _load(path)
        start = VOCAB_PREFIX_SIZE  # the first labels are Stanza's own marks, which no token has
        self.labels: list[str] = model.vocab["tag"].items(0)[start:]
        with torch.inference_mode():
            self.transitions: Floats = model.crits[0]._transitions.numpy()[start:, start:]
        self._transform = model.input_transform
        self._classify = model.tag_clfs[0]
        self._precision = getattr(torch, precision)
        self._layers = _directions(model.taggerlstm.lstm, self._precision)

    @torch.inference_mode()
    def scores(self, vectors: Tensor, lengths: Tensor) -> Floats:
        """Label scores, sentences x tokens x labels; beyond a length they mean nothing.

        Args:
            vectors: of the words, sentences x tokens x dimensions.
            lengths: tokens of each sentence, 1 or more.
        """
        if self._transform is not None:
            vectors = self._transform(vectors)
        state = vectors.to(self._precision)
        turned = _turned(lengths, state.shape[1])
        for forward, backward in self._layers:
            ahead, _ = forward(state)
            back, _ = backward(_rearranged(state, turned))
            state = torch.cat([ahead, _rearranged(back, turned)], dim=2)
        found: Floats = self._classify(state.float()).numpy()[:, :, VOCAB_PREFIX_SIZE:]
        return found


def _load(path: Path) -> Any:
    checkpoint = torch.load(path, map_location="cpu", weights_only=True)
    config = checkpoint["config"]
    if config["char"] or config.get("bert_model") or "delta" in checkpoint["vocab"]:
        raise ValueError(f"{path} wants more than word vectors; train one with `make train`")
    vocabulary = MultiVocab.load_state_dict(checkpoint["vocab"])
    model = NERTagger(config, vocabulary)
    model.load_state_dict(checkpoint["model"], strict=False)  # the vectors are not in it
    return model.eval()


def _directions(lstm: nn.LSTM, precision: torch.dtype) -> list[tuple[nn.LSTM, nn.LSTM]]:
    """For each layer of a bidirectional LSTM, one for each direction."""
    return [
        (
            _one_direction(lstm, f"l{layer}", precision),
            _one_direction(lstm, f"l{layer}_reverse", precision),
        )
        for layer in range(lstm.num_layers)
    ]


def _one_direction(lstm: nn.LSTM, suffix: str, precision: torch.dtype) -> nn.LSTM:
    names = ("weight_ih", "weight_hh", "bias_ih", "bias_hh")
    weights = {f"{name}_l0": getattr(lstm, f"{name}_{suffix}") for name in names}
    alone = nn.LSTM(weights["weight_ih_l0"].shape[1], lstm.hidden_size, batch_first=True)
    alone.load_state_dict(weights)
    return alone.to(precision).eval()


def _turned(lengths: Tensor, longest: int) -> Tensor:
    """For each place of each sentence, the word that it has when turned round.

    Words are counted through all sentences, which have `longest` each.
    """
    places = torch.arange(longest).expand(len(lengths), longest)
    last = lengths[:, None] - 1
    turned = torch.where(places <= last, last - places, places)
    return turned + longest * torch.arange(len(lengths))[:, None]


def _rearranged(state: Tensor, words: Tensor) -> Tensor:
    return state.flatten(0, 1).index_select(0, words.flatten()).view_as(state)
