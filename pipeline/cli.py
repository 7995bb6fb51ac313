"""The command line: `python -m pipeline`.

Nothing heavy is imported before the arguments are known to be good: help answers at once.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from typing import NoReturn

from pipeline import __version__
from pipeline.command_line import annotate, exports, nights, upkeep
from pipeline.command_line.command import BAD_USAGE, EXIT_CODES, FAILED, INTERRUPTED, LOCKED
from pipeline.errors import LockedError, RunError, UsageError
from pipeline.options import similar

# In the order of the help; each module adds its commands by itself.
_FAMILIES = (
    annotate,
    nights,
    exports,
    upkeep,
)


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command that the arguments name and return its exit code."""
    arguments, beam = _split_at_dashes(list(sys.argv[1:] if argv is None else argv))
    try:
        parsed, unknown = _parser().parse_known_args(arguments)
        if unknown:
            flags = [flag for action in parsed.parser._actions for flag in action.option_strings]
            hint = similar(unknown[0].partition("=")[0], flags)
            raise UsageError(f"{unknown[0]} is not an option of {parsed.command}{hint}")
        if beam and parsed.command != "run":
            raise UsageError("only run takes options for Beam after --")
        return int(parsed.act(parsed, beam))
    except UsageError as error:
        print(f"warraq: {error}", file=sys.stderr)
        return BAD_USAGE
    except LockedError as error:
        print(f"warraq: {error}", file=sys.stderr)
        return LOCKED
    except RunError as error:
        print(f"warraq: {error}", file=sys.stderr)
        return FAILED
    except KeyboardInterrupt:
        print("warraq: interrupted; nothing was published", file=sys.stderr)
        return INTERRUPTED


class _Parser(argparse.ArgumentParser):
    """A parser that refuses in one line."""

    def error(self, message: str) -> NoReturn:
        raise UsageError(f"{message} (see {self.prog} --help)")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="python -m pipeline",
        description="Warraq turns raw Arabic news articles into an annotated corpus in Parquet.",
        epilog=EXIT_CODES,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"warraq {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for family in _FAMILIES:
        family.add_commands(commands)
    return parser


def _split_at_dashes(arguments: list[str]) -> tuple[list[str], list[str]]:
    if "--" not in arguments:
        return arguments, []
    at = arguments.index("--")
    return arguments[:at], arguments[at + 1 :]
