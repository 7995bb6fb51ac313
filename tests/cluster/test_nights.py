"""Nights on Dask, as a scheduler starts them, beside the same nights in one process."""

import pytest

from pipeline.row_digest import corpus_digest, total
from tests.conftest import warraq
from tests.pipeline.nights import (
    deadly_night,
    documents,
    last_run,
    make_deadly,
    rejected,
    write,
)
from tests.transforms.news import body

pytestmark = pytest.mark.models

NIGHTLY = """
[nightly]
inputs = "in"

[run]
output = "corpus"
shards = 4
max_rejected = "50%"
"""
ENGINES = {"here": "workers = 1", "dask": 'runner = "dask"\nworkers = 2'}


def night(folder):
    """One night of a folder; the digest of the corpus after it."""
    warraq("nightly", "--config", "nightly.toml", cwd=folder)
    return total(corpus_digest(folder / "corpus"))


def test_nights_on_dask_make_the_corpus_that_one_process_makes(tmp_path):
    digests = []
    for name, engine in ENGINES.items():
        folder = tmp_path / name
        folder.mkdir()
        (folder / "nightly.toml").write_text(NIGHTLY + engine, encoding="utf-8")
        write(folder / "in", "first", *(body(number, 40) for number in range(6)), " ")
        nights = [night(folder)]
        write(folder / "in", "second", *(body(number, 40) for number in range(4, 9)))
        nights.append(night(folder))
        digests.append(nights)
        run = last_run(folder)
        assert (run["state"], run["annotated_files"], run["counts"]["duplicates"]) == ("done", 1, 2)
    here, dask = digests
    assert dask == here
    assert here[0] != here[1]


def test_article_that_ends_every_worker_is_rejected_the_next_night(tmp_path):
    make_deadly(tmp_path, module="transforms.split", name="split_article", text="given.text")
    given = ("--runner", "dask", "--workers", "2", "--shards", "3", "--max-rejected", "50%")
    done = deadly_night(tmp_path, 1, *given)
    assert "the run failed, nothing was published" in done.stderr
    deadly_night(tmp_path, 0, *given)
    assert rejected(tmp_path) == [("in/a.jsonl", 5, "split", "worker_died")]
    assert len(documents(tmp_path)) == 5
