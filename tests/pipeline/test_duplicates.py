"""Whole runs over articles that repeat each other and lines that come back."""

import json

import pandas as pd
import pytest

from tests.conftest import warraq
from tests.pipeline.test_run import digests
from tests.transforms.news import body, edited

pytestmark = pytest.mark.models

FOOT = "تجمع هذه الصفحة أخبار المدينة كل صباح ومساء لقرائها في البلاد وخارجها منذ سنوات."


def write(path, articles):
    lines = (
        json.dumps({"id": number, "title": f"خبر {number}", "site": "الخبر", **article})
        for number, article in enumerate(articles)
    )
    path.parent.mkdir(exist_ok=True)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def run(*inputs, output, arguments=()):
    warraq("run", *inputs, "--output", output, "--workers", 1, *arguments)
    documents = pd.read_parquet(output / "documents")
    manifest = json.loads((output / "manifest.json").read_text(encoding="utf-8"))
    return documents, manifest


def story(number, day=1):
    return {"text": edited(body(7, 40), 0.1, number), "date": f"2026-01-{day:02}"}


@pytest.fixture
def feeds(tmp_path):
    """The same story in two files, told first in the second, beside two others."""
    one = write(tmp_path / "in" / "a.jsonl", [story(1, day=9), {"text": body(8, 40)}])
    two = write(tmp_path / "in" / "b.jsonl", [{"text": body(9, 40)}, story(2, day=3)])
    return one, two


def test_duplicate_names_the_earliest_and_has_no_sentences(feeds, tmp_path):
    documents, manifest = run(*feeds, output=tmp_path / "corpus")
    late, early = documents.iloc[0], documents.iloc[3]
    assert late["duplicate_of"] == early["doc_id"]
    assert 0.5 <= late["similarity"] < 1
    assert late["text"]
    assert late["sentence_count"] == 0
    assert documents["duplicate_of"].notna().sum() == manifest["counts"]["duplicates"] == 1
    sentences = pd.read_parquet(tmp_path / "corpus" / "sentences")
    assert sentences["doc_id"].nunique() == 3
    assert late["doc_id"] not in set(sentences["doc_id"])
    assert not list((tmp_path / "corpus").glob(".versions/*/scratch"))


def test_duplicates_can_be_kept(feeds, tmp_path):
    documents, _ = run(*feeds, output=tmp_path / "corpus", arguments=["--keep-duplicates"])
    assert documents["duplicate_of"].notna().sum() == 1
    assert (documents["sentence_count"] > 0).all()


def test_article_of_an_earlier_run_is_remembered_until_it_is_forgotten(feeds, tmp_path):
    one, two = feeds
    output = tmp_path / "corpus"
    before, manifest = run(one, output=output)
    assert manifest["memory_digest"] is None
    after, manifest = run(two, output=output)
    assert after["duplicate_of"].fillna("").tolist() == ["", before["doc_id"][0]]
    assert len(manifest["memory_digest"]) == 64
    anew, manifest = run(two, output=output, arguments=["--forget"])
    assert anew["duplicate_of"].isna().all()
    assert manifest["memory_digest"] is None


def test_same_run_gives_the_same_bytes_again_and_with_two_workers(feeds, tmp_path):
    one, two = tmp_path / "one", tmp_path / "two"
    run(*feeds, output=one, arguments=["--shards", 3])
    before = digests(one)
    run(*feeds, output=one, arguments=["--shards", 3])
    assert digests(one) == before
    warraq("run", *feeds, "--output", two, "--workers", 2, "--shards", 3, afresh=True)
    assert digests(two) == before


def test_foot_of_a_site_is_taken_out_and_a_wire_story_is_not(tmp_path):
    wire = f"{body(1, 40)}\nوأكدت المصادر أن التحقيق مستمر"
    articles = [{"text": f"{body(number, 20)}\n{FOOT}"} for number in range(10, 16)]
    articles += [{"text": edited(wire, 0.02, number)} for number in range(40)]
    news = write(tmp_path / "in" / "news.jsonl", articles)
    documents, manifest = run(news, output=tmp_path / "corpus", arguments=["--keep-duplicates"])
    ways = documents["removed_way"].map(list)
    assert ways[:6].tolist() == [["corpus"]] * 6
    assert documents["removed_text"].map(list)[0] == [FOOT]
    assert documents["removed_reason"].map(list)[0] == ["repeated"]
    assert ways[6:].tolist() == [[]] * 40
    assert manifest["counts"]["repeated_lines"] == 6


def test_damaged_memory_stops_the_run_with_the_way_out(feeds, tmp_path):
    output = tmp_path / "corpus"
    run(feeds[0], output=output)
    (output / ".current" / "memory" / "articles.parquet").write_bytes(b"?")
    done = warraq("run", feeds[0], "--output", output, code=1)
    assert "--forget" in done.stderr
    run(feeds[0], output=output, arguments=["--forget"])
