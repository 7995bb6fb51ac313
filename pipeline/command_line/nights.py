"""The commands of a corpus that grows: nightly, backfill, compact, audit, runs."""

from __future__ import annotations

import argparse
import datetime
from typing import Any

from pipeline.command_line.command import (
    DONE,
    FAILED,
    MANY_REJECTED,
    Act,
    add_command,
    add_json,
    options_for_scheduler,
)
from pipeline.lean_beam import without_unused
from pipeline.options import add_flags


def add_commands(commands: Any) -> None:
    """Add the commands of a corpus that grows."""
    _add(commands, "nightly", "annotate what is new or changed since the last night", _nightly)
    backfill = _add(
        commands, "backfill", "a night that annotates again what was published in a time", _backfill
    )
    for flag, day in (("from", "first"), ("to", "last")):
        backfill.add_argument(
            f"--{flag}", dest=day, metavar="DATE", type=_date, required=True,
            help=f"{day} day, as 2026-01-31",
        )  # fmt: skip
    _add(commands, "compact", "put the corpus into few large files", _compact)
    add_json(_add(commands, "audit", "see whether every input file is accounted for", _audit))
    runs = add_command(commands, "runs", "list the runs into a corpus", _runs)
    runs.add_argument(
        "what", nargs="*", metavar="show RUN | diff RUN RUN", help="one in full, or two compared"
    )
    runs.add_argument("--output", metavar="FOLDER", default="corpus", help="the corpus")
    add_json(runs)


def _add(commands: Any, name: str, what: str, act: Act) -> argparse.ArgumentParser:
    """A command that knows every setting."""
    command = add_command(commands, name, what, act)
    command.add_argument("inputs", nargs="*", metavar="INPUT", help="file, folder or glob")
    command.add_argument("--config", metavar="FILE", help="settings in TOML")
    add_flags(command)
    return command


def _date(text: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no day: give one as 2026-01-31") from None


@without_unused()
def _nightly(parsed: argparse.Namespace, beam: list[str]) -> int:
    options = options_for_scheduler(parsed, beam)
    from pipeline.commands import nightly

    return MANY_REJECTED if nightly(options) else DONE


@without_unused()
def _backfill(parsed: argparse.Namespace, beam: list[str]) -> int:
    options = options_for_scheduler(parsed, beam)
    from pipeline.commands import backfill

    return MANY_REJECTED if backfill(options, parsed.first, parsed.last) else DONE


@without_unused()
def _compact(parsed: argparse.Namespace, beam: list[str]) -> int:
    options = options_for_scheduler(parsed, beam)
    from pipeline.commands import compact

    compact(options)
    return DONE


@without_unused()
def _audit(parsed: argparse.Namespace, beam: list[str]) -> int:
    options = options_for_scheduler(parsed, beam)
    from pipeline.commands import audit

    return DONE if audit(options) else FAILED


def _runs(parsed: argparse.Namespace, beam: list[str]) -> int:
    from pipeline.commands import runs
    from pipeline.places import place

    runs(place(parsed.output), parsed.what, parsed.as_json)
    return DONE
