"""The commands that keep the house: init, completion, digest, models, doctor and the like."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from pipeline.command_line.command import DONE, FAILED, add_command, add_json


def add_commands(commands: Any) -> None:
    """Add the commands that keep the house."""
    init = add_command(commands, "init", "write a settings file that explains every setting", _init)
    init.add_argument(
        "file", nargs="?", metavar="FILE", default="warraq.toml",
        help="file to write (default: warraq.toml)",
    )  # fmt: skip
    init.add_argument("--force", action="store_true", help="replace a file that is there")
    completion = add_command(
        commands, "completion", "print a script that lets a shell complete commands", _completion
    )
    completion.add_argument("shell", choices=["bash", "zsh", "fish"], help="the shell")
    digest = add_command(
        commands,
        "digest",
        "tell whether two corpora hold the same rows",
        _digest,
        "Print a digest of the rows of a corpus, whatever files they lie in.",
    )
    digest.add_argument("corpus", metavar="FOLDER", nargs="?", default="corpus", help="the corpus")
    add_command(commands, "models", "fetch and make the model files", _models)
    doctor = add_command(
        commands, "doctor", "say what is installed, what is missing and what mends it", _doctor
    )
    add_json(doctor)
    add_command(
        commands, "dictionary", "print the data dictionary: every column explained", _dictionary
    )
    add_command(
        commands, "errors", "print what each error and rejection means and what to do", _errors
    )


def _init(parsed: argparse.Namespace, beam: list[str]) -> int:
    from pipeline.settings_file import write_settings
    from pipeline.summary import tell

    write_settings(Path(parsed.file), parsed.force)
    tell(f"{parsed.file} has every setting: `run … --config {parsed.file}` uses it")
    return DONE


def _completion(parsed: argparse.Namespace, beam: list[str]) -> int:
    from pipeline.cli import make_parser
    from pipeline.completion import completion
    from pipeline.summary import tell

    tell(completion(make_parser(), parsed.shell))
    return DONE


def _digest(parsed: argparse.Namespace, beam: list[str]) -> int:
    from pipeline.places import place
    from pipeline.row_digest import corpus_digest, summary
    from pipeline.summary import tell

    tell(summary(corpus_digest(place(parsed.corpus))))
    return DONE


def _models(parsed: argparse.Namespace, beam: list[str]) -> int:
    from pipeline.models import make_models

    make_models()
    return DONE


def _doctor(parsed: argparse.Namespace, beam: list[str]) -> int:
    from pipeline.doctor import examine

    return DONE if examine(parsed.as_json) else FAILED


def _dictionary(parsed: argparse.Namespace, beam: list[str]) -> int:
    from pipeline.dictionary import data_dictionary
    from pipeline.summary import tell

    tell(data_dictionary().rstrip("\n"))
    return DONE


def _errors(parsed: argparse.Namespace, beam: list[str]) -> int:
    from pipeline.error_page import error_page
    from pipeline.summary import tell

    tell(error_page().rstrip("\n"))
    return DONE
