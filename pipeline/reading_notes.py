"""Files that end the process that reads them to count their articles.

A night notes which file it has in hand. If it is still noted when the next night begins, that one
was ended while it read this file; a file that did it twice is not read any more.

On a store each note is a request, so that many files are noted together; if a night ended at them,
the next one notes them one by one.

    corpus/.reading/in_hand          where the file is that is being read; several, parted by zeros
    corpus/.reading/deaths.json      how many nights ended at which files, in which configuration
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from pipeline.inputs import InputFile
from pipeline.places import is_store
from pipeline.plan import UNREADABLE, content_sha256
from pipeline.storage import write_text

_DEATHS = 2
_TOGETHER_ON_STORE = 256
_BETWEEN = b"\0"  # which no path has in it


class ReadingNotes:
    """The notes of a corpus in one configuration: another one gives every file a new chance."""

    def __init__(self, output: Path, fingerprint: str) -> None:
        """Take up what the last night left."""
        folder = output / ".reading"
        self._in_hand, self._path = folder / "in_hand", folder / "deaths.json"
        self._fingerprint = fingerprint
        self._together = _TOGETHER_ON_STORE if is_store(output) else 1
        told = self._load()
        self._deaths: dict[str, int] = told.get("deaths", {})
        self._one_by_one = frozenset[str](told.get("one_by_one", ()))
        if self._in_hand.exists():
            first, *more = map(os.fsdecode, self._in_hand.read_bytes().split(_BETWEEN))
            if more:
                self._keep(self._deaths, frozenset({first, *more}))
            else:
                sha256 = content_sha256(first)
                deaths = {**self._deaths, sha256: self._deaths.get(sha256, 0) + 1}
                self._keep(deaths, self._one_by_one)
            self._in_hand.unlink()

    @property
    def refused(self) -> frozenset[str]:
        """The sha256 of the files that are not to be read."""
        found = {sha256 for sha256, deaths in self._deaths.items() if deaths >= _DEATHS}
        return frozenset(found - {UNREADABLE})

    def watch(self, files: Iterable[InputFile]) -> Iterator[InputFile]:
        """The files, each noted until the next one is asked for."""
        self._in_hand.parent.mkdir(exist_ok=True)
        left = set(self._one_by_one)
        try:
            for noted in self._in_stretches(files):
                locations = [file.location for file in noted]
                self._in_hand.write_bytes(_BETWEEN.join(map(os.fsencode, locations)))
                yield from noted
                left.difference_update(locations)
        finally:  # however this process goes on: it was not ended
            self._in_hand.unlink(missing_ok=True)
        # What was read did nothing this time.
        if self._deaths.keys() - self.refused or left != self._one_by_one:
            refused = {sha256: self._deaths[sha256] for sha256 in self.refused}
            self._keep(refused, frozenset(left))

    def _in_stretches(self, files: Iterable[InputFile]) -> Iterator[list[InputFile]]:
        """The files as they are noted: together, or one by one where a night has ended."""
        rest = iter(files)
        while stretch := list(islice(rest, self._together)):
            if any(file.location in self._one_by_one for file in stretch):
                yield from ([file] for file in stretch)
            else:
                yield stretch

    def _keep(self, deaths: dict[str, int], one_by_one: frozenset[str]) -> None:
        self._deaths, self._one_by_one = deaths, one_by_one
        told = {
            "fingerprint": self._fingerprint,
            "deaths": deaths,
            "one_by_one": sorted(one_by_one),
        }
        write_text(self._path, json.dumps(told) + "\n")

    def _load(self) -> dict[str, Any]:
        try:
            told = json.loads(self._path.read_text(encoding="utf-8"))
            return told if told["fingerprint"] == self._fingerprint else {}
        except (OSError, ValueError, KeyError, TypeError):
            return {}
