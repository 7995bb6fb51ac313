import json
from dataclasses import replace

import apache_beam as beam
import numpy as np
import pytest

from pipeline.inputs import find_inputs
from pipeline.memory import read_articles, read_lines
from pipeline.plan import make_plan
from pipeline.read import read_shard
from pipeline.runner import runner_and_options
from pipeline.scratch import load_duplicates, load_lines, load_shard, remove_scratch
from pipeline.survey import build_survey, merge_findings, survey_articles
from schemas.records import Shard
from schemas.settings import Settings
from tests.transforms.news import body, edited, raw
from transforms.repeated_lines import line_hash

SETTINGS = Settings()
FOOT = "حمّل تطبيق الخبر العاجل على هاتفك"


@pytest.fixture
def plan(tmp_path):
    """Eight articles with one foot, the first of them once more."""
    texts = [f"{body(number)}\n{FOOT}" for number in range(8)]
    texts.append(f"{edited(body(0), 0.05)}\n{FOOT}")
    lines = (
        json.dumps({"title": f"خبر {number}", "site": "الخبر", "text": text})
        for number, text in enumerate(texts)
    )
    news = tmp_path / "in" / "news.jsonl"
    news.parent.mkdir()
    news.write_text("\n".join(lines), encoding="utf-8")
    files = find_inputs([str(news)], exclude=tmp_path / "out")
    return make_plan(files, SETTINGS.read, 3)


def survey(plan, folder, earlier=None):
    folder.mkdir()
    runner, options = runner_and_options("local", 1, [])
    pipeline = beam.Pipeline(runner=runner, options=options)
    build_survey(pipeline, plan, SETTINGS, folder, earlier)
    pipeline.run().wait_until_finish()
    return folder


def bytes_of(folder):
    return {path.name: path.read_bytes() for path in (folder / "memory").iterdir()}


def test_survey_keeps_shards_duplicates_lines_and_memory(plan, tmp_path):
    folder = survey(plan, tmp_path / "v1")
    shards = [load_shard(index, folder) for index in range(3)]
    for shard, planned in zip(shards, plan.shards, strict=True):
        read = read_shard(planned, SETTINGS.read)
        assert [replace(article, alone=None) for article in shard.articles] == list(read.articles)
        assert all(article.alone for article in shard.articles)
        assert shard.rejections == read.rejections
        assert shard.metrics["seconds.survey"] > 0
        assert shard.metrics["read.planned"] == planned.articles
    ids = [article.origin.doc_id for shard in shards for article in shard.articles]
    # Without dates, the smaller identifier is the first.
    first, second = sorted((ids[0], ids[8]))
    ((doc_id, duplicate),) = load_duplicates(folder).items()
    assert (doc_id, duplicate.of) == (second, first)
    assert load_lines(folder).counts.keys() == {line_hash(FOOT, "الخبر")}
    assert {one.signature.doc_id for one in read_articles(folder)} == set(ids)
    assert np.count_nonzero(read_lines(folder)["line"] == line_hash(FOOT, "الخبر")) == 9
    remove_scratch(folder)
    assert [path.name for path in folder.iterdir()] == ["memory"]


def test_second_survey_of_the_same_articles_learns_nothing(plan, tmp_path):
    one = survey(plan, tmp_path / "v1")
    two = survey(plan, tmp_path / "v2", earlier=one)
    assert bytes_of(two) == bytes_of(one)
    assert load_duplicates(two) == load_duplicates(one)
    assert load_lines(two) == load_lines(one)


def test_findings_do_not_depend_on_the_shards(plan):
    shards = [read_shard(one, SETTINGS.read) for one in plan.shards]
    found = [survey_articles(shard, SETTINGS)[1] for shard in shards]
    forth = merge_findings(found, 5)
    back = merge_findings([merge_findings(found[:0:-1], 5), found[0]], 5)
    assert forth.signatures == back.signatures
    assert forth.lines.tobytes() == back.lines.tobytes()


def test_article_that_cleaning_rejects_has_no_findings():
    empty = raw(1, "", title="")
    shard, found = survey_articles(Shard(0, (empty, raw(2, body(2)))), SETTINGS)
    assert [signature.doc_id for signature in found.signatures] == ["d0002"]
    assert [article.alone is None for article in shard.articles] == [True, False]
