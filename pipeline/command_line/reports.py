"""The command `report`."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from pipeline.command_line.command import DONE, add_command
from pipeline.error_codes import ErrorCode
from pipeline.errors import UsageError


def add_commands(commands: Any) -> None:
    """Add `report`."""
    report = add_command(
        commands,
        "report",
        "show a corpus on one page",
        _report,
        "Write one HTML page that shows a corpus, and say where it is.",
    )
    report.add_argument(
        "--corpus", metavar="FOLDER", default="corpus", help="corpus to show (default: corpus)"
    )
    report.add_argument(
        "--run", metavar="RUN", help="show what one run put into it, by its number in `runs`"
    )
    report.add_argument(
        "--output", metavar="FILE", help="page to write (default: report.html in the corpus)"
    )


def _report(parsed: argparse.Namespace, beam: list[str]) -> int:
    from pipeline.places import is_store, place
    from pipeline.report.build import report

    corpus = place(parsed.corpus)
    if is_store(corpus):
        cause = "is on a store, and the report reads folders"
        raise UsageError(ErrorCode.BAD_ARGUMENTS, cause, "copy the corpus here first", corpus)
    report(corpus, parsed.run, Path(parsed.output) if parsed.output else None)
    return DONE
