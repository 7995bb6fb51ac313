"""Strict scores of entity spans, as rows of the table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from statistics import fmean
from typing import TypeAlias, get_args

from nervaluate.evaluator import Evaluator

from schemas.records import EntityType
from tests.evaluation.measures import Row

LAYER = "entities"
TYPES: tuple[EntityType, ...] = get_args(EntityType)

# Start, end (half-open, in characters or in tokens) and type.
Span: TypeAlias = tuple[int, int, str]


def strict_f1(
    found: Sequence[Iterable[Span]], wanted: Sequence[Iterable[Span]]
) -> dict[str, float]:
    """F1, 0 to 100, of each type, of all together (`micro`), and means of types.

    `macro` is the mean of all four types, `macro of PER LOC ORG` of those whose guidelines agree.

    A span counts if both its edges and its type are right (nervaluate's `strict`).

    Args:
        found: for each document, the spans found; none overlap.
        wanted: the same of the gold.
    """
    evaluator = Evaluator(_dictionaries(wanted), _dictionaries(found), list(TYPES), loader="dict")
    results = evaluator.evaluate()
    by_type: dict[str, float] = {
        kind: 100 * results["entities"][kind]["strict"].f1 if kind in results["entities"] else 0.0
        for kind in TYPES
    }
    micro = 100 * results["overall"]["strict"].f1
    return {
        **by_type,
        "micro": micro,
        "macro": fmean(by_type.values()),
        "macro of PER LOC ORG": fmean(by_type[kind] for kind in ("PER", "LOC", "ORG")),
    }


def _dictionaries(documents: Sequence[Iterable[Span]]) -> list[list[dict[str, int | str]]]:
    # nervaluate's ends are inclusive: with half-open ones, neighbours would overlap.
    return [
        [{"label": kind, "start": start, "end": end - 1} for start, end, kind in sorted(document)]
        for document in documents
    ]


def span_rows(
    source: str,
    found: Sequence[Iterable[Span]],
    baseline: Sequence[Iterable[Span]],
    wanted: Sequence[Iterable[Span]],
    baseline_name: str,
) -> list[Row]:
    """A row for each type and for all together."""
    mine, other = strict_f1(found, wanted), strict_f1(baseline, wanted)
    kinds = [kind for document in wanted for _, _, kind in document]
    sizes: dict[str, int] = {kind: kinds.count(kind) for kind in TYPES}
    sizes["macro of PER LOC ORG"] = len(kinds) - sizes["MISC"]
    return [
        Row(
            LAYER,
            f"F1 {key}",
            source,
            sizes.get(key, len(kinds)),
            mine[key],
            other[key],
            baseline_name,
        )
        for key in mine
    ]
