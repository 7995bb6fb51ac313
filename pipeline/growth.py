"""From what was done in a night to the next version of the corpus."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection
from pathlib import Path

from pipeline import clock
from pipeline.assembly import Addition, assemble, write_corpus_manifest
from pipeline.batch import Batch, doc_ids_of, rebase
from pipeline.changes import departures
from pipeline.ledger import entries_of, owner, part_of, read_entries
from pipeline.memory import keep_memory, read_articles, read_lines, write_memory
from pipeline.night import Context
from pipeline.plan import Plan
from pipeline.provenance import make_provenance
from pipeline.publish import begin_version, current_version, publish, retire
from schemas.manifest import Provenance, ShardReport

_LOG = logging.getLogger("warraq")


def publish_batch(
    context: Context, batch: Batch, reports: list[ShardReport], done: Collection[int]
) -> Batch:
    """Publish the shards that are done, and go on from there."""
    output, folder = context.output, batch.folder(context.output)
    base = current_version(output)
    parts = {one.index: part_of(one, batch.provenance.fingerprint) for one in reports}
    entries = entries_of(batch.plan, parts, int(clock.now().timestamp()))
    drop = {key for entry in entries for key in batch.replaces[entry.key]} | batch.pruned
    addition = Addition(folder, tuple(parts.values()), tuple(entries))
    pending = {shard.index for shard in batch.plan.shards} - set(done)
    version = _publish(
        context, drop, addition, batch.provenance, batch.plan.digest,
        lambda target: _remember(batch, output, base, target, pending),
    )  # fmt: skip
    context.night.done |= {entry.key for entry in entries}
    context.night.reports += reports
    return rebase(batch, output, version, frozenset(parts)) if pending else batch


def prune(context: Context, pruned: frozenset[str]) -> None:
    """Publish a version without the rows of files that are gone, when nothing else is to do."""
    if not pruned:
        return
    base = current_version(context.output)
    plan = Plan((), 0, 0, 0, "\n".join(sorted(pruned)))
    provenance = make_provenance(context.options, context.models, plan)
    gone = departures(base, pruned, read_entries(base)).doc_ids

    def remember(target: Path) -> None:
        if base is not None:
            known = [one for one in read_articles(base) if one.signature.doc_id not in gone]
            write_memory(target, known, read_lines(base))

    _publish(context, pruned, None, provenance, plan.digest, remember)


def _publish(
    context: Context,
    drop: Collection[str],
    addition: Addition | None,
    provenance: Provenance,
    digest: str,
    remember: Callable[[Path], None],
) -> str:
    """Make the next version, and let readers see it; its name."""
    output, nightly = context.output, context.options.nightly
    base = current_version(output)
    folder = begin_version(output, provenance.run_id, context.token)
    assemble(folder, base, drop, addition)
    remember(folder)
    manifest = write_corpus_manifest(folder, provenance, digest)
    alone = publish(output, folder, nightly.patience)
    if not alone:
        _LOG.warning("published while others were reading: their reading may have failed")
    context.night.published.append(folder.name)
    context.tell("published", version=folder.name, counts=manifest["counts"], alone=alone)
    retire(output, nightly.keep_versions, nightly.keep_hours)
    return folder.name


def _remember(
    batch: Batch, output: Path, base: Path | None, target: Path, pending: set[int]
) -> None:
    """Let the version remember the articles that are in it: of files not yet done, the old ones."""
    folder = batch.folder(output)
    if not pending:
        keep_memory(folder, target)
        return
    waiting = doc_ids_of(batch, output, pending)
    waiting_files = {
        one.file.key
        for shard in batch.plan.shards
        if shard.index in pending
        for one in shard.slices
    }
    entries = read_entries(base)
    old_paths = {
        entries[key].path
        for file in waiting_files
        for key in batch.replaces[file]
        if key in entries
    }
    now = {one.signature.doc_id: one for one in read_articles(folder)}
    known = {doc_id: one for doc_id, one in now.items() if doc_id not in waiting}
    for one in read_articles(base) if base else []:
        if one.signature.doc_id in waiting or owner(one.signature.path, old_paths) is not None:
            known[one.signature.doc_id] = one
    write_memory(target, [known[doc_id] for doc_id in sorted(known)], read_lines(folder))
