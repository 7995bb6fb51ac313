"""The entity scorer, beside a count by hand."""

import pytest
from hypothesis import given, strategies

from tests.evaluation.spans import TYPES, span_rows, strict_f1


def f1(found, wanted, kind=None):
    mine, gold = (
        {(at, *span) for at, spans in enumerate(side) for span in spans if kind in (None, span[2])}
        for side in (found, wanted)
    )
    both = len(mine & gold)
    return 200 * both / (len(mine) + len(gold)) if both else 0.0


def test_a_span_counts_only_whole_and_with_its_type():
    wanted = [{(0, 2, "PER"), (3, 4, "LOC")}, {(1, 2, "ORG")}]
    found = [{(0, 1, "PER"), (3, 4, "LOC")}, {(1, 2, "LOC")}]
    scores = strict_f1(found, wanted)
    assert scores["LOC"] == pytest.approx(100 * 2 / 3)
    assert scores["PER"] == scores["ORG"] == scores["MISC"] == 0.0
    assert scores["micro"] == pytest.approx(100 / 3)
    assert scores["macro"] == pytest.approx(100 * 2 / 3 / 4)


def test_neighbours_do_not_count_as_overlapping():
    assert strict_f1([{(0, 5, "PER"), (5, 8, "PER")}], [{(5, 8, "PER")}])["PER"] == pytest.approx(
        100 * 2 / 3
    )


spans = strategies.lists(
    strategies.tuples(strategies.integers(0, 3), strategies.sampled_from(TYPES)), max_size=6
).map(
    lambda lengths: {
        (sum(one for one, _ in lengths[:at]), sum(one for one, _ in lengths[: at + 1]), kind)
        for at, (length, kind) in enumerate(lengths)
        if length
    }
)


@given(strategies.lists(strategies.tuples(spans, spans), min_size=1, max_size=4))
def test_the_scores_are_those_of_sets(documents):
    found, wanted = ([pair[side] for pair in documents] for side in (0, 1))
    scores = strict_f1(found, wanted)
    assert scores["micro"] == pytest.approx(f1(found, wanted))
    for kind in TYPES:
        assert scores[kind] == pytest.approx(f1(found, wanted, kind))


def test_rows_have_the_size_of_the_gold():
    wanted = [{(0, 2, "PER"), (3, 4, "LOC")}]
    rows = {row.measure: row for row in span_rows("set", wanted, [set()], wanted, "nothing")}
    assert rows["F1 PER"].size == 1
    assert rows["F1 micro"].size == 2
    assert rows["F1 micro"].ours == 100.0
    assert rows["F1 micro"].baseline == 0.0
