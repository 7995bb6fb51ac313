from __future__ import annotations

import pytest

from models.ner_settings import TaggerSettings
from models.ner_train import learning_rate


@pytest.mark.parametrize(("done", "share"), [(0.0, 0.0), (0.05, 1.0), (0.525, 0.5), (1.0, 0.0)])
def test_learning_rate_rises_soon_and_falls_to_nothing(done: float, share: float) -> None:
    settings = TaggerSettings(learning_rate=0.004)
    assert learning_rate(settings, done) == pytest.approx(0.004 * share)
