"""Nights with the real models, as a scheduler starts them."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time

import pandas as pd
import pytest

from schemas.manifest import TABLES
from tests.conftest import ROOT, environment, warraq
from tests.transforms.news import body, edited

pytestmark = pytest.mark.models


def write(folder, name, *texts):
    folder.mkdir(exist_ok=True)
    lines = (
        json.dumps({"id": n, "title": f"خبر {name} {n}", "site": "الخبر", "text": text})
        for n, text in enumerate(texts)
    )
    (folder / f"{name}.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")


def night(folder, *arguments, code=0, command="nightly"):
    given = ("in", "--output", "corpus", "--workers", 1, *arguments)
    return warraq(command, *given, cwd=folder, code=code)


def runs_of(folder):
    return sorted((folder / "corpus" / ".runs").glob("*.json"))


def last_run(folder):
    return json.loads(runs_of(folder)[-1].read_text(encoding="utf-8"))


def documents(folder):
    return pd.read_parquet(folder / "corpus" / "documents")


def sentences(folder):
    return pd.read_parquet(folder / "corpus" / "sentences")


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


def test_killed_night_is_taken_up_and_finished_shards_are_not_done_again(tmp_path):
    write(tmp_path / "in", "a", *(body(n, 60) for n in range(60)))
    write(tmp_path / "in", "b", body(70, 60))
    command = [
        sys.executable,
        "-m",
        "pipeline",
        "nightly",
        "in",
        "--shards",
        "30",
        "--workers",
        "1",
    ]
    process = subprocess.Popen(command, cwd=tmp_path, env=environment(), start_new_session=True)
    while len(list(tmp_path.glob("corpus/.work/*/reports/*.json"))) < 3:
        assert process.poll() is None
        time.sleep(0.01)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    assert "nightly 1: killed" in warraq("runs", cwd=tmp_path).stdout
    done = {path: path.stat().st_mtime_ns for path in tmp_path.glob("corpus/.work/*/sentences/*")}
    times = {path.name: time for path, time in done.items()}
    write(tmp_path / "in", "c", body(80, 60))  # comes too late for the work in hand
    night(tmp_path, "--shards", 30)
    run = last_run(tmp_path)
    assert run["shards_resumed"] >= len(times) - 1 >= 2
    published = {
        p.name: p.stat().st_mtime_ns for p in tmp_path.glob("corpus/.versions/*/sentences/*")
    }
    assert all(published.get(name, time) == time for name, time in times.items())
    assert len(documents(tmp_path)) == 62
    assert not list((tmp_path / "corpus" / ".work").iterdir())
    undisturbed = tmp_path / "other"
    shutil.copytree(tmp_path / "in", undisturbed / "in")
    night(undisturbed, "--shards", 30)
    one, two = (
        sentences(folder).set_index("sentence_id").sort_index()
        for folder in (tmp_path, undisturbed)
    )
    pd.testing.assert_frame_equal(one, two)


DEADLY = """
import os, signal
import {module} as module
harmless = module.{name}
def deadly(given, *more, **named):
    if "الطوفان" in {text}:
        os.kill(os.getpid(), signal.SIGKILL)
    return harmless(given, *more, **named)
module.{name} = deadly
"""


def make_deadly(folder, **where):
    """Six articles, of which the fifth ends every process that comes to a function with it."""
    texts = [body(n, 40) for n in range(6)]
    texts[4] += "\nوتحدث الوزير عن الطوفان الذي أصاب المدينة قبل عامين."
    write(folder / "in", "a", *texts)
    (folder / "sitecustomize.py").write_text(DEADLY.format(**where), encoding="utf-8")


def deadly_night(folder, code, *arguments):
    """A night in which one article ends every process that works on it."""
    path = os.pathsep.join([str(folder), str(ROOT)])
    command = [sys.executable, "-m", "pipeline", "nightly", "in", *arguments]
    done = subprocess.run(
        command, cwd=folder, env={**os.environ, "PYTHONPATH": path}, capture_output=True, text=True
    )
    assert done.returncode == code, done.stderr
    return done


def rejected(folder):
    rows = pd.read_parquet(folder / "corpus" / "quarantine")
    return [tuple(row) for row in rows[["path", "record", "stage", "reason"]].itertuples(False)]


def test_article_that_ends_its_worker_is_rejected_in_the_same_night(tmp_path):
    make_deadly(tmp_path, module="transforms.split", name="split_article", text="given.text")
    done = deadly_night(tmp_path, 0, "--workers", "2", "--shards", "3", "--max-rejected", "50%")
    assert "a worker process died: going on" in done.stderr
    assert rejected(tmp_path) == [("in/a.jsonl", 5, "split", "worker_died")]
    assert len(documents(tmp_path)) == 5
    states = [json.loads(path.read_text())["state"] for path in runs_of(tmp_path)]
    assert (states[0], states[-1]) == ("failed", "done")
    assert warraq("audit", "in", cwd=tmp_path).returncode == 0


def test_article_that_ends_the_night_itself_is_rejected_the_third_time(tmp_path):
    make_deadly(tmp_path, module="transforms.clean", name="clean_alone", text="given.source")
    given = ("--workers", "1", "--max-rejected", "50%")
    for _ in range(2):
        deadly_night(tmp_path, -signal.SIGKILL, *given)
    done = deadly_night(tmp_path, 0, *given)
    assert "1 articles end every process" in done.stderr
    assert rejected(tmp_path) == [("in/a.jsonl", 5, "clean", "worker_died")]
    assert len(documents(tmp_path)) == 5


def test_file_that_ends_the_night_while_it_is_read_is_rejected_the_third_time(tmp_path):
    text = "open(given, 'rb').read().decode('unicode_escape')"
    make_deadly(tmp_path, module="pipeline.formats", name="read_records", text=text)
    (tmp_path / "in" / "a.jsonl").rename(tmp_path / "in" / "b.jsonl")
    write(tmp_path / "in", "a", body(1, 40))
    given = ("--workers", "1", "--max-rejected", "50%")
    for _ in range(2):
        deadly_night(tmp_path, -signal.SIGKILL, *given)
    deadly_night(tmp_path, 0, *given)
    assert [row[0::3] for row in rejected(tmp_path)] == [("in/b.jsonl", "worker_died")]
    assert warraq("audit", "in", cwd=tmp_path).returncode == 0
    (tmp_path / "in" / "b.jsonl").write_bytes((tmp_path / "in" / "a.jsonl").read_bytes())
    deadly_night(tmp_path, 0, *given)
    assert rejected(tmp_path) == []


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


@pytest.mark.timeout(1200)
def test_chaos_loses_nothing_and_surprises_no_reader(tmp_path):
    """In a process of its own, since each run is a fork of it."""
    chaos = [sys.executable, "-m", "tests.chaos", "--rounds", "25", "--seed", "1"]
    done = subprocess.run(
        [*chaos, "--folder", tmp_path],
        cwd=ROOT, env=environment(), capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert "25 rounds" in done.stdout


@pytest.fixture
def small_disk(tmp_path):
    """A folder on a disk of its own, and what makes that disk larger."""
    folder = tmp_path / "disk"
    folder.mkdir()

    def resize(size, *options):
        command = ["mount", "-t", "tmpfs", "-o", ",".join([*options, f"size={size}"])]
        return subprocess.run([*command, "tmpfs", folder], capture_output=True).returncode == 0

    if not resize("2m"):
        pytest.skip("no right to mount")
    yield folder, lambda size: resize(size, "remount")
    subprocess.run(["umount", folder], check=True)


def test_full_disk_ends_the_night_and_room_on_it_lets_the_next_go_on(small_disk, tmp_path):
    disk, resize = small_disk
    inputs = tmp_path / "in"
    write(inputs, "a", body(1, 40))
    given = ("nightly", inputs, "--output", disk / "corpus", "--workers", 1)
    warraq(*given)
    before = pd.read_parquet(disk / "corpus" / "sentences")
    write(inputs, "b", *(body(n, 100) for n in range(2, 12)))
    (disk / "filler").write_bytes(b"x" * (shutil.disk_usage(disk).free - 30_000))
    done = warraq(*given, code=1)
    assert "No space left on device" in done.stderr
    pd.testing.assert_frame_equal(pd.read_parquet(disk / "corpus" / "sentences"), before)
    assert resize("50m")
    warraq(*given)
    assert len(pd.read_parquet(disk / "corpus" / "documents")) == 11
