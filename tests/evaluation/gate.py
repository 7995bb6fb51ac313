"""The gate: no score on the gold that the project owns may fall by more than a margin."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.evaluation.measures import Row
from tests.gold.load import HERE

FLOOR = HERE / "floor.json"
MARGIN = 0.3  # points


def as_floor(rows: Sequence[Row], digest: str) -> dict[str, Any]:
    """What is pinned: each score as it is now, and the sha256 of the gold that it is of."""
    return {"sha256": digest, "scores": {name_of(row): round(row.ours, 2) for row in rows}}


def pin(rows: Sequence[Row], digest: str, path: Path = FLOOR) -> None:
    """Writes the floor anew."""
    text = json.dumps(as_floor(rows, digest), ensure_ascii=False, indent=1)
    path.write_text(text + "\n", encoding="utf-8")


def name_of(row: Row) -> str:
    """A row's name in the floor."""
    return f"{row.layer}: {row.measure}"


def fallen(rows: Sequence[Row], digest: str, floor: dict[str, Any]) -> list[str]:
    """What is wrong, a sentence each: another gold, scores without a floor, and below theirs."""
    if floor["sha256"] != digest:
        return ["the gold has changed: pin its scores with python -m tests.evaluation --pin"]
    scores: dict[str, float] = floor["scores"]
    now = {name_of(row): row.ours for row in rows}
    problems = [f"{name} is not measured any more" for name in scores.keys() - now.keys()]
    problems += [f"{name} has no floor" for name in now.keys() - scores.keys()]
    problems += [
        f"{name} fell from {scores[name]:.2f} to {now[name]:.2f}"
        for name in scores.keys() & now.keys()
        if now[name] < scores[name] - MARGIN
    ]
    return sorted(problems)
