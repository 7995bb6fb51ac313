"""Words, parts of speech, features, lemmas and diacritics beside UD treebanks of Arabic."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from pipeline.models import find_models
from tests.evaluation.annotate import SETTINGS, annotate, as_given
from tests.evaluation.baselines import FREQUENCY_ALONE, FrequencyAnalyser
from tests.evaluation.calibration import calibration_error
from tests.evaluation.conll_scores import EVERYTHING, View, official
from tests.evaluation.iahlt import read_iahlt
from tests.evaluation.measures import Row
from tests.evaluation.published import PADT
from tests.evaluation.sources import DataFile, Source, data_file
from tests.evaluation.treebank import Analysed, Unit, read_units
from tests.evaluation.vocalisation import (
    bare,
    same_lemma,
    same_notation,
    vocalised_token,
    without_case_ending,
)
from transforms.tokens import tokenise

# The features of inflection. PADT marks no gender on nouns.
_INFLECTION = frozenset("Aspect Case Definite Gender Mood Number Person Voice".split())
_ENDINGS = frozenset({"Case", "Definite", "Mood"})


_NAMES_ARE_NOUNS = View(names_are_nouns=True)
_BARE_LEMMA = View(lemma=lambda lemma: bare(same_lemma(lemma)))

Score = Callable[[Sequence[Unit], Sequence[Sequence[Analysed]]], tuple[float, int]]


class _Table:
    """Rows of one treebank: ours and the baseline's analyses of its units, scored together."""

    def __init__(self, file: DataFile, units: Sequence[Unit]) -> None:
        self._source = file.name
        self._sides = (
            dict(zip(units, _ours(units), strict=True)),
            dict(zip(units, _by_frequency(units), strict=True)),
        )

    def row(self, layer: str, measure: str, units: Sequence[Unit], score: Score) -> Row:
        """A row of a measure that is no F1 of the official scorer."""
        (mine, size), (other, _) = (
            score(units, [side[unit] for unit in units]) for side in self._sides
        )
        return Row(layer, measure, self._source, size, mine, other, FREQUENCY_ALONE)

    def f1(
        self, layer: str, measure: str, units: Sequence[Unit], key: str, view: View = EVERYTHING
    ) -> Row:
        """A row of the official scorer's figure `key`."""
        return self.row(layer, measure, units, partial(official, measure=key, view=view))


def padt_rows(folder: Path) -> tuple[list[Row], list[Source]]:
    """All layers of morphology on PADT's test part, its units as they are, in our own tokens.

    Each layer is scored on the units of which the treebank gives it for all words.
    """
    file = data_file(folder, "padt")
    units = read_units(file)
    lemmatised = [unit for unit in units if unit.has("lemma")]
    annotated = [unit for unit in units if unit.has("vocalised")]
    table = _Table(file, units)
    both, form = View(features=_INFLECTION), View(features=_INFLECTION - _ENDINGS)
    rows = [
        _beside(table.f1("words and clitics", "F1", units, "Words"), "Words"),
        _beside(table.f1("UPOS", "F1", units, "UPOS"), "UPOS"),
        table.f1("UPOS", "F1, PROPN and X as NOUN", units, "UPOS", _NAMES_ARE_NOUNS),
        table.f1("features", "F1, as they stand", annotated, "UFeats"),
        table.f1("features", "F1 of those that both mark", annotated, "UFeats", both),
        table.f1("features", "F1 without case, mood and state", annotated, "UFeats", form),
        table.f1("CAMeL POS", "F1 in PADT's 12 classes", annotated, "XPOS"),
        _beside(table.f1("lemma", "F1", lemmatised, "Lemmas"), "Lemmas"),
        table.f1("lemma", "F1 without diacritics", lemmatised, "Lemmas", _BARE_LEMMA),
        table.row("lemma", "ECE of `analysis_score`, bare lemma", lemmatised, calibration_error),
        table.row("diacritised form", "WER", annotated, _word_error_rate),
        table.row(
            "diacritised form",
            "WER without case endings",
            annotated,
            partial(_word_error_rate, ending=without_case_ending),
        ),
    ]
    return rows, [_source(file, units)]


def iahlt_rows(folder: Path) -> tuple[list[Row], list[Source]]:
    """Words, parts of speech and lemmas on IAHLT's dev part; it has no features."""
    file = data_file(folder, "iahlt")
    units = read_iahlt(file)
    table = _Table(file, units)
    rows = [
        table.f1("words and clitics", "F1", units, "Words"),
        table.f1("UPOS", "F1", units, "UPOS"),
        table.f1("UPOS", "F1, PROPN and X as NOUN", units, "UPOS", _NAMES_ARE_NOUNS),
        table.f1("lemma", "F1", units, "Lemmas"),
        table.f1("lemma", "F1 without diacritics", units, "Lemmas", _BARE_LEMMA),
    ]
    return rows, [_source(file, units)]


def _beside(row: Row, key: str) -> Row:
    """The row with what others have published of PADT."""
    return replace(row, published=PADT[key])


def _source(file: DataFile, units: Sequence[Unit]) -> Source:
    words = sum(len(token.words) for unit in units for token in unit.tokens)
    return file.source(f"{len(units)} units, {words:,} words")


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
