"""What the evaluation measures: counts of right answers, and rows of its table."""

from __future__ import annotations

from collections.abc import Iterable, Set
from dataclasses import dataclass

from tests.evaluation.published import Published


@dataclass(frozen=True)
class Counts:
    """How many answers are right, given, and wanted."""

    right: int = 0
    given: int = 0
    wanted: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.right + other.right, self.given + other.given, self.wanted + other.wanted
        )

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall, 0 to 100; 100 if nothing was to be found."""
        total = self.given + self.wanted
        return 200 * self.right / total if total else 100.0


def compare(given: Set[object], wanted: Set[object]) -> Counts:
    """Counts of two sets of answers."""
    return Counts(len(given & wanted), len(given), len(wanted))


def total(counts: Iterable[Counts]) -> Counts:
    """The sum of counts."""
    return sum(counts, Counts())


@dataclass(frozen=True)
class Row:
    """One figure, 0 to 100, ours and the baseline's on the same `size` answers of `source`.

    Higher is better, but for errors, whose `measure` begins with `WER` or `ECE`. `published` are
    figures of other systems that were not run here, by their names.
    """

    layer: str
    measure: str
    source: str
    size: int
    ours: float
    baseline: float | None
    baseline_name: str
    published: Published = ()
