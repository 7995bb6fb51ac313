"""What every command of the command line has."""

from __future__ import annotations

import argparse
import logging
import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pipeline.model_folders import MODELS
from pipeline.options import Options, make_options

DONE = 0
FAILED = 1
BAD_USAGE = 2
MANY_REJECTED = 3
LOCKED = 4
INTERRUPTED = 130

EXIT_CODES = """
exit codes: 0 done; 1 failed, nothing published; 2 bad usage or configuration, nothing begun;
3 done, but more articles were rejected than --max-rejected allows; 4 another run is writing to the
corpus, nothing begun.
"""
# What a command does: the parsed arguments and what came after -- in, the exit code out.
Act = Callable[[argparse.Namespace, list[str]], int]


def add_command(
    commands: Any, name: str, what: str, act: Act, description: str = ""
) -> argparse.ArgumentParser:
    """Add a command.

    Args:
        commands: the subparsers of the program.
        name: what the user types.
        what: it in a few words, for the list of commands.
        act: what to do; its imports of anything heavy are inside.
        description: what its own help says, if that is more.

    Returns:
        Its parser, to be given arguments.
    """
    command: argparse.ArgumentParser = commands.add_parser(
        name,
        help=what,
        description=description or f"{what[0].upper()}{what[1:]}.",
        epilog=EXIT_CODES,
        allow_abbrev=False,
    )
    command.set_defaults(act=act, parser=command)
    return command


def add_json(command: argparse.ArgumentParser) -> None:
    """Give a command that prints a table for people the flag `--json`, which programs want."""
    command.add_argument(
        "--json", dest="as_json", action="store_true", help="print JSON instead of a table"
    )


def options_of(parsed: argparse.Namespace, beam: list[str]) -> Options:
    """The options of a command that annotates; the folder of models holds for all processes."""
    options = make_options(parsed, beam)
    if options.run.models:
        os.environ[MODELS] = str(Path(options.run.models).absolute())
    return options


def options_for_scheduler(parsed: argparse.Namespace, beam: list[str]) -> Options:
    """The options of a command that a scheduler calls: only what is wrong goes to its mail."""
    options = options_of(parsed, beam)
    logging.basicConfig(
        level=logging.DEBUG if options.run.log_level == "debug" else logging.WARNING,
        format="warraq: %(levelname)s %(message)s",
    )
    stop_cleanly()
    return options


def stop_cleanly() -> None:
    """Let a scheduler's way to stop a run be as clean as a person's."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
