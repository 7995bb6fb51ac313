"""The command line: `python -m pipeline`.

Nothing heavy is imported before the arguments are known to be good: help answers at once.
"""

from __future__ import annotations

import argparse
import datetime
import logging
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn

from pipeline import __version__
from pipeline.errors import LockedError, RunError, UsageError
from pipeline.model_folders import MODELS
from pipeline.options import (
    NIGHTLY,
    Options,
    add_flags,
    make_options,
    setting_flags,
    similar,
)

DONE = 0
FAILED = 1
BAD_USAGE = 2
MANY_REJECTED = 3
LOCKED = 4
INTERRUPTED = 130

_PROGRAM = "warraq"  # where the wheel is installed

_EPILOG = """
exit codes: 0 done; 1 failed, nothing published; 2 bad usage or configuration, nothing begun;
3 done, but more articles were rejected than --max-rejected allows; 4 another run is writing to the
corpus, nothing begun.
"""
# What only the nightly run has a use for.
_NIGHTLY = (NIGHTLY,)


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command that the arguments name and return its exit code."""
    arguments, beam = _split_at_dashes(list(sys.argv[1:] if argv is None else argv))
    try:
        parsed, unknown = _parser().parse_known_args(arguments)
        if unknown:
            without = _NIGHTLY if parsed.command == "run" else ()
            flags = [f"--{flag}" for flag in ("config", "dry-run", *setting_flags(without))]
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
        prog=_PROGRAM if Path(sys.argv[0]).name == _PROGRAM else "python -m pipeline",
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
    add_flags(run, without=_NIGHTLY)
    run.set_defaults(act=_run)
    _add_corpus_commands(commands)

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
    digest = commands.add_parser(
        "digest",
        help="tell whether two corpora hold the same rows",
        description="Print a digest of the rows of a corpus, whatever files they lie in.",
        allow_abbrev=False,
    )
    digest.add_argument("corpus", metavar="FOLDER", nargs="?", default="corpus", help="the corpus")
    digest.set_defaults(act=_digest)
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


def _add_corpus_commands(commands: Any) -> None:
    """The commands of a corpus that grows."""
    described = {
        "nightly": ("annotate what is new or changed since the last night", _nightly),
        "backfill": ("a night that annotates again what was published in a time", _backfill),
        "compact": ("put the corpus into few large files", _compact),
        "audit": ("see whether every input file is accounted for", _audit),
    }
    for name, (what, act) in described.items():
        command = commands.add_parser(
            name, help=what, description=what.capitalize() + ".", epilog=_EPILOG, allow_abbrev=False
        )
        command.add_argument("inputs", nargs="*", metavar="INPUT", help="file, folder or glob")
        command.add_argument("--config", metavar="FILE", help="settings in TOML")
        if name == "backfill":
            for flag, day in (("from", "first"), ("to", "last")):
                command.add_argument(
                    f"--{flag}", dest=day, metavar="DATE", type=_date, required=True,
                    help=f"{day} day, as 2026-01-31",
                )  # fmt: skip
        add_flags(command)
        command.set_defaults(act=act)
    runs = commands.add_parser("runs", help="list the runs into a corpus", allow_abbrev=False)
    runs.add_argument(
        "what", nargs="*", metavar="show RUN | diff RUN RUN", help="one in full, or two compared"
    )
    runs.add_argument("--output", metavar="FOLDER", default="corpus", help="the corpus")
    runs.set_defaults(act=_runs)


def _date(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def _split_at_dashes(arguments: list[str]) -> tuple[list[str], list[str]]:
    if "--" not in arguments:
        return arguments, []
    at = arguments.index("--")
    return arguments[:at], arguments[at + 1 :]


def _options(parsed: argparse.Namespace, beam: list[str]) -> Options:
    options = make_options(parsed, beam)
    if options.run.models:
        # For this process and for the workers that it starts.
        os.environ[MODELS] = str(Path(options.run.models).absolute())
    return options


def _run(parsed: argparse.Namespace, beam: list[str]) -> int:
    options = _options(parsed, beam)
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


def _prepared(parsed: argparse.Namespace, beam: list[str]) -> Options:
    """The options of a command that a scheduler calls: only what is wrong goes to its mail."""
    options = _options(parsed, beam)
    logging.basicConfig(
        level=logging.DEBUG if options.run.log_level == "debug" else logging.WARNING,
        format="warraq: %(levelname)s %(message)s",
    )
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    return options


def _nightly(parsed: argparse.Namespace, beam: list[str]) -> int:
    options = _prepared(parsed, beam)
    from pipeline.commands import nightly

    return MANY_REJECTED if nightly(options) else DONE


def _backfill(parsed: argparse.Namespace, beam: list[str]) -> int:
    options = _prepared(parsed, beam)
    from pipeline.commands import backfill

    return MANY_REJECTED if backfill(options, parsed.first, parsed.last) else DONE


def _compact(parsed: argparse.Namespace, beam: list[str]) -> int:
    options = _prepared(parsed, beam)
    from pipeline.commands import compact

    compact(options)
    return DONE


def _audit(parsed: argparse.Namespace, beam: list[str]) -> int:
    options = _prepared(parsed, beam)
    from pipeline.commands import audit

    return DONE if audit(options) else FAILED


def _runs(parsed: argparse.Namespace, beam: list[str]) -> int:
    from pipeline.commands import runs

    runs(Path(parsed.output), parsed.what)
    return DONE


def _export(parsed: argparse.Namespace, beam: list[str]) -> int:
    from pipeline.export import export

    export(Path(parsed.corpus), parsed.output)
    return DONE


def _digest(parsed: argparse.Namespace, beam: list[str]) -> int:
    from pipeline.row_digest import corpus_digest, summary
    from pipeline.summary import tell

    tell(summary(corpus_digest(Path(parsed.corpus))))
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
