"""Work in hand, in a folder and on a store."""

import uuid
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from pipeline.batch import Batch, drop_batch, drop_damaged, is_surveyed, keep_batch, load_batch
from pipeline.manifest import report_path
from pipeline.memory import memory_digest, write_memory
from pipeline.places import place
from pipeline.plan import Plan, ShardPlan
from pipeline.scratch import Knowledge, keep_findings, keep_knowledge, keep_shard
from pipeline.storage import file_names, write_bytes, write_text
from schemas.records import Shard
from tests.pipeline.test_write import PROVENANCE
from transforms.repeated_lines import NO_LINES, SIGHTING

FINGERPRINT = PROVENANCE.fingerprint
NO_SIGHTINGS = np.zeros(0, dtype=SIGHTING)


@pytest.fixture(params=["folder", "store"])
def output(request, tmp_path):
    return tmp_path if request.param == "folder" else place(f"memory://{uuid.uuid4().hex}")


def batch(token=""):
    plan = Plan((ShardPlan(0, ()), ShardPlan(1, ())), 0, 0, 0, "")
    return Batch(1, "", plan, PROVENANCE, {}, frozenset(), frozenset(), token=token)


def test_work_is_taken_up_where_version_and_configuration_are_the_same(output):
    keep_batch(batch(), output)
    assert load_batch(output, "", FINGERPRINT) == batch()
    assert load_batch(output, "00000001-other", FINGERPRINT) is None
    assert file_names(output / ".work") == set()


def test_work_is_surveyed_when_all_its_shards_are_kept_and_the_conclusions(output):
    folder = batch().folder(output)
    for index in (0, 1):
        keep_findings("found", index, folder)
        assert not is_surveyed(batch(), output)
        keep_shard(Shard(index, ()), folder)
    assert not is_surveyed(batch(), output)
    write_memory(folder, [], NO_SIGHTINGS)
    keep_knowledge(Knowledge({}, NO_LINES, memory_digest(folder)), folder)
    assert is_surveyed(batch(), output)


@pytest.mark.parametrize("name", ["articles.parquet", "lines.parquet"])
@pytest.mark.parametrize("harm", [Path.unlink, lambda path: path.write_bytes(b"PAR1")])
def test_work_is_surveyed_anew_when_a_power_cut_took_what_is_to_be_remembered(tmp_path, name, harm):
    folder = batch().folder(tmp_path)
    for index in (0, 1):
        keep_findings("found", index, folder)
        keep_shard(Shard(index, ()), folder)
    write_memory(folder, [], NO_SIGHTINGS)
    keep_knowledge(Knowledge({}, NO_LINES, memory_digest(folder)), folder)
    assert is_surveyed(batch(), tmp_path)
    harm(folder / "memory" / name)
    assert not is_surveyed(batch(), tmp_path)


def test_report_that_a_power_cut_cut_short_behind_a_bracket_is_forgotten(tmp_path):
    path = report_path(batch().folder(tmp_path), 1)
    write_text(path, '{"index": 1, "rejected_by": {}')
    drop_damaged(batch(), tmp_path)
    assert not path.exists()


def test_work_of_another_run_is_copied_and_what_that_still_writes_is_not_ours():
    output = place(f"memory://{uuid.uuid4().hex}")
    theirs = batch("one")
    keep_batch(theirs, output)
    write_bytes(theirs.folder(output) / "reports" / "00000.json", b"done")
    ours = load_batch(output, "", FINGERPRINT, "two")
    assert ours == replace(theirs, token="two")  # noqa: S106 (no password)
    assert (ours.folder(output) / "reports" / "00000.json").read_bytes() == b"done"
    write_bytes(theirs.folder(output) / "reports" / "00001.json", b"from a sleeper")
    assert file_names(ours.folder(output) / "reports") == {"00000.json"}
    assert load_batch(output, "", FINGERPRINT, "two") == ours
    assert file_names(output / ".work") == {ours.folder(output).name}  # the sleeper's is dropped
    drop_batch(ours, output)
    assert file_names(output / ".work") == set()
