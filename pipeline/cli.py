"""The command line: `python -m pipeline`.

Nothing heavy is imported before the arguments are known to be good: help answers at once.
"""

from __future__ import annotations

import argparse
import logging
import os
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from pipeline import __version__
from pipeline.command_line import annotate, exports, nights, queries, reports, upkeep
from pipeline.command_line.command import BAD_USAGE, EXIT_CODES, FAILED, INTERRUPTED, LOCKED
from pipeline.error_codes import ErrorCode
from pipeline.errors import LockedError, RunError, UsageError, WarraqError
from pipeline.options import similar

_PROGRAM = "warraq"  # where the wheel is installed
# In the order of the help; each module adds its commands by itself.
_FAMILIES = (
    annotate,
    nights,
    queries,
    exports,
    reports,
    upkeep,
)


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command that the arguments name and return its exit code."""
    # Workers share the cores between them, so each computes in one thread. numpy's library, too,
    # asks when it is imported: a second thread of it waits in a loop, and nothing is done sooner.
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    arguments, beam = _split_at_dashes(list(sys.argv[1:] if argv is None else argv))
    try:
        parsed, unknown = make_parser().parse_known_args(arguments)
        if unknown:
            flags = [flag for action in parsed.parser._actions for flag in action.option_strings]
            hint = similar(unknown[0].partition("=")[0], flags)
            cause = f"{unknown[0]} is not an option of {parsed.command}"
            raise UsageError(ErrorCode.UNKNOWN_OPTION, cause, hint)
        if beam and parsed.command != "run":
            cause = "only run takes options for Beam after --"
            raise UsageError(ErrorCode.BAD_ARGUMENTS, cause, "leave them out")
        return int(parsed.act(parsed, beam))
    except UsageError as error:
        return _refused(error, BAD_USAGE)
    except LockedError as error:
        return _refused(error, LOCKED)
    except RunError as error:
        return _refused(error, FAILED)
    except OSError as error:
        logging.getLogger("warraq").debug("the system refused", exc_info=True)
        cause, file = error.strerror or str(error), str(error.filename or "")
        return _refused(RunError(ErrorCode.SYSTEM, cause, file=file), FAILED)
    except KeyboardInterrupt:
        print("warraq: interrupted; nothing was published", file=sys.stderr)
        return INTERRUPTED
    except Exception as error:
        traceback.print_exc()
        cause = f"{type(error).__name__}: {error}"
        return _refused(RunError(ErrorCode.DEFECT, cause), FAILED)


def _refused(error: WarraqError, code: int) -> int:
    print(error.line, file=sys.stderr)
    return code


class _Parser(argparse.ArgumentParser):
    """A parser that refuses in one line."""

    def error(self, message: str) -> NoReturn:
        raise UsageError(ErrorCode.BAD_ARGUMENTS, message, f"see {self.prog} --help")


def make_parser() -> argparse.ArgumentParser:
    """The parser of all commands."""
    parser = _Parser(
        prog=_PROGRAM if Path(sys.argv[0]).name == _PROGRAM else "python -m pipeline",
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
