from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from models.ner_gold import TAGS  # noqa: E402
from models.ner_network import Encoder, Labeller  # noqa: E402
from models.ner_settings import NerSettings  # noqa: E402
from models.ner_tagger import Tagger, lean, save_for_stanza  # noqa: E402
from transforms.label_paths import best_paths  # noqa: E402
from transforms.stanza_tagger import StanzaTagger  # noqa: E402
from transforms.word_marks import MARKS  # noqa: E402
from transforms.word_ngrams import Ngrams  # noqa: E402
from transforms.word_vectors import WordVectors  # noqa: E402


@pytest.mark.models
def test_stanza_computes_what_was_trained(tmp_path: Path) -> None:
    torch.manual_seed(3)
    rows = np.random.default_rng(1)
    words = ("زار", "جون", "كيري", "موسكو")
    vectors = WordVectors(
        words=words,
        ranked=4,
        table=rows.normal(size=(4, 16)).astype(np.float16),
        ngrams=Ngrams(
            rows.integers(-127, 127, size=(50, 16 - MARKS), dtype=np.int8),
            rows.uniform(0.01, 0.1, size=50).astype(np.float16),
            shortest=3,
            longest=5,
        ),
    )
    vectors.save(tmp_path / "vectors.pt")
    tagger = Tagger(Labeller(Encoder(16, 16, 0.0), {"original": TAGS}, 0.0), NerSettings()).eval()
    torch.nn.init.normal_(tagger.labels.weight)
    torch.nn.init.normal_(tagger.transitions)
    save_for_stanza(tagger, tmp_path / "tagger.pt", words)
    with torch.inference_mode():
        table = torch.from_numpy(vectors.table.astype(np.float32))
        scores = tagger(table[None], torch.tensor([4])).numpy()
    (path,) = best_paths(scores, tagger.transitions.detach().numpy(), np.array([4]))
    (tags,) = StanzaTagger(tmp_path / "tagger.pt", tmp_path / "vectors.pt").tag([words])
    assert [tag.label for tag in tags] == [TAGS[label] for label in path]


@pytest.mark.models
def test_a_leaning_raises_only_the_labels_that_begin_an_entity_of_its_type() -> None:
    tagger = Tagger(Labeller(Encoder(8, 16, 0.0), {"original": TAGS}, 0.0), NerSettings())
    before = tagger.labels.bias.detach().clone()
    lean(tagger, [("MISC", 0.5)])
    raised = (tagger.labels.bias.detach() - before).numpy().round(5)
    assert {tag: more for tag, more in zip(TAGS, raised, strict=True) if more} == {
        "B-MISC": 0.5,
        "S-MISC": 0.5,
    }
