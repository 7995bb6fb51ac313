"""The commands that keep the house: models, doctor, dictionary, errors."""

from __future__ import annotations

import argparse
from typing import Any

from pipeline.command_line.command import DONE, FAILED, add_command


def add_commands(commands: Any) -> None:
    """Add the commands that keep the house."""
    add_command(commands, "models", "fetch and make the model files", _models)
    add_command(
        commands, "doctor", "say what is installed, what is missing and what mends it", _doctor
    )
    add_command(
        commands, "dictionary", "print the data dictionary: every column explained", _dictionary
    )
    add_command(
        commands, "errors", "print what each error and rejection means and what to do", _errors
    )


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


def _errors(parsed: argparse.Namespace, beam: list[str]) -> int:
    from pipeline.error_page import error_page
    from pipeline.summary import tell

    tell(error_page().rstrip("\n"))
    return DONE
