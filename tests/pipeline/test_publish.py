import fcntl
import subprocess
import sys

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipeline.errors import RunError, UsageError
from pipeline.publish import check_output, new_version, publish
from schemas.manifest import TABLES

HOLD = """
import sys, time
from pathlib import Path
from pipeline.publish import new_version
with new_version(Path(sys.argv[1]), "other"):
    print("held", flush=True)
    time.sleep(60)
"""


def write(folder, value, name="0.parquet"):
    for table in TABLES:
        (folder / table).mkdir(exist_ok=True)
        pq.write_table(pa.table({"value": [value]}), folder / table / name)
    (folder / "manifest.json").write_text(str(value), encoding="utf-8")


def make(output, value):
    with new_version(output, f"run{value}") as folder:
        write(folder, value, name=f"{value}.parquet")
        publish(output, folder)


def read(output):
    return [pd.read_parquet(output / table)["value"].tolist() for table in TABLES]


def test_published_version_is_what_pandas_reads(tmp_path):
    make(tmp_path / "corpus", 1)
    assert read(tmp_path / "corpus") == [[1], [1], [1]]
    assert (tmp_path / "corpus" / "manifest.json").read_text() == "1"


def test_publishing_again_replaces(tmp_path):
    for value in (1, 2, 3):
        make(tmp_path, value)
    assert read(tmp_path) == [[3], [3], [3]]


def test_reader_sees_the_old_version_until_the_new_one_is_published(tmp_path):
    make(tmp_path, 1)
    with new_version(tmp_path, "run2") as folder:
        write(folder, 2)
        assert read(tmp_path) == [[1], [1], [1]]
        publish(tmp_path, folder)
        assert read(tmp_path) == [[2], [2], [2]]


def test_failed_version_leaves_nothing_behind(tmp_path):
    make(tmp_path, 1)

    def fail():
        with new_version(tmp_path, "run2") as folder:
            write(folder, 2)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert len(list((tmp_path / ".versions").iterdir())) == 1
    assert read(tmp_path) == [[1], [1], [1]]


def test_killed_run_holds_no_lock_and_its_leftovers_are_cleared(tmp_path):
    make(tmp_path, 1)
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path)], stdout=subprocess.PIPE, text=True
    )
    assert holder.stdout.readline() == "held\n"
    with pytest.raises(RunError, match=f"another run.*process {holder.pid} "):
        make(tmp_path, 2)
    holder.kill()
    holder.wait()
    assert len(list((tmp_path / ".versions").iterdir())) == 2
    make(tmp_path, 2)
    assert read(tmp_path) == [[2], [2], [2]]
    # The version before stays until the next run, for readers that have it open.
    assert len(list((tmp_path / ".versions").iterdir())) == 2


def test_who_looks_whether_a_run_is_going_on_keeps_none_from_beginning(tmp_path, monkeypatch):
    make(tmp_path, 1)
    looking = (tmp_path / ".lock").open()
    fcntl.flock(looking, fcntl.LOCK_SH)
    monkeypatch.setattr("time.sleep", lambda seconds: looking.close())
    make(tmp_path, 2)
    assert read(tmp_path) == [[2], [2], [2]]


def test_folder_that_is_not_a_corpus_is_refused(tmp_path):
    (tmp_path / "sentences").mkdir()
    with pytest.raises(UsageError, match="sentences: it was not made by Warraq"):
        make(tmp_path, 1)
    (tmp_path / "file").touch()
    with pytest.raises(UsageError, match="is a file"):
        check_output(tmp_path / "file")


def test_corpus_can_be_moved(tmp_path):
    make(tmp_path / "here", 1)
    (tmp_path / "here").rename(tmp_path / "there")
    assert read(tmp_path / "there") == [[1], [1], [1]]
