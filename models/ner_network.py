"""The network of the entity tagger in plain torch: what Stanza's computes, made to be trained.

Two LSTMs of one direction, the second over each sentence turned round: on a CPU that trains three
times faster than one of both directions over packed sentences. Matrix products are in bfloat16.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from models.ner_text import PADDING


class Encoder(nn.Module):
    """Vectors of words to vectors of their contexts; what the networks of all steps share."""

    def __init__(self, dimensions: int, hidden: int, dropout: float) -> None:
        super().__init__()
        self.drop = nn.Dropout(dropout)
        self.transform = nn.Linear(dimensions, dimensions)
        self.ahead = nn.LSTM(dimensions, hidden, batch_first=True)
        self.behind = nn.LSTM(dimensions, hidden, batch_first=True)

    def forward(self, vectors: Tensor, lengths: Tensor) -> tuple[Tensor, Tensor]:
        """Of each word, what is told by the text up to it, and by the text from its end back."""
        places = torch.arange(vectors.shape[1]).expand(vectors.shape[:2])
        ends = lengths[:, None]
        turned = torch.where(places < ends, ends - 1 - places, places).unsqueeze(2)
        with torch.autocast("cpu", torch.bfloat16):
            inputs = self.transform(self.drop(vectors))
            ahead, _ = self.ahead(inputs)
            behind, _ = self.behind(inputs.gather(1, turned.expand_as(inputs)))
        return ahead, behind.gather(1, turned.expand_as(behind))


def save_encoder(encoder: Encoder, path: Path) -> None:
    """Write an encoder's weights, for `load_encoder`."""
    torch.save(encoder.state_dict(), path)


def load_encoder(path: Path, dimensions: int, hidden: int, dropout: float) -> Encoder:
    """The encoder whose weights a file holds.

    Raises:
        ValueError: the weights are of another size, or of no encoder.
    """
    encoder = Encoder(dimensions, hidden, dropout)
    try:
        encoder.load_state_dict(torch.load(path, weights_only=True))
    except Exception as error:  # of what is no file of weights, torch raises whatever it meets
        wanted = f"an encoder of {dimensions} dimensions and {hidden} units"
        raise ValueError(f"{path} does not hold {wanted}") from error
    return encoder


class Labeller(nn.Module):
    """An encoder, and scores of labels for each set of labels."""

    def __init__(self, encoder: Encoder, tags: Mapping[str, Sequence[str]], dropout: float) -> None:
        super().__init__()
        self.encoder = encoder
        self.drop = nn.Dropout(dropout)
        width = 2 * encoder.ahead.hidden_size
        self.labels = nn.ModuleDict({name: nn.Linear(width, len(tags[name])) for name in tags})

    def forward(self, vectors: Tensor, lengths: Tensor) -> dict[str, Tensor]:
        """Scores for each set, sentences x words x labels."""
        contexts = self.drop(torch.cat(self.encoder(vectors, lengths), dim=2).float())
        return {name: layer(contexts) for name, layer in self.labels.items()}


def padded(rows: Sequence[np.ndarray], filling: int = PADDING) -> Tensor:
    """Rows of different lengths as one matrix."""
    matrix = np.full((len(rows), max(map(len, rows))), filling, dtype=np.int64)
    for place, row in enumerate(rows):
        matrix[place, : len(row)] = row
    return torch.from_numpy(matrix)


def crf_loss(scores: Tensor, transitions: Tensor, wanted: Tensor, lengths: Tensor) -> Tensor:
    """How far a CRF is from wanted probabilities: expected negative log-likelihoods, summed.

    Args:
        scores: sentences x words x tags.
        transitions: `transitions[i, j]` is the score of tag `j` after tag `i`.
        wanted: probabilities of the shape of `scores`; certain ones give the usual loss.
        lengths: words of each sentence.
    """
    inside = torch.arange(scores.shape[1]) < lengths[:, None]
    wanted = wanted * inside.unsqueeze(2)
    expected = (wanted * scores).sum() + ((wanted[:, :-1] @ transitions) * wanted[:, 1:]).sum()
    total = scores[:, 0]
    step_up = transitions.exp()
    for step in range(1, scores.shape[1]):
        top = total.max(dim=1, keepdim=True).values.detach()
        ahead = scores[:, step] + top + ((total - top).exp() @ step_up + 1e-30).log()
        total = torch.where(inside[:, step, None], ahead, total)
    return total.logsumexp(dim=1).sum() - expected


def slope(done: float) -> float:
    """Up over the first twentieth of a training, then down to nothing in a straight line."""
    return max(0.0, min(done / 0.05, (1 - done) / 0.95))
