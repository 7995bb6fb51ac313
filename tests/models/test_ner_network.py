from __future__ import annotations

import itertools
import math
from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from models.ner_network import (  # noqa: E402
    Encoder,
    crf_loss,
    load_encoder,
    padded,
    save_encoder,
    slope,
)


@pytest.mark.parametrize(("done", "share"), [(0.0, 0.0), (0.05, 1.0), (0.525, 0.5), (1.0, 0.0)])
def test_learning_rate_rises_soon_and_falls_to_nothing(done: float, share: float) -> None:
    assert slope(done) == pytest.approx(share)


def test_rows_of_different_lengths_become_a_matrix() -> None:
    assert padded([np.array([3, 4]), np.array([5])], -1).tolist() == [[3, 4], [5, -1]]


def test_a_sentence_is_read_the_same_beside_a_longer_one() -> None:
    torch.manual_seed(0)
    encoder = Encoder(4, 8, 0.0).eval()
    short, long = torch.randn(1, 3, 4), torch.randn(1, 5, 4)
    together = torch.cat([torch.cat([short, torch.zeros(1, 2, 4)], dim=1), long])
    with torch.inference_mode():
        alone = encoder(short, torch.tensor([3]))
        beside = encoder(together, torch.tensor([3, 5]))
    for one, both in zip(alone, beside, strict=True):
        torch.testing.assert_close(one[0], both[0, :3], atol=2e-2, rtol=2e-2)


def test_an_encoder_comes_back_from_its_file(tmp_path: Path) -> None:
    encoder = Encoder(4, 8, 0.0)
    save_encoder(encoder, tmp_path / "network.pt")
    read = load_encoder(tmp_path / "network.pt", 4, 8, 0.0)
    for name, weights in encoder.state_dict().items():
        assert torch.equal(read.state_dict()[name], weights)


@pytest.mark.parametrize("content", ["other size", "a list", "text", "nothing"])
def test_a_file_without_the_wanted_encoder_is_named(tmp_path: Path, content: str) -> None:
    file = tmp_path / "network.pt"
    if content == "other size":
        save_encoder(Encoder(4, 16, 0.0), file)
    elif content == "a list":
        torch.save([1, 2], file)
    else:
        file.write_text(content if content == "text" else "")
    with pytest.raises(ValueError, match=r"network\.pt does not hold an encoder of 4 .* 8 units"):
        load_encoder(file, 4, 8, 0.0)


def test_loss_is_the_likelihood_of_the_wanted_path_among_all() -> None:
    torch.manual_seed(0)
    scores, transitions = torch.randn(2, 4, 3), torch.randn(3, 3)
    paths, lengths = [[2, 0, 1, 1], [1, 2]], [4, 2]
    wanted = torch.zeros(2, 4, 3)
    expected = 0.0
    for row, (path, length) in enumerate(zip(paths, lengths, strict=True)):
        wanted[row, range(length), path] = 1.0

        def weight(labels: tuple[int, ...], row: int = row) -> float:
            own = sum(float(scores[row, place, label]) for place, label in enumerate(labels))
            return own + sum(float(transitions[pair]) for pair in itertools.pairwise(labels))

        every = itertools.product(range(3), repeat=length)
        expected += math.log(sum(math.exp(weight(labels)) for labels in every))
        expected -= weight(tuple(path))
    loss = crf_loss(scores, transitions, wanted, torch.tensor(lengths))
    assert float(loss) == pytest.approx(expected, rel=1e-4)
