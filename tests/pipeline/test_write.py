import json
from dataclasses import replace

import pandas as pd
import pyarrow.parquet as pq
import pytest

from pipeline.errors import RunError
from pipeline.manifest import read_manifest, read_reports, reconcile, write_manifest
from pipeline.plan import Plan, ShardPlan, Slice
from pipeline.rows import sentence_table
from pipeline.write import write_shard
from schemas import documents, quarantine, sentences
from schemas.manifest import Model, Provenance, ShardReport
from tests.articles import annotated, rejected, shard

PROVENANCE = Provenance(
    run_id="0123456789abcdef",
    fingerprint="f" * 16,
    warraq_version="0",
    settings={"split": {"max_sentence_tokens": 100}},
    models=(Model("ALMOR", "r13", "a" * 64, "GPL-2.0"),),
    libraries={"stanza": "1"},
)


def plan(*counts):
    shards = tuple(ShardPlan(i, (Slice(None, None, 0, n, None, 0),)) for i, n in enumerate(counts))
    return Plan(shards, 1, sum(counts), 1, "digest")


def run(folder, *shards):
    for one in shards:
        write_shard(one, folder, len(shards), PROVENANCE)
    reports = read_reports(folder, plan(*(1 for _ in shards)))
    write_manifest(reports, folder, PROVENANCE, "digest")
    return read_manifest(folder / "manifest.json")


def test_tables_have_exactly_the_columns_of_their_schemas(tmp_path):
    run(tmp_path, shard(0, [annotated()], [rejected()]))
    for name, table in (
        ("sentences", sentences),
        ("documents", documents),
        ("quarantine", quarantine),
    ):
        (file,) = (tmp_path / name).iterdir()
        assert pq.read_schema(file).remove_metadata().equals(table.SCHEMA.remove_metadata())
        assert pq.read_schema(file).field(0).metadata[b"description"]


def test_offsets_slice_back_to_tokens_and_entities(tmp_path):
    run(tmp_path, shard(0, [annotated("d0"), annotated("d1", ["“وقال: 1.5%”."])]))
    rows = pd.read_parquet(tmp_path / "sentences")
    texts = pd.read_parquet(tmp_path / "documents").set_index("doc_id")["text"]
    assert len(rows) == 3
    assert rows["sentence_id"].is_unique
    for row in rows.itertuples():
        assert texts[row.doc_id][row.start : row.end] == row.text
        spans = zip(row.tokens, row.token_start, row.token_end, strict=True)
        assert all(row.text[start:end] == token for token, start, end in spans)
        spans = zip(row.entity_text, row.entity_start, row.entity_end, strict=True)
        assert all(row.text[start:end] == name for name, start, end in spans)


def test_every_file_tells_what_made_it(tmp_path):
    run(tmp_path, shard(0, [annotated()], [rejected()]))
    for file in tmp_path.glob("*/*.parquet"):
        told = json.loads(pq.read_schema(file).metadata[b"warraq"])
        assert told["run_id"] == PROVENANCE.run_id
        assert told["models"][0]["licence"] == "GPL-2.0"
        assert pq.read_schema(file).metadata[b"schema_version"] == b"2"


def test_same_shard_gives_the_same_bytes(tmp_path):
    first, second = (
        write_shard(shard(3, [annotated()], [rejected()]), tmp_path / name, 4, PROVENANCE)
        for name in "ab"
    )
    assert first.files == second.files


def test_first_shard_writes_every_table_and_others_only_what_has_rows(tmp_path):
    manifest = run(tmp_path, shard(0), shard(1, [annotated()]), shard(2, [], [rejected()]))
    written = [[file["table"] for file in one["files"]] for one in manifest["shards"]]
    assert written == [
        ["sentences", "documents", "quarantine"],
        ["sentences", "documents"],
        ["quarantine"],
    ]
    assert len(pd.read_parquet(tmp_path / "quarantine")) == 1


def test_no_unfinished_file_is_left(tmp_path):
    run(tmp_path, shard(0, [annotated()]))
    assert not [path for path in tmp_path.rglob("*") if path.name.startswith("_")]


def test_analyses_that_do_not_match_the_tokens_are_an_error():
    article = annotated()
    broken = replace(article, analyses=((), *article.analyses[1:]))
    with pytest.raises(ValueError, match="tokens"):
        sentence_table([broken])


def test_article_that_cannot_be_written_is_rejected_alone(tmp_path):
    broken = annotated("d1")
    broken = replace(broken, analyses=((), *broken.analyses[1:]))
    report = write_shard(shard(0, [annotated(), broken]), tmp_path, 1, PROVENANCE)
    assert (report.documents, report.rejected_by) == (1, {"write.internal": 1})
    assert list(pd.read_parquet(tmp_path / "documents")["doc_id"]) == ["d0"]


def test_report_survives_json(tmp_path):
    report = write_shard(shard(0, [annotated()], [rejected()]), tmp_path, 1, PROVENANCE)
    assert ShardReport.from_json(json.loads(json.dumps(report.as_json()))) == report
    assert report.rejected_by == {"read.empty": 1}


def test_manifest_adds_up_the_shards(tmp_path):
    manifest = run(tmp_path, shard(0, [annotated()]), shard(1, [annotated("d1")], [rejected()]))
    assert manifest["counts"] == {
        "planned": 3, "documents": 2, "rejected": 1, "sentences": 4, "tokens": 16, "entities": 2,
        "duplicates": 0, "repeated_lines": 0,
    }  # fmt: skip
    reconcile(manifest, plan(1, 2), tmp_path)


def test_manifest_tells_the_hit_rate_of_the_word_memory(tmp_path):
    looked_up = {"read.planned": 1.0, "analyse.tokens": 8.0, "analyse.misses": 2.0}
    one = replace(shard(0, [annotated()]), metrics=looked_up)
    assert run(tmp_path / "one", one)["word_hit_rate"] == 0.75
    assert run(tmp_path / "none", shard(0))["word_hit_rate"] is None


def test_lost_article_is_a_failure(tmp_path):
    manifest = run(tmp_path, shard(0, [annotated()]))
    with pytest.raises(RunError, match="2 articles in 1 shards were planned"):
        reconcile(manifest, plan(2), tmp_path)
    lost = replace(shard(0, [annotated()]), metrics={"read.planned": 2.0})
    with pytest.raises(RunError, match="2 articles in, but 1 documents and 0 rejections"):
        reconcile(run(tmp_path, lost), plan(2), tmp_path)


def test_lost_shard_is_a_failure(tmp_path):
    manifest = run(tmp_path, shard(0, [annotated()]))
    with pytest.raises(RunError, match="planned"):
        reconcile(manifest, plan(1, 1), tmp_path)


def test_lost_rows_are_a_failure(tmp_path):
    manifest = run(tmp_path, shard(0, [annotated()]))
    (file,) = (tmp_path / "sentences").iterdir()
    pq.write_table(pq.read_table(file).slice(0, 1), file)
    with pytest.raises(RunError, match="holds 1 rows, 2 were written"):
        reconcile(manifest, plan(1), tmp_path)
