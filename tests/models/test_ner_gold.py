from __future__ import annotations

from pathlib import Path

import pytest

from models.ner_gold import bioes, read_gold


@pytest.mark.parametrize(
    ("bio", "made"),
    [
        (("B-PER", "O", "B-LOC", "I-LOC"), ("S-PER", "O", "B-LOC", "E-LOC")),
        (("B-PER", "B-PER"), ("S-PER", "S-PER")),
        (("B-ORG", "I-ORG", "I-ORG"), ("B-ORG", "I-ORG", "E-ORG")),
        ((), ()),
    ],
)
def test_ends_of_entities_are_marked(bio: tuple[str, ...], made: tuple[str, ...]) -> None:
    assert bioes(bio) == made


def test_figures_that_the_corrections_changed_are_those_of_the_original(tmp_path: Path) -> None:
    original = "زاد O\n70% O\nبوش B-PERS\n\nعاد O\n"
    corrected = "زاد O\n0.7 O\nبوش B-PERS\n\nعاد O\n"
    for name, text in (("anercorp", original), ("cleananercorp", corrected)):
        (tmp_path / f"{name}.train.conll").write_text(text, encoding="utf-8")
    ((sentence,), (tail,)) = read_gold(tmp_path, 0.5)
    assert sentence.words == ("زاد", "70", "%", "بوش")
    assert sentence.labels["original"] == sentence.labels["corrected"] == ("O", "O", "O", "S-PER")
    assert tail.words == ("عاد",)
