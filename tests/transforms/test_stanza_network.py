import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch")

MODELS = Path(__file__).parents[2] / "models" / "ner"
SENTENCES = [
    ("قال", "لافروف", "في", "موسكو", "إن", "روسيا", "ستواصل", "المفاوضات"),
    ("وصل", "جون", "كيري", "."),
    ("تدمر",),
]


@pytest.fixture(scope="module")
def stanza():
    from stanza.models.common.pretrain import Pretrain
    from stanza.models.ner.trainer import Trainer

    pretrain = Pretrain(str(MODELS / "vectors.pt"))
    return Trainer(model_file=str(MODELS / "tagger.pt"), pretrain=pretrain, device="cpu")


def of_stanza(trainer):
    """The label scores that Stanza's own forward pass gives."""
    import torch

    lengths = [len(words) for words in SENTENCES]
    blank = torch.zeros(len(lengths), lengths[0], 1, dtype=torch.long)
    with torch.inference_mode():
        _, emissions, _ = trainer.model.eval()(
            SENTENCES, None, None, blank, None, lengths, None, None, None, None, None
        )
    return emissions[0].numpy()


def of_ours(trainer, precision):
    import torch

    from transforms.stanza_network import StanzaNetwork

    table, vocabulary = trainer.model.word_emb.weight, trainer.vocab["word"]
    longest = len(SENTENCES[0])
    vectors = torch.zeros(len(SENTENCES), longest, table.shape[1])
    for row, words in zip(vectors, SENTENCES, strict=True):
        row[: len(words)] = table[[vocabulary.unit2id(word) for word in words]].detach()
    lengths = torch.tensor([len(words) for words in SENTENCES])
    network = StanzaNetwork(MODELS / "tagger.pt", precision)
    return network.scores(vectors, lengths), network.labels


@pytest.mark.models
@pytest.mark.parametrize(("precision", "near"), [("float32", 1e-3), ("bfloat16", 0.5)])
def test_scores_are_those_of_stanza(stanza, precision, near):
    expected = of_stanza(stanza)
    found, labels = of_ours(stanza, precision)
    first = expected.shape[2] - len(labels)
    for ours, theirs, words in zip(found, expected, SENTENCES, strict=True):
        np.testing.assert_allclose(
            ours[: len(words)], theirs[: len(words), first:], atol=near, rtol=0
        )


@pytest.mark.models
def test_a_model_that_wants_characters_is_refused(tmp_path):
    import torch

    from transforms.stanza_network import StanzaNetwork

    checkpoint = torch.load(MODELS / "tagger.pt", weights_only=True)
    checkpoint["config"]["char"] = True
    torch.save(checkpoint, tmp_path / "characters.pt")
    with pytest.raises(ValueError, match="wants more than word vectors"):
        StanzaNetwork(tmp_path / "characters.pt", "float32")


def test_stanza_is_imported_without_what_no_tagger_needs():
    code = """
import sys, transforms.stanza_network
assert "transformers" not in sys.modules
import transformers
"""
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.models
def test_memory_does_not_grow_with_the_shapes_of_batches():
    code = f"""
import psutil, torch
from pathlib import Path
from transforms.stanza_network import StanzaNetwork
network = StanzaNetwork(Path({str(MODELS)!r}) / "tagger.pt", "bfloat16")
def memory_after(sentences, tokens):
    for length in range(1, tokens):
        vectors = torch.zeros(sentences, length, network._layers[0][0].input_size)
        network.scores(vectors, torch.full((sentences,), length))
    return psutil.Process().memory_info().rss / 2**20
before = memory_after(4, 30)
print(max(memory_after(sentences, 30) for sentences in range(5, 12)) - before)
"""
    run = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert float(run.stdout) < 20  # MiB; 44 where all kernels are kept
