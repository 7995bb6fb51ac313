"""What the page is made of: sections of figures, each with its numbers in a table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Table:
    """Numbers for those who want or need them as such: a row has a cell for each column.

    A cell is text, a whole number, a `Share`, another number, a date, or nothing.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]

    @staticmethod
    def of(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> Table:
        """A table of any rows."""
        return Table(tuple(columns), tuple(tuple(row) for row in rows))


class Share(float):
    """A number from 0 to 1 that is shown in per cent."""


@dataclass(frozen=True)
class Figure:
    """A table, and the chart of it if there is one: a specification of Vega-Lite.

    `note` is what a reader must know to read it; `wide` asks for the whole width of the page.
    """

    id: str
    title: str
    table: Table
    chart: dict[str, Any] | None = None
    note: str = ""
    wide: bool = False


@dataclass(frozen=True)
class Section:
    """A part of the page; figures without rows say that there is nothing."""

    id: str
    title: str
    intro: str
    figures: tuple[Figure, ...] = field(default=())
