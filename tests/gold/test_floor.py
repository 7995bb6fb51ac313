"""No score on the gold may fall by more than 0.3 points."""

import json

import pytest

from tests.evaluation.__main__ import gold_rows
from tests.evaluation.gate import FLOOR, MARGIN, as_floor, fallen, pin
from tests.evaluation.measures import Row
from tests.gold.load import load


@pytest.mark.models
def test_no_score_on_the_gold_has_fallen():
    gold = load()
    assert fallen(gold_rows(gold), gold.digest, json.loads(FLOOR.read_text("utf-8"))) == []


def row(ours, measure="F1"):
    return Row("layer", measure, "own gold", 10, ours, 50.0, "nothing")


def test_a_floor_holds_the_scores_and_the_digest_of_the_gold(tmp_path):
    path = tmp_path / "floor.json"
    pin([row(90.123)], "abc", path)
    assert json.loads(path.read_text("utf-8")) == {"sha256": "abc", "scores": {"layer: F1": 90.12}}


def test_a_score_may_fall_by_the_margin_and_no_more():
    floor = as_floor([row(90.0)], "abc")
    assert fallen([row(90.0 - MARGIN)], "abc", floor) == []
    assert fallen([row(95.0)], "abc", floor) == []
    assert fallen([row(89.6)], "abc", floor) == ["layer: F1 fell from 90.00 to 89.60"]


def test_another_gold_and_other_measures_do_not_pass():
    floor = as_floor([row(90.0)], "abc")
    assert "pin" in fallen([row(90.0)], "abd", floor)[0]
    assert fallen([row(90.0, "F2")], "abc", floor) == [
        "layer: F1 is not measured any more",
        "layer: F2 has no floor",
    ]
