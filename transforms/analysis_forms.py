"""The forms of an analysis, put together out of those of its prefix, its stem and its suffix.

They are those of camel-tools' `merge_features`, by its own rules of spelling; that function merges
all thirty features of a database, which takes several times as long.
"""

from __future__ import annotations

from typing import NamedTuple

from camel_tools.morphology.utils import (
    normalize_tanwyn,
    rewrite_diac,
    rewrite_pattern,
    rewrite_tok_1,
    rewrite_tok_2,
)

from transforms.lexicon import Features


class Forms(NamedTuple):
    """How a word is spelled, cut and explained; the names are camel-tools'."""

    lex_id: str
    root: str
    pattern: str
    diac: str
    gloss: str
    bw: str
    d3tok: str
    atbtok: str
    rat: str


def forms_of(before: Features, stem: Features, after: Features) -> Forms:
    """The forms of an analysis, of its prefix, its stem and its suffix; what it lacks is empty."""
    first, middle, last = before.get("diac", ""), stem.get("diac", ""), after.get("diac", "")
    d3tok = before.get("d3tok", "") + stem.get("d3tok", middle) + after.get("d3tok", "")
    atbtok = before.get("atbtok", "") + stem.get("atbtok", middle) + after.get("atbtok", "")
    pattern = first + stem.get("pattern", middle) + last
    return Forms(
        lex_id=stem["lex_id"],
        root=stem.get("root", ""),
        pattern=rewrite_pattern(pattern),
        diac=normalize_tanwyn(rewrite_diac(_joined(first, middle, last))),
        gloss=_joined(before.get("gloss", ""), stem.get("gloss", ""), after.get("gloss", "")),
        bw=_joined(before.get("bw", ""), stem.get("bw", ""), after.get("bw", "")),
        d3tok=rewrite_tok_2(d3tok),
        atbtok=rewrite_tok_1(atbtok),
        rat=stem.get("rat", "-"),
    )


def _joined(first: str, middle: str, last: str) -> str:
    return "+".join([form for form in (first, middle, last) if form])
