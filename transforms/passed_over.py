"""Packages that are passed over while something else is imported.

What a library uses if it is installed, and we never use, can take most of the time of its import.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.abc import MetaPathFinder
from types import ModuleType


@contextmanager
def passed_over(*packages: str) -> Iterator[None]:
    """Meanwhile nobody finds these packages, unless they have been imported before."""
    # Not `None` in `sys.modules`, Python's own mark: compiled code takes it for the module.
    finder = _FindsNone(packages)
    sys.meta_path.insert(0, finder)
    try:
        yield
    finally:
        sys.meta_path.remove(finder)


class _FindsNone(MetaPathFinder):
    def __init__(self, packages: Sequence[str]) -> None:
        self._packages = frozenset(packages)

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> None:
        if name in self._packages:
            raise ModuleNotFoundError(f"{name} is passed over", name=name)
