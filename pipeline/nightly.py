"""The nightly run: what is new or changed is annotated, everything else stays as it is."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from pathlib import Path

from pipeline import clock
from pipeline.batch import (
    Batch,
    changed_files,
    drop_batch,
    drop_damaged,
    finished,
    is_surveyed,
    keep_batch,
    load_batch,
)
from pipeline.changes import Changes, departures, find_changes, first_megabytes, superseded_by
from pipeline.error_codes import ErrorCode
from pipeline.errors import UsageError
from pipeline.files import is_remote
from pipeline.growth import prune, publish_batch
from pipeline.inputs import InputFile, find_inputs
from pipeline.ledger import Entry, read_entries
from pipeline.manifest import read_reports
from pipeline.memory import check_memory
from pipeline.night import Context
from pipeline.options import Options, rejected_allowed
from pipeline.passes import annotate, survey
from pipeline.plan import UNREADABLE, PlannedFile, make_plan
from pipeline.provenance import make_provenance
from pipeline.publish import current_version, version_number
from pipeline.reading_notes import ReadingNotes
from pipeline.scratch import asked_to_stop

_LOG = logging.getLogger("warraq")


def work_through(
    context: Context, again: Callable[[Path | None], Collection[str]] = lambda version: ()
) -> None:
    """Do what there is to do until it is done or time is up. The corpus must be ours alone.

    Args:
        context: the night, which gets what came of it.
        again: names the files to be annotated again in any case, given the version that is there.

    Raises:
        RunError: the run failed; what was published before stays, what was done is kept.
    """
    options, output = context.options, context.output
    deadline, night, tell = context.deadline, context.night, context.tell
    base = current_version(output)
    if base and not options.run.forget:
        check_memory(base)
    batch = load_batch(output, base.name if base else "", context.fingerprint, context.token)
    if batch is not None:
        drop_damaged(batch, output)
        night.resumed = len(read_reports(batch.folder(output), batch.plan))
        tell("resumed", files=batch.plan.files, shards_done=night.resumed)
        if not _finish(context, batch, resumed=True):
            night.left = len({one.file.key for one in batch.plan.inputs} - night.done)
            return
    files = _inputs(context)
    changes = _changes(context, files, again)
    to_do = {file.key: file for file in changes.to_do}
    by_key = {file.key: file for file in files}
    pruned = _to_prune(options, changes)
    while (to_do or pruned) and not deadline.passed:
        chosen = first_megabytes(list(to_do.values()), options.nightly.batch_megabytes)
        batch = _plan(context, chosen, by_key, pruned)
        if batch is None:
            prune(context, pruned)
        elif not _finish(context, batch, resumed=False):
            break
        night.pruned += len(pruned)
        pruned = frozenset()
        done = {file.key for file in chosen}
        if batch is not None:
            done |= {one.file.key for one in batch.plan.inputs}
        to_do = {key: file for key, file in to_do.items() if key not in done}
    night.left = len(to_do.keys() - night.done)


def _inputs(context: Context) -> tuple[InputFile, ...]:
    try:
        return find_inputs(context.options.inputs, exclude=context.output)
    except UsageError as error:
        if error.code is ErrorCode.NOTHING_TO_READ:  # folders may be empty
            return ()
        raise


def _changes(
    context: Context,
    files: Sequence[InputFile],
    again: Callable[[Path | None], Collection[str]],
) -> Changes:
    base, night = current_version(context.output), context.night
    now = int(clock.now().timestamp())
    changes = find_changes(
        files,
        read_entries(base),
        context.fingerprint,
        now,
        context.options.nightly.max_age,
        again(base),
    )
    night.files, night.unchanged, night.removed = (
        len(files), changes.unchanged, len(changes.removed)
    )  # fmt: skip
    night.new, night.changed, night.outdated = (
        len(changes.new), len(changes.changed), len(changes.outdated)
    )  # fmt: skip
    if changes.unreadable:
        paths = [file.path for file in changes.unreadable]
        _put_off(context, "unreadable", paths)
    context.tell(
        "changes", files=night.files, new=night.new, changed=night.changed,
        outdated=night.outdated, unchanged=night.unchanged, waiting=changes.waiting,
        removed=night.removed,
    )  # fmt: skip
    return changes


def _to_prune(options: Options, changes: Changes) -> frozenset[str]:
    """Keys of files that are gone and whose rows are to go."""
    if not options.nightly.prune or not changes.removed:
        return frozenset()
    known = len(changes.removed) + changes.unchanged + len(changes.changed) + len(changes.outdated)
    if len(changes.removed) > rejected_allowed(options.nightly.max_pruned, known):
        _LOG.warning(
            "%d of %d files are gone, more than max_pruned %s: nothing was pruned",
            len(changes.removed), known, options.nightly.max_pruned,
        )  # fmt: skip
        return frozenset()
    return frozenset(changes.removed)


def _plan(
    context: Context,
    chosen: Iterable[InputFile],
    files: dict[str, InputFile],
    pruned: frozenset[str],
) -> Batch | None:
    """Put work in hand: the chosen files, and those with articles that repeat what goes."""
    base = current_version(context.output)
    entries = read_entries(base)
    wanted = {file.key: file for file in chosen}
    going = {key for keys in superseded_by(wanted.values(), entries).values() for key in keys}
    leaving = departures(base, going | pruned, entries)
    wanted |= {key: files[key] for key in sorted(leaving.repeated_in) if key in files}
    postponed = set(context.night.postponed)
    ordered = [wanted[key] for key in sorted(wanted) if wanted[key].path not in postponed]
    if not ordered:
        return None
    notes = ReadingNotes(context.output, context.fingerprint)
    plan = make_plan(
        ordered, context.options.settings.read, context.options.run.shards, notes.watch,
        notes.refused,
    )  # fmt: skip
    lost = [one.file for one in plan.inputs if _is_lost(one, entries)]
    if lost:
        _put_off(context, "unreadable", [file.path for file in lost])
        return _plan(context, [one for one in ordered if one not in lost], files, pruned)
    replaces = superseded_by(ordered, entries)
    going = {key for keys in replaces.values() for key in keys}
    batch = Batch(
        number=version_number(base) + 1,
        base=base.name if base else "",
        plan=plan,
        provenance=make_provenance(context.options, context.models, plan),
        replaces=replaces,
        pruned=pruned,
        gone=departures(base, going | pruned, entries).doc_ids,
        token=context.token,
    )
    keep_batch(batch, context.output)
    context.tell("planned", files=plan.files, articles=plan.articles, shards=len(plan.shards))
    return batch


def _is_lost(planned: PlannedFile, entries: Mapping[str, Entry]) -> bool:
    """Whether a file cannot be read though it could a moment or a night ago.

    One that nobody ever could read goes to quarantine; it is there to be seen.
    """
    if planned.sha256 != UNREADABLE:
        return False
    entry, location = entries.get(planned.file.key), planned.file.location
    if entry is not None:
        return entry.sha256 != UNREADABLE
    return not is_remote(location) and not os.path.lexists(location)


def _put_off(context: Context, why: str, paths: Collection[str]) -> None:
    """Leave files for another night; what the corpus has of them stays."""
    context.night.postponed += paths
    context.tell("put_off", why=why, files=sorted(paths))
    _LOG.warning("%d files put off, %s: %s", len(paths), why, min(paths))


def _finish(context: Context, batch: Batch, resumed: bool) -> bool:
    """Survey, annotate and publish what is in hand; whether all of it was done.

    Files that changed while they were read are put off, and the rest is begun anew.
    """
    output = context.output
    context.night.provenance = batch.provenance
    if not is_surveyed(batch, output):
        survey(context, batch)
        if asked_to_stop(batch.folder(output)):
            return False
        changed = changed_files(batch, output)
        if changed:
            drop_batch(batch, output)
            if resumed:  # they are looked at again as all others are
                context.tell("changed_while_read", files=sorted(changed))
                return True
            paths = [one.file.path for one in batch.plan.inputs if one.file.key in changed]
            _put_off(context, "changed while they were read", paths)
            rest = [one.file for one in batch.plan.inputs if one.file.key not in changed]
            again = _plan(context, rest, {}, batch.pruned)
            return again is None or _finish(context, again, resumed=False)
        context.tell("surveyed", articles=batch.plan.articles)
    annotate(context, batch)
    reports = finished(batch, output)
    done = {report.index for report in reports} | batch.published
    complete = len(done) == len(batch.plan.shards)
    if reports:
        batch = publish_batch(context, batch, reports, done)
    if complete:
        drop_batch(batch, output)
    return complete
