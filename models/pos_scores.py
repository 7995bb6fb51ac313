"""How good the contextual tagger is: the analyses that the pipeline would give, beside a treebank.

No text annotated by CAMeL's own conventions is at hand. In its place stands what the treebank's
counts say of PADT's words: the part of speech, in CAMeL's tag set, that a lemma is counted with
most among those that go with PADT's UPOS.
"""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from models.pos_gold import fold_lemma, universal_tags
from models.pos_treebank import Gold, Sentence
from schemas.records import TokenAnalysis
from transforms.camel_analyser import WORD, Analyser, model_view
from transforms.lemma_priors import LemmaPriors, lemma_key

_ARABIC = re.compile("[ء-ي]")
_NO_CLITIC = frozenset({None, "u"})
_FEATURES = ("cas", "gen", "num", "stt", "per", "asp", "vox", "mod")
_OPEN_CLASSES = {
    "NOUN": "noun",
    "ADJ": "adj",
    "VERB": "verb",
    "X": "noun_prop",
    "PROPN": "noun_prop",
}
BINS = 10

Analyse = Callable[[Sequence[Sequence[str]]], list[tuple[TokenAnalysis, ...]]]
Pair = tuple[Gold, TokenAnalysis]


def in_context(analyser: Analyser) -> Analyse:
    """Analyses of sentences of words as a run gives them."""

    def analyse(sentences: Sequence[Sequence[str]]) -> list[tuple[TokenAnalysis, ...]]:
        words = list(dict.fromkeys(word for sentence in sentences for word in sentence))
        known = dict(zip(words, analyser.know(words), strict=True))
        return analyser.analyse([[known[word] for word in sentence] for sentence in sentences])

    return analyse


def pairs(analyse: Analyse, sentences: Sequence[Sentence]) -> list[Pair]:
    """The Arabic words of the sentences, each with its analysis."""
    rows = analyse([[gold.word for gold in sentence] for sentence in sentences])
    return [
        (gold, analysis)
        for sentence, row in zip(sentences, rows, strict=True)
        for gold, analysis in zip(sentence, row, strict=True)
        if WORD.fullmatch(model_view(gold.word))
    ]


def measure(found: Sequence[Pair], priors: LemmaPriors) -> dict[str, Any]:
    """Shares of words that are right, in per cent, each with the number of words it is of."""
    right: Counter[str] = Counter()
    count: Counter[str] = Counter()
    for gold, analysis in found:
        for name, is_right in _judged(gold, analysis, priors):
            count[name] += 1
            right[name] += is_right
    return {
        name: {"per_cent": round(100 * right[name] / total, 2), "words": total}
        for name, total in sorted(count.items())
    }


def _judged(gold: Gold, analysis: TokenAnalysis, priors: LemmaPriors) -> Iterator[tuple[str, bool]]:
    names = gold.upos == "X" or analysis.pos == "noun_prop"
    yield "upos", gold.upos == analysis.upos
    as_name = (
        names and gold.upos in ("X", "PROPN", "NOUN", "ADJ") and analysis.upos in ("X", "PROPN")
    )
    yield "upos, names apart", gold.upos == analysis.upos or as_name
    before = sum(value not in _NO_CLITIC for value in (analysis.prc1, analysis.prc2, analysis.prc3))
    after = int(analysis.enc0 not in _NO_CLITIC)
    yield "clitics", (before, after) == (gold.proclitics, gold.enclitics)
    if gold.lemma is not None and gold.upos != "X":
        yield "lemma, bare", fold_lemma(gold.lemma) == fold_lemma(analysis.lemma)
        yield "lemma", lemma_key(gold.lemma) == lemma_key(analysis.lemma)
    for name in _FEATURES:
        if name in gold.feats:
            yield name, gold.feats[name] == getattr(analysis, name)
    wanted = camel_gold(gold, priors)
    if wanted is not None:
        pos, lemma = wanted
        same_lemma = fold_lemma(lemma) == fold_lemma(analysis.lemma)
        yield "CAMeL pos", pos == analysis.pos
        yield "CAMeL lemma", same_lemma
        yield "CAMeL both", same_lemma and pos == analysis.pos


def camel_gold(gold: Gold, priors: LemmaPriors) -> tuple[str, str] | None:
    """Part of speech by CAMeL's conventions, and lemma; None where they cannot be told.

    Pronouns are left out: PADT gives all of them one lemma.
    """
    if gold.lemma is None or not _ARABIC.search(gold.lemma) or gold.upos == "PRON":
        return None
    counts = priors.counts(gold.lemma)
    for degree in (0, 1):
        for count in counts:
            if gold.upos in universal_tags(count.pos)[degree]:
                return count.pos, gold.lemma
    if gold.upos in _OPEN_CLASSES:
        return _OPEN_CLASSES[gold.upos], gold.lemma
    return None


def calibration(found: Sequence[Pair], priors: LemmaPriors) -> list[dict[str, float]]:
    """For each tenth of the scores: words, mean score, and share with lemma and POS right."""
    judged = _scored(found, priors)
    table = []
    for tenth in range(BINS):
        inside = [pair for pair in judged if min(int(pair[0] * BINS), BINS - 1) == tenth]
        if inside:
            scores, rights = zip(*inside, strict=True)
            table.append(
                {
                    "from": tenth / BINS,
                    "words": len(inside),
                    "score": round(sum(scores) / len(inside), 3),
                    "right": round(sum(rights) / len(inside), 3),
                }
            )
    return table


def _scored(found: Sequence[Pair], priors: LemmaPriors) -> list[tuple[float, bool]]:
    judged = []
    for gold, analysis in found:
        wanted = camel_gold(gold, priors)
        if wanted is not None and gold.upos != "X":
            pos, lemma = wanted
            same = _is_same_lemma(lemma, analysis.lemma, priors) and pos == analysis.pos
            judged.append((analysis.analysis_score, same))
    return judged


def _is_same_lemma(gold: str, lemma: str, priors: LemmaPriors) -> bool:
    """Whether two lemmas are one: vowels matter where the counts know both as they are spelled."""
    if priors.counts(gold) and priors.counts(lemma):
        return lemma_key(gold) == lemma_key(lemma)
    return fold_lemma(gold) == fold_lemma(lemma)


def calibration_error(found: Sequence[Pair], priors: LemmaPriors) -> float:
    """Mean distance of score and share right over the tenths, weighed by their words."""
    table = calibration(found, priors)
    total = sum(row["words"] for row in table)
    return sum(row["words"] * abs(row["score"] - row["right"]) for row in table) / total


def speed(analyser: Analyser, sentences: Sequence[Sequence[str]]) -> dict[str, int]:
    """Words a second of one thread, first with no word known, then with all."""
    total = sum(map(len, sentences))
    words = list(dict.fromkeys(word for sentence in sentences for word in sentence))
    began = time.process_time()
    known = dict(zip(words, analyser.know(words), strict=True))
    given = [[known[word] for word in sentence] for sentence in sentences]
    analyser.analyse(given)
    cold = time.process_time() - began
    began = time.process_time()
    analyser.analyse(given)
    warm = time.process_time() - began
    return {
        "words": total,
        "word_types": len(words),
        "cold_words_per_second": round(total / cold),
        "warm_words_per_second": round(total / warm),
    }
