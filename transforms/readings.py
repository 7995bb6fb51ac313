"""What a word may be: its analyses in the present tag set, as numbers that a sentence can weigh.

A reading is an analysis of the database with one of the parts of speech that the treebank counts
its lemma with. It claims values (`pos=noun`, `cas=g`, …), which a sentence makes more or less
probable, and it has a weight of its own: how frequent its lemma is, how far its spelling is.
"""

from __future__ import annotations

import math
import re
import struct
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from transforms.lemma_priors import LemmaPriors, bare_lemma
from transforms.lexicon import Candidate, Features, Lexicon, Part
from transforms.spelling import changes, letters, marks_denied
from transforms.values import CLAIMED, VALUES_PER_READING, ValueTable

_FORM_OF = {"gen": "form_gen", "num": "form_num"}
_READ = (*CLAIMED, *_FORM_OF.values())

# Numbers of a reading that are weighed: the names say what each is.
NUMBERS = (
    "lemma_and_pos",  # natural log-probability of lemma and part of speech in the treebank
    "lemma",  # of the lemma
    "database",  # of lemma and part of speech by the database, in natural logarithms
    "lemma_uncounted",
    "pos_uncounted",  # the lemma was counted, but never with this part of speech
    "database_uncounted",
    "pos_of_priors",  # not the database's own part of speech
    "hamzas_changed",  # letters spelled otherwise: of ان for أَنَّ, one
    "letters_changed",
    "guess",
    "guessed_name",
    "guessed_known_name",
    "guessed_with_article",
    "guessed_letters_less_than_3",
    "guessed_letters_less_than_4",
    "marks_denied",  # diacritics of the author that the reading has otherwise
)
_PACKED = struct.Struct(f"{len(NUMBERS)}d")
_CODE = struct.Struct("=3i3H")  # parts by number, where a guess begins and ends, place of the entry
CODE_BYTES = _CODE.size
_AS_IT_STANDS = (0.0,) * 9  # the numbers from `hamzas_changed` on
NEVER = -99.0
_UNSEEN, _UNCOUNTED = -6.0, -3.5  # decimal logarithms: a little rarer than the rarest; middling
_LOWEST = -14.5  # natural logarithm, a little rarer than the rarest lemma of the treebank
_DECIMAL = math.log(10.0)


class Entry(NamedTuple):
    """What a stem may be: part of speech and lemma, and what readings need of the two.

    `counted` are the first seven of `NUMBERS`, `packed` all of them for a word that is spelled as
    its analysis; `claim` is the number of the lemma's value.
    """

    pos: str
    lemma: str
    counted: tuple[float, ...]
    packed: bytes
    claim: bytes


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
        self._stems: dict[Part, tuple[Entry, ...]] = {}

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
                spelling = _spelling(word, view, spelled, candidate)
                if word == view:  # else it depends on the diacritics, too
                    spellings[spelled] = spelling
            if candidate.guess:
                key = candidate.stem, candidate.guess
                entries = guesses.get(key) or guesses.setdefault(key, self.entries(candidate))
            else:
                entries = self._stems.get(candidate.stem) or self.entries(candidate)
            for entry in entries:
                analyses.append((candidate, entry))
                of_pos = claims.of_pos.get(entry.pos) or self._of_pos(claims, entry.pos)
                claimed.append(of_pos + entry.claim)
                if candidate.guess:
                    numbers = _guess_numbers(spelling, candidate.guess, entry, claims.values)
                    packed.append(_PACKED.pack(*numbers))
                elif spelling is _AS_IT_STANDS:
                    packed.append(entry.packed)
                else:
                    packed.append(_PACKED.pack(*entry.counted, *spelling))
        return Readings(tuple(analyses), b"".join(claimed), b"".join(packed))

    def code(self, readings: Readings, index: int, view: str) -> bytes:
        """One of the readings of a word in `CODE_BYTES`, which `decoded` makes it of again."""
        candidate, entry = readings.analyses[index]
        parts = (part.number for part in candidate[:3])
        if not candidate.guess:
            return _CODE.pack(*parts, 0, 0, self.entries(candidate).index(entry))
        start = view.index(candidate.guess)
        return _CODE.pack(*parts, start, start + len(candidate.guess), 0)

    def decoded(self, code: bytes, view: str, lexicon: Lexicon) -> Reading:
        """The reading of a word that has a code."""
        prefix, stem, suffix, start, end, place = _CODE.unpack(code)
        parts = lexicon.part(prefix), lexicon.part(stem), lexicon.part(suffix)
        candidate = Candidate(*parts, view[start:end])
        entry = self.entries(candidate)[place]
        return Reading(candidate, entry.pos, entry.lemma)

    def features(self, candidate: Candidate) -> tuple[str, ...]:
        """The values of `CLAIMED` of the whole word."""
        return self._merge(*(self._part(part).claims for part in candidate[:3])).values

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
        if candidate.guess:
            return (self._guessed(candidate),)
        stem = candidate.stem
        found = self._stems.get(stem)
        if found is None:
            features = stem.features
            pos = features["pos"]
            diac, pattern = features.get("diac", ""), features.get("pattern", "")
            lemma = self._priors.lemma(plain_lemma(features["lex_id"]), pos, diac)
            found = self._stems[stem] = tuple(
                self._entry(lemma, other, _counted(features, lemma, pos, other, self._priors))
                for other in self._priors.parts_of_speech(lemma, pos, pattern)
            )
        return found

    def _guessed(self, candidate: Candidate) -> Entry:
        features, lemma = candidate.stem.features, candidate.guess
        pos = features["pos"]
        if pos == "noun_prop":
            lemma = self._priors.name(lemma) or lemma
        return self._entry(lemma, pos, _counted(features, lemma, pos, pos, self._priors))

    def _entry(self, lemma: str, pos: str, counted: tuple[float, ...]) -> Entry:
        packed = _PACKED.pack(*counted, *_AS_IT_STANDS)
        return Entry(pos, lemma, counted, packed, self._table.lemma_claimed(lemma))


def _order(candidate: Candidate) -> tuple[int, str, int, int]:
    prefix, stem, suffix, guess = candidate
    return prefix.rank, guess, stem.rank, suffix.rank


_PLACE = {name: place for place, name in enumerate(_READ)}


@lru_cache(maxsize=100_000)
def plain_lemma(lemma_id: str) -> str:
    """A lemma of the database without its number: `أَكَل-u_1` is أَكَل."""
    return re.sub(r"(?:-[a-z]+)?_\d+$", "", lemma_id)


def _counted(
    stem: Features, lemma: str, own: str, pos: str, priors: LemmaPriors
) -> tuple[float, ...]:
    counts = {count.pos: count.log_probability for count in priors.counts(lemma)}
    of_lemma = math.log(math.fsum(map(math.exp, counts.values()))) if counts else _LOWEST
    in_database = max(
        float(stem["pos_lex_logprob"]),
        _UNSEEN if float(stem["pos_logprob"]) > NEVER else _UNCOUNTED,
    )
    return (
        counts.get(pos, _LOWEST),
        of_lemma,
        in_database * _DECIMAL,
        float(not counts),
        float(bool(counts) and pos not in counts),
        float(float(stem["pos_logprob"]) <= NEVER),
        float(pos != own),
    )


def _guess_numbers(
    spelling: tuple[float, ...], guess: str, entry: Entry, features: tuple[str, ...]
) -> tuple[float, ...]:
    length = len(guess)
    is_name = entry.pos == "noun_prop"
    return (
        *entry.counted,
        *spelling[:2],
        1.0,
        float(is_name),
        float(is_name and entry.lemma != bare_lemma(entry.lemma)),
        float(features[_PLACE["prc0"]] == "Al_det" and length > 2),
        float(length < 3),
        float(length < 4),
        spelling[-1],
    )


def _spelling(word: str, view: str, spelled: str, candidate: Candidate) -> tuple[float, ...]:
    """The numbers from `hamzas_changed` on, as those of a word of the lexicon."""
    if spelled == view == word:
        return _AS_IT_STANDS
    hamzas, others = changes(view, spelled)
    denied = 0
    if word != view:
        denied = marks_denied(word, "".join(_forms(candidate)))
    return (float(hamzas), float(others), 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, float(denied))


def letters_changed(view: str, candidate: Candidate) -> int:
    """How many letters of a bare word an analysis spells otherwise: of ان for أَنَّ, one."""
    return sum(changes(view, "".join(map(letters, _forms(candidate)))))


def _forms(candidate: Candidate) -> tuple[str, str, str]:
    """The vocalised forms of prefix, stem and suffix."""
    prefix, stem, suffix = (part.features.get("diac", "") for part in candidate[:3])
    return prefix, candidate.guess or stem, suffix
