"""Lists of words kept as data beside the code: one entry a line, `#` begins a comment."""

from __future__ import annotations

from pathlib import Path

_FOLDER = Path(__file__).parent


def word_list(name: str) -> list[str]:
    """The entries of the file `name` of this folder, in order."""
    lines = (_FOLDER / name).read_text(encoding="utf-8").splitlines()
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]
