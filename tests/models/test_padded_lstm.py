from __future__ import annotations

import pytest

torch = pytest.importorskip("torch")

from stanza.models.common.packed_lstm import PackedLSTM  # noqa: E402

from models.padded_lstm import PaddedLSTM  # noqa: E402


def test_gives_the_outputs_and_gradients_of_the_packed_one() -> None:
    torch.manual_seed(0)
    packed = PackedLSTM(5, 3, 1, batch_first=True, bidirectional=True)
    padded = PaddedLSTM(packed)
    lengths = [7, 4, 4, 1]
    words = torch.randn(4, 7, 5)
    batch = torch.nn.utils.rnn.pack_padded_sequence(words, lengths, batch_first=True)
    states = (torch.randn(2, 4, 3), torch.randn(2, 4, 3))
    gradients = []
    outputs = []
    for network in (packed, padded):
        network.zero_grad()
        output, _ = network(batch, lengths, hx=states)
        output.data.square().sum().backward()
        outputs.append(output)
        gradients.append([weight.grad.clone() for weight in packed.parameters()])
    assert torch.equal(outputs[0].batch_sizes, outputs[1].batch_sizes)
    torch.testing.assert_close(outputs[0].data, outputs[1].data)
    torch.testing.assert_close(gradients[0], gradients[1])


def test_refuses_a_network_of_another_shape() -> None:
    with pytest.raises(ValueError, match="one layer"):
        PaddedLSTM(PackedLSTM(5, 3, 2, batch_first=True, bidirectional=True))
