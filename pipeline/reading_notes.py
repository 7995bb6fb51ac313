"""Files that end the process that reads them to count their articles.

A night notes which file it has in hand. If it is still noted when the next night begins, that one
was ended while it read this file; a file that did it twice is not read any more.

    corpus/.reading/in_hand          where the file is that is being read
    corpus/.reading/deaths.json      how many nights ended at which files, in which configuration
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from pipeline.inputs import InputFile
from pipeline.plan import UNREADABLE, content_sha256
from pipeline.storage import write_text

_DEATHS = 2


class ReadingNotes:
    """The notes of a corpus in one configuration: another one gives every file a new chance."""

    def __init__(self, output: Path, fingerprint: str) -> None:
        """Take up what the last night left."""
        folder = output / ".reading"
        self._in_hand, self._path = folder / "in_hand", folder / "deaths.json"
        self._fingerprint = fingerprint
        self._deaths = self._load()
        if self._in_hand.exists():
            sha256 = content_sha256(os.fsdecode(self._in_hand.read_bytes()))
            self._keep({**self._deaths, sha256: self._deaths.get(sha256, 0) + 1})
            self._in_hand.unlink()

    @property
    def refused(self) -> frozenset[str]:
        """The sha256 of the files that are not to be read."""
        found = {sha256 for sha256, deaths in self._deaths.items() if deaths >= _DEATHS}
        return frozenset(found - {UNREADABLE})

    def watch(self, files: Iterable[InputFile]) -> Iterator[InputFile]:
        """The files, each noted until the next one is asked for."""
        self._in_hand.parent.mkdir(exist_ok=True)
        try:
            for file in files:
                self._in_hand.write_bytes(os.fsencode(file.location))
                yield file
        finally:  # however this process goes on: it was not ended
            self._in_hand.unlink(missing_ok=True)
        if self._deaths.keys() - self.refused:  # the others did nothing this time
            self._keep({sha256: self._deaths[sha256] for sha256 in self.refused})

    def _keep(self, deaths: dict[str, int]) -> None:
        self._deaths = deaths
        told = {"fingerprint": self._fingerprint, "deaths": deaths}
        write_text(self._path, json.dumps(told) + "\n")

    def _load(self) -> dict[str, int]:
        try:
            told = json.loads(self._path.read_text(encoding="utf-8"))
            return dict(told["deaths"]) if told["fingerprint"] == self._fingerprint else {}
        except (OSError, ValueError, KeyError, TypeError):
            return {}
