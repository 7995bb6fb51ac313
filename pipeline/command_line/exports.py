"""The commands `export` and `where`."""

from __future__ import annotations

import argparse
from typing import Any

from pipeline.command_line.command import DONE, add_command
from schemas.manifest import TABLES

_FORMATS = ("conllu", "jsonl", "brat", "webanno", "huggingface")

_DESCRIPTION = """
Write a published corpus in another format.

  conllu        a file of CoNLL-U (Universal Dependencies)
  jsonl         a file with a JSON object for each sentence, with all its columns
  brat          a folder of texts and their names for correction in brat
  webanno       a folder of WebAnno TSV 3.3 for correction in INCEpTION
  huggingface   a folder that datasets.load_dataset opens, with a card
"""


def add_commands(commands: Any) -> None:
    """Add `export` and `where`."""
    export = add_command(
        commands, "export", "write a corpus in another format", _export, _DESCRIPTION
    )
    export.formatter_class = argparse.RawDescriptionHelpFormatter
    export.add_argument("--format", choices=_FORMATS, required=True, help="format to write")
    export.add_argument(
        "--corpus", metavar="FOLDER", default="corpus", help="corpus to read (default: corpus)"
    )
    export.add_argument(
        "--output", metavar="PATH", required=True,
        help="file or folder to write; -: standard output, for formats of one file",
    )  # fmt: skip
    export.add_argument(
        "--articles", type=int, metavar="N", help="only the first N articles (default: all)"
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
    from pipeline.exports.export import export
    from pipeline.places import place

    export(place(parsed.corpus), parsed.output, parsed.format, parsed.articles)
    return DONE


def _where(parsed: argparse.Namespace, beam: list[str]) -> int:
    from pipeline.places import place
    from pipeline.summary import tell
    from pipeline.where import published

    version = published(place(parsed.corpus))
    tell(str(version / parsed.table if parsed.table else version))
    return DONE
