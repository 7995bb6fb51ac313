"""What readings claim, as numbers of rows of a table that all words share.

Eighteen values a reading, a dozen readings a word: most words claim what others do, but for the
lemma. Held by number, a word's claims take a sixth of the memory.
"""

from __future__ import annotations

import struct
import threading
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from transforms.values import VALUES_PER_READING

_NUMBERED = np.dtype([("row", np.int32), ("lemma", np.int16)])
_ROW = struct.Struct("=i")
_LEMMA_BYTES = 2  # the last of the values that a reading claims
_LEAST_ROWS = 1024


class ClaimTable:
    """The different rows of values that readings claim, without that of the lemma.

    Rows are only ever added: a number means the same for ever. There are no more than ways in
    which the affixes and stems of a database go together: 17,000 for 127,000 words of news.
    """

    def __init__(self, rows: bytes = b"") -> None:
        """Begin with the rows of another table, as `rows` of it says; else with none."""
        given = np.frombuffer(rows, dtype=np.int16).reshape(-1, VALUES_PER_READING - 1)
        self._rows = given
        self._numbers = {row.tobytes(): number for number, row in enumerate(given)}
        self._adding = threading.Lock()

    @property
    def rows(self) -> bytes:
        """All rows, 16-bit numbers one after the other."""
        return self._rows[: len(self._numbers)].tobytes()

    def numbered(self, claimed: Iterable[bytes]) -> bytes:
        """What some readings claim, each as `Readings.claimed` has it, by number."""
        return b"".join(
            _ROW.pack(self._number(values[:-_LEMMA_BYTES])) + values[-_LEMMA_BYTES:]
            for values in claimed
        )

    def values(self, numbered: bytes) -> NDArray[np.intp]:
        """What readings claim: `VALUES_PER_READING` numbers of values each."""
        given = np.frombuffer(numbered, dtype=_NUMBERED)
        values = np.empty((len(given), VALUES_PER_READING), dtype=np.intp)
        values[:, :-1] = self._rows[given["row"]]
        values[:, -1] = given["lemma"]
        return values

    def _number(self, row: bytes) -> int:
        number = self._numbers.get(row)
        return self._add(row) if number is None else number

    def _add(self, row: bytes) -> int:
        with self._adding:
            number = self._numbers.get(row, len(self._numbers))
            if number == len(self._rows):
                room = np.zeros((max(_LEAST_ROWS, number), VALUES_PER_READING - 1), np.int16)
                self._rows = np.concatenate([self._rows, room])
            if number == len(self._numbers):
                self._rows[number] = np.frombuffer(row, dtype=np.int16)
                self._numbers[row] = number  # after the row, which others may ask for at once
            return number
