"""`doctor`: what is installed, which models are there, what is missing and what mends it."""

from __future__ import annotations

import os
import platform
import re
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from pipeline import __version__
from pipeline.models import find_models, model_problems
from schemas.settings import Settings

_REQUIREMENTS = Path(__file__).resolve().parent.parent / "requirements.txt"
_PYTHON = (3, 11)
_PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;]+)")
_TOLD = ("apache-beam", "camel-tools", "stanza", "torch", "pyarrow", "chardet")


def examine() -> bool:
    """Print the state of this installation; say whether a run can begin."""
    print(f"warraq {__version__}, Python {platform.python_version()}, {os.cpu_count()} cores")
    problems = [*_python_problems(), *_package_problems(), *_model_problems()]
    for problem, mend in problems:
        print(f"PROBLEM  {problem}\n         mend it with: {mend}")
    print("ready" if not problems else f"not ready: {len(problems)} problems")
    return not problems


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
    for name in _TOLD:
        if not any(f"package {name} " in problem for problem in problems):
            print(f"package  {name} {version(name)}")
    return [(problem, "make setup") for problem in problems]


def _model_problems() -> list[tuple[str, str]]:
    problems = model_problems()
    if not problems:
        for model in find_models(Settings()).described:
            print(
                f"model    {model.name} ({model.version}), {model.licence}, sha256 {model.sha256}"
            )
    return problems
