"""The values that a reading claims, by name and by number: a sentence favours some of them."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import numpy as np

from transforms.lemma_priors import lemma_key
from transforms.lexicon_tables import CLITICS

# The features that a reading claims a value of, besides `pos`.
CLAIMED = (*CLITICS, "asp", "cas", "gen", "num", "per", "mod", "stt", "vox")
VALUES_PER_READING = len(CLAIMED) + 5


class ValueTable:
    """Numbers of the values that readings claim; 0 is any value that it lacks."""

    def __init__(self, names: Sequence[str]) -> None:
        """Number `names` from 1 on."""
        self.names = tuple(names)
        self._numbers = {name: number for number, name in enumerate(names, 1)}

    def claimed(self, pos: str, features: tuple[str, ...]) -> bytes:
        """What a reading claims but for its lemma, as 16-bit numbers; `features` of `CLAIMED`."""
        given = [self._numbers.get(name, 0) for name in claims(pos, features)]
        return np.array(given, dtype=np.int16).tobytes()

    def lemma_claimed(self, lemma: str) -> bytes:
        """What a reading claims of its lemma, as one more such number."""
        return self._numbers.get(lemma_claim(lemma), 0).to_bytes(2, sys.byteorder)


def lemma_claim(lemma: str) -> str:
    """The name of the value that a reading claims of its lemma."""
    return f"lemma={lemma_key(lemma)}"


def claims(pos: str, features: tuple[str, ...]) -> tuple[str, ...]:
    """The names of the values that a reading claims: each feature, and some of them together."""
    given = dict(zip(CLAIMED, features, strict=True))
    enclitic = given["enc0"].partition("_")[2] or given["enc0"]
    together = (
        ("pos", pos),
        ("form", "|".join((pos, *(given[name] for name in ("asp", "vox", "per", "gen", "num"))))),
        ("word", "|".join((pos, *(given[name] for name in CLITICS[:4]), enclitic))),
        ("case", "|".join((pos, given["cas"], given["stt"], given["mod"]))),
    )
    return tuple(
        f"{name}={value}" for name, value in (*zip(CLAIMED, features, strict=True), *together)
    )
