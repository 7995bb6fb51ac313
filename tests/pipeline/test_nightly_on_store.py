"""Nights into a corpus on a store with the real models, most of them in this process."""

import itertools
import json

import pandas as pd
import pytest
from s3fs import S3FileSystem

from pipeline import cli, graph, store_lock
from pipeline.history import read_runs
from pipeline.places import place
from pipeline.publish import current_version
from pipeline.row_digest import corpus_digest
from pipeline.scratch import ask_to_stop
from pipeline.storage import file_names
from schemas.manifest import TABLES
from tests.chaos.on_store import first_inputs, kill_nights, next_inputs
from tests.pipeline.nights import deadly_night, last_run, make_deadly, write
from tests.stores import PANDAS, REQUESTS
from tests.transforms.news import body

pytestmark = [pytest.mark.models, pytest.mark.timeout(900)]


@pytest.fixture
def warraq(tmp_path, monkeypatch, capsys):
    """The program, as called in `tmp_path`: what it says on standard output."""
    monkeypatch.chdir(tmp_path)

    def call(*arguments, code=0):
        capsys.readouterr()
        assert cli.main([str(one) for one in arguments]) == code
        return capsys.readouterr().out

    return call


def stored(version):
    """The files of the tables of a version."""
    return {f"{table}/{name}" for table in TABLES for name in file_names(version / table)}


@pytest.mark.parametrize("name", [*REQUESTS, "hdfs"])
def test_nights_make_the_rows_that_they_make_in_a_folder(name, request, tmp_path, warraq):
    output = place(f"{request.getfixturevalue(name)}/grown")
    given = ("--shards", 3, "--workers", 1, "--prune", "--max-pruned", "100%")
    first_inputs(tmp_path)
    versions = []
    for inputs in (lambda folder: None, next_inputs):
        inputs(tmp_path)
        for corpus in ("corpus", output):
            warraq("nightly", "in", "--output", corpus, *given)
        assert corpus_digest(output) == corpus_digest(tmp_path / "corpus")
        versions.append(current_version(output))
    here, there = last_run(tmp_path), read_runs(output)[-1]
    for figure in ("files", "counts", "annotated_files", "corpus", "left"):
        assert there[figure] == here[figure]
    one, two = versions
    assert stored(one) & stored(two)  # what stays has its name; who reads the old has all of it
    path = pd.read_json(f"{output}/current.json", typ="series")["path"]
    rows = pd.read_parquet(f"{output}/{path}/documents", **PANDAS)
    assert len(rows) == there["corpus"]["documents"]
    nothing = warraq("nightly", "in", "--output", output, *given)
    assert "0 of 4 files annotated" in nothing
    assert current_version(output) == two

    audited = json.loads(warraq("audit", "in", "--output", output, "--json"))
    assert (audited["passed"], audited["accounted"], audited["new"]) == (True, 4, [])
    write(tmp_path / "in", "z", body(9, 30))
    assert "new      in/z.jsonl" in warraq("audit", "in", "--output", output, code=1)

    assert warraq("runs", "--output", output).count("nightly") == 3
    assert json.loads(warraq("runs", "show", "2", "--output", output)) == there
    assert "corpus.documents" in warraq("runs", "diff", "1", "2", "--output", output)
    log = (output / ".runs" / "000002.jsonl").read_text(encoding="utf-8")
    events = [json.loads(line)["event"] for line in log.splitlines()]
    assert events == ["began", "changes", "planned", "surveyed", "published", "ended"]

    before = corpus_digest(output)
    assert "files of sentences" in warraq("compact", "--output", output)
    assert corpus_digest(output) == before
    assert len(stored(current_version(output))) == len(TABLES)


def test_backfill_annotates_again_what_was_published_in_its_days(tmp_path, warraq):
    """On a store of another kind, which knows no conditions."""
    (tmp_path / "in").mkdir()
    for number, day in enumerate(("2016-01-31", "2016-02-01")):
        text = body(number, 40).replace("\n", " ")
        line = json.dumps({"text": text, "date": day}) + "\n"
        (tmp_path / "in" / f"{number}.jsonl").write_text(line, encoding="utf-8")
    given = ("in", "--output", "memory://filled", "--workers", 1)
    warraq("nightly", *given)
    warraq("backfill", *given, "--from", "2016-02-01", "--to", "2016-02-28")
    run = read_runs(place("memory://filled"))[-1]
    assert (run["command"], run["files"]["outdated"], run["corpus"]["documents"]) == (
        "backfill", 1, 2,
    )  # fmt: skip


def test_night_killed_between_changes_of_the_store_is_taken_up(s3, tmp_path):
    """`python -m tests.chaos.on_store` kills it at each."""
    seen = kill_nights(tmp_path, f"{s3}/disturbed", itertools.count(3, 16))
    assert len(seen) >= 3
    assert all(one.resumed == one.finished for one in seen)
    assert any(one.resumed for one in seen)


def test_night_whose_time_is_up_publishes_what_is_done_and_the_next_does_the_rest(
    s3, tmp_path, warraq, monkeypatch
):
    output = place(f"{s3}/timely")
    for number in range(3):
        write(tmp_path / "in", str(number), body(number, 40))
    given = ("nightly", "in", "--output", output, "--shards", 3, "--workers", 1)
    begun = graph.note_begun

    def time_is_up(folder, work, index):
        begun(folder, work, index)
        ask_to_stop(folder)

    with monkeypatch.context() as patch:
        patch.setattr(graph, "note_begun", time_is_up)
        assert "1 of 3 files annotated" in warraq(*given)
    assert read_runs(output)[-1]["left"] == 2
    assert corpus_digest(output)["documents"].rows == 1
    assert "2 of 3 files annotated" in warraq(*given)
    warraq("nightly", "in", "--output", "corpus", "--shards", 3, "--workers", 1)
    assert corpus_digest(output) == corpus_digest(tmp_path / "corpus")


def test_article_that_ends_its_worker_is_rejected_in_the_same_night(s3, tmp_path):
    """The night goes on in a new process, which finds the lock of the old one."""
    output = f"{s3}/deadly"
    make_deadly(tmp_path, module="transforms.split", name="split_article", text="given.text")
    given = ("--workers", "2", "--shards", "3", "--max-rejected", "50%", "--output", output)
    done = deadly_night(tmp_path, 0, *given)
    assert "a worker process died: going on" in done.stderr
    version = current_version(place(output))
    rows = pd.read_parquet(f"{version}/quarantine")
    assert rows[["path", "record", "stage", "reason"]].values.tolist() == [
        ["in/a.jsonl", 5, "split", "worker_died"]
    ]
    assert len(pd.read_parquet(f"{version}/documents")) == 5
    states = [run["state"] for run in read_runs(place(output))]
    assert (states[0], states[-1]) == ("failed", "done")


@pytest.mark.parametrize("command", ["nightly", "backfill", "compact"])
def test_second_run_names_the_first_and_has_a_code_of_its_own(
    s3, tmp_path, warraq, monkeypatch, command
):
    monkeypatch.setattr(store_lock, "_BEAT_SECONDS", 0.02)
    monkeypatch.setattr(store_lock, "_LOOK_SECONDS", 0.1)
    write(tmp_path / "in", "a", body(1, 40))
    days = ("--from", "2016-01-01", "--to", "2016-01-02") if command == "backfill" else ()
    inputs = () if command == "compact" else ("in",)
    with store_lock.holding(place(f"{s3}/held"), "other"):
        warraq(command, *inputs, "--output", f"{s3}/held", *days, code=4)
    assert not file_names(place(f"{s3}/held"))


@pytest.mark.parametrize("command", ["audit", "runs", "compact", "nightly"])
def test_store_that_cannot_be_reached_is_named(s3, tmp_path, monkeypatch, capsys, command):
    async def refuse(system, method, *arguments, **named):
        raise ConnectionError("no route")

    monkeypatch.setattr(S3FileSystem, "_call_s3", refuse)
    write(tmp_path / "in", "a", body(1, 40))
    given = () if command in ("runs", "compact") else (str(tmp_path / "in"),)
    assert cli.main([command, *given, "--output", f"{s3}/corpus"]) == 2
    assert "W203: s3://news/corpus: no route" in capsys.readouterr().err


def test_run_takes_the_place_of_a_corpus_of_nights_whose_versions_stay(s3, tmp_path, warraq):
    output = place(f"{s3}/replaced")
    write(tmp_path / "in", "a", body(1, 40))
    warraq("run", "in", "--output", output, "--workers", 1)
    write(tmp_path / "in", "b", body(2, 40))
    assert "1 of 2 files annotated" in warraq("nightly", "in", "--output", output, "--workers", 1)
    of_night = current_version(output)
    for _ in range(2):
        warraq("run", "in/b.jsonl", "--output", output, "--workers", 1)
    assert len(pd.read_parquet(f"{current_version(output)}/documents")) == 1
    assert len(pd.read_parquet(f"{of_night}/documents")) == 2
