"""Whether `analysis_score` means what it says: of words scored 0.9, nine in ten are right."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tests.evaluation.treebank import Analysed, GoldToken, Unit
from tests.evaluation.vocalisation import bare, same_lemma

_BINS = 10
_SURE = frozenset({"lexicon", "spelling_variant", "backoff"})


def expected_calibration_error(answers: Iterable[tuple[float, bool]]) -> float:
    """How far scores are from shares of right answers, 0 to 100: the mean over ten bins of scores.

    Each bin weighs as many as it holds (Guo et al., "On calibration of modern neural networks",
    ICML 2017).

    Args:
        answers: a score, 0 to 1, and whether the answer is right.
    """
    bins: list[list[tuple[float, bool]]] = [[] for _ in range(_BINS)]
    for score, right in answers:
        bins[min(int(score * _BINS), _BINS - 1)].append((score, right))
    count = sum(map(len, bins))
    gaps = (abs(sum(score for score, _ in held) - sum(right for _, right in held)) for held in bins)
    return 100 * sum(gaps) / count if count else 0.0


def calibration_error(
    units: Sequence[Unit], sides: Sequence[Sequence[Analysed]]
) -> tuple[float, int]:
    """Of all Arabic words that are one token of ours: is the main word's bare lemma right?"""
    answers = [
        (found[span].analysis_score, _same(found[span].lemma, token))
        for unit, tokens in zip(units, sides, strict=True)
        for found in [{(start, end): analysis for _, start, end, analysis in tokens}]
        for token, span in zip(unit.tokens, unit.spans, strict=True)
        if span in found and found[span].analysis_source in _SURE
    ]
    return expected_calibration_error(answers), len(answers)


def _same(lemma: str, token: GoldToken) -> bool:
    """Whether the lemma is that of the token's longest word, marks aside."""
    main = max(token.words, key=lambda word: len(word.form))
    return bare(same_lemma(lemma)) == bare(same_lemma(main.lemma or ""))
