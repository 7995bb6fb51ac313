"""The names of agencies, papers and places that sign reports, from `agencies.txt`, `places.txt`."""

from __future__ import annotations

import functools
from typing import NamedTuple

from transforms.folding import fold
from transforms.word_lists import word_list


class Names(NamedTuple):
    """Agencies by their folded letters, those that are also common words, and places."""

    agencies: frozenset[str]
    ambiguous: frozenset[str]
    places: frozenset[str]


def is_agency(text: str) -> bool:
    """Whether `text` is nothing but the name of an agency, paper or station."""
    key = _key(text)
    return key in load_names().agencies or key in load_names().ambiguous


def is_ambiguous(text: str) -> bool:
    """Whether the name of an agency is also a common word or a city: `سبق`, `الرياض`."""
    return _key(text) in load_names().ambiguous


def is_place(text: str) -> bool:
    """Whether `text` is a city of `places.txt`."""
    return fold(text) in load_names().places


@functools.cache
def load_names() -> Names:
    """The names of `agencies.txt` and `places.txt`, folded."""
    agencies: set[str] = set()
    ambiguous: set[str] = set()
    for entry in word_list("agencies.txt"):
        (ambiguous if entry.startswith("?") else agencies).add(_key(entry))
    places = frozenset(map(fold, word_list("places.txt")))
    return Names(frozenset(agencies - ambiguous), frozenset(ambiguous), places)


@functools.lru_cache(maxsize=10_000)
def _key(text: str) -> str:
    return fold(text).replace(" ", "") or text.strip(" ?")
