"""Which sentences a question is about: of which sites, days and blocks."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from pipeline.query.corpus import quoted


@dataclass(frozen=True, slots=True)
class Selection:
    """What the command line narrows the corpus to; days are included, as is all by default."""

    sites: tuple[str, ...] = ()
    first_day: datetime.date | None = None
    last_day: datetime.date | None = None
    blocks: tuple[str, ...] = ()

    def clauses(self) -> list[str]:
        """SQL conditions on `sentences`, all of which must be true."""
        found = []
        for column, values in (("site", self.sites), ("block", self.blocks)):
            if values:
                found.append(f"{column} IN ({', '.join(map(quoted, values))})")
        if self.first_day is not None:
            found.append(f"published >= DATE {quoted(self.first_day.isoformat())}")
        if self.last_day is not None:
            found.append(f"published < DATE {quoted(self.last_day.isoformat())} + INTERVAL 1 DAY")
        return found


def where(clauses: list[str]) -> str:
    """A WHERE of SQL, or nothing where all is wanted."""
    return "WHERE " + " AND ".join(f"({clause})" for clause in clauses) if clauses else ""
