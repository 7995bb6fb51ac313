"""Nights with the real models that are killed, lack room, or meet what ends every process."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time

import pandas as pd
import pytest

from tests.conftest import ROOT, environment, warraq
from tests.pipeline.nights import (
    deadly_night,
    documents,
    last_run,
    make_deadly,
    night,
    rejected,
    runs_of,
    sentences,
    write,
)
from tests.transforms.news import body

pytestmark = pytest.mark.models


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
