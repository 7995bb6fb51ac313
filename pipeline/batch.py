"""The work that is in hand: planned once, kept beside the versions until all of it is published.

    corpus/.work/<number>-<run>/batch       what is to be done
    corpus/.work/<number>-<run>/scratch/    shards as the survey read them
    corpus/.work/<number>-<run>/reports/    one for each shard that is done, beside its tables

A run that finds work in hand takes it up where it was left, whatever has become of the inputs
since: once surveyed, they are not needed any more. On a store the name of the folder ends in its
run's own token, and who takes it up has it copied first: the other run may only be asleep.
"""

from __future__ import annotations

import hashlib
import json
import pickle
from dataclasses import dataclass, fields, replace
from pathlib import Path

from pipeline.manifest import read_reports, report_path
from pipeline.memory import memory_digest
from pipeline.places import is_store
from pipeline.plan import Plan, ShardPlan
from pipeline.scratch import find_knowledge, load_shard, not_surveyed
from pipeline.storage import (
    copy_below,
    each,
    file_names,
    read_with_checksum,
    remove_folder,
    write_with_checksum,
)
from schemas.manifest import Provenance, ShardReport

_WORK = ".work"
_BATCH = "batch"


@dataclass(frozen=True, slots=True)
class Batch:
    """Some of the files that a night has to do.

    `base` is the name of the version that it goes on from; `replaces` names for each file the keys
    of the ledger whose rows go when it is done; `pruned` are keys of files that are gone, `gone`
    the articles to forget; `published` are the shards that readers have already; `token` is what
    `exclusive` gave to the run that has it in hand.
    """

    number: int
    base: str
    plan: Plan
    provenance: Provenance
    replaces: dict[str, set[str]]
    pruned: frozenset[str]
    gone: frozenset[str]
    published: frozenset[int] = frozenset()
    token: str = ""

    @property
    def prefix(self) -> str:
        """What the names of its files begin with."""
        return f"{self.number:08d}-"

    def folder(self, output: Path) -> Path:
        """Where its work lies."""
        ending = f"-{self.token}" if self.token else ""
        return output / _WORK / f"{self.prefix}{self.provenance.run_id}{ending}"


def keep_batch(batch: Batch, output: Path) -> None:
    """Put the work in hand."""
    write_with_checksum(batch.folder(output) / _BATCH, pickle.dumps(batch))


def load_batch(output: Path, base: str, fingerprint: str, token: str = "") -> Batch | None:
    """The work in hand that goes on from a version in a configuration; all other is dropped.

    Args:
        output: where the corpus lies.
        base: the name of the version.
        fingerprint: the configuration's.
        token: what `exclusive` gave.
    """
    found: Batch | None = None
    folder = output / _WORK
    for work in sorted(folder / name for name in file_names(folder)):
        data = read_with_checksum(work / _BATCH)
        batch = _unpacked(data) if data else None
        if batch and (batch.base, batch.provenance.fingerprint) == (base, fingerprint):
            found = batch if batch.token == token else _take_over(batch, output, token)
        else:
            remove_folder(work)
    return found


def _take_over(batch: Batch, output: Path, token: str) -> Batch:
    """The batch of another run on a store, in a folder that nobody else writes to."""
    theirs, batch = batch.folder(output), replace(batch, token=token)
    copy_below(theirs, batch.folder(output), but=_BATCH)
    keep_batch(batch, output)
    remove_folder(theirs)
    return batch


def drop_batch(batch: Batch, output: Path) -> None:
    """The work is done, or cannot be gone on with."""
    folder = batch.folder(output)
    # Without the plan nothing else in the folder means anything.
    (folder / _BATCH).unlink(missing_ok=True)
    remove_folder(folder)


def rebase(batch: Batch, output: Path, base: str, published: frozenset[int]) -> Batch:
    """The batch after a part of it was published as version `base`."""
    batch = replace(batch, base=base, published=batch.published | published, pruned=frozenset())
    keep_batch(batch, output)
    return batch


def is_surveyed(batch: Batch, output: Path) -> bool:
    """Whether all its shards were read, and what all of them tell is known.

    A power cut may leave what was concluded without the memory that was written just before it.
    """
    folder = batch.folder(output)
    knowledge = find_knowledge(folder)
    return (
        knowledge is not None
        and knowledge.memory == memory_digest(folder)
        and not not_surveyed(batch.plan, folder)
    )


def changed_files(batch: Batch, output: Path) -> set[str]:
    """Keys of the files that were no longer what was planned when they were read."""
    folder = batch.folder(output)
    keys = {one.file.path: one.file.key for one in batch.plan.inputs}

    def changed(shard: ShardPlan) -> set[str]:
        rejections = load_shard(shard.index, folder).rejections
        return {keys[one.path] for one in rejections if one.reason == "changed"}

    return set().union(*each(folder, changed, batch.plan.shards))


def drop_damaged(batch: Batch, output: Path) -> None:
    """Forget the shards whose files a power cut left in another state than their reports say."""
    if is_store(output):  # what is there is whole
        return
    folder = batch.folder(output)
    for report in _readable(batch, folder):
        for file in report.files:
            path = folder / file.name
            if not path.exists() or _sha256(path) != file.sha256:
                report_path(folder, report.index).unlink()
                break


def finished(batch: Batch, output: Path) -> list[ShardReport]:
    """The reports of shards that can be published: done, and so are all others of their files."""
    reports = {one.index: one for one in read_reports(batch.folder(output), batch.plan)}
    held = {
        one.file.key
        for shard in batch.plan.shards
        if shard.index not in reports
        for one in shard.slices
    }
    while True:
        waiting = {
            shard.index
            for shard in batch.plan.shards
            if shard.index in reports and any(one.file.key in held for one in shard.slices)
        }
        if not waiting:
            return [one for index, one in reports.items() if index not in batch.published]
        for shard in batch.plan.shards:
            if shard.index in waiting:
                held |= {one.file.key for one in shard.slices}
                del reports[shard.index]


def doc_ids_of(batch: Batch, output: Path, shards: set[int]) -> set[str]:
    """The articles in some of its shards."""
    folder = batch.folder(output)
    return {
        article.origin.doc_id
        for index in sorted(shards)
        for article in load_shard(index, folder).articles
    }


def _unpacked(data: bytes) -> Batch | None:
    """The batch; none if another version of this program kept it."""
    try:
        batch = pickle.loads(data)  # noqa: S301 (written by a run of ours, in a folder of its own)
    except Exception:  # unpickling may raise anything
        return None
    known = isinstance(batch, Batch) and all(hasattr(batch, one.name) for one in fields(Batch))
    return batch if known else None


def _readable(batch: Batch, folder: Path) -> list[ShardReport]:
    for shard in batch.plan.shards:
        path = report_path(folder, shard.index)
        if path.exists() and not _is_whole(path):
            path.unlink()
    return read_reports(folder, batch.plan)


def _is_whole(report: Path) -> bool:
    try:
        json.loads(report.read_bytes())
    except ValueError:
        return False
    return True


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
