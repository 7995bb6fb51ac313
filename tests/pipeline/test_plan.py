import gzip
import io
import os
import pickle
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.formats import read_records
from pipeline.inputs import find_inputs
from pipeline.plan import _MANY_SHARDS, _cut, _shard_count, _within_files, chains, make_plan
from pipeline.read import read_shard, read_shards
from schemas.settings import ReadSettings
from tests.pipeline.reading import make_zip, response, warc_records


@pytest.fixture
def files(tmp_path):
    (tmp_path / "a.txt").write_text("خبر", encoding="utf-8")
    (tmp_path / "b.jsonl").write_text('{"text": "خبر"}\n' * 7 + "{\n", encoding="utf-8")
    (tmp_path / "c.pdf").write_text("%PDF", encoding="utf-8")
    (tmp_path / "d.txt").touch()
    return find_inputs([str(tmp_path)], tmp_path / "corpus")


def read(plan):
    return [read_shard(shard, ReadSettings()) for shard in plan.shards]


@pytest.mark.parametrize("shards", [1, 3, 11, 50])
def test_every_article_is_in_one_shard_in_the_order_of_the_inputs(files, shards):
    plan = make_plan(files, ReadSettings(), shards)
    done = read(plan)
    assert len(plan.shards) == min(shards, 11) == len(done)
    assert [shard.index for shard in plan.shards] == list(range(len(plan.shards)))
    places = [(a.origin.path, a.origin.record) for shard in done for a in shard.articles]
    assert places == sorted(places, key=lambda place: (place[0], place[1] or 0))
    rejected = [(r.reason, r.record) for shard in done for r in shard.rejections]
    assert len(places) == 9
    assert sorted(rejected) == [("broken_json", 8), ("unsupported", None)]


def test_digest_changes_with_a_byte_and_not_with_the_shards(files):
    digest = make_plan(files, ReadSettings(), 1).digest
    assert make_plan(files, ReadSettings(), 5).digest == digest
    Path(files[0].location).write_text("خبر!", encoding="utf-8")
    assert make_plan(files, ReadSettings(), 1).digest != digest


def test_file_that_changes_after_the_plan_is_rejected_whole(files, tmp_path):
    plan = make_plan(files, ReadSettings(), 2)
    (tmp_path / "b.jsonl").write_text('{"text": "آخر"}\n', encoding="utf-8")
    (tmp_path / "a.txt").unlink()
    done = read(plan)
    reasons = [rejection.reason for shard in done for rejection in shard.rejections]
    assert reasons.count("changed") == 9
    assert sum(len(shard.articles) + len(shard.rejections) for shard in done) == plan.articles


def many(kind, count):
    """A file of `count` articles in a format that can be read from within."""
    if kind == "jsonl":
        return "".join(
            f'{{"text": "خبر رقم {n}"}}\n' + "\n" * (n % 3) for n in range(count)
        ).encode()
    if kind in ("warc", "warc.gz"):
        extra = [("X", 404, [], b""), ("Y", 200, [("Content-Type", "text/plain")], b"x" * 9)]
        pages = [one for n in range(count) for one in (response(n), *extra[: n % 3])]
        return b"".join(warc_records(pages, kind.endswith("gz")))
    if kind == "zip":
        return make_zip([(f"{n}.jsonl", b'{"text": "x"}\n' * (n % 4)) for n in range(count)])
    buffer = io.BytesIO()
    rows = [{"text": f"خبر {n}"} for n in range(count)]
    pq.write_table(pa.Table.from_pylist(rows), buffer, row_group_size=5)
    return buffer.getvalue()


@settings(max_examples=40)
@given(
    st.sampled_from(["jsonl", "warc", "warc.gz", "zip", "parquet"]),
    st.integers(1, 40),
    st.integers(0, 10**6),
    st.sampled_from(["whole", "cut", "damaged"]),
)
def test_reading_on_from_within_gives_what_reading_from_the_start_gives(
    tmp_path_factory, kind, count, place, state
):
    data = bytearray(many(kind, count))
    place %= len(data)
    if state == "cut":
        data = data[: max(1, place)]
    elif state == "damaged":
        data[place] ^= 0xFF
    path = tmp_path_factory.getbasetemp() / f"{place}.{kind}"
    path.write_bytes(data)
    found = list(read_records(str(path), ReadSettings()))
    for index, record in enumerate(found):
        if record.resume is not None:
            again = read_records(str(path), ReadSettings(), record.resume)
            assert [replace(one, resume=None) for one in again] == [
                replace(one, resume=None) for one in found[index:]
            ]
    path.unlink()


@pytest.mark.parametrize("kind", ["jsonl", "warc", "warc.gz", "zip", "parquet"])
def test_shards_start_within_the_file_and_hold_what_one_shard_holds(tmp_path, monkeypatch, kind):
    monkeypatch.setattr("pipeline.plan._RESUME_BYTES", 1000)
    (tmp_path / f"a.{kind}").write_bytes(many(kind, 60))
    files = find_inputs([str(tmp_path)], tmp_path / "corpus")
    (whole,) = read(make_plan(files, ReadSettings(), 1))
    plan = make_plan(files, ReadSettings(), 7)
    parts = read(plan)
    assert [one for shard in parts for one in shard.articles] == list(whole.articles)
    assert [one for shard in parts for one in shard.rejections] == list(whole.rejections)
    assert len({one.origin.doc_id for one in whole.articles}) == len(whole.articles)
    assert all(shard.slices[0].skip < 20 for shard in plan.shards)


@pytest.mark.parametrize("kind", ["jsonl", "jsonl.gz", "csv", "zip"])
def test_shards_read_one_after_the_other_are_as_if_each_were_read_alone(tmp_path, kind):
    data = many("zip" if kind == "zip" else "jsonl", 300)
    (tmp_path / f"a.{kind}").write_bytes(gzip.compress(data) if kind.endswith("gz") else data)
    (tmp_path / "b.txt").write_text("خبر", encoding="utf-8")
    files = find_inputs([str(tmp_path)], tmp_path / "corpus")
    plan = make_plan(files, ReadSettings(), 80)
    together = list(read_shards(plan.shards, ReadSettings()))
    for one, other in zip(read(plan), together, strict=True):
        assert (one.articles, one.rejections) == (other.articles, other.rejections)


def test_file_that_cannot_be_read_from_within_is_read_a_few_times_not_once_a_shard(
    tmp_path, monkeypatch
):
    monkeypatch.setattr("pipeline.plan._RESUME_BYTES", 1)
    for kind in ("jsonl.gz", "jsonl"):
        data = many("jsonl", 300)
        data = gzip.compress(data) if kind.endswith("gz") else data
        (tmp_path / f"a.{kind}").write_bytes(data)
    files = find_inputs([str(tmp_path)], tmp_path / "corpus")
    plan = make_plan(files, ReadSettings(), 200)
    stretches = chains(plan.shards)
    assert [shard for stretch in stretches for shard in stretch] == list(plan.shards)
    packed = [one for one in stretches if one[-1].slices[-1].file.path.endswith(".gz")]
    assert len(packed) <= 32
    assert all(len(one) == 1 for one in stretches if one not in packed)


def test_files_that_cannot_be_read_from_within_are_read_beside_each_other(tmp_path):
    for number in range(5):
        (tmp_path / f"{number}.jsonl.gz").write_bytes(gzip.compress(many("jsonl", 300)))
    plan = make_plan(find_inputs([str(tmp_path)], tmp_path / "_"), ReadSettings(), 333)
    stretches = chains(plan.shards)
    assert [shard for stretch in stretches for shard in stretch] == list(plan.shards)
    assert len(stretches) > 4 * 20


def test_bomb_is_read_from_its_start_by_all_shards(tmp_path):
    pages = [response(n, kind="text/plain", body="خبر ".encode() * 40_000) for n in range(30)]
    (tmp_path / "a.warc.gz").write_bytes(b"".join(warc_records(pages, packed=True)))
    limits = ReadSettings(max_article_megabytes=1, max_unfolding=1)
    files = find_inputs([str(tmp_path)], tmp_path / "corpus")
    plan = make_plan(files, limits, 4)
    assert {part.begin for shard in plan.shards for part in shard.slices} == {None}
    reasons = [one.reason for shard in plan.shards for one in read_shard(shard, limits).rejections]
    assert reasons.count("archive_limit") == 1
    assert "changed" not in reasons


def test_pipe_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe.txt")
    files = find_inputs([str(tmp_path)], tmp_path / "corpus")
    (shard,) = read(make_plan(files, ReadSettings()))
    assert [one.reason for one in shard.rejections] == ["unsupported"]


def test_rejection_names_the_member(tmp_path):
    (tmp_path / "a.zip").write_bytes(make_zip([("b/c.pdf", b"%PDF"), ("d.jsonl", b"{}")]))
    files = find_inputs([str(tmp_path)], tmp_path / "corpus")
    (shard,) = read(make_plan(files, ReadSettings()))
    assert [(one.path.rpartition("/a.zip")[2], one.reason) for one in shard.rejections] == [
        ("!/b/c.pdf", "unsupported"),
        ("!/d.jsonl", "missing_text"),
    ]


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


@given(st.integers(1, 10**12))
def test_two_or_four_workers_end_together(total):
    count = _shard_count(total)
    assert count < 4 or count % 4 == 0 or count > _MANY_SHARDS


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


def test_plan_pickles(files):
    plan = make_plan(files, ReadSettings(), 3)
    assert pickle.loads(pickle.dumps(plan.shards)) == plan.shards


@pytest.mark.parametrize("text", ["x" * 1001, r"x\n" * 11])
def test_text_of_too_many_characters_or_lines_is_rejected(tmp_path, text):
    limits = ReadSettings(max_article_characters=1000, max_article_lines=10)
    (tmp_path / "a.jsonl").write_text(f'{{"text": "x"}}\n{{"text": "{text}"}}\n')
    files = find_inputs([str(tmp_path)], tmp_path / "corpus")
    (plan,) = make_plan(files, limits).shards
    shard = read_shard(plan, limits)
    assert [article.origin.record for article in shard.articles] == [1]
    (rejected,) = shard.rejections
    assert (rejected.reason, rejected.record) == ("too_large", 2)
    assert rejected.source_sha256 is not None
