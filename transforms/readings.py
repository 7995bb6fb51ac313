"""What a word may be: its analyses in the present tag set, as numbers that a sentence can weigh.

A reading is an analysis of the database with one of the parts of speech that the treebank counts
its lemma with. It claims values (`pos=noun`, `cas=g`, …), which a sentence makes more or less
probable, and it has a weight of its own: how frequent its lemma is, how far its spelling is.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from transforms.lemma_priors import LemmaPriors
from transforms.lexicon import Candidate, Lexicon, Part
from transforms.reading_numbers import (
    AS_IT_STANDS,
    NUMBERS,
    counted_numbers,
    guess_numbers,
    spelling_numbers,
)
from transforms.spelling import letters
from transforms.values import CLAIMED, VALUES_PER_READING, ValueTable

_FORM_OF = {"gen": "form_gen", "num": "form_num"}
_READ = (*CLAIMED, *_FORM_OF.values())

_PACKED = struct.Struct(f"{len(NUMBERS)}d")
_COUNTED = len(NUMBERS) - len(AS_IT_STANDS)
_CODE = struct.Struct("=3i3H")  # parts by number, where a guess begins and ends, place of the entry
CODE_BYTES = _CODE.size

# What is remembered of stems takes 700 bytes each: 11 MB.
_STEMS_REMEMBERED = 16_384


class Entry(NamedTuple):
    """What a stem may be: part of speech and lemma, and what readings need of the two.

    `packed` are all of `NUMBERS` for a word that is spelled as its analysis; `claim` is the number
    of the lemma's value; `place` is the entry's among those of its stem.
    """

    pos: str
    lemma: str
    packed: bytes
    claim: bytes
    place: int

    @property
    def counted(self) -> tuple[float, ...]:
        """The first of `NUMBERS`, which do not depend on the spelling."""
        return _PACKED.unpack(self.packed)[:_COUNTED]


class Reading(NamedTuple):
    """An analysis with its part of speech in the present tag set."""

    candidate: Candidate
    pos: str
    lemma: str


class Readings(NamedTuple):
    """The readings of a word, in an order that its spelling alone determines.

    `analyses` are their candidates and entries. `claimed` holds `VALUES_PER_READING` numbers of
    values a reading, 16-bit ones; `packed` what `NUMBERS` names, in double precision.
    """

    analyses: tuple[tuple[Candidate, Entry], ...]
    claimed: bytes
    packed: bytes

    def __len__(self) -> int:
        """How many readings there are."""
        return len(self.analyses)

    def reading(self, index: int) -> Reading:
        """One of them."""
        candidate, entry = self.analyses[index]
        return Reading(candidate, entry.pos, entry.lemma)

    @property
    def readings(self) -> list[Reading]:
        """All of them."""
        return [self.reading(index) for index in range(len(self))]

    @property
    def values(self) -> NDArray[np.int16]:
        """A row of values for each."""
        return np.frombuffer(self.claimed, dtype=np.int16).reshape(-1, VALUES_PER_READING)

    @property
    def numbers(self) -> NDArray[np.float64]:
        """A row of numbers for each."""
        return np.frombuffer(self.packed, dtype=np.float64).reshape(-1, len(NUMBERS))


class _Claims:
    """Values of `_READ` that some parts or words have; one object for those that are equal.

    `of_pos` remembers the values that a word with them claims, by part of speech.
    """

    __slots__ = ("of_pos", "values")

    def __init__(self, values: tuple[str, ...]) -> None:
        self.values = values
        self.of_pos: dict[str, bytes] = {}


class _Part(NamedTuple):
    """What readings need of a prefix, a stem or a suffix: made once for each of the database."""

    claims: _Claims
    letters: str


class Reader:
    """Makes readings of analyses; remembers only parts of the database."""

    def __init__(self, priors: LemmaPriors, table: ValueTable) -> None:
        self._priors = priors
        self._table = table
        self._parts: dict[Part, _Part] = {}
        self._claims: dict[tuple[str, ...], _Claims] = {}
        self._merged: dict[tuple[_Claims, _Claims, _Claims], _Claims] = {}
        self._entries_of = lru_cache(maxsize=_STEMS_REMEMBERED)(self._entries_of_stem)
        self._meanings_of = lru_cache(maxsize=_STEMS_REMEMBERED)(self._meanings_of_stem)

    def readings(self, word: str, view: str, candidates: Sequence[Candidate]) -> Readings:
        """All readings of a word, the least by form first; there is at least one candidate.

        Args:
            word: as the author wrote it, with diacritics if any.
            view: the same without diacritics.
            candidates: the analyses of `view`, in any order.
        """
        analyses: list[tuple[Candidate, Entry]] = []
        claimed: list[bytes] = []
        packed: list[bytes] = []
        spellings: dict[str, tuple[float, ...]] = {}
        guesses: dict[tuple[Part, str], tuple[Entry, ...]] = {}
        for candidate in sorted(candidates, key=_order):
            prefix, stem, suffix = map(self._part, candidate[:3])
            claims = self._merge(prefix.claims, stem.claims, suffix.claims)
            spelled = prefix.letters + (candidate.guess or stem.letters) + suffix.letters
            spelling = spellings.get(spelled)
            if spelling is None:
                spelling = spelling_numbers(word, view, spelled, candidate)
                if word == view:  # else it depends on the diacritics, too
                    spellings[spelled] = spelling
            if candidate.guess:
                key = candidate.stem, candidate.guess
                entries = guesses.get(key) or guesses.setdefault(key, self.entries(candidate))
            else:
                entries = self._entries_of(candidate.stem)
            for entry in entries:
                analyses.append((candidate, entry))
                of_pos = claims.of_pos.get(entry.pos) or self._of_pos(claims, entry.pos)
                claimed.append(of_pos + entry.claim)
                if candidate.guess:
                    has_article = claims.values[_PLACE["prc0"]] == "Al_det"
                    numbers = guess_numbers(
                        entry.counted,
                        spelling,
                        candidate.guess,
                        entry.pos,
                        entry.lemma,
                        has_article=has_article,
                    )
                    packed.append(_PACKED.pack(*numbers))
                elif spelling is AS_IT_STANDS:
                    packed.append(entry.packed)
                else:
                    packed.append(_PACKED.pack(*entry.counted, *spelling))
        return Readings(tuple(analyses), b"".join(claimed), b"".join(packed))

    def code(self, readings: Readings, index: int, view: str) -> bytes:
        """One of the readings of a word in `CODE_BYTES`, which `decoded` makes it of again."""
        (prefix, stem, suffix, guess), entry = readings.analyses[index]
        start = view.index(guess)  # 0 if it is empty
        end = start + len(guess)
        return _CODE.pack(prefix.number, stem.number, suffix.number, start, end, entry.place)

    def decoded(self, code: bytes, view: str, lexicon: Lexicon) -> Reading:
        """The reading of a word that has a code."""
        prefix, stem, suffix, start, end, place = _CODE.unpack(code)
        parts = lexicon.part(prefix), lexicon.part(stem), lexicon.part(suffix)
        candidate = Candidate(*parts, view[start:end])
        lemma, parts_of_speech = self._meanings(candidate)
        return Reading(candidate, parts_of_speech[place], lemma)

    def features(self, candidate: Candidate) -> tuple[str, ...]:
        """The values of `CLAIMED` of the whole word."""
        prefix, stem, suffix = map(self._part, candidate[:3])
        return self._merge(prefix.claims, stem.claims, suffix.claims).values

    def _of_pos(self, claims: _Claims, pos: str) -> bytes:
        return claims.of_pos.setdefault(pos, self._table.claimed(pos, claims.values))

    def _merge(self, prefix: _Claims, stem: _Claims, suffix: _Claims) -> _Claims:
        key = prefix, stem, suffix
        found = self._merged.get(key)
        if found is None:
            given = prefix.values, suffix.values, stem.values
            merged = [
                p if p != "-" else x if x != "-" else s for p, x, s in zip(*given, strict=True)
            ]
            for name, form in _FORM_OF.items():
                if merged[_PLACE[name]] == "-":
                    merged[_PLACE[name]] = merged[_PLACE[form]]
            found = self._merged[key] = self._shared(tuple(merged[: len(CLAIMED)]))
        return found

    def _shared(self, values: tuple[str, ...]) -> _Claims:
        return self._claims.get(values) or self._claims.setdefault(values, _Claims(values))

    def _part(self, part: Part) -> _Part:
        found = self._parts.get(part)
        if found is None:
            values = tuple(part.features.get(name, "-") for name in _READ)
            found = _Part(self._shared(values), letters(part.features.get("diac", "")))
            self._parts[part] = found
        return found

    def entries(self, candidate: Candidate) -> tuple[Entry, ...]:
        """What an analysis may be."""
        if not candidate.guess:
            return self._entries_of(candidate.stem)
        return self._entries(candidate.stem, *self._meanings(candidate))

    def _entries_of_stem(self, stem: Part) -> tuple[Entry, ...]:
        return self._entries(stem, *self._meanings_of(stem))

    def _entries(
        self, stem: Part, lemma: str, parts_of_speech: tuple[str, ...]
    ) -> tuple[Entry, ...]:
        features, claim = stem.features, self._table.lemma_claimed(lemma)
        own = parts_of_speech[0]
        entries = []
        for place, pos in enumerate(parts_of_speech):
            counted = counted_numbers(features, lemma, own, pos, self._priors)
            packed = _PACKED.pack(*counted, *AS_IT_STANDS)
            entries.append(Entry(pos, lemma, packed, claim, place))
        return tuple(entries)

    def _meanings(self, candidate: Candidate) -> tuple[str, tuple[str, ...]]:
        """The lemma of an analysis, and what its part of speech may be; the database's first."""
        if not candidate.guess:
            return self._meanings_of(candidate.stem)
        pos = candidate.stem.features["pos"]
        name = self._priors.name(candidate.guess) if pos == "noun_prop" else None
        return name or candidate.guess, (pos,)

    def _meanings_of_stem(self, stem: Part) -> tuple[str, tuple[str, ...]]:
        features = stem.features
        pos = features["pos"]
        diac, pattern = features.get("diac", ""), features.get("pattern", "")
        lemma = self._priors.lemma(plain_lemma(features["lex_id"]), pos, diac)
        return lemma, self._priors.parts_of_speech(lemma, pos, pattern)


def _order(candidate: Candidate) -> tuple[int, str, int, int]:
    prefix, stem, suffix, guess = candidate
    return prefix.rank, guess, stem.rank, suffix.rank


_PLACE = {name: place for place, name in enumerate(_READ)}


@lru_cache(maxsize=20_000)
def plain_lemma(lemma_id: str) -> str:
    """A lemma of the database without its number: `أَكَل-u_1` is أَكَل."""
    return re.sub(r"(?:-[a-z]+)?_\d+$", "", lemma_id)
