import json
import subprocess
import sys

import pytest

from tests.bench.articles import make_articles
from tests.bench.compare import NAIVE, Runs, Told, as_data, ratio, told_by
from tests.bench.measure import Measured, measure
from tests.bench.report import as_markdown
from tests.conftest import ROOT, environment

TEXTS = ["قال الوزير إن المحادثات بدأت في القاهرة.", "وصل الوفد إلى بيروت مساء أمس."]


def cost(seconds):
    return Measured(seconds, seconds, 2**20, 2**21)


def runs(name, *seconds, told=None):
    return Runs(name, 1, tuple(map(cost, seconds)), told or Told())


def test_articles_of_a_folder_are_those_that_warraq_reads(tmp_path):
    data = tmp_path / "data"
    data.mkdir()
    (data / "a.txt").write_text(TEXTS[0], encoding="utf-8")
    (data / "b.jsonl").write_text(json.dumps({"text": TEXTS[1]}) + "\nbroken\n", encoding="utf-8")
    made = make_articles(data, 10, tmp_path)
    written = [json.loads(line)["text"] for line in made.path.read_text("utf-8").splitlines()]
    assert (written, made.articles, made.words) == (TEXTS, 2, 13)


def test_folder_without_articles_is_refused(tmp_path):
    data = tmp_path / "data"
    data.mkdir()
    (data / "a.txt").write_text(" ", encoding="utf-8")
    with pytest.raises(ValueError, match="no article"):
        make_articles(data, 10, tmp_path)


def test_our_own_articles_are_the_same_each_time_and_differ_from_each_other(tmp_path):
    made = [make_articles(None, 30, tmp_path) for _ in range(2)]
    assert made[0] == made[1]
    assert len(set(made[0].path.read_text("utf-8").splitlines())) == made[0].articles == 30


def test_cost_of_a_command_is_measured_with_its_children():
    busy = "sum(range(3 * 10**7)); bytes(50 * 2**20)"
    inner = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {busy!r}])"
    measured = measure([sys.executable, "-c", inner], environment())
    assert measured.processor_seconds > 0.05
    assert 0 < measured.largest < measured.together


def test_failed_command_says_how_it_ended():
    with pytest.raises(RuntimeError, match="ended with 3:\nlost"):
        measure([sys.executable, "-c", "print('lost'); raise SystemExit(3)"], environment())


def test_ratio_is_the_median_over_the_pairs_of_runs():
    slow, fast = runs(NAIVE, 10, 20, 90), runs("Warraq", 1, 4, 3)
    assert ratio([slow, fast], fast) == 10
    assert ratio([slow, fast], slow) is None
    assert ratio([fast], fast) is None


def test_what_the_stages_leave_is_told(tmp_path):
    made = make_articles(None, 3, tmp_path)
    told = Told(500, {"tag": 1.0})
    data = as_data(made, [runs(NAIVE, 9.0), runs("Warraq", 3.0, told=told)])
    ours = data["contestants"][1]
    assert ours["stage_words_per_second"] == {"tag": 500}
    assert ours["stages"] == {"tag": 1.0, "start-up, Beam and the rest": 2.0}
    assert (ours["naive_over_this"], ours["articles_per_second"]) == (3.0, 1.0)


def test_worker_that_had_less_to_do_was_idle_at_the_end(tmp_path):
    shards = [
        {"worker": name, "metrics": {"seconds.tag": tag, "seconds.survey": 9.0}}
        for name, tag in (("a", 2.0), ("b", 3.0), ("a", 1.0), ("b", 1.0))
    ]
    metrics = {"seconds.tag": 7.0, "seconds.survey": 36.0, "tag.tokens": 70}
    content = {"metrics": metrics, "counts": {"tokens": 70}, "shards": shards}
    manifest = tmp_path / "manifest.json"
    manifest.write_text(json.dumps(content), encoding="utf-8")
    assert told_by(manifest) == Told(70, {"tag": 7.0, "survey": 36.0}, 0.25)


@pytest.mark.models
def test_bench_runs_both_and_writes_its_report(tmp_path):
    command = [sys.executable, "-m", "tests.bench", "--articles", "3", "--rounds", "1"]
    subprocess.run(
        [*command, "--workers", "1", "--output", tmp_path],
        cwd=ROOT,
        env=environment(),
        check=True,
        capture_output=True,
    )
    report = json.loads((tmp_path / "bench.json").read_text("utf-8"))
    assert report["ratio"] > 0
    assert (tmp_path / "bench.md").read_text("utf-8") == as_markdown(report)
    assert (tmp_path / "bench.svg").read_text("utf-8").count("articles a second")
