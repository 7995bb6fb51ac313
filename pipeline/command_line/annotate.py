"""The command `run`."""

from __future__ import annotations

import argparse
import logging
from typing import Any

from pipeline.command_line.command import (
    DONE,
    MANY_REJECTED,
    add_command,
    add_json,
    stop_cleanly,
)
from pipeline.options import NIGHTLY, add_flags, make_options


def add_commands(commands: Any) -> None:
    """Add `run`."""
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


def _run(parsed: argparse.Namespace, beam: list[str]) -> int:
    options = make_options(parsed, beam)
    # Before Beam is imported, whose import would configure logging for us.
    logging.basicConfig(
        level=options.run.log_level.upper(),
        format="%(asctime)s %(levelname)s %(message)s",
        datefmt="%H:%M:%S",
    )
    stop_cleanly()
    from pipeline.run import run

    return MANY_REJECTED if run(options) else DONE
