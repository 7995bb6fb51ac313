"""Our analyses beside a treebank's, by the official scorer of the CoNLL 2018 shared task."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from udtools import udeval

from pipeline.exports.syntactic_words import syntactic_words
from tests.evaluation.treebank import Analysed, Columns, Unit, conllu
from tests.evaluation.vocalisation import same_lemma

# PADT's classes of words, the first letters of its XPOS, for CAMeL's parts of speech. Names and
# words that PADT leaves open (U, X, Z) are nouns here: it tags many names as nouns, CAMeL none.
_CLASSES: Mapping[str, str] = {
    "noun": "N", "noun_quant": "N", "noun_prop": "N", "abbrev": "N", "foreign": "N", "latin": "N",
    "noun_num": "Q", "digit": "Q", "adj": "A", "adj_comp": "A", "adj_num": "A", "adv": "D",
    "adv_interrog": "S", "adv_rel": "S", "verb": "V", "verb_pseudo": "C", "prep": "P", "conj": "C",
    "conj_sub": "C", "pron": "SP", "pron_dem": "SD", "pron_rel": "SR", "pron_interrog": "S",
    "pron_exclam": "S", "punc": "G", "interj": "I", "unknown": "N",
}  # fmt: skip
_PARTICLE = "F"
# What PADT has renamed since the release in the data folder.
_RENAMED = {
    "Definite=Red": "Definite=Cons",
    "Foreign=Foreign": "Foreign=Yes",
    "Negative=Neg": "Polarity=Neg",
}
_NOMINAL = frozenset("NUXZY")


@dataclass(frozen=True)
class View:
    """What of a word is compared: its lemma in one notation, and all features or only some.

    PADT tags most names X or NOUN, CAMeL all PROPN: with `names_are_nouns` that is no difference.
    """

    lemma: Callable[[str], str] = same_lemma
    features: frozenset[str] | None = None
    names_are_nouns: bool = False

    def upos(self, upos: str) -> str:
        """The part of speech that is compared."""
        return "NOUN" if self.names_are_nouns and upos in ("PROPN", "X") else upos

    def feats(self, feats: str | None, upos: str) -> str:
        """The features that are compared, of a word with this part of speech."""
        if feats is None:
            return "_"
        pairs = [_RENAMED.get(pair, pair) for pair in feats.split("|")]
        if self.features is not None:
            wanted = self.features - ({"Gender"} if upos == "NOUN" else set())
            pairs = [pair for pair in pairs if pair.split("=")[0] in wanted]
        return "|".join(pairs) or "_"


EVERYTHING = View()
Sentence: TypeAlias = Sequence[tuple[str, Sequence[Columns]]]


def official(
    units: Sequence[Unit],
    sides: Sequence[Sequence[Analysed]],
    measure: str,
    view: View = EVERYTHING,
) -> tuple[float, int]:
    """The score of the CoNLL 2018 scorer, and how many words the gold has."""
    gold = _load(conllu([_gold_sentence(unit, view) for unit in units]))
    system = _load(conllu([_our_sentence(tokens, view) for tokens in sides]))
    score = udeval.evaluate(gold, system)[measure]
    return 100 * score.f1, score.gold_total


def _load(text: str) -> Any:
    return udeval.load_conllu(io.StringIO(text), "memory", {})


def _gold_sentence(unit: Unit, view: View) -> Sentence:
    return [
        (
            token.surface,
            [
                Columns(
                    word.form,
                    view.lemma(word.lemma or "_"),
                    view.upos(word.upos),
                    _gold_class(word.xpos or "_"),
                    view.feats(word.feats, word.upos),
                )
                for word in token.words
            ],
        )
        for token in unit.tokens
    ]


def _gold_class(xpos: str) -> str:
    if xpos[0] in _NOMINAL:
        return "N"
    return xpos[:2].rstrip("-") if xpos[0] == "S" else xpos[0]


def _our_sentence(tokens: Sequence[Analysed], view: View) -> Sentence:
    return [
        (
            surface,
            [
                Columns(
                    word.form,
                    view.lemma(word.lemma) or "_",
                    view.upos(word.upos),
                    _CLASSES.get(word.xpos, _PARTICLE),
                    view.feats(word.feats, word.upos),
                )
                for word in syntactic_words(surface, analysis._asdict())
            ],
        )
        for surface, _, _, analysis in tokens
    ]
