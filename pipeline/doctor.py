"""`doctor`: what is installed, which models are there, what is missing and what mends it."""

from __future__ import annotations

import os
import platform
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from pipeline import __version__
from pipeline.models import find_models, model_problems
from pipeline.summary import tell, tell_json
from schemas.settings import Settings

_REQUIREMENTS = Path(__file__).resolve().parent.parent / "requirements.txt"
_PYTHON = (3, 11)
_PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;]+)")
_TOLD = ("apache-beam", "camel-tools", "stanza", "torch", "pyarrow", "chardet")


def examine(as_json: bool = False) -> bool:
    """Print the state of this installation; say whether a run can begin."""
    packages = _package_problems()
    models = model_problems()
    problems = [*_python_problems(), *packages, *models]
    state = {
        "warraq": __version__,
        "python": platform.python_version(),
        "cores": os.cpu_count(),
        "packages": _packages(packages),
        "models": [] if models else [asdict(one) for one in find_models(Settings()).described],
        "problems": [{"problem": problem, "mend": mend} for problem, mend in problems],
        "ready": not problems,
    }
    if as_json:
        tell_json(state)
    else:
        tell("\n".join(_lines(state)))
    return not problems


def _lines(state: Mapping[str, Any]) -> Iterator[str]:
    yield f"warraq {state['warraq']}, Python {state['python']}, {state['cores']} cores"
    for name, found in state["packages"].items():
        yield f"package  {name} {found}"
    for model in state["models"]:
        yield "model    {name} ({version}), {licence}, sha256 {sha256}".format(**model)
    for one in state["problems"]:
        yield f"PROBLEM  {one['problem']}\n         mend it with: {one['mend']}"
    problems = len(state["problems"])
    yield f"not ready: {problems} problems" if problems else "ready"


def package_problems(requirements: str) -> list[str]:
    """Where the installed packages differ from the pins of a requirements file."""
    problems = []
    for line in requirements.splitlines():
        pin = _PIN.match(line)
        if not pin:
            continue
        name, wanted = pin.groups()
        try:
            found = version(name)
        except PackageNotFoundError:
            problems.append(f"package {name} {wanted} is not installed")
            continue
        # A build of a package for one kind of machine carries a suffix: 2.13.0+cpu.
        if found.partition("+")[0] != wanted:
            problems.append(f"package {name} is {found}, not {wanted}")
    return problems


def _python_problems() -> list[tuple[str, str]]:
    if sys.version_info[:2] == _PYTHON:
        return []
    wanted = ".".join(map(str, _PYTHON))
    return [(f"Python {wanted} is needed", f"make clean-all, then make PYTHON=python{wanted}")]


def _package_problems() -> list[tuple[str, str]]:
    # A wheel comes without the pins: there, each run compares its workers with itself.
    pins = _REQUIREMENTS.read_text(encoding="utf-8") if _REQUIREMENTS.is_file() else ""
    problems = package_problems(pins)
    return [(problem, "make setup") for problem in problems]


def _packages(problems: Sequence[tuple[str, str]]) -> dict[str, str]:
    """The versions of those that matter most, as far as they are as they should be."""
    wrong = " ".join(problem for problem, _ in problems)
    return {name: version(name) for name in _TOLD if f"package {name} " not in wrong}
