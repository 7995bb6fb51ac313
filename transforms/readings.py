"""What a word may be: its analyses in the present tag set, as numbers that a sentence can weigh.

A reading is an analysis of the database with one of the parts of speech that the treebank counts
its lemma with. It claims values (`pos=noun`, `cas=g`, …), which a sentence makes more or less
probable, and it has a weight of its own: how frequent its lemma is, how far its spelling is.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from transforms.lemma_priors import LemmaPriors, bare_lemma
from transforms.lexicon import Candidate, Features
from transforms.spelling import changes, letters, marks_denied
from transforms.values import CLAIMED, VALUES_PER_READING, ValueTable

_FORM_OF = {"gen": "form_gen", "num": "form_num"}
_READ = (*CLAIMED, *_FORM_OF.values())
# Sorts the parts of analyses, whatever their order in the database: a bare ending before a case.
_ORDERED_BY = (
    "diac", "lex_id", "bw", "gloss", "gen", "num", "rat", "stt", "cas", "root", "pattern"
)  # fmt: skip

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
NEVER = -99.0
_UNSEEN, _UNCOUNTED = -6.0, -3.5  # decimal logarithms: a little rarer than the rarest; middling
_LOWEST = -14.5  # natural logarithm, a little rarer than the rarest lemma of the treebank
_DECIMAL = math.log(10.0)


Entry = tuple[str, str, tuple[float, ...]]  # part of speech, lemma, numbers


class Reading(NamedTuple):
    """An analysis with its part of speech in the present tag set."""

    candidate: Candidate
    pos: str
    lemma: str


class Readings(NamedTuple):
    """The readings of a word, in an order that its spelling alone determines.

    `values` holds `VALUES_PER_READING` numbers of values a row, `numbers` what `NUMBERS` names.
    """

    readings: tuple[Reading, ...]
    values: NDArray[np.int16]
    numbers: NDArray[np.float64]


class _Part(NamedTuple):
    """What readings need of a prefix, a stem or a suffix: made once for each of the database."""

    part: Features
    features: tuple[str, ...]
    letters: str
    order: tuple[str, ...]


class Reader:
    """Makes readings of analyses; remembers only parts of the database."""

    def __init__(self, priors: LemmaPriors, table: ValueTable) -> None:
        self._priors = priors
        self._table = table
        self._parts: dict[int, _Part] = {}
        self._features: dict[tuple[str, ...], tuple[str, ...]] = {}
        self._merged: dict[tuple[tuple[str, ...], ...], tuple[str, ...]] = {}
        self._stems: dict[int, tuple[Features, tuple[Entry, ...]]] = {}

    def readings(self, word: str, view: str, candidates: Sequence[Candidate]) -> Readings:
        """All readings of a word, the least by form first; there is at least one candidate.

        Args:
            word: as the author wrote it, with diacritics if any.
            view: the same without diacritics.
            candidates: the analyses of `view`, in any order.
        """
        parts = [tuple(map(self._part, candidate[:3])) for candidate in candidates]
        order = sorted(
            range(len(parts)), key=lambda index: tuple(part.order for part in parts[index])
        )
        found, values, numbers = [], [], []
        for index in order:
            candidate, (prefix, stem, suffix) = candidates[index], parts[index]
            features = self._merge(prefix, stem, suffix)
            spelled = prefix.letters + stem.letters + suffix.letters
            spelling = _spelling(word, view, spelled, candidate)
            for pos, lemma, counted in self.entries(candidate):
                found.append(Reading(candidate, pos, lemma))
                values.append(self._table.numbers(pos, lemma, features))
                given = counted + spelling
                if candidate.is_guess:
                    given = _guess_numbers(given, candidate, pos, lemma, features)
                numbers.append(given)
        claimed = np.frombuffer(b"".join(values), dtype=np.int16)
        return Readings(
            tuple(found),
            claimed.reshape(-1, VALUES_PER_READING),
            np.array(numbers, dtype=np.float64),
        )

    def features(self, candidate: Candidate) -> tuple[str, ...]:
        """The values of `CLAIMED` of the whole word."""
        return self._merge(*map(self._part, candidate[:3]))

    def _merge(self, prefix: _Part, stem: _Part, suffix: _Part) -> tuple[str, ...]:
        key = prefix.features, stem.features, suffix.features
        found = self._merged.get(key)
        if found is None:
            merged = [p if p != "-" else x if x != "-" else s for p, s, x in zip(*key, strict=True)]
            for name, form in _FORM_OF.items():
                if merged[_PLACE[name]] == "-":
                    merged[_PLACE[name]] = merged[_PLACE[form]]
            found = self._merged[key] = tuple(merged[: len(CLAIMED)])
        return found

    def _part(self, part: Features) -> _Part:
        found = self._parts.get(id(part))
        if found is None or found.part is not part:
            features = tuple(part.get(name, "-") for name in _READ)
            order = tuple(part.get(name, "") for name in _ORDERED_BY)
            found = _Part(
                part,
                self._features.setdefault(features, features),
                letters(part.get("diac", "")),
                order,
            )
            if not _is_of_a_guess(part):
                self._parts[id(part)] = found
        return found

    def entries(self, candidate: Candidate) -> tuple[Entry, ...]:
        """What an analysis may be: part of speech, lemma and the first seven of `NUMBERS`."""
        stem = candidate.stem
        if candidate.is_guess:
            return self._guessed(candidate)
        found = self._stems.get(id(stem))
        if found is None:
            pos = candidate.value("pos")
            lemma = self._priors.lemma(plain_lemma(stem["lex_id"]), pos, stem.get("diac", ""))
            found = (
                stem,
                tuple(
                    (other, lemma, _counted(stem, lemma, pos, other, self._priors))
                    for other in self._priors.parts_of_speech(lemma, pos, stem.get("pattern", ""))
                ),
            )
            self._stems[id(stem)] = found
        return found[1]

    def _guessed(self, candidate: Candidate) -> tuple[Entry, ...]:
        stem, pos = candidate.stem, candidate.value("pos")
        lemma = plain_lemma(stem["lex_id"])
        if pos == "noun_prop":
            lemma = self._priors.name(lemma) or lemma
        return ((pos, lemma, _counted(stem, lemma, pos, pos, self._priors)),)


def _is_of_a_guess(part: Features) -> bool:
    return part.get("lex_id", "").endswith("_0")


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
    numbers: tuple[float, ...],
    candidate: Candidate,
    pos: str,
    lemma: str,
    features: tuple[str, ...],
) -> tuple[float, ...]:
    length = len(candidate.stem["diac"])
    guess = (
        1.0,
        float(pos == "noun_prop"),
        float(pos == "noun_prop" and lemma != bare_lemma(lemma)),
        float(features[_PLACE["prc0"]] == "Al_det" and length > 2),
        float(length < 3),
        float(length < 4),
    )
    return (*numbers[:9], *guess, numbers[-1])


def _spelling(word: str, view: str, spelled: str, candidate: Candidate) -> tuple[float, ...]:
    """The numbers from `hamzas_changed` on, as those of a word of the lexicon."""
    if spelled == view == word:
        return _AS_IT_STANDS
    hamzas, others = changes(view, spelled)
    denied = 0
    if word != view:
        denied = marks_denied(word, "".join(part.get("diac", "") for part in candidate[:3]))
    return (float(hamzas), float(others), 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, float(denied))


_AS_IT_STANDS = (0.0,) * 9


def letters_changed(view: str, candidate: Candidate) -> int:
    """How many letters of a bare word an analysis spells otherwise: of ان for أَنَّ, one."""
    spelled = "".join(letters(part.get("diac", "")) for part in candidate[:3])
    return sum(changes(view, spelled))
