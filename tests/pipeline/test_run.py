"""Whole runs with the real models, as a user starts them."""

import gzip
import hashlib
import json
import os
import signal
import subprocess
import sys
import time

import pandas as pd
import pytest

from schemas.manifest import TABLES
from tests.conftest import ROOT, SEED, environment, warraq

pytestmark = pytest.mark.models

BAD = {
    "فارغ.txt": (b" \n\t\n", "clean.empty"),
    "صورة.txt": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9, "read.binary"),
    "مبتور.txt.gz": (gzip.compress(SEED.read_bytes())[:-900], "read.truncated"),
    "إنجليزي.txt": (
        b"The minister said on Friday that the operation was over.",
        "clean.not_arabic",
    ),
    "سطور.jsonl": (b'{"text": \n', "read.broken_json"),
    "حقول.jsonl": (b'{"body": "x"}\n', "read.missing_text"),
    "صفحة.html": (b"<p>", "clean.empty"),
}


def articles(count, words=40):
    """JSON lines of `count` different articles cut from the seed."""
    text = SEED.read_text(encoding="utf-8").split()
    for number in range(count):
        start = number * 7 % (len(text) - words)
        body = " ".join(text[start : start + words])
        yield json.dumps({"id": number, "title": f"خبر رقم {number}", "text": f"{body}."}) + "\n"


def digests(corpus):
    """Names and checksums of all files that readers see."""
    return {
        f"{table}/{path.name}": hashlib.sha256(path.read_bytes()).hexdigest()
        for table in TABLES
        for path in sorted((corpus / table).iterdir())
    }


def read(corpus):
    return {table: pd.read_parquet(corpus / table) for table in TABLES}


def test_bad_inputs_are_quarantined_with_their_reasons_and_the_rest_is_annotated(tmp_path):
    inputs = tmp_path / "in"
    inputs.mkdir()
    for name, (data, _) in BAD.items():
        (inputs / name).write_bytes(data)
    for name, codec in (("a.txt", "cp1256"), ("b.txt", "utf-16"), ("c.txt", "utf-8-sig")):
        text = SEED.read_text(encoding="utf-8")
        (inputs / name).write_bytes(text.encode(codec, "ignore"))
    (inputs / "d.txt.gz").write_bytes(gzip.compress(SEED.read_bytes()))
    done = warraq("run", inputs, "--output", tmp_path / "corpus", "--shards", 4, code=3)
    tables = read(tmp_path / "corpus")
    rejected = tables["quarantine"]
    found = {
        path.rpartition("/")[2]: f"{stage}.{reason}"
        for path, stage, reason in zip(
            rejected["path"], rejected["stage"], rejected["reason"], strict=True
        )
    }
    assert found == {name: reason for name, (_, reason) in BAD.items()}
    assert rejected["message"].str.len().min() > 0
    documents = tables["documents"]
    assert list(documents["encoding"]) == ["windows-1256", "utf-16-le", "utf-8", "utf-8"]
    assert documents["text"].nunique() == 1
    assert f"{len(BAD)} of {len(BAD) + 4} articles were rejected" in done.stderr


def test_more_rejections_can_be_allowed(tmp_path):
    (tmp_path / "a.txt").write_text("خبر قصير عن موسكو.", encoding="utf-8")
    (tmp_path / "b.txt").touch()
    run = ("run", tmp_path, "--output", tmp_path / "corpus")
    assert "1 of 2 articles were rejected" in warraq(*run, code=3).stderr
    assert "were rejected" not in warraq(*run, "--max-rejected", 1).stderr


def test_workers_do_not_change_a_byte_and_a_rerun_replaces(tmp_path):
    (tmp_path / "news.jsonl").write_text("".join(articles(40)), encoding="utf-8")
    one, two = tmp_path / "one", tmp_path / "two"
    run = ("run", tmp_path / "news.jsonl", "--shards", 5)
    warraq(*run, "--workers", 1, "--output", one)
    warraq(*run, "--workers", 2, "--output", two, afresh=True)
    assert digests(one) == digests(two)
    warraq(*run, "--workers", 2, "--output", one)
    assert digests(one) == digests(two)
    assert len(read(one)["documents"]) == 40


def test_shards_do_not_change_a_row(tmp_path):
    (tmp_path / "news.jsonl").write_text("".join(articles(12)), encoding="utf-8")
    for shards in (1, 5):
        warraq(
            "run", tmp_path / "news.jsonl", "--workers", 1, "--shards", shards,
            "--output", tmp_path / str(shards), afresh=shards == 5,  # with other hashes
        )  # fmt: skip
    one, five = (read(tmp_path / str(shards)) for shards in (1, 5))
    for table in TABLES:
        pd.testing.assert_frame_equal(one[table], five[table])


def start(tmp_path, count, workers):
    """A run in the background, once it has finished its first shard."""
    news, output = tmp_path / "news.jsonl", tmp_path / "corpus"
    news.write_text("".join(articles(count)), encoding="utf-8")
    process = subprocess.Popen(
        [sys.executable, "-m", "pipeline", "run", news, "--output", output,
         "--shards", "200", "--workers", str(workers), "--keep-duplicates"],
        cwd=ROOT, env=environment(), stderr=subprocess.PIPE, text=True, start_new_session=True,
    )  # fmt: skip
    while not list(output.glob(".versions/*/reports/*.json")):
        assert process.poll() is None, process.stderr.read()
        time.sleep(0.05)
    return process, output


def children(process):
    """Worker processes of a run."""
    out = subprocess.run(["pgrep", "-g", str(process.pid)], capture_output=True, text=True).stdout
    return [int(line) for line in out.split() if int(line) != process.pid]


def all_end(process):
    """Whether none of them is left soon after the end of the run."""
    latest = time.monotonic() + 10
    while (left := children(process)) and time.monotonic() < latest:
        time.sleep(0.05)
    return not left


def test_dead_worker_ends_the_run_with_a_message_and_publishes_nothing(tmp_path):
    process, output = start(tmp_path, 3000, workers=2)
    os.kill(children(process)[-1], signal.SIGKILL)
    _, stderr = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "a worker process died" in stderr.splitlines()[-1]
    assert not (output / "sentences").exists()
    assert not list(output.glob(".versions/*"))
    assert all_end(process)


def test_killed_run_leaves_the_published_corpus_as_it_was(tmp_path, seed_corpus):
    warraq("run", SEED, "--output", tmp_path / "corpus")
    before = digests(tmp_path / "corpus")
    process, output = start(tmp_path, 3000, workers=1)
    assert digests(output) == before
    process.kill()
    process.communicate()
    assert digests(output) == before
    warraq("run", SEED, "--output", output)
    assert digests(output) == before
    # The version published before and the one published now.
    assert len(list((output / ".versions").iterdir())) == 2


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_signalled_run_ends_soon_with_its_workers_and_publishes_nothing(tmp_path, number):
    process, output = start(tmp_path, 3000, workers=2)
    process.send_signal(number)
    process.communicate(timeout=30)
    assert process.returncode not in (0, 3)
    assert all_end(process)
    assert not (output / "sentences").exists()


def test_manifest_tells_what_was_asked_and_what_it_cost(seed_corpus):
    manifest = json.loads((seed_corpus / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["counts"]["planned"] == manifest["counts"]["documents"] == 1
    assert {model["licence"] for model in manifest["models"]} >= {"GPL-2.0"}
    stages = {name for name in manifest["metrics"] if name.startswith("seconds.")}
    works = ("read", "survey", "clean", "split", "analyse", "tag", "write")
    assert stages == {f"seconds.{work}" for work in works}
    assert 0 < manifest["metrics"]["analyse.misses"] <= manifest["metrics"]["analyse.tokens"]
