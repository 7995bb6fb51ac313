import time

from pipeline.options import Options
from pipeline.plan import Plan, ShardPlan, Slice
from pipeline.progress import progress
from pipeline.summary import plan_summary, run_data, run_summary
from tests.pipeline.test_write import PROVENANCE

PLAN = Plan((ShardPlan(0, (Slice(None, None, 0, 7, None, 0),)),), 2, 7, 5 * 1024 * 1024, "digest")


def test_plan_is_told_in_lines():
    told = plan_summary(Options(("news",)), PLAN, PROVENANCE, workers=1)
    assert "2 files, 7 articles, 5.0 MiB" in told
    assert PROVENANCE.fingerprint in told


def test_summary_tells_counts_reasons_speed_and_memory():
    manifest = {
        "counts": {
            "planned": 10, "documents": 8, "rejected": 2,
            "sentences": 100, "tokens": 2500, "entities": 30,
            "duplicates": 3, "repeated_lines": 4,
        },
        "rejected_by": {"read.binary": 2},
        "metrics": {"seconds.tag": 3.5},
        "word_hit_rate": 0.8,
        "peak_memory": {"a:1": 2 * 1024 * 1024, "a:2": 1024 * 1024},
    }  # fmt: skip
    told = run_summary(manifest, "corpus", 5.0)
    for words in (
        "10 in, 8 documents out, 2 rejected", "read.binary", "80.0%", "2.0 articles/s",
        "3 articles repeat another, 4 lines",
        "make report OUTPUT=corpus",
        "500 words/s", "tag 3.5 s", "2.0 MiB at most in a worker, 3.0 MiB in all",
    ):  # fmt: skip
        assert words in told


def test_data_of_a_run_is_its_manifest_without_the_shards():
    manifest = {"counts": {"planned": 10}, "shards": [{"index": 0}], "run_id": "ab"}
    told = run_data(manifest, "corpus", 5.00049)
    assert told == {
        "output": "corpus", "seconds": 5.0, "counts": {"planned": 10}, "run_id": "ab",
    }  # fmt: skip


def test_bar_is_silent_where_no_one_watches(tmp_path, capsys):
    with progress(PLAN, tmp_path / "reports", "annotating"):
        time.sleep(0.01)
    assert capsys.readouterr().err == ""


def test_bar_counts_the_articles_of_finished_shards(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    with progress(PLAN, tmp_path, "surveying"):
        (tmp_path / "00000").touch()
        (tmp_path / "_00000.123").touch()
    told = capsys.readouterr().err
    assert "surveying" in told
    assert "7/7" in told
