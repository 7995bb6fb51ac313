"""Nights with the real models, as a scheduler starts them."""

import json
import os
import shutil
import subprocess
import sys

import pandas as pd
import pytest

from schemas.manifest import TABLES
from tests.conftest import ROOT, warraq
from tests.pipeline.nights import documents, last_run, night, sentences, write
from tests.transforms.news import body, edited

pytestmark = pytest.mark.models


@pytest.fixture(scope="module")
def first_night(tmp_path_factory):
    """Three files, and the corpus of a first night."""
    folder = tmp_path_factory.mktemp("first-night")
    for number in range(3):
        write(folder / "in", str(number), body(number, 40), body(number + 10, 40))
    night(folder)
    return folder


@pytest.fixture
def corpus(first_night, tmp_path):
    """A copy of these, for one test to go on from."""
    return shutil.copytree(first_night, tmp_path, symlinks=True, dirs_exist_ok=True)


def test_only_what_is_new_or_changed_is_annotated(corpus):
    before = sentences(corpus).set_index("sentence_id")
    (corpus / "in" / "2.jsonl").touch()  # a time is no change
    write(corpus / "in", "1", body(1, 40), body(99, 40))
    write(corpus / "in", "3", body(3, 40))
    done = night(corpus)
    assert len(done.stdout.splitlines()) == 1
    assert done.stderr == ""
    run = last_run(corpus)
    files = {"files": 4, "new": 1, "changed": 1, "outdated": 0, "unchanged": 2}
    assert run["files"].items() >= files.items()
    assert (run["state"], run["annotated_files"], run["counts"]["documents"]) == ("done", 2, 3)
    after = sentences(corpus).set_index("sentence_id")
    kept = after.index.intersection(before.index)
    pd.testing.assert_frame_equal(after.loc[kept], before.loc[kept])
    assert len(documents(corpus)) == 7
    assert body(11, 40).splitlines()[0] not in set(after["text"])
    assert warraq("audit", "in", cwd=corpus).stdout.startswith("warraq audit: 4 files accounted")


def test_night_without_changes_publishes_nothing(corpus):
    versions = sorted((corpus / "corpus" / ".versions").iterdir())
    night(corpus)
    assert sorted((corpus / "corpus" / ".versions").iterdir()) == versions
    assert last_run(corpus)["published"] == []


def test_file_that_is_gone_stays_unless_it_is_pruned(corpus):
    (corpus / "in" / "0.jsonl").unlink()
    night(corpus)
    assert len(documents(corpus)) == 6
    done = night(corpus, "--prune")
    assert "1 of 3 files are gone, more than max_pruned 10%" in done.stderr
    assert len(documents(corpus)) == 6
    night(corpus, "--prune", "--max-pruned", "50%")
    assert len(documents(corpus)) == 4
    audited = json.loads(warraq("audit", "in", "--json", cwd=corpus).stdout)
    assert (audited["passed"], audited["new"]) == (True, [])


def test_file_that_cannot_be_read_one_night_keeps_its_rows(corpus):
    before = documents(corpus)
    there = corpus / "in" / "1.jsonl"
    there.rename(corpus / "aside")
    os.mkfifo(there)
    done = night(corpus)
    assert "1 files put off, unreadable: in/1.jsonl" in done.stderr
    assert "put off 1" in done.stdout
    pd.testing.assert_frame_equal(documents(corpus), before)
    (corpus / "aside").replace(there)
    night(corpus)
    assert last_run(corpus)["files"]["unchanged"] == 3


def test_other_setting_annotates_again_what_is_old_enough(corpus):
    night(corpus, "--max-sentence-tokens", 10, "--max-age", 2)
    assert last_run(corpus)["annotated_files"] == 0
    night(corpus, "--max-sentence-tokens", 10)
    assert last_run(corpus)["files"]["outdated"] == 3
    assert sentences(corpus)["tokens"].str.len().max() <= 10
    assert len(documents(corpus)) == 6


def test_article_takes_the_place_of_the_one_that_it_repeated(tmp_path):
    write(tmp_path / "in", "a", body(1, 40))
    night(tmp_path)
    write(tmp_path / "in", "b", edited(body(1, 40), 0.03))
    night(tmp_path)
    assert documents(tmp_path).set_index("path")["sentence_count"]["in/b.jsonl"] == 0
    write(tmp_path / "in", "a", body(2, 40))
    night(tmp_path)
    rows = documents(tmp_path).set_index("path")
    assert rows["duplicate_of"].isna().all()
    assert (rows["sentence_count"] > 0).all()


def test_backfill_annotates_again_what_was_published_in_its_days(tmp_path):
    text = '{"text": "%s", "date": "%s"}\n'
    (tmp_path / "in").mkdir()
    for number, day in enumerate(("2016-01-31", "2016-02-01")):
        line = text % (body(number, 40).replace("\n", " "), day)
        (tmp_path / "in" / f"{number}.jsonl").write_text(line, encoding="utf-8")
    night(tmp_path)
    night(tmp_path, "--from", "2016-02-01", "--to", "2016-02-28", command="backfill")
    run = last_run(tmp_path)
    assert (run["command"], run["files"]["outdated"]) == ("backfill", 1)
    assert len(documents(tmp_path)) == 2


def test_nightly_goes_on_from_a_run_and_a_run_replaces_a_nightly_corpus(tmp_path):
    write(tmp_path / "in", "a", body(1, 40))
    warraq("run", "in", "--output", "corpus", cwd=tmp_path)
    write(tmp_path / "in", "b", body(2, 40))
    night(tmp_path)
    assert last_run(tmp_path)["files"]["unchanged"] == 1
    assert len(documents(tmp_path)) == 2
    named = (tmp_path / "corpus" / "sentences").resolve()
    for _ in range(2):
        warraq("run", "in/b.jsonl", "--output", "corpus", cwd=tmp_path)
    assert len(documents(tmp_path)) == 1
    assert len(pd.read_parquet(named.parent / "documents")) == 2  # for who reads it by its name


def test_corpus_is_compacted_and_its_rows_are_the_same(corpus):
    write(corpus / "in", "3", body(3, 40))
    night(corpus)
    before = {table: pd.read_parquet(corpus / "corpus" / table) for table in TABLES}
    warraq("compact", cwd=corpus)
    for table in TABLES:
        assert len(list((corpus / "corpus" / table).iterdir())) == 1
        after = pd.read_parquet(corpus / "corpus" / table)
        pd.testing.assert_frame_equal(after, before[table])
    assert "nothing to merge" in warraq("compact", cwd=corpus).stdout
    assert warraq("runs", cwd=corpus).stdout.count("warraq compact") == 2
    night(corpus)
    assert last_run(corpus)["files"]["unchanged"] == 4


def test_second_night_names_the_first_and_has_a_code_of_its_own(corpus):
    hold = (
        "import sys, time; from pathlib import Path; from pipeline.publish import exclusive\n"
        "with exclusive(Path(sys.argv[1])): print('held', flush=True); time.sleep(60)"
    )
    holder = subprocess.Popen(
        [sys.executable, "-c", hold, corpus / "corpus"], stdout=subprocess.PIPE, cwd=ROOT
    )
    assert holder.stdout.readline() == b"held\n"
    done = night(corpus, code=4)
    assert f"process {holder.pid} on " in done.stderr
    assert "since 20" in done.stderr
    holder.kill()
    holder.wait()
    night(corpus)


def test_runs_are_listed_shown_and_compared(corpus):
    night(corpus)
    assert len(warraq("runs", cwd=corpus).stdout.splitlines()) == 2
    shown = json.loads(warraq("runs", "show", "1", cwd=corpus).stdout)
    assert shown["counts"]["documents"] == 6
    assert {model["licence"] for model in shown["models"]} >= {"GPL-2.0"}
    assert "counts.documents" in warraq("runs", "diff", "1", "2", cwd=corpus).stdout
    listed = json.loads(warraq("runs", "--json", cwd=corpus).stdout)
    assert (len(listed), listed[0]) == (2, shown)
    differing = json.loads(warraq("runs", "diff", "1", "2", "--json", cwd=corpus).stdout)
    assert differing["run"] == [1, 2]
    assert (
        "W307: corpus: there is no run 9" in warraq("runs", "show", "9", cwd=corpus, code=2).stderr
    )


def test_settings_come_from_one_file_and_figures_go_to_prometheus(tmp_path):
    write(tmp_path / "in", "a", body(1, 40))
    (tmp_path / "n.toml").write_text(
        '[nightly]\ninputs = "in"\nmetrics_file = "warraq.prom"\n[run]\noutput = "c"\n'
    )
    warraq("nightly", "--config", "n.toml", cwd=tmp_path)
    figures = (tmp_path / "warraq.prom").read_text()
    assert "warraq_corpus_documents 1.0" in figures
    assert "warraq_last_run_exit_code 0.0" in figures
    assert "warraq_last_success_timestamp_seconds 1" in figures


def test_days_of_a_backfill_that_are_none_are_refused(tmp_path):
    for days in (("2026-02-30", "2026-03-01"), ("2026-02-02", "2026-02-01")):
        given = ("--from", days[0], "--to", days[1])
        assert days[0] in night(tmp_path, *given, command="backfill", code=2).stderr


def test_empty_folder_is_no_failure_and_a_missing_one_is(tmp_path):
    (tmp_path / "in").mkdir()
    assert "0 of 0 files annotated" in night(tmp_path).stdout
    missing = warraq("nightly", "nowhere", "--output", "corpus", cwd=tmp_path, code=2)
    assert "nowhere" in missing.stderr
    unnamed = warraq("nightly", "--output", "corpus", cwd=tmp_path, code=2)
    assert "no input is named" in unnamed.stderr
