"""The report of an evaluation, as Markdown and as data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from schemas.manifest import Model
from tests.evaluation.measures import Row
from tests.evaluation.published import NOTE
from tests.evaluation.sources import Source

LAYERS = (
    "boilerplate",
    "sentence breaks",
    "words and clitics",
    "UPOS",
    "features",
    "CAMeL POS",
    "lemma",
    "diacritised form",
    "entities",
)


@dataclass(frozen=True)
class Report:
    """All figures of an evaluation, what they were measured on and with."""

    rows: tuple[Row, ...]
    sources: tuple[Source, ...]
    models: tuple[Model, ...]
    seconds: float

    def as_data(self) -> dict[str, Any]:
        """For a machine to read; figures are not rounded."""
        return asdict(self)

    def as_markdown(self) -> str:
        """One table of all layers, one of the sources, one of the models."""
        return (
            "\n\n".join(
                [
                    "# Evaluation",
                    _NOTE,
                    _table(
                        _HEAD,
                        [_cells(row) for row in sorted(self.rows, key=_place)],
                    ),
                    *([NOTE] if any(row.published for row in self.rows) else []),
                    "## Measured on",
                    _table(
                        ("set", "size", "licence", "sha256"),
                        [(one.name, one.size, one.licence, one.sha256) for one in self.sources],
                    ),
                    "## Measured with",
                    _table(
                        ("model", "version", "licence", "sha256"),
                        [(one.name, one.version, one.licence, one.sha256) for one in self.models],
                    ),
                    f"{self.seconds:.0f} seconds.",
                ]
            )
            + "\n"
        )


_HEAD = ("layer", "measure", "on", "size", "ours", "baseline", "which baseline", "published")
_NOTE = (
    "All figures are percentages. Higher is better, but for the word error rate (WER) and the "
    "expected calibration error (ECE). `size` is how many answers the gold has. Each layer of "
    "morphology is scored on the units of which the treebank gives it in full."
)


def _place(row: Row) -> int:
    return LAYERS.index(row.layer)


def _cells(row: Row) -> tuple[str, ...]:
    baseline = "–" if row.baseline is None else f"{row.baseline:.2f}"
    return (
        row.layer,
        row.measure,
        row.source,
        f"{row.size:,}",
        f"{row.ours:.2f}",
        baseline,
        row.baseline_name,
        ", ".join(f"{name} {figure:.2f}" for name, figure in row.published),
    )


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
