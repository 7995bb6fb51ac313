"""How often the Arabic Treebank has each lemma, with which of CAMeL's present parts of speech.

The treebank's counts spell a lemma otherwise than the morphology database does (كِتَاب, كِتاب), and
tag by CAMeL's present habits, of which the database of 2020 knows little: there كُلّ is `noun`,
here `noun_quant`. So this is also the table that carries a lemma over to the present tag set.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from transforms.tokens import MARKS

_NOT_WRITTEN_BY_ALL = re.compile("\u064e?\u0670|[\u0652\u0640]")  # dagger alef, sukun, tatweel
_SHADDA_LAST = re.compile("([\u064b-\u0650])\u0651")
_VOWEL_OF_THE_LETTER = re.compile(
    "\u064e(?=[اىةآ])|\u064f(?=و)|\u0650(?=ي)|(?<=^ا)[\u064e-\u0650]|(?<=إ)\u0650"
)
_LAST_VOWELS = re.compile("[\u064b-\u0650]+$")

# Lemmas that the database gives by mistake, or that the treebank has no more: rhubarb for to see.
_MISNAMED: Mapping[tuple[str, str], str] = {
    ("noun", "عَشَرَة"): "عَشَر",
    ("verb", "راوَنْد"): "رَأَى",
}

# What a nominal, a particle and a verb of the database may be in the present tag set.
_NOMINAL = frozenset(["noun", "adj", "adj_comp", "adj_num", "noun_num", "noun_quant", "noun_prop"])
_VERBAL = frozenset(("verb", "verb_pseudo", "part_neg"))
_PARTICIPLES_AND_RELATIVES = re.compile("م.*|1ا2ِ3|.*(?<!^)ِيّ|1َ2ِي3")


class Count(NamedTuple):
    """A part of speech of a lemma: natural logarithm of their share of all words."""

    pos: str
    log_probability: float


@lru_cache(maxsize=20_000)
def lemma_key(lemma: str) -> str:
    """A lemma as all spell it: no sukun, no vowel that its letter shows, none at the end."""
    form = unicodedata.normalize("NFC", lemma).replace("ٱ", "ا")
    form = _NOT_WRITTEN_BY_ALL.sub("", form)
    form = _SHADDA_LAST.sub("\u0651\\1", form)
    return _LAST_VOWELS.sub("", _VOWEL_OF_THE_LETTER.sub("", form))


def bare_lemma(lemma: str) -> str:
    """A lemma without diacritics, its hamzas as they are."""
    return MARKS.sub("", lemma).replace("ٱ", "ا")


class LemmaPriors:
    """The counted lemmas, by key, each with its parts of speech."""

    def __init__(
        self,
        counts: Mapping[str, tuple[Count, ...]],
        names: Mapping[str, str],
        respelled: Mapping[str, str],
    ) -> None:
        """Hold the counts.

        Args:
            counts: by `lemma_key`, the parts of speech of a lemma, the most frequent first.
            names: by bare spelling, the lemma of a counted proper noun that the database lacks.
            respelled: by bare spelling of a stem, the lemma that the treebank gives a nominal for
                which the database has another: أَمِيرْكِيّ, not أَمْرِيكِيّ.
        """
        self._counts = counts
        self._names = names
        self._respelled = respelled

    def counts(self, lemma: str) -> tuple[Count, ...]:
        """The parts of speech that a lemma was counted with; none if it was not."""
        return self._counts.get(lemma_key(lemma), ())

    def name(self, word: str) -> str | None:
        """The vocalised lemma of a bare proper noun that the database lacks."""
        return self._names.get(word)

    def lemma(self, lemma: str, pos: str, stem: str) -> str:
        """The treebank's lemma for the database's `lemma` of a vocalised stem.

        Of two lemmas with the same letters the stem's own is meant, if it is the more frequent: the
        database gives دُوَلِيّ and دَوْلِيّ one lemma.
        """
        lemma = _MISNAMED.get((pos, lemma), lemma)
        if pos not in _NOMINAL:
            return lemma
        if bare_lemma(stem) == bare_lemma(lemma) and self._share(stem, pos) > self._share(
            lemma, pos
        ):
            return stem
        return self._respelled.get(bare_lemma(stem), lemma)

    def _share(self, lemma: str, pos: str) -> float:
        counts = dict(self.counts(lemma))
        return counts.get(pos, -math.inf)

    def parts_of_speech(self, lemma: str, pos: str, pattern: str) -> tuple[str, ...]:
        """What the database's `pos` of a lemma can be in the present tag set, itself the first.

        A nominal stays one, and so do verbs and particles; but a preposition of the database, مَع,
        may have been counted as `noun`. Participles and relatives that were not counted are nouns
        as well as adjectives.
        """
        counted = [count.pos for count in self.counts(lemma)]
        if pos in _NOMINAL:
            allowed = [other for other in counted if other in _NOMINAL]
        elif pos == "verb":
            allowed = [other for other in counted if other in _VERBAL]
        else:
            allowed = [other for other in counted if other not in ("verb", "noun_prop", "adj")]
        if not counted and pos in ("noun", "adj") and _PARTICIPLES_AND_RELATIVES.fullmatch(pattern):
            allowed = ["noun", "adj"]
        return (pos, *(other for other in allowed if other != pos))
