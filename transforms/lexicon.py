"""All analyses of an Arabic word type with a CAMeL morphology database.

camel-tools reads the database and merges an analysis out of its parts. The search is ours: it finds
the same analyses as `camel_tools.morphology.analyzer.Analyzer`, but leaves them in parts, so that
they can be ranked before the costly merge.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

Features = Mapping[str, str]

# camel-tools' names for what happens to words outside the lexicon; CONTEXT is ours: they may be
# anything, and a word of the lexicon may be a name besides.
BACKOFFS = ("CONTEXT", "NONE", "NOAN_ALL", "NOAN_PROP", "ADD_ALL", "ADD_PROP")

# The features of a database that are kept: no column needs the others.
CLITICS = ("prc3", "prc2", "prc1", "prc0", "enc0")
INFLECTION = ("asp", "cas", "gen", "num", "per", "mod", "stt", "vox", "rat")
LOG_PROBABILITIES = ("pos_lex_logprob", "lex_logprob", "pos_logprob")
_FORMS = ("diac", "lex", "bw", "gloss", "pos", "root", "pattern", "d3tok", "atbtok")
_KEPT = {
    name: name
    for name in (*_FORMS, *CLITICS, *INFLECTION, *LOG_PROBABILITIES, "form_gen", "form_num")
}

_FORM_OF = {"gen": "form_gen", "num": "form_num"}

_PLACEHOLDER = "NOAN"  # stands for the stem in the database's entries for unknown words


class Candidate(NamedTuple):
    """One analysis of a word, not merged yet: the features of its three parts."""

    prefix: Features
    stem: Features
    suffix: Features
    is_guess: bool

    def value(self, feature: str) -> str:
        """A feature of the word: the prefix's value, else the suffix's, else the stem's.

        Gender and number that the lexicon leaves open are those of the form. `-` says none.
        """
        value = self.prefix.get(feature, "-")
        if value == "-":
            value = self.suffix.get(feature, "-")
        if value == "-":
            value = self.stem.get(feature, "-")
        if value == "-" and feature in _FORM_OF:
            return self.value(_FORM_OF[feature])
        return value


class Lexicon:
    """A loaded database: the analyses of a word, and the merge of one of them."""

    def __init__(
        self,
        database: Any,
        normalise: Callable[[str], str],
        merge: Callable[[Any, Features, Features, Features], dict[str, Any]],
    ) -> None:
        """Use `load_lexicon`; the arguments are camel-tools' own object and functions."""
        self._database = database
        self._normalise = normalise
        self._merge = merge
        self._allowed: dict[tuple[str, str], frozenset[str]] = {}

    def analyses(self, word: str) -> Iterator[Candidate]:
        """The lexicon's analyses of a word without diacritics and tatweel, in no special order."""
        stems = self._database.stem_hash
        normal = self._normalise(word)
        for start, end, prefixes, suffixes in self._segmentations(normal):
            for category, stem in stems.get(normal[start:end], ()):
                yield from self._combine(prefixes, category, stem, suffixes, is_guess=False)

    def stems(self) -> Iterator[Features]:
        """All stems of the database, but for those that stand for unknown words."""
        for form, entries in self._database.stem_hash.items():
            if form != _PLACEHOLDER:
                for _, stem in entries:
                    yield stem

    def guesses(self, word: str, parts_of_speech: str) -> Iterator[Candidate]:
        """Analyses of a word as unknown stem with known affixes; the stem keeps its spelling.

        Endings that are not written, as that of a case, are not guessed at.

        Args:
            word: without diacritics and tatweel.
            parts_of_speech: `ALL` or `PROP`, as in the name of the back-off.
        """
        categories = self._database.stem_backoffs.get(parts_of_speech, ())
        unknown = [
            (category, stem)
            for category, stem in self._database.stem_hash.get(_PLACEHOLDER, ())
            if category in categories
            and (parts_of_speech != "PROP" or "NOUN_PROP" in stem.get("bw", ""))
        ]
        for start, end, prefixes, suffixes in self._segmentations(self._normalise(word)):
            if end == len(word):
                suffixes = [entry for entry in suffixes if not entry[1].get("diac")]
            for category, stem in unknown:
                named = {
                    name: value.replace(_PLACEHOLDER, word[start:end])
                    for name, value in stem.items()
                    if name not in ("root", "pattern", "gloss")
                }
                yield from self._combine(prefixes, category, named, suffixes, is_guess=True)

    def merge(self, candidate: Candidate) -> dict[str, Any]:
        """All features of an analysis as camel-tools gives them, and `lex_id`, the raw `lex`."""
        return self._merge(self._database, candidate.prefix, candidate.stem, candidate.suffix)

    def _segmentations(self, word: str) -> Iterator[tuple[int, int, list[Any], list[Any]]]:
        """Each way to cut a normalised word into known prefix, stem and known suffix.

        Yields:
            Start and end of the stem, entries of the prefix and of the suffix.
        """
        database = self._database
        suffixes = [
            (end, database.suffix_hash[word[end:]])
            for end in range(max(1, len(word) - database.max_suffix_size), len(word) + 1)
            if word[end:] in database.suffix_hash
        ]
        for start in range(min(database.max_prefix_size, len(word) - 1) + 1):
            prefixes = database.prefix_hash.get(word[:start])
            if prefixes is not None:
                for end, entries in suffixes:
                    if start < end:
                        yield start, end, prefixes, entries

    def _combine(
        self,
        prefixes: list[Any],
        category: str,
        stem: Features,
        suffixes: list[Any],
        is_guess: bool,
    ) -> Iterator[Candidate]:
        for prefix_category, prefix in prefixes:
            allowed = self._allowed.get((prefix_category, category))
            if allowed is None:
                allowed = self._allowed_suffixes(prefix_category, category)
            if allowed:
                for suffix_category, suffix in suffixes:
                    if suffix_category in allowed:
                        yield Candidate(prefix, stem, suffix, is_guess)

    def _allowed_suffixes(self, prefix: str, stem: str) -> frozenset[str]:
        """Categories of suffixes that go with those of a prefix and a stem; remembered."""
        database = self._database
        allowed: frozenset[str] = frozenset()
        if stem in database.prefix_stem_compat.get(prefix, ()):
            allowed = frozenset(database.stem_suffix_compat.get(stem, ()))
            allowed &= frozenset(database.prefix_suffix_compat.get(prefix, ()))
        self._allowed[prefix, stem] = allowed
        return allowed


def load_lexicon(path: Path) -> Lexicon:
    """Read a database in camel-tools' format.

    ALMOR MSA takes a second or two and 110 MB; camel-tools' own reader takes 390 MB for it.

    Raises:
        FileNotFoundError: there is none; the message says how to make one.
    """
    if not path.is_file():
        raise FileNotFoundError(
            f"no morphology database {path}; `python -m pipeline.morphology` makes it"
        )
    if (path.parent / "catalogue.json").is_file():
        # Without a catalogue camel-tools goes to the network as soon as it is imported.
        os.environ["CAMELTOOLS_DATA"] = str(path.parent.resolve())
    from camel_tools.morphology.analyzer import DEFAULT_NORMALIZE_MAP
    from camel_tools.morphology.database import MorphologyDB
    from camel_tools.morphology.utils import merge_features

    class LeanDatabase(MorphologyDB):
        """Keeps one copy of each string, drops what no column needs, and keeps the raw `lex`."""

        def _parse_analysis_line_toks(self, tokens: list[str]) -> dict[str, str]:
            features = {}
            for token in tokens:
                name, _, value = token.partition(":")
                if name in _KEPT:
                    features[_KEPT[name]] = sys.intern(value)
            if "lex" in features:
                features["lex_id"] = features["lex"]  # camel-tools strips its number from `lex`
            return features

    was_enabled = gc.isenabled()
    gc.disable()  # a million new objects, none of them garbage: collecting doubles the time
    try:
        database = LeanDatabase(str(path), "a")
    finally:
        if was_enabled:
            gc.enable()
    database.defines = {name: database.defines[name] for name in database.defines if name in _KEPT}
    return Lexicon(database, DEFAULT_NORMALIZE_MAP.map_string, merge_features)
