import json
import math

import pytest

from pipeline.engines import ENGINES
from pipeline.inputs import find_inputs
from pipeline.plan import Plan, ShardPlan, make_plan
from pipeline.sample import Sample, choose
from pipeline.sizing import _GROWTH, estimate
from schemas.settings import ReadSettings
from tests.conftest import ROOT, SEED, warraq
from tests.pipeline.test_run import articles

SAMPLE = Sample(
    articles=100, places=8, words=40_000, nbytes=1_000_000, survey_seconds=2.0,
    annotate_seconds=8.0, start_seconds=5.0, peak_memory=900, shard_bytes=500, memory_a_byte=2.0,
    words_remembered=10, word_bytes=7, article_bytes=3,
)  # fmt: skip


def plan_of(shards, nbytes=40_000_000, articles=4000):
    return Plan(tuple(ShardPlan(index, ()) for index in range(shards)), 1, articles, nbytes, "")


def test_work_is_that_of_the_sample_times_how_much_larger_the_inputs_are():
    one = estimate(plan_of(40), [1] * 40, SAMPLE, 1, cache_words=10)
    assert one.hours * 3600 == pytest.approx(2 * 5 + 40 * (2 + 8))
    ten = estimate(plan_of(40), [1] * 40, SAMPLE, 10, cache_words=10)
    assert ten.hours * 3600 == pytest.approx(2 * 5 + 4 * (2 + 8))
    assert ten.busy == pytest.approx(400 / (10 * 50))


def test_a_file_that_one_worker_must_read_holds_all_others_up():
    alike = estimate(plan_of(40), [1] * 40, SAMPLE, 40, cache_words=10)
    long = estimate(plan_of(40), [1] * 8 + [32], SAMPLE, 40, cache_words=10)
    assert (long.hours - alike.hours) * 3600 == pytest.approx(31 * 2)


def test_memory_is_that_of_whole_shards_and_of_all_words_that_may_be_remembered():
    found = estimate(plan_of(40, nbytes=40 * 600), [1], SAMPLE, 1, cache_words=110)
    assert found.memory == math.ceil(_GROWTH * (900 + 100 * 7 + 100 * 2))
    assert found.conclusion_memory == 3 * 4000


@pytest.mark.parametrize("shards", [1, 3, 20])
@pytest.mark.parametrize("wanted", [1, 10, 1000])
def test_sample_comes_from_all_over_the_inputs_and_has_no_article_twice(tmp_path, shards, wanted):
    (tmp_path / "a.jsonl").write_text("".join(articles(60)), encoding="utf-8")
    plan = make_plan(find_inputs([str(tmp_path)], tmp_path / "_"), ReadSettings(), shards)
    for sample in choose(plan, wanted, ReadSettings()):
        records = [
            record
            for shard in sample.shards
            for part in shard.slices
            for record in range(part.first, part.stop)
        ]
        assert len(records) == len(set(records)) == sample.articles
        assert sample.articles <= max(8, wanted)
        assert 0 < sample.bytes <= plan.bytes
    scattered, together = choose(plan, wanted, ReadSettings())
    assert len(together.shards) == 1
    assert len(scattered.shards) == min(8, len(plan.shards))


@pytest.mark.models
def test_plan_tells_what_was_measured_and_touches_nothing(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "news.jsonl").write_text("".join(articles(40)), encoding="utf-8")
    done = warraq(
        "plan", tmp_path / "in", "--target", "dataflow", "--sample", 20, "--json",
        "--output", tmp_path / "corpus",
    )  # fmt: skip
    told = json.loads(done.stdout)
    assert told["inputs"]["articles"] == 40
    assert told["sample"]["articles"] >= 20
    assert [one["workers"] for one in told["estimates"]] == [1, 10, 100]
    hours = [one["hours"] for one in told["estimates"]]
    assert all(0 < hour < math.inf for hour in hours)
    assert hours == sorted(hours, reverse=True)
    for one in told["estimates"]:
        assert one["memory"] >= told["sample"]["peak_memory"] > 100 * 2**20
    assert not (tmp_path / "corpus").exists()


@pytest.mark.models
def test_plan_without_a_sample_only_counts():
    done = warraq("plan", SEED, "--sample", 0)
    assert "1 files, 1 articles" in done.stdout
    assert "hours" not in done.stdout


@pytest.mark.parametrize("target", ENGINES)
def test_every_engine_has_a_page(target):
    assert (ROOT / ENGINES[target].page).exists()
