"""Who reads while a version is published."""

import subprocess
import sys
import threading
import time

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipeline import clock, publish
from pipeline.readers import wait_for_readers
from pipeline.storage import link
from schemas.manifest import TABLES

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="inotify is Linux's")

READ = """
import sys, time
import pyarrow.parquet as pq
dataset = pq.ParquetDataset(sys.argv[1])
held = open(dataset.files[0], "rb")
print("listed", flush=True)
time.sleep(0.6)
print(dataset.read()["value"].to_pylist(), flush=True)
"""


def make(corpus, keep=(), **values):
    """Publish a version that keeps some files of the last one and has these new ones."""
    before = publish.current_version(corpus)
    folder = publish.begin_version(corpus, "run")
    for table in TABLES:
        (folder / table).mkdir()
        for name in keep:
            link(before / table / f"{name}.parquet", folder / table / f"{name}.parquet")
        for name, value in values.items():
            pq.write_table(pa.table({"value": [value]}), folder / table / f"{name}.parquet")
    (folder / "manifest.json").touch()
    return publish.publish(corpus, folder, patience=5)


def test_version_that_only_adds_waits_for_nobody(tmp_path, monkeypatch):
    monkeypatch.setattr(publish, "wait_for_readers", lambda *_: pytest.fail("it waited"))
    make(tmp_path, a=1)
    assert make(tmp_path, keep=["a"], b=2)
    assert sorted(pq.read_table(tmp_path / "sentences")["value"].to_pylist()) == [1, 2]


def test_reader_between_listing_and_opening_finds_what_it_listed(tmp_path):
    """It listed before a version that only adds was published."""
    make(tmp_path, a=1)
    dataset = pq.ParquetDataset(tmp_path / "sentences")
    make(tmp_path, keep=["a"], b=2)
    assert dataset.read()["value"].to_pylist() == [1]


def test_version_that_takes_files_away_waits_until_a_reader_is_done(tmp_path):
    make(tmp_path, a=1, b=2)
    reader = subprocess.Popen(
        [sys.executable, "-c", READ, tmp_path / "sentences"], stdout=subprocess.PIPE, text=True
    )
    seen = []
    published = threading.Thread(target=lambda: seen.append(make(tmp_path, keep=["a"], c=3)))
    published.start()  # before the reader, which comes while it waits
    out, _ = reader.communicate(timeout=30)
    published.join()
    assert "listed" in out


def test_waiting_ends_when_patience_does(tmp_path):
    (tmp_path / "a").touch()
    done = threading.Event()

    def read():
        while not done.is_set():
            (tmp_path / "a").read_bytes()
            time.sleep(0.01)

    thread = threading.Thread(target=read)
    thread.start()
    began = time.monotonic()
    assert not wait_for_readers([tmp_path], 0.5)
    assert 0.4 < time.monotonic() - began < 3
    done.set()
    thread.join()
    assert wait_for_readers([tmp_path], 5)


def test_reader_that_listed_is_waited_for_until_it_has_opened_all_files(tmp_path):
    for name in "ab":
        (tmp_path / name).touch()

    def read_slowly():
        time.sleep(0.05)
        names = [path.name for path in tmp_path.iterdir()]
        for name in names:
            time.sleep(0.5)
            (tmp_path / name).read_bytes()

    thread = threading.Thread(target=read_slowly)
    thread.start()
    assert wait_for_readers([tmp_path], 5)
    assert not thread.is_alive()
    thread.join()


def test_reader_that_listed_before_is_waited_for_once_it_opens_a_file(tmp_path):
    for name in "ab":
        (tmp_path / name).touch()

    def go_on_reading():
        time.sleep(0.5)
        (tmp_path / "a").read_bytes()
        time.sleep(1)
        (tmp_path / "b").read_bytes()

    thread = threading.Thread(target=go_on_reading)
    thread.start()
    assert wait_for_readers([tmp_path], 10)
    assert not thread.is_alive()


def test_reader_that_comes_at_the_very_moment_is_let_go_on(tmp_path):
    (tmp_path / "a").touch()
    done = []

    def switch():
        if not done:
            list(tmp_path.iterdir())
        done.append("switched")

    assert wait_for_readers([tmp_path], 10, switch, lambda: done.append("back"))
    assert done == ["switched", "back", "switched"]


def test_listing_alone_does_not_keep_the_moment_from_coming(tmp_path):
    (tmp_path / "a").touch()
    timer = threading.Timer(0.05, lambda: list(tmp_path.iterdir()))
    timer.start()
    began = time.monotonic()
    assert wait_for_readers([tmp_path], 10)
    assert 1.5 < time.monotonic() - began < 5


def test_open_file_keeps_the_moment_from_coming(tmp_path):
    (tmp_path / "a").touch()
    opened = []
    timer = threading.Timer(0.05, lambda: opened.append((tmp_path / "a").open("rb")))
    timer.start()
    assert not wait_for_readers([tmp_path], 0.6)
    opened[0].close()


def test_old_versions_stay_for_their_hours_and_their_number(tmp_path, monkeypatch):
    for value in range(5):
        make(tmp_path, a=value)
    versions = tmp_path / ".versions"
    publish.retire(tmp_path, versions=3, hours=1)
    assert len(list(versions.iterdir())) == 5
    publish.retire(tmp_path, versions=3, hours=0)
    assert len(list(versions.iterdir())) == 4
    later = clock.now().replace(year=clock.now().year + 1)
    monkeypatch.setattr(clock, "now", lambda: later)
    publish.retire(tmp_path, versions=1, hours=24)
    assert [version.name for version in sorted(versions.iterdir())] == [
        "00000004-run",
        "00000005-run",
    ]


def test_clock_that_was_turned_back_removes_nothing_early(tmp_path, monkeypatch):
    for value in range(3):
        make(tmp_path, a=value)
    earlier = clock.now().replace(year=clock.now().year - 1)
    monkeypatch.setattr(clock, "now", lambda: earlier)
    publish.retire(tmp_path, versions=0, hours=1)
    assert len(list((tmp_path / ".versions").iterdir())) == 3
    make(tmp_path, a=9)
    assert publish.current_version(tmp_path).name == "00000004-run"
