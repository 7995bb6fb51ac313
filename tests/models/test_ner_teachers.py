from __future__ import annotations

import pytest

torch = pytest.importorskip("torch")

from models.ner_gold import TAGS  # noqa: E402
from models.ner_teachers import blend  # noqa: E402


def opinion(**probabilities: float) -> torch.Tensor:
    return torch.tensor([probabilities.get(tag.replace("-", "_"), 0.0) for tag in TAGS])


def test_types_that_both_know_are_a_mean() -> None:
    both = torch.stack([opinion(S_ORG=0.2, O=0.8), opinion(S_ORG=1.0)])
    made = dict(zip(TAGS, blend(both, 0.5).tolist(), strict=True))
    assert made["S-ORG"] == pytest.approx(0.6)
    assert made["O"] == pytest.approx(0.4)


def test_a_nationality_is_no_name_if_the_original_labels_say_so() -> None:
    both = torch.stack([opinion(O=0.9, S_MISC=0.1), opinion(S_MISC=1.0)])
    made = dict(zip(TAGS, blend(both, 0.5).tolist(), strict=True))
    assert made["O"] == pytest.approx(0.9)
    assert made["S-MISC"] == pytest.approx(0.1)
