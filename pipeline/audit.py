"""Whether every input file is accounted for: in `documents`, or in `quarantine`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.assembly import verify
from pipeline.changes import find_changes
from pipeline.inputs import InputFile
from pipeline.ledger import Entry, owner, read_entries, read_parts
from pipeline.parquet_files import read_table


@dataclass(frozen=True, slots=True)
class Audit:
    """The files of each kind, by path; `wrong` have other rows in the tables than they should."""

    accounted: int
    new: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    wrong: tuple[str, ...]

    @property
    def passed(self) -> bool:
        """Whether nothing is missing: files that are gone are no fault."""
        return not (self.new or self.changed or self.wrong)


def audit(files: Sequence[InputFile], version: Path | None) -> Audit:
    """Compare the inputs with the ledger, and the ledger with the rows of the tables.

    Raises:
        RunError: the files of the corpus are not what its list of parts says.
    """
    entries = read_entries(version)
    if version is not None:
        verify(version, read_parts(version), entries)
    changes = find_changes(files, entries, "", 0)
    wrong = _wrong(version, entries) if version else []
    return Audit(
        accounted=len(entries) - len(wrong),
        new=tuple(file.path for file in changes.new),
        changed=tuple(file.path for file in (*changes.changed, *changes.unreadable)),
        removed=tuple(entries[key].path for key in changes.removed),
        wrong=tuple(wrong),
    )


def _wrong(version: Path, entries: dict[str, Entry]) -> list[str]:
    """Files of which there are more rows than articles, or fewer; and rows of no file."""
    expected = Counter[str]()
    for entry in entries.values():
        expected[entry.path] += entry.articles
    found = Counter[str]()
    for table in ("documents", "quarantine"):
        for path in (version / table).glob("*.parquet"):
            rows = read_table(path, ["path"])["path"].to_pylist()
            found.update(owner(place, expected) or place for place in rows)
    return sorted(path for path in expected | found if expected[path] != found[path])
