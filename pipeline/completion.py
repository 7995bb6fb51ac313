"""Completion of the command line in a shell, made by shtab from the parser itself."""

from __future__ import annotations

import argparse
import shlex
import sys
from pathlib import Path

import shtab

from pipeline.options import choices_of

SHELLS = ("bash", "zsh", "fish")
# A shell completes the arguments of one word, so the program gets one.
NAME = "warraq"

_ROOT = Path(__file__).resolve().parent.parent
_FUNCTIONS = {
    "bash": '{name}() {{ {program} "$@"; }}\n',
    "zsh": '{name}() {{ {program} "$@"; }}\n',
    "fish": "function {name}\n  {program} $argv\nend\n",
}
_FILES = {"FILE": shtab.FILE, "INPUT": shtab.FILE, "FOLDER": shtab.DIRECTORY}


def completion(parser: argparse.ArgumentParser, shell: str) -> str:
    """A script for a shell to read: it defines the command `warraq` and how it is completed.

    Args:
        parser: that of the whole program.
        shell: one of `SHELLS`.
    """
    parser.prog = NAME
    for command in _commands(parser):
        command.prog = f"{NAME} {command.prog.rpartition(' ')[2]}"
        for action in command._actions:
            _mark(action)
    path = f"PYTHONPATH={shlex.quote(str(_ROOT))}"
    program = f"{path} {shlex.quote(sys.executable)} -m pipeline"
    function = _FUNCTIONS[shell].format(name=NAME, program=program)
    return f"{function}\n{shtab.complete(parser, shell=shell)}"


def _commands(parser: argparse.ArgumentParser) -> list[argparse.ArgumentParser]:
    return [
        command
        for action in parser._actions
        if isinstance(action, argparse._SubParsersAction)
        for command in action.choices.values()
    ]


def _mark(action: argparse.Action) -> None:
    """Say how the value of an argument is completed."""
    if action.metavar in _FILES:
        action.complete = _FILES[action.metavar]  # type: ignore[attr-defined]
    elif choices := choices_of(action.dest):
        action.choices = choices
