"""Which of a word's analyses is best when its sentence is not known, and how sure that is."""

from __future__ import annotations

import math
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from schemas.records import AnalysisSource, TokenAnalysis
from transforms.lexicon import CLITICS, INFLECTION, LOG_PROBABILITIES, Candidate
from transforms.tokens import ARABIC_MARKS
from transforms.universal import universal_features, universal_pos

# The database's log-probabilities are decimal, counted on the Arabic Treebank; -99 says unseen.
# The rarest seen is -5.7, so what was never seen is taken to be a little rarer than that. But 700
# entries, most of them particles and prepositions (حول، خلال، ليس), have a tag that was not counted
# at all: how probable they are is not known, and they are taken to be middling.
NEVER = -99.0
UNSEEN = -6.0
UNCOUNTED = -3.5
GUESSED = -50.0  # a back-off that is added to the lexicon's analyses never beats them

# What each letter that the word spells otherwise costs an analysis, in decimal logarithms.
SPELLING_COST = 1.5

# What inflection and clitics cost, in decimal logarithms, since the database only knows how
# probable lemma and part of speech are. Fitted by coordinate descent on the training part of UD
# Arabic-PADT (UPOS and lemma of the main word), then rounded; of `prc3` and `li_jus` it has too
# few, and they cost just enough to lose to their rivals.
COSTS: Mapping[tuple[str, str], float] = {
    ("asp", "c"): 1.5,
    ("num", "d"): 1.0,
    ("per", "1"): 2.0,
    ("per", "2"): 2.0,
    ("prc1", "bi_prep"): 1.0,
    ("prc1", "ka_prep"): 1.0,
    ("prc1", "la_emph"): 3.0,
    ("prc1", "la_rc"): 1.5,
    ("prc1", "li_jus"): 0.6,
    ("prc1", "li_prep"): 0.5,
    ("prc1", "sa_fut"): 1.0,
    ("prc3", ">a_ques"): 1.0,
    ("vox", "p"): 0.25,
}
CONJUNCTION_COST = 0.75
PRONOUN_COST = 0.75
INDEFINITE_ACCUSATIVE_COST = 0.5  # سوريا is seldom an adjective's سورياً
FEMININE_PLURAL_VERB_COST = 1.5  # بدون is seldom a verb's بَدَوْنَ

# An unknown word is taken whole unless it shows the article before three letters or more: بالفلوجة
# has clitics for certain, while in باركليز or فرانكس the first letter is the name's own.
ARTICLE_GAIN = 5.0
ARTICLE_LETTERS = 3

_COSTLY = sorted({feature for feature, _ in COSTS})
_MARKS_AND_JOINTS = re.compile(rf"[{ARABIC_MARKS}#+]")
_NO_VALUE = frozenset({"", "-", "0", "na"})
_NO_ROOT = frozenset({"", "NTWS", "O", "U"})  # of a guess of one letter it is empty

Merge = Callable[[Candidate], dict[str, Any]]


def best_analysis(word: str, candidates: Sequence[Candidate], merge: Merge) -> TokenAnalysis:
    """The most probable of a word's analyses, at least one, in whatever order they come.

    Probable means: highest log-probability of lemma and part of speech together, less the costs of
    spelling, inflection and clitics; then that of the lemma; then that of the part of speech.
    Equals are told apart by their forms, so that their order never matters.
    """
    probabilities = [_probability(word, candidate) for candidate in candidates]
    highest = max(probabilities)
    finalists = [
        (_form(candidate), index)
        for index, candidate in enumerate(candidates)
        if probabilities[index] == highest
    ]
    first = min(finalists)[0]
    score = _share(candidates, [probability[0] for probability in probabilities])
    records = [
        _record(word, candidates[index], merge, score, len(candidates))
        for form, index in finalists
        if form == first
    ]
    return min(records, key=repr)  # one, but for entries that the database holds twice


def _probability(word: str, candidate: Candidate) -> tuple[float, ...]:
    lemma_and_pos, lemma, pos = (float(candidate.stem[name]) for name in LOG_PROBABILITIES)
    known = max(lemma_and_pos, UNSEEN if pos > NEVER else UNCOUNTED)
    if candidate.is_guess:
        known = GUESSED
    cost = SPELLING_COST * _letters_changed(word, candidate) + _inflection_cost(candidate)
    return known - cost, lemma, pos


def _inflection_cost(candidate: Candidate) -> float:
    value = candidate.value
    cost = sum(COSTS.get((feature, value(feature)), 0.0) for feature in _COSTLY)
    if value("prc2") not in _NO_VALUE:
        cost += CONJUNCTION_COST
    if value("enc0") not in _NO_VALUE:
        cost += PRONOUN_COST
    if value("cas") == "a" and value("stt") == "i":
        cost += INDEFINITE_ACCUSATIVE_COST
    if value("pos") == "verb" and value("gen") == "f" and value("num") == "p":
        cost += FEMININE_PLURAL_VERB_COST
    if candidate.is_guess and value("prc0") == "Al_det":
        cost -= ARTICLE_GAIN * (len(candidate.stem["diac"]) >= ARTICLE_LETTERS)
    return cost


def _letters_changed(word: str, candidate: Candidate) -> int:
    """How many letters of the word the analysis spells otherwise: of ان for أَنَّ, one."""
    spelled = "".join(_letters(part.get("diac", "")) for part in candidate[:3])
    if spelled == word:
        return 0
    changed = sum(a != b for a, b in zip(spelled, word, strict=False))
    return changed + abs(len(spelled) - len(word))


@lru_cache(maxsize=100_000)  # the forms of a database, and room for unknown stems
def _letters(form: str) -> str:
    return _MARKS_AND_JOINTS.sub("", form).replace("ٱ", "ا")


def _form(candidate: Candidate) -> tuple[str, ...]:
    """Sorts equally probable analyses: the least is best, so a bare form beats one with a case."""
    diac, tag = ("".join(part.get(name, "") for part in candidate[:3]) for name in ("diac", "bw"))
    return diac, candidate.stem["lex_id"], tag


def _share(candidates: Sequence[Candidate], scores: Sequence[float]) -> float:
    """The best's share of probability among the word's distinct readings.

    A reading is a lemma with a part of speech; it weighs `10 ** score` of its best analysis, and
    the share is the best reading's weight by the sum of all.
    """
    readings: dict[tuple[str, str], float] = {}
    for candidate, score in zip(candidates, scores, strict=True):
        reading = candidate.stem["lex_id"], candidate.value("pos")
        readings[reading] = max(score, readings.get(reading, score))
    best = max(readings.values())
    weights = [10.0 ** (score - best) for score in sorted(readings.values())]
    return 1.0 / math.fsum(weights)


def _record(
    word: str, candidate: Candidate, merge: Merge, score: float, count: int
) -> TokenAnalysis:
    merged = merge(candidate)
    values = {name: _known(merged.get(name)) for name in (*CLITICS, *INFLECTION)}
    pos = merged["pos"]
    source: AnalysisSource = "lexicon"
    if candidate.is_guess:
        source = "backoff"
    elif _letters_changed(word, candidate):
        source = "spelling_variant"
    has_root = merged.get("root") is not None and merged["root"] not in _NO_ROOT
    record: dict[str, Any] = {
        "lemma": merged["lex"],
        "lemma_id": merged["lex_id"],
        "root": merged["root"] if has_root else None,
        "pattern": merged["pattern"] if has_root else None,
        "pos": pos,
        "upos": universal_pos(pos),
        "feats": universal_features(pos, values),
        "diac": merged["diac"],
        "gloss": _known(merged.get("gloss")),
        "bw": _known(merged.get("bw")),
        "d3": merged["d3tok"],
        "atb": merged["atbtok"],
        **values,
        "analysis_source": source,
        "analysis_score": score,
        "analysis_count": count,
    }
    # Workers remember many records: most of their strings are in others, or in this one, too.
    for name, value in record.items():
        record[name] = sys.intern(value) if isinstance(value, str) else value
    return TokenAnalysis(**record)


def _known(value: str | None) -> str | None:
    """CAMeL's value, or None where it says that the feature does not apply; `u` is kept."""
    return None if value is None or value in _NO_VALUE else value
