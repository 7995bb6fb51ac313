"""The command line: `python -m pipeline`.

Nothing heavy is imported before the arguments are known to be good: help answers at once.
"""

from __future__ import annotations

import argparse
import logging
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from pipeline import __version__
from pipeline.errors import RunError, UsageError
from pipeline.options import add_flags, make_options, setting_flags, similar

DONE = 0
FAILED = 1
BAD_USAGE = 2
MANY_REJECTED = 3
INTERRUPTED = 130

_EPILOG = """
exit codes: 0 done; 1 failed, nothing published; 2 bad usage or configuration, nothing begun;
3 done, but more articles were rejected than --max-rejected allows.
"""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command that the arguments name and return its exit code."""
    arguments, beam = _split_at_dashes(list(sys.argv[1:] if argv is None else argv))
    try:
        parsed, unknown = _parser().parse_known_args(arguments)
        if unknown:
            flags = [f"--{flag}" for flag in ("config", "dry-run", *setting_flags())]
            hint = similar(unknown[0].partition("=")[0], flags)
            raise UsageError(f"{unknown[0]} is not an option of {parsed.command}{hint}")
        if beam and parsed.command != "run":
            raise UsageError("only run takes options for Beam after --")
        return int(parsed.act(parsed, beam))
    except UsageError as error:
        print(f"warraq: {error}", file=sys.stderr)
        return BAD_USAGE
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
        epilog=_EPILOG,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"warraq {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)

    run = commands.add_parser(
        "run",
        help="annotate articles",
        description="Annotate articles and publish them as one corpus, replacing the last one.",
        epilog=_EPILOG,
        allow_abbrev=False,
    )
    run.add_argument("inputs", nargs="+", metavar="INPUT", help="file, folder or glob to read")
    run.add_argument("--config", metavar="FILE", help="settings in TOML, in the sections below")
    run.add_argument("--dry-run", action="store_true", help="show the plan and touch nothing")
    add_flags(run)
    run.set_defaults(act=_run)

    export = commands.add_parser(
        "export",
        help="write a corpus in another format",
        description="Write the sentences of a published corpus in another format.",
        epilog=_EPILOG,
        allow_abbrev=False,
    )
    export.add_argument("--format", choices=["conllu"], required=True, help="format to write")
    export.add_argument(
        "--corpus", metavar="FOLDER", default="corpus", help="corpus to read (default: corpus)"
    )
    export.add_argument(
        "--output", metavar="FILE", required=True, help="file to write; -: standard output"
    )
    export.set_defaults(act=_export)
    models = commands.add_parser(
        "models", help="fetch and make the model files", allow_abbrev=False
    )
    models.set_defaults(act=_models)
    doctor = commands.add_parser(
        "doctor",
        help="say what is installed, what is missing and what mends it",
        allow_abbrev=False,
    )
    doctor.set_defaults(act=_doctor)
    columns = commands.add_parser(
        "dictionary", help="print the data dictionary: every column explained", allow_abbrev=False
    )
    columns.set_defaults(act=_dictionary)
    return parser


def _split_at_dashes(arguments: list[str]) -> tuple[list[str], list[str]]:
    if "--" not in arguments:
        return arguments, []
    at = arguments.index("--")
    return arguments[:at], arguments[at + 1 :]


def _run(parsed: argparse.Namespace, beam: list[str]) -> int:
    options = make_options(parsed, beam)
    # Before Beam is imported, whose import would configure logging for us.
    logging.basicConfig(
        level=options.run.log_level.upper(),
        format="%(asctime)s %(levelname)s %(message)s",
        datefmt="%H:%M:%S",
    )
    # A scheduler's way to stop a run is to be as clean as a person's.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    from pipeline.run import run

    return MANY_REJECTED if run(options) else DONE


def _export(parsed: argparse.Namespace, beam: list[str]) -> int:
    from pipeline.export import export

    export(Path(parsed.corpus), parsed.output)
    return DONE


def _models(parsed: argparse.Namespace, beam: list[str]) -> int:
    from pipeline.models import make_models

    make_models()
    return DONE


def _doctor(parsed: argparse.Namespace, beam: list[str]) -> int:
    from pipeline.doctor import examine

    return DONE if examine() else FAILED


def _dictionary(parsed: argparse.Namespace, beam: list[str]) -> int:
    from pipeline.dictionary import data_dictionary
    from pipeline.summary import tell

    tell(data_dictionary().rstrip("\n"))
    return DONE
