"""The evaluation as a whole, on what needs no data folder."""

import json
import subprocess
import sys
from dataclasses import replace

import pytest

from tests.conftest import ROOT, environment
from tests.evaluation.gold_entities import same_pairs
from tests.evaluation.measures import Counts, Row, compare, total
from tests.evaluation.report import Report
from tests.evaluation.sources import Source


def test_counts_add_up():
    assert total([compare({1, 2}, {2, 3}), compare(set(), {4})]) == Counts(1, 2, 3)
    assert Counts(1, 2, 3).f1 == pytest.approx(40.0)
    assert Counts().f1 == 100.0


def test_pairs_are_of_mentions_of_one_entity():
    mentions = {(0, 2, "PER"): "علي", (5, 6, "PER"): "علي", (8, 9, "LOC"): "حلب"}
    assert same_pairs(mentions) == {((0, 2, "PER"), (5, 6, "PER"))}


def test_the_report_names_figures_sets_and_models():
    row = Row("lemma", "F1", "set", 1234, 97.456, None, "")
    report = Report((row,), (Source("set", "free", "3 lines", "ab"),), (), 2.0)
    text = report.as_markdown()
    assert "| lemma | F1 | set | 1,234 | 97.46 | – |  |  |" in text
    assert "| set | 3 lines | free | ab |" in text
    assert json.loads(json.dumps(report.as_data()))["rows"][0]["ours"] == 97.456


def test_published_figures_are_marked_as_such():
    row = Row("UPOS", "F1", "set", 5, 90.0, 80.0, "none", (("Stanza 1.5.1", 95.18),))
    text = Report((row,), (), (), 2.0).as_markdown()
    assert "| 90.00 | 80.00 | none | Stanza 1.5.1 95.18 |" in text
    assert "were not run here" in text
    assert (
        "were not run here" not in Report((replace(row, published=()),), (), (), 2.0).as_markdown()
    )


@pytest.mark.models
def test_a_missing_data_folder_is_told_and_nothing_is_fetched(tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "tests.evaluation", str(tmp_path), "--quiet"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        env=environment(),
    )
    assert done.returncode == 2
    assert "no sentences/iwslt2017.ar" in done.stderr
