import pickle
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.inputs import find_inputs
from pipeline.plan import _cut, _within_files, make_plan
from pipeline.read import Read, read_shard
from pipeline.write import Write
from schemas.settings import ReadSettings
from tests.pipeline.test_write import PROVENANCE

LIMIT = 10_000


@pytest.fixture
def files(tmp_path):
    (tmp_path / "a.txt").write_text("خبر", encoding="utf-8")
    (tmp_path / "b.jsonl").write_text('{"text": "خبر"}\n' * 7 + "{\n", encoding="utf-8")
    (tmp_path / "c.html").write_text("<p>", encoding="utf-8")
    (tmp_path / "d.txt").touch()
    return find_inputs([str(tmp_path)], tmp_path / "corpus")


def read(plan):
    return [read_shard(shard, ReadSettings()) for shard in plan.shards]


@pytest.mark.parametrize("shards", [1, 3, 11, 50])
def test_every_article_is_in_one_shard_in_the_order_of_the_inputs(files, shards):
    plan = make_plan(files, LIMIT, shards)
    done = read(plan)
    assert len(plan.shards) == min(shards, 11) == len(done)
    assert [shard.index for shard in plan.shards] == list(range(len(plan.shards)))
    places = [(a.origin.path, a.origin.record) for shard in done for a in shard.articles]
    assert places == sorted(places, key=lambda place: (place[0], place[1] or 0))
    rejected = [(r.reason, r.record) for shard in done for r in shard.rejections]
    assert len(places) == 9
    assert sorted(rejected) == [("broken_json", 8), ("unsupported", None)]


def test_digest_changes_with_a_byte_and_not_with_the_shards(files):
    digest = make_plan(files, LIMIT, 1).digest
    assert make_plan(files, LIMIT, 5).digest == digest
    Path(files[0].location).write_text("خبر!", encoding="utf-8")
    assert make_plan(files, LIMIT, 1).digest != digest


def test_file_that_changes_after_the_plan_is_rejected_whole(files, tmp_path):
    plan = make_plan(files, LIMIT, 2)
    (tmp_path / "b.jsonl").write_text('{"text": "آخر"}\n', encoding="utf-8")
    (tmp_path / "a.txt").unlink()
    done = read(plan)
    reasons = [rejection.reason for shard in done for rejection in shard.rejections]
    assert reasons.count("changed") == 9
    assert sum(len(shard.articles) + len(shard.rejections) for shard in done) == plan.articles


@given(st.lists(st.integers(1, 10**9), min_size=1, max_size=200), st.integers(1, 300))
def test_cuts_cover_all_articles_once_and_in_order(sizes, wanted):
    cuts = _cut(sizes, sum(sizes), wanted)
    assert [place for first, stop in cuts for place in range(first, stop)] == list(
        range(len(sizes))
    )
    assert all(first < stop for first, stop in cuts)
    assert len(cuts) <= wanted


def test_shards_of_equal_articles_are_of_equal_size():
    lengths = {stop - first for first, stop in _cut([100] * 1000, 100_000, 64)}
    assert max(lengths) - min(lengths) <= 1


@given(st.lists(st.integers(1, 9), min_size=1, max_size=20), st.data())
def test_stretches_are_cut_where_files_meet(counts, data):
    starts = [sum(counts[:number]) for number in range(len(counts) + 1)]
    first = data.draw(st.integers(0, starts[-1] - 1))
    stop = data.draw(st.integers(first + 1, starts[-1]))
    pieces = list(_within_files(starts, first, stop))
    assert [starts[n] + place for n, a, b in pieces for place in range(a, b)] == list(
        range(first, stop)
    )
    assert all(0 <= a < b <= counts[n] for n, a, b in pieces)


def test_transforms_pickle():
    transforms = [Read(ReadSettings()), Write(Path("corpus"), 1, PROVENANCE)]
    assert [type(pickle.loads(pickle.dumps(one))) for one in transforms] == [Read, Write]
