"""The commands `run` and `plan`."""

from __future__ import annotations

import argparse
import logging
from typing import Any

from pipeline.command_line.command import (
    DONE,
    MANY_REJECTED,
    add_command,
    add_json,
    options_for_scheduler,
    options_of,
    stop_cleanly,
)
from pipeline.engines import ENGINES
from pipeline.error_codes import ErrorCode
from pipeline.errors import UsageError
from pipeline.lean_beam import without_unused
from pipeline.options import NIGHTLY, add_flags


def add_commands(commands: Any) -> None:
    """Add `run` and `plan`."""
    run = add_command(
        commands,
        "run",
        "annotate articles",
        _run,
        "Annotate articles and publish them as one corpus, replacing the last one.",
    )
    run.add_argument("inputs", nargs="+", metavar="INPUT", help="file, folder or glob to read")
    run.add_argument("--config", metavar="FILE", help="settings in TOML, in the sections below")
    run.add_argument("--dry-run", action="store_true", help="show the plan and touch nothing")
    add_json(run)
    add_flags(run, without=(NIGHTLY,))
    plan = add_command(
        commands,
        "plan",
        "estimate a run: hours and memory on 1, 10 and 100 workers",
        _plan,
        "Plan a run, annotate a sample of its articles, and estimate the rest.",
    )
    plan.add_argument("inputs", nargs="+", metavar="INPUT", help="file, folder or glob to read")
    plan.add_argument("--config", metavar="FILE", help="settings in TOML")
    plan.add_argument("--target", choices=ENGINES, default="local", help="what would run it")
    plan.add_argument(
        "--sample", type=int, default=200, metavar="N",
        help="articles to annotate; 0: only plan (default: 200)",
    )  # fmt: skip
    add_json(plan)
    add_flags(plan, without=(NIGHTLY,))


@without_unused()
def _run(parsed: argparse.Namespace, beam: list[str]) -> int:
    options = options_of(parsed, beam)
    # Before Beam is imported, whose import would configure logging for us.
    logging.basicConfig(
        level=options.run.log_level.upper(),
        format="%(asctime)s %(levelname)s %(message)s",
        datefmt="%H:%M:%S",
    )
    if options.run.log_level != "debug":
        logging.getLogger("aiobotocore").setLevel(logging.WARNING)  # it tells of every store
    stop_cleanly()
    from pipeline.run import run

    return MANY_REJECTED if run(options) else DONE


def _plan(parsed: argparse.Namespace, beam: list[str]) -> int:
    if parsed.sample < 0:
        raise UsageError(ErrorCode.BAD_VALUE, f"--sample is {parsed.sample}", "give 0 or more")
    options = options_for_scheduler(parsed, beam)
    from pipeline.sizing import described, plan_corpus
    from pipeline.summary import tell, tell_json

    told = plan_corpus(options, parsed.target, parsed.sample)
    if parsed.as_json:
        tell_json(told)
    else:
        tell(described(told))
    return DONE
