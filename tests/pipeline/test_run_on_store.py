"""Whole runs into a store with the real models: killed, run again, and read with pandas."""

import hashlib
import subprocess
import sys
import time

import pandas as pd
import pytest

from pipeline import store_lock
from pipeline.files import driver
from pipeline.objects import names_below, put
from pipeline.places import place
from schemas.manifest import TABLES
from tests.conftest import ROOT, SEED, environment, warraq
from tests.pipeline.test_run import articles, digests
from tests.stores import PANDAS, REQUESTS

pytestmark = [pytest.mark.models, pytest.mark.timeout(900)]


def store_digests(version):
    """As `digests`, of a version on a store."""
    system, folder = driver(version)
    return {
        "/".join(path.rsplit("/", 2)[1:]): hashlib.sha256(system.cat_file(path)).hexdigest()
        for table in TABLES
        for path in system.find(f"{folder}/{table}")
    }


def start_and_kill(news, output):
    """A run that is killed as soon as its first shard is finished."""
    process = subprocess.Popen(
        [sys.executable, "-m", "pipeline", "run", news, "--output", output,
         "--shards", "60", "--workers", "1", "--keep-duplicates"],
        cwd=ROOT, env=environment(), stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    system, folder = driver(output)
    while not system.glob(f"{folder}/versions/*/reports/*.json"):
        system.invalidate_cache()
        assert process.poll() is None, process.stderr.read()
        time.sleep(0.1)
    process.kill()
    process.communicate()


@pytest.fixture(scope="module", params=[*REQUESTS, "hdfs"])
def corpora(request, tmp_path_factory):
    """A corpus in a folder, and the same on the store of its articles, where a run was killed."""
    store, folder = request.getfixturevalue(request.param), tmp_path_factory.mktemp("store")
    output = f"{store}/killed"
    for name, count in (("news", 12), ("many", 120)):
        put(place(f"{store}/raw/{name}.jsonl"), "".join(articles(count)).encode())
    run = ("run", f"{store}/raw/news.jsonl", "--shards", 3, "--workers")
    warraq(*run, 1, "--output", folder / "corpus")
    start_and_kill(f"{store}/raw/many.jsonl", output)
    assert "there is no corpus" in warraq("where", output, code=2).stderr
    done = warraq(*run, 2, "--output", output, afresh=True)
    assert warraq("where", output, "sentences").stdout.strip() in done.stdout
    return folder / "corpus", output


def test_run_after_a_killed_one_makes_the_same_files_and_leaves_no_others(corpora):
    here, output = corpora
    version = warraq("where", output).stdout.strip()
    assert store_digests(version) == digests(here)
    assert len(names_below(place(f"{output}/versions"))) == 1


def test_pandas_reads_the_same_corpus_from_a_store(corpora):
    here, output = corpora
    path = pd.read_json(f"{output}/current.json", typ="series")["path"]
    for table in TABLES:
        expected = pd.read_parquet(here / table)
        found = pd.read_parquet(f"{output}/{path}/{table}", **PANDAS)
        pd.testing.assert_frame_equal(found, expected)


def test_corpus_on_a_store_is_exported_as_one_in_a_folder_is(corpora, tmp_path):
    for number, corpus in enumerate(corpora):
        warraq(
            "export", "--format", "conllu", "--corpus", corpus, "--output", tmp_path / f"{number}"
        )
    assert (tmp_path / "0").read_bytes() == (tmp_path / "1").read_bytes()


def test_two_runs_do_not_write_to_one_place(s3, monkeypatch):
    monkeypatch.setattr(store_lock, "_BEAT_SECONDS", 0.5)
    with store_lock.holding(place(f"{s3}/held"), "token"):
        done = warraq("run", SEED, "--output", f"{s3}/held", code=4)
    assert "s3://news/held: another run is writing to it" in done.stderr
