"""The commands `export` and `where`."""

from __future__ import annotations

import argparse
from typing import Any

from pipeline.command_line.command import DONE, add_command
from schemas.manifest import TABLES


def add_commands(commands: Any) -> None:
    """Add `export` and `where`."""
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
    where = add_command(
        commands,
        "where",
        "print what to read a corpus from",
        _where,
        "Print the place that readers open: on a store, it changes with each run.",
    )
    where.add_argument("corpus", metavar="CORPUS", help="folder or place of a corpus")
    where.add_argument("table", nargs="?", choices=TABLES, help="one of its tables")


def _export(parsed: argparse.Namespace, beam: list[str]) -> int:
    from pipeline.export import export
    from pipeline.places import place

    export(place(parsed.corpus), parsed.output)
    return DONE


def _where(parsed: argparse.Namespace, beam: list[str]) -> int:
    from pipeline.places import place
    from pipeline.summary import tell
    from pipeline.where import published

    version = published(place(parsed.corpus))
    tell(str(version / parsed.table if parsed.table else version))
    return DONE
