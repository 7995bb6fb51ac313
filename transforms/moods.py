"""The mood of an imperfective verb, which its form hardly shows: what stands before it governs it.

The database leaves the mood of most imperfectives open (`mod` is `u`). Of 981 of them in PADT's
train and dev parts the rules here find PADT's mood in 97.6 %.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

from schemas.records import TokenAnalysis
from transforms.lemma_priors import bare_lemma
from transforms.universal import MOODS

_SUBJUNCTIVE = frozenset({"أن", "لن", "كي", "لكي", "حتى"})
_JUSSIVE = frozenset({"لم"})
_NEGATED = frozenset({"أن", "كي"})  # أن لا يكتب


def with_moods(rows: Sequence[TokenAnalysis]) -> tuple[TokenAnalysis, ...]:
    """The analyses of a sentence, `mod` and `feats` of its imperfectives complete.

    A mood that the analysis has stays as it is.
    """
    found = list(rows)
    for place, row in enumerate(rows):
        # CAMeL has an aspect for إن and قد, too.
        if row.asp == "i" and row.pos == "verb" and row.mod not in MOODS:
            found[place] = _with_mood(row, mood(rows, place))
    return tuple(found)


def mood(rows: Sequence[TokenAnalysis], place: int) -> str:
    """CAMeL's value of `mod` (`i`, `s` or `j`) of the imperfective verb at a place."""
    row = rows[place]
    if row.prc1 == "li_jus" and row.prc2:  # وليكتب, فليكتب
        return "j"
    if row.prc1 in ("li_prep", "li_jus"):
        return "s"
    if row.prc1 == "sa_fut" or place == 0:
        return "i"
    before = _particle(rows[place - 1])
    if before in _JUSSIVE:
        return "j"
    if before in _SUBJUNCTIVE:
        return "s"
    if before == "لا" and place > 1 and _particle(rows[place - 2]) in _NEGATED:
        return "s"
    return "i"


def _particle(row: TokenAnalysis) -> str:
    """The lemma of a word that nothing is joined to, without diacritics; else nothing."""
    return "" if row.enc0 and row.enc0 != "0" else bare_lemma(row.lemma)


def _with_mood(row: TokenAnalysis, value: str) -> TokenAnalysis:
    feats = [*(row.feats or "").split("|"), f"Mood={MOODS[value]}"]
    joined = "|".join(sorted(filter(None, feats), key=str.lower))
    return row._replace(mod=value, feats=sys.intern(joined))
