"""Work in hand, in a folder and on a store."""

import uuid
from dataclasses import replace

import pytest

from pipeline.batch import Batch, drop_batch, is_surveyed, keep_batch, load_batch
from pipeline.places import place
from pipeline.plan import Plan, ShardPlan
from pipeline.scratch import Knowledge, keep_findings, keep_knowledge, keep_shard
from pipeline.storage import file_names, write_bytes
from schemas.records import Shard
from tests.pipeline.test_write import PROVENANCE
from transforms.repeated_lines import NO_LINES

FINGERPRINT = PROVENANCE.fingerprint


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
    keep_knowledge(Knowledge({}, NO_LINES), folder)
    assert is_surveyed(batch(), output)


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
