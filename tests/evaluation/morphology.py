"""Words, parts of speech, features, lemmas and diacritics beside UD Arabic-PADT."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, TypeAlias

from udtools import udeval

from pipeline.models import find_models
from pipeline.syntactic_words import syntactic_words
from tests.evaluation.annotate import SETTINGS, annotate, as_given
from tests.evaluation.baselines import FREQUENCY_ALONE, FrequencyAnalyser
from tests.evaluation.calibration import calibration_error
from tests.evaluation.measures import Row
from tests.evaluation.sources import Source, data_file
from tests.evaluation.treebank import Analysed, Columns, Unit, conllu, read_units
from tests.evaluation.vocalisation import (
    bare,
    same_lemma,
    same_notation,
    vocalised_token,
    without_case_ending,
)
from transforms.tokens import tokenise

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
_NOMINAL = frozenset("NUXZY")

# The features of inflection. PADT marks no gender on nouns, and the construct state as `Red`.
_INFLECTION = frozenset("Aspect Case Definite Gender Mood Number Person Voice".split())
_ENDINGS = frozenset({"Case", "Definite", "Mood"})


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
        if feats is None or self.features is None:
            return feats or "_"
        wanted = self.features - ({"Gender"} if upos == "NOUN" else set())
        pairs = feats.replace("Definite=Red", "Definite=Cons").split("|")
        return "|".join(pair for pair in pairs if pair.split("=")[0] in wanted) or "_"


_EVERYTHING = View()
Sentence: TypeAlias = Sequence[tuple[str, Sequence[Columns]]]


def padt_rows(folder: Path) -> tuple[list[Row], list[Source]]:
    """All layers of morphology on PADT's test part, its units as they are, in our own tokens.

    Each layer is scored on the units of which the treebank gives it for all words.
    """
    file = data_file(folder, "padt")
    units = read_units(file)
    lemmatised = [unit for unit in units if unit.has("lemma")]
    annotated = [unit for unit in units if unit.has("vocalised")]
    ours = dict(zip(units, _ours(units), strict=True))
    frequent = dict(zip(units, _by_frequency(units), strict=True))
    official = partial(partial, _official)
    row = partial(_row, source=file.name, sides=(ours, frequent))
    rows = [
        row("words and clitics", "F1", units, official(measure="Words")),
        row("UPOS", "F1", units, official(measure="UPOS")),
        row(
            "UPOS",
            "F1, PROPN and X as NOUN",
            units,
            official(measure="UPOS", view=View(names_are_nouns=True)),
        ),
        row("features", "F1 of a word's, as they stand", annotated, official(measure="UFeats")),
        row(
            "features",
            "F1 of a word's, of those that both mark",
            annotated,
            official(measure="UFeats", view=View(features=_INFLECTION)),
        ),
        row(
            "features",
            "F1 of a word's, without case, mood and state",
            annotated,
            official(measure="UFeats", view=View(features=_INFLECTION - _ENDINGS)),
        ),
        row("CAMeL POS", "F1 in PADT's 12 classes", annotated, official(measure="XPOS")),
        row("lemma", "F1", lemmatised, official(measure="Lemmas")),
        row(
            "lemma",
            "F1 without diacritics",
            lemmatised,
            official(measure="Lemmas", view=View(lemma=lambda lemma: bare(same_lemma(lemma)))),
        ),
        row("lemma", "ECE of `analysis_score`, bare lemma", lemmatised, calibration_error),
        row("diacritised form", "WER", annotated, _word_error_rate),
        row(
            "diacritised form",
            "WER without case endings",
            annotated,
            partial(_word_error_rate, ending=without_case_ending),
        ),
    ]
    words = sum(len(token.words) for unit in units for token in unit.tokens)
    return rows, [file.source(f"{len(units)} units, {words:,} words")]


def _row(
    layer: str,
    measure: str,
    units: Sequence[Unit],
    score: Callable[[Sequence[Unit], Sequence[Sequence[Analysed]]], tuple[float, int]],
    source: str,
    sides: Sequence[Mapping[Unit, Sequence[Analysed]]],
) -> Row:
    (mine, size), (other, _) = (score(units, [side[unit] for unit in units]) for side in sides)
    return Row(layer, measure, source, size, mine, other, FREQUENCY_ALONE)


def _ours(units: Sequence[Unit]) -> list[list[Analysed]]:
    """Each unit is a sentence, and an article of its own."""
    articles = annotate([as_given(f"unit {at}", [unit.text]) for at, unit in enumerate(units)])
    return [
        list(
            zip(
                article.sentences[0].tokens,
                article.sentences[0].token_start,
                article.sentences[0].token_end,
                article.analyses[0],
                strict=True,
            )
        )
        for article in articles
    ]


def _by_frequency(units: Sequence[Unit]) -> list[list[Analysed]]:
    analyse = FrequencyAnalyser(find_models(SETTINGS).morphology).analyse
    return [
        [
            (word, start, end, analyse(word))
            for word, start, end in zip(*tokenise(unit.text), strict=True)
        ]
        for unit in units
    ]


def _official(
    units: Sequence[Unit],
    sides: Sequence[Sequence[Analysed]],
    measure: str,
    view: View = _EVERYTHING,
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


def _word_error_rate(
    units: Sequence[Unit],
    sides: Sequence[Sequence[Analysed]],
    ending: Callable[[str], str] = lambda form: form,
) -> tuple[float, int]:
    """The share of surface words with another vocalised form, in percent, and how many there are.

    Of words that the treebank vocalises; in one notation.
    """
    wrong = words = 0
    for unit, tokens in zip(units, sides, strict=True):
        for token, (start, end) in zip(unit.tokens, unit.spans, strict=True):
            gold = vocalised_token(token)
            if gold is not None:
                ours = "".join(one.diac for _, begin, _, one in tokens if start <= begin < end)
                words += 1
                wrong += ending(same_notation(ours)) != ending(same_notation(gold))
    return 100 * wrong / words, words
