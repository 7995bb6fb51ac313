"""The row of a word's analysis, once it is chosen."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

from schemas.records import AnalysisSource, TokenAnalysis
from transforms.lexicon import Candidate
from transforms.lexicon_tables import CLITICS, INFLECTION
from transforms.reading_numbers import letters_changed
from transforms.readings import Reading, plain_lemma
from transforms.universal import universal_features, universal_pos

_NO_VALUE = frozenset({"", "-", "0", "na"})
_NO_ROOT = frozenset({"", "NTWS", "O", "U"})  # of a guess of one letter it is empty
# The database has وَ as conjunction, particle and `while`. No data at hand tells them apart, and
# nearly all are conjunctions.
_CONJUNCTION = "wa_conj"
_OTHER_WA = {"wa_part": ("PART", "[part.]"), "wa_sub": ("SUB_CONJ", "while")}

_SCORE = TokenAnalysis._fields.index("analysis_score")

Merge = Callable[[Candidate], dict[str, Any]]


def analysis_row(
    word: str, reading: Reading, merge: Merge, score: float, count: int
) -> TokenAnalysis:
    """All columns of a reading of a word.

    Args:
        word: without diacritics.
        reading: the one that was chosen.
        merge: gives all features of an analysis, as camel-tools has them.
        score: how sure the choice is, over 0 to 1.
        count: among how many readings it was made.
    """
    candidate = reading.candidate
    merged = _with_conjunction(merge(candidate))
    values = {name: _known(merged.get(name)) for name in (*CLITICS, *INFLECTION)}
    given = values | {"diac": merged["diac"]}
    has_root = merged.get("root") is not None and merged["root"] not in _NO_ROOT
    same_lemma = reading.lemma == plain_lemma(merged["lex_id"])
    record: dict[str, Any] = {
        "lemma": reading.lemma,
        "lemma_id": merged["lex_id"] if same_lemma else f"{reading.lemma}_0",
        "root": merged["root"] if has_root else None,
        "pattern": merged["pattern"] if has_root else None,
        "pos": reading.pos,
        "upos": universal_pos(reading.pos, reading.lemma, given),
        "feats": universal_features(reading.pos, given, reading.lemma),
        "diac": merged["diac"],
        "gloss": _known(merged.get("gloss")),
        "bw": _known(merged.get("bw")),
        "d3": merged["d3tok"],
        "atb": merged["atbtok"],
        **values,
        "analysis_source": _source(word, candidate),
        "analysis_score": score,
        "analysis_count": count,
    }
    # Workers remember many rows: most of their strings are in others, or in this one, too.
    for name, value in record.items():
        record[name] = sys.intern(value) if isinstance(value, str) else value
    return TokenAnalysis(**record)


def with_score(row: TokenAnalysis, score: float) -> TokenAnalysis:
    """The same row with another score."""
    return TokenAnalysis._make((*row[:_SCORE], score, *row[_SCORE + 1 :]))


def _with_conjunction(merged: dict[str, Any]) -> dict[str, Any]:
    """The features of an analysis, with any other reading of a proclitic و as the conjunction."""
    other = _OTHER_WA.get(merged.get("prc2", "0"))
    if other is None:
        return merged
    tag, gloss = other
    changed = {"prc2": _CONJUNCTION}
    for name, before, after in (("bw", f"/{tag}", "/CONJ"), ("gloss", gloss, "and")):
        if merged.get(name):
            changed[name] = merged[name].replace(before, after, 1)
    return {**merged, **changed}


def _source(word: str, candidate: Candidate) -> AnalysisSource:
    if candidate.is_guess:
        return "backoff"
    return "spelling_variant" if letters_changed(word, candidate) else "lexicon"


def _known(value: str | None) -> str | None:
    """CAMeL's value, or None where it says that the feature does not apply; `u` is kept."""
    return None if value is None or value in _NO_VALUE else value
