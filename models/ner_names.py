"""Lists of names: which words are parts of the names of persons, places and organisations."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path

from transforms.word_marks import LISTS
from transforms.word_vectors import vector_view

_PERSONS, _PLACES, _ORGANISATIONS, _GIVEN_NAMES = LISTS
_ARABIC = re.compile(r"[\u0621-\u065f]+")
_SHORTEST_PART = 3  # of a place or an organisation: shorter parts are mostly particles


def read_names(folder: Path) -> dict[str, frozenset[str]]:
    """For each word of the lists, as the tagger sees it, those of `LISTS` that hold it.

    Args:
        folder: holds ANERgazet (`anergazet_{pers,loc,org}.txt`, a name a line), `given_names.csv`
            (gender, name) and `countries.ar.tsv` (names, then a code).

    Raises:
        FileNotFoundError: a list is missing.
    """
    found: dict[str, set[str]] = {}
    for kind, text in _texts(folder):
        for part in _ARABIC.findall(text):
            word = vector_view(part)
            if len(word) >= _SHORTEST_PART or kind not in (_PLACES, _ORGANISATIONS):
                found.setdefault(word, set()).add(kind)
    return {word: frozenset(kinds) for word, kinds in sorted(found.items())}


def _texts(folder: Path) -> Iterator[tuple[str, str]]:
    for kind, short in ((_PERSONS, "pers"), (_PLACES, "loc"), (_ORGANISATIONS, "org")):
        yield kind, (folder / f"anergazet_{short}.txt").read_text(encoding="utf-8")
    yield _PLACES, (folder / "countries.ar.tsv").read_text(encoding="utf-8")
    with (folder / "given_names.csv").open(encoding="utf-8-sig", newline="") as lines:
        for row in csv.DictReader(lines):
            yield _GIVEN_NAMES, row["name"]
