"""Figures of a night that leave the range of the nights before it."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

# So many nights are looked back on, and so many there must be.
_MOST_NIGHTS = 30
_LEAST_NIGHTS = 5
# A night of fewer articles says little.
_LEAST_ARTICLES = 20
# How far from the median is unusual: so many median deviations, and so large a share of it.
_DEVIATIONS = 5.0
_LEAST_SHARE = 0.25
_LEAST_DIFFERENCE = 0.02


def rates(totals: Mapping[str, Any]) -> dict[str, float]:
    """What is watched of a night: shares and averages, none where there was too little.

    Args:
        totals: `counts` and `metrics`, as in a manifest.
    """
    counts, metrics = totals["counts"], totals["metrics"]
    if counts["planned"] < _LEAST_ARTICLES:
        return {}
    found = {"rejected per article": counts["rejected"] / counts["planned"]}
    if counts["documents"]:
        found["sentences per article"] = counts["sentences"] / counts["documents"]
        found["duplicates per article"] = counts["duplicates"] / counts["documents"]
    if counts["sentences"]:
        found["entities per sentence"] = counts["entities"] / counts["sentences"]
    if metrics.get("analyse.tokens"):
        found["unknown words"] = metrics.get("analyse.unknown", 0) / metrics["analyse.tokens"]
    return {name: round(value, 5) for name, value in found.items()}


def drifts(tonight: Mapping[str, float], runs: Iterable[Mapping[str, Any]]) -> list[str]:
    """What is unusual tonight, as sentences.

    Args:
        tonight: as `rates` gives it.
        runs: records of earlier runs, oldest first.
    """
    before = [run["rates"] for run in runs if run.get("state") == "done" and run.get("rates")]
    warnings = []
    for name, value in tonight.items():
        known = [rates[name] for rates in before[-_MOST_NIGHTS:] if name in rates]
        if len(known) >= _LEAST_NIGHTS and _is_unusual(value, known):
            warnings.append(
                f"{name}: {value:.3g} tonight, {statistics.median(known):.3g} as a rule"
            )
    return warnings


def _is_unusual(value: float, known: Sequence[float]) -> bool:
    middle = statistics.median(known)
    deviation = statistics.median(abs(one - middle) for one in known)
    allowed = max(_DEVIATIONS * deviation, _LEAST_SHARE * middle, _LEAST_DIFFERENCE)
    return abs(value - middle) > allowed
