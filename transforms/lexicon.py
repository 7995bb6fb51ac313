"""All analyses of an Arabic word type with a CAMeL morphology database.

camel-tools reads the database. The search is ours: it finds the same analyses as
`camel_tools.morphology.analyzer.Analyzer`, but for a stem that is never meant, and leaves them in
parts, so that they can be ranked before one is put together (`analysis_forms`).
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Mapping
from functools import cached_property, lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np

from transforms.lexicon_tables import FEATURES, KINDS, Tables, load_tables

# camel-tools' names for what happens to words outside the lexicon; CONTEXT is ours: they may be
# anything, and a word of the lexicon may be a name besides.
BACKOFFS = ("CONTEXT", "NONE", "NOAN_ALL", "NOAN_PROP", "ADD_ALL", "ADD_PROP")

_FORM_OF = {"gen": "form_gen", "num": "form_num"}

_PLACEHOLDER = "NOAN"  # stands for the stem in the database's entries for unknown words
_NOT_OF_GUESSES = frozenset(("root", "pattern", "gloss"))

# As forms are looked up: the map of camel-tools' analyser, whose import takes half a second.
NORMALISED = str.maketrans("إأآٱىة", "ااااي" + "ه", "\u0640")

# Stands in the way of a common word: لَيِس, brave, where لَيْسَ is meant.
_NEVER_MEANT = frozenset({"لَيِس-a_1"})

# Features are dictionaries of 800 bytes, and a database has 74,000 parts: rows are made of few of
# them, again and again, the affixes first. This many take 7 MB.
_FEATURES_REMEMBERED = 8192
_ENDS_REMEMBERED = 20_000  # of 200 bytes

Features = Mapping[str, str]


class Part:
    """A prefix, a stem or a suffix of a database; there is one object for each `number`.

    Parts with the same forms and features have the same `rank`, others are in its order.
    """

    __slots__ = ("_read", "category", "number", "rank")

    def __init__(
        self, number: int, read: Callable[[int], Features], category: str, rank: int
    ) -> None:
        self.number = number
        self._read = read
        self.category = category
        self.rank = rank

    @property
    def features(self) -> Features:
        """Its features; of the parts that were not asked for lately they are read anew."""
        return self._read(self.number)


class Candidate(NamedTuple):
    """One analysis of a word, not merged yet.

    `guess` is an unknown stem as it is spelled, for which `stem` stands; empty for a known one.
    """

    prefix: Part
    stem: Part
    suffix: Part
    guess: str

    @property
    def is_guess(self) -> bool:
        """Whether the stem is not in the lexicon."""
        return bool(self.guess)

    def parts(self) -> tuple[Features, Features, Features]:
        """The features of prefix, stem and suffix."""
        stem = self.stem.features
        if self.guess:
            stem = {
                name: value.replace(_PLACEHOLDER, self.guess)
                for name, value in stem.items()
                if name not in _NOT_OF_GUESSES
            }
        return self.prefix.features, stem, self.suffix.features

    def value(self, feature: str) -> str:
        """A feature of the word: the prefix's value, else the suffix's, else the stem's.

        Gender and number that the lexicon leaves open are those of the form. `-` says none.
        """
        prefix, stem, suffix = self.parts()
        for part in (prefix, suffix, stem):
            value = part.get(feature, "-")
            if value != "-":
                return value
        return self.value(_FORM_OF[feature]) if feature in _FORM_OF else "-"


Ends = tuple[tuple[Part, Part], ...]  # prefixes and suffixes that go together


class Lexicon:
    """A loaded database: the analyses of a word, and the merge of one of them."""

    def __init__(self, tables: Tables) -> None:
        """Search in `tables`."""
        self._tables = tables
        self._categories: list[str] = tables.rules["categories"]
        self._parts: dict[int, Part] = {}
        self._places = {
            kind: {form: place for place, form in enumerate(tables.forms[kind])} for kind in KINDS
        }
        self._longest = {
            kind: max((len(form) for form in tables.forms[kind]), default=0) for kind in KINDS
        }
        self._features = lru_cache(maxsize=_FEATURES_REMEMBERED)(self._read_features)
        self._never_meant = self._parts_with("lex_id", _NEVER_MEANT)
        self._ends: dict[tuple[str, str, str], Ends] = {}
        self._bare_ends: dict[tuple[str, str, str], Ends] = {}

    def analyses(self, word: str) -> Iterator[Candidate]:
        """The lexicon's analyses of a word without diacritics and tatweel, in no special order."""
        normal = word.translate(NORMALISED)
        for start, end in self._segmentations(normal):
            prefix, suffix = normal[:start], normal[end:]
            for stem in self._entries("stem", normal[start:end]):
                if stem.number in self._never_meant:
                    continue
                for before, after in self._ends_of(prefix, stem.category, suffix):
                    yield Candidate(before, stem, after, "")

    def stems(self) -> Iterator[Features]:
        """All stems of the database, but for those that stand for unknown words."""
        for form in self._places["stem"]:
            if form != _PLACEHOLDER:
                for stem in self._entries("stem", form):
                    yield stem.features

    def guesses(self, word: str, parts_of_speech: str) -> Iterator[Candidate]:
        """Analyses of a word as unknown stem with known affixes; the stem keeps its spelling.

        Endings that are not written, as that of a case, are not guessed at.

        Args:
            word: without diacritics and tatweel.
            parts_of_speech: `ALL` or `PROP`, as in the name of the back-off.
        """
        normal = word.translate(NORMALISED)
        unknown = self._unknown[parts_of_speech]
        for start, end in self._segmentations(normal):
            prefix, suffix = normal[:start], normal[end:]
            for stem in unknown:
                for before, after in self._bare_ends_of(prefix, stem.category, suffix):
                    yield Candidate(before, stem, after, word[start:end])

    @cached_property
    def _unknown(self) -> dict[str, list[Part]]:
        """The entries that stand for unknown stems, by the name of a back-off."""
        stems = self._entries("stem", _PLACEHOLDER)
        backoffs = self._tables.rules["stem_backoffs"]
        of_all = [stem for stem in stems if stem.category in backoffs.get("ALL", ())]
        of_names = [stem for stem in stems if stem.category in backoffs.get("PROP", ())]
        names = [stem for stem in of_names if "NOUN_PROP" in stem.features.get("bw", "")]
        return {"ALL": of_all, "PROP": names}

    def _segmentations(self, word: str) -> Iterator[tuple[int, int]]:
        """Start and end of the stem for each way to cut known prefix and suffix off."""
        prefixes, suffixes = self._places["prefix"], self._places["suffix"]
        first = max(1, len(word) - self._longest["suffix"])
        ends = [end for end in range(first, len(word) + 1) if word[end:] in suffixes]
        for start in range(min(self._longest["prefix"], len(word) - 1) + 1):
            if word[:start] in prefixes:
                for end in ends:
                    if start < end:
                        yield start, end

    def _entries(self, kind: str, form: str) -> list[Part]:
        place = self._places[kind].get(form)
        if place is None:
            return []
        first, end = self._tables.starts[kind][place : place + 2].tolist()
        return [self.part(number) for number in range(first, end)]

    def part(self, number: int) -> Part:
        """The prefix, stem or suffix of a number."""
        part = self._parts.get(number)
        if part is None:
            category = self._categories[int(self._tables.categories[number])]
            part = Part(number, self._features, category, int(self._tables.ranks[number]))
            part = self._parts.setdefault(number, part)  # the first, if threads made two
        return part

    def _read_features(self, number: int) -> Features:
        tables = self._tables
        return {
            name: tables.strings[value]
            for name, value in zip(FEATURES, tables.values[number].tolist(), strict=True)
            if value >= 0
        }

    def _parts_with(self, feature: str, values: Container[str]) -> frozenset[int]:
        """The numbers of the parts that have one of some values of a feature."""
        strings = self._tables.strings
        wanted = [number for number, string in enumerate(strings) if string in values]
        column = self._tables.values[:, FEATURES.index(feature)]
        return frozenset(np.flatnonzero(np.isin(column, wanted)).tolist())

    def _ends_of(self, prefix: str, stem_category: str, suffix: str) -> Ends:
        """The entries of a prefix and a suffix that go with a stem; remembered."""
        key = prefix, stem_category, suffix
        found = self._ends.get(key)
        if found is None:
            if len(self._ends) >= _ENDS_REMEMBERED:
                self._ends.clear()
            found = self._ends[key] = tuple(self._combined(*key))
        return found

    def _bare_ends_of(self, prefix: str, stem_category: str, suffix: str) -> Ends:
        """The same, without endings that are not written."""
        key = prefix, stem_category, suffix
        found = self._bare_ends.get(key)
        if found is None:
            ends = self._ends_of(*key)
            if not suffix:
                ends = tuple(pair for pair in ends if not pair[1].features.get("diac"))
            if len(self._bare_ends) >= _ENDS_REMEMBERED:
                self._bare_ends.clear()
            found = self._bare_ends[key] = ends
        return found

    def _combined(
        self, prefix: str, stem_category: str, suffix: str
    ) -> Iterator[tuple[Part, Part]]:
        rules = self._tables.rules
        with_stem = rules["stem_suffix_compat"].get(stem_category, ())
        suffixes = [x for x in self._entries("suffix", suffix) if x.category in with_stem]
        for before in self._entries("prefix", prefix) if suffixes else ():
            if stem_category in rules["prefix_stem_compat"].get(before.category, ()):
                with_prefix = rules["prefix_suffix_compat"].get(before.category, ())
                for after in suffixes:
                    if after.category in with_prefix:
                        yield before, after


def load_lexicon(path: Path) -> Lexicon:
    """Load a database in camel-tools' format.

    Beside it there should be its tables: then this takes a tenth of a second, else seconds.

    Raises:
        FileNotFoundError: there is none; the message says how to make one.
    """
    return Lexicon(load_tables(path))
