"""Morphology by frequency alone: what the database holds most probable, whatever the sentence."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

from schemas.records import TokenAnalysis
from tests.articles import analysis as blank_analysis
from tests.merging import merge
from transforms.lexicon import Candidate, load_lexicon
from transforms.lexicon_tables import CLITICS, INFLECTION, LOG_PROBABILITIES
from transforms.nonwords import analyse_nonword, unknown_word
from transforms.tokens import ARABIC_LETTERS, MARKS
from transforms.universal import universal_features, universal_pos

FREQUENCY_ALONE = "frequency alone"
_WORD = re.compile(rf"[{ARABIC_LETTERS}]+")
_NO_VALUE = frozenset({"", "-", "0", "na"})


class FrequencyAnalyser:
    """The analysis with the highest log-probability of lemma and part of speech together.

    As camel-tools' MLE disambiguator does for a word that it was not trained on; unknown words are
    taken for proper nouns (`NOAN_PROP`).
    """

    def __init__(self, database: Path) -> None:
        self._lexicon = load_lexicon(database)
        self.analyse = cache(self._analyse)

    def _analyse(self, word: str) -> TokenAnalysis:
        view = MARKS.sub("", word)
        if not _WORD.fullmatch(view):
            return analyse_nonword(word)
        candidates = list(self._lexicon.analyses(view)) or list(self._lexicon.guesses(view, "PROP"))
        if not candidates:
            return unknown_word(view)
        return self._record(min(candidates, key=_rank))

    def _record(self, candidate: Candidate) -> TokenAnalysis:
        merged = merge(self._lexicon, candidate)
        values = {
            name: None if merged.get(name) in _NO_VALUE else merged.get(name)
            for name in (*CLITICS, *INFLECTION)
        }
        pos = merged["pos"]
        record: dict[str, Any] = {
            "lemma": merged["lex"],
            "lemma_id": merged["lex_id"],
            "pos": pos,
            "upos": universal_pos(pos, merged["lex"], values | {"diac": merged["diac"]}),
            "feats": universal_features(pos, values, merged["lex"]),
            "diac": merged["diac"],
            "bw": merged.get("bw"),
            "d3": merged["d3tok"],
            "atb": merged["atbtok"],
            **values,
            "analysis_score": 1.0,  # it knows of no doubt
        }
        analysis: TokenAnalysis = blank_analysis("", **record)
        return analysis


def _rank(candidate: Candidate) -> tuple[object, ...]:
    parts = candidate.parts()
    probabilities = tuple(-float(parts[1][name]) for name in LOG_PROBABILITIES)
    forms = tuple(part.get("diac", "") for part in parts)
    return (*probabilities, forms, parts[1]["lex_id"], repr(parts))
