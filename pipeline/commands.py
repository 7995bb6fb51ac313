"""The commands of a corpus that grows: nightly, backfill, compact, audit, runs."""

from __future__ import annotations

import datetime
import logging
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

from pipeline import clock
from pipeline.error_codes import ErrorCode
from pipeline.errors import RunError, UsageError
from pipeline.options import Options, annotating
from pipeline.places import is_store, place
from pipeline.publish import check_output, current_version, exclusive, retire
from pipeline.rejected import too_many_rejected
from pipeline.restarts import Restarts, restarts
from pipeline.runs_told import differences, differences_told, run_line
from pipeline.summary import tell, tell_json
from pipeline.where import published

_LOG = logging.getLogger("warraq")
Again = Callable[[Path | None], Collection[str]]


def nightly(options: Options, command: str = "nightly", again: Again = lambda version: ()) -> bool:
    """Annotate what is new or changed, publish it, and tell of it in one line.

    Returns:
        Whether more articles were rejected than the options allow.

    Raises:
        UsageError: something is wrong with the options or the set-up; nothing was begun.
        LockedError: another run is writing to the corpus.
        RunError: the run failed; what was published before stays, what was done is kept.
    """
    if not options.inputs:
        raise UsageError(
            ErrorCode.NOTHING_TO_READ, "no input is named", "name some, or set them in [nightly]"
        )
    until = restarts(clock.seconds_until(options.nightly.deadline, clock.local_now()))
    from pipeline.clusters import check_cluster
    from pipeline.inputs import check_inputs
    from pipeline.models import find_models

    check_inputs(options.inputs)
    check_cluster(options)
    models = find_models(options.settings)
    output = place(options.run.output).absolute()
    with exclusive(output) as token:
        from pipeline.run import prepare_process

        prepare_process(options.run.log_level, options.run.runner)
        try:
            return _recorded(options, models, output, until, command, again, token)
        except OSError as error:  # a full disk, above all
            raise RunError(
                ErrorCode.CANNOT_WRITE, f"cannot work there: {error}", file=output
            ) from error


def backfill(options: Options, first: datetime.date, last: datetime.date) -> bool:
    """A night that annotates again, too, whatever was published from `first` to `last`.

    Raises:
        UsageError: `last` is before `first`, or as in `nightly`.
    """
    if last < first:
        raise UsageError(ErrorCode.BAD_ARGUMENTS, f"--to {last} is before --from {first}")

    def again(version: Path | None) -> Collection[str]:
        from pipeline.changes import published_between
        from pipeline.ledger import read_entries

        return published_between(version, read_entries(version), first, last)

    return nightly(options, "backfill", again)


def compact(options: Options) -> None:
    """Put the corpus into as few files as there can be."""
    from pipeline.run import prepare_process

    prepare_process(options.run.log_level)
    from pipeline.assembly import compact as compact_corpus
    from pipeline.history import RunLog
    from pipeline.models import find_models
    from pipeline.plan import Plan
    from pipeline.provenance import make_provenance

    output = place(options.run.output).absolute()
    with exclusive(output) as token:
        plan = Plan((), 0, 0, 0, str(current_version(output)))
        provenance = make_provenance(options, find_models(options.settings), plan)
        log = RunLog(output, "compact", {"run": asdict(options.run)})
        try:
            version = compact_corpus(output, provenance, options.nightly.patience, token)
            retire(output, options.nightly.keep_versions, options.nightly.keep_hours)
        except BaseException as error:
            with suppress(Exception):  # a full disk, a store: the error itself is what matters
                log.finish("failed", error=f"{type(error).__name__}: {error}")
            if isinstance(error, OSError):
                raise RunError(
                    ErrorCode.CANNOT_WRITE, f"cannot work there: {error}", file=output
                ) from error
            raise
        files = sum(1 for _ in (published(output) / "sentences").glob("*.parquet"))
        record = log.finish("done", published=[version] if version else [], sentence_files=files)
    tell(run_line(record))


def audit(options: Options) -> bool:
    """Tell whether every input is accounted for, and which is not."""
    from pipeline.run import prepare_process

    prepare_process(options.run.log_level)
    if not options.inputs:
        raise UsageError(
            ErrorCode.NOTHING_TO_READ, "no input is named", "name some, or set them in [nightly]"
        )
    from pipeline.audit import audit as audit_corpus
    from pipeline.inputs import find_inputs

    output = place(options.run.output).absolute()
    _check_reachable(output)
    found = audit_corpus(find_inputs(options.inputs, exclude=output), current_version(output))
    if options.as_json:
        tell_json({**asdict(found), "passed": found.passed})
        return found.passed
    for kind in ("new", "changed", "wrong"):
        for path in getattr(found, kind):
            tell(f"{kind:8} {path}")
    tell(
        f"warraq audit: {found.accounted} files accounted for, {len(found.new)} new, "
        f"{len(found.changed)} changed since, {len(found.wrong)} with other rows than they "
        f"should have; {len(found.removed)} in the corpus are gone from the inputs"
    )
    return found.passed


def runs(output: Path, what: list[str], as_json: bool = False) -> None:
    """Tell of the runs: all in lines, one in full, or two beside each other.

    Raises:
        UsageError: there is no such run, or no such question.
    """
    from pipeline.history import read_run, read_runs

    _check_reachable(output)
    match what:
        case []:
            found = read_runs(output)
            if as_json:
                tell_json(found)
            else:
                for run in found:
                    tell(run_line(run))
        case ["show", number]:
            tell_json(read_run(output, number))
        case ["diff", one, other]:
            differing = differences(read_run(output, one), read_run(output, other))
            if as_json:
                tell_json(differing)
            else:
                tell(differences_told(differing))
        case _:
            raise UsageError(
                ErrorCode.BAD_ARGUMENTS,
                f"runs cannot {' '.join(what)}",
                "give it nothing, `show RUN`, or `diff RUN RUN`",
            )


def _check_reachable(output: Path) -> None:
    """See whether a store answers, before anything else is asked of it."""
    if is_store(output):
        check_output(output)


def _recorded(
    options: Options,
    models: Any,
    output: Path,
    until: Restarts,
    command: str,
    again: Again,
    token: str,
) -> bool:
    from pipeline.history import RunLog, remove_old_runs
    from pipeline.night import Context, Deadline, Night
    from pipeline.nightly import work_through

    asked = {
        "inputs": list(options.inputs),
        "run": asdict(options.run),
        "nightly": asdict(options.nightly),
        "settings": annotating(options),
    }
    log = RunLog(output, command, asked)
    night = Night()

    def end_badly(state: str, error: str, code: int) -> None:
        with suppress(Exception):  # a full disk, a store: the error itself is what matters
            _write_metrics(options, output, log.finish(state, error=error), code)

    def worker_died() -> None:
        end_badly("failed", "a worker process died", 1)
        if not until.exhausted:
            _LOG.warning("a worker process died: going on with what it had in hand")
        until.begin_anew()

    deadline = Deadline(until.seconds_left)
    try:
        work_through(
            Context(options, models, output, deadline, night, log.event, worker_died, token), again
        )
    except KeyboardInterrupt:
        end_badly("interrupted", "KeyboardInterrupt", 130)
        raise
    except BaseException as error:
        end_badly("failed", f"{type(error).__name__}: {error}", 1)
        raise
    record = _told(options, output, log, night)
    code = too_many_rejected(options.run, record["counts"])
    _write_metrics(options, output, record, 3 if code else 0)
    remove_old_runs(output, options.nightly.keep_runs)
    tell(run_line(record))
    return code


def _told(options: Options, output: Path, log: Any, night: Any) -> dict[str, Any]:
    """Complete the record of a night that came to its end."""
    from pipeline.drift import drifts, rates
    from pipeline.history import read_runs
    from pipeline.manifest import read_manifest, totals
    from pipeline.publish import MANIFEST

    came = totals(night.reports)
    tonight = rates(came)
    warnings = drifts(tonight, read_runs(output))
    for warning in warnings:
        _LOG.warning("unusual: %s", warning)
    version = current_version(output)
    corpus = read_manifest(version / MANIFEST)["counts"] if version else {}
    provenance = night.provenance
    told: dict[str, Any] = log.finish(
        "done",
        files={
            name: getattr(night, name)
            for name in ("files", "new", "changed", "outdated", "unchanged", "removed", "pruned")
        },
        left=night.left,
        annotated_files=len(night.done),
        postponed=night.postponed,
        shards_resumed=night.resumed,
        published=night.published,
        **came,
        rates=tonight,
        drift=warnings,
        corpus=corpus,
        fingerprint=provenance.fingerprint if provenance else None,
        models=[asdict(model) for model in provenance.models] if provenance else [],
        libraries=dict(provenance.libraries) if provenance else {},
    )
    return told


def _write_metrics(options: Options, output: Path, record: Mapping[str, Any], code: int) -> None:
    if options.nightly.metrics_file:
        from pipeline.history import last_success
        from pipeline.metrics import write_metrics

        write_metrics(Path(options.nightly.metrics_file), record, code, last_success(output))
