"""The command `export`."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from pipeline.command_line.command import DONE, add_command


def add_commands(commands: Any) -> None:
    """Add `export`."""
    export = add_command(
        commands,
        "export",
        "write a corpus in another format",
        _export,
        "Write the sentences of a published corpus in another format.",
    )
    export.add_argument("--format", choices=["conllu"], required=True, help="format to write")
    export.add_argument(
        "--corpus", metavar="FOLDER", default="corpus", help="corpus to read (default: corpus)"
    )
    export.add_argument(
        "--output", metavar="FILE", required=True, help="file to write; -: standard output"
    )


def _export(parsed: argparse.Namespace, beam: list[str]) -> int:
    from pipeline.export import export

    export(Path(parsed.corpus), parsed.output)
    return DONE
