"""Training text as numbers: words with their readings, and which readings are right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from models.ner_data import read_conll, retokenise
from models.pos_gold import agreeing
from models.pos_settings import PosSettings
from models.pos_treebank import Gold, Sentence, read_iahlt, read_padt
from transforms.camel_analyser import WORD, candidates_of, model_view
from transforms.lemma_priors import LemmaPriors
from transforms.lexicon import Candidate, Lexicon
from transforms.reading_numbers import NUMBERS
from transforms.readings import Reader, Reading, Readings
from transforms.values import ValueTable, claims, lemma_claim
from transforms.word_features import Vocabulary, Word, affixes, folded, lexical_views

NAME, OTHER, UNSURE = "X", "O", "?"
BACKOFF = "CONTEXT"  # what training reads words with, and so what the pipeline should
_LEMMA_UNCOUNTED = NUMBERS.index("lemma_uncounted")
_UNCOUNTED = NUMBERS.index("pos_uncounted")


class Texts(NamedTuple):
    """Sentences by what is done with them."""

    train: list[Sentence]
    padt_dev: list[Sentence]
    padt_test: list[Sentence]
    iahlt_dev: list[Sentence]


def read_texts(data: Path) -> Texts:
    """The treebanks and, for names alone, ANERcorp's train half.

    Raises:
        FileNotFoundError: a file is missing.
    """
    treebank = data / "treebank"
    train = read_padt(treebank / "padt.train.jsonl.gz")
    train += read_iahlt(treebank / "ar_iahlt-ud-train.conllu")
    train += named(data / "ner" / "anercorp.train.conll")
    return Texts(
        train,
        read_padt(treebank / "padt.dev.jsonl.gz"),
        read_padt(treebank / "padt.test.jsonl.gz"),
        read_iahlt(treebank / "ar_iahlt-ud-dev.conllu"),
    )


def named(path: Path) -> list[Sentence]:
    """Sentences whose words of persons' names are proper nouns, and words of no name are none.

    Of other names nothing is said: اتحاد is a noun in an organisation's.
    """
    kinds = {"PER": NAME, "O": OTHER}
    return [
        tuple(
            Gold(
                word, 0, 0, kinds.get(label.partition("-")[2][:3] or label, UNSURE), treebank="ner"
            )
            for word, label in zip(sentence.words, sentence.labels, strict=True)
        )
        for sentence in map(retokenise, read_conll(path))
    ]


@dataclass
class WordBank:
    """All word types of some texts with their readings, numbered; made by `word_bank`."""

    table: ValueTable
    vocabulary: Vocabulary
    reader: Reader
    number: dict[str, int] = field(default_factory=dict)
    seen: list[Word] = field(default_factory=list)
    readings: list[Readings | None] = field(default_factory=list)

    def add(self, word: str, found: Readings | None) -> None:
        """Give a word the next number."""
        view = model_view(word) or word
        vocabulary = self.vocabulary
        self.number[word] = len(self.seen)
        self.readings.append(found)
        (lexical,) = lexical_views([found], len(self.table.names) + 1)
        self.seen.append(Word(vocabulary.form(view), vocabulary.affix_numbers(view), *lexical))

    def forget_analyses(self) -> None:
        """Keep of the readings only their numbers, which take a small part of the memory."""
        self.readings = [
            None if found is None else Readings((), found.claimed, found.packed)
            for found in self.readings
        ]


def word_bank(
    sentences: Sequence[Sentence], lexicon: Lexicon, priors: LemmaPriors, settings: PosSettings
) -> WordBank:
    """The words of the training sentences, and the tables made of them."""
    counts = Counter(gold.word for sentence in sentences for gold in sentence)
    reader = Reader(priors, ValueTable([]))
    table = ValueTable(_value_names(counts, lexicon, reader, settings))
    bank = WordBank(table, _vocabulary(counts, settings), Reader(priors, table))
    for word in sorted(counts):
        view = model_view(word)
        candidates = candidates_of(lexicon, view, BACKOFF) if WORD.fullmatch(view) else []
        bank.add(word, bank.reader.readings(word, view, candidates) if candidates else None)
    return bank


def _value_names(
    counts: Mapping[str, int], lexicon: Lexicon, reader: Reader, settings: PosSettings
) -> list[str]:
    found: Counter[str] = Counter()
    lemmas: Counter[str] = Counter()
    for word, count in counts.items():
        view = model_view(word)
        if WORD.fullmatch(view):
            meanings = _meanings(candidates_of(lexicon, view, BACKOFF), reader)
            claimed = {name for pos, features in meanings for name in claims(pos, features)}
            found.update(dict.fromkeys(claimed, count))
            lemmas.update(dict.fromkeys(_rivals(meanings), count))
    names = [name for name, count in found.items() if count >= settings.least_value_count]
    names += [
        name
        for name, count in found.items()
        if name.startswith("pos=")
        and settings.least_pos_count <= count < settings.least_value_count
    ]
    names += [name for name, count in lemmas.items() if count >= settings.least_lemma_count]
    return sorted(names)


Meanings = dict[tuple[str, tuple[str, ...]], set[str]]


def _meanings(candidates: Iterable[Candidate], reader: Reader) -> Meanings:
    """Counted lemmas by the part of speech and the features that readings of a word have."""
    found: Meanings = {}
    for candidate in candidates:
        for entry in reader.entries(candidate):
            lemmas = found.setdefault((entry.pos, reader.features(candidate)), set())
            if not entry.counted[_LEMMA_UNCOUNTED]:
                lemmas.add(entry.lemma)
    return found


def _rivals(meanings: Meanings) -> set[str]:
    """Values of those lemmas that nothing but the lemma tells apart: أَنَّ and أَنْ."""
    return {
        lemma_claim(lemma) for lemmas in meanings.values() if len(lemmas) > 1 for lemma in lemmas
    }


def _vocabulary(counts: Mapping[str, int], settings: PosSettings) -> Vocabulary:
    forms: Counter[str] = Counter()
    ends: Counter[str] = Counter()
    for word, count in counts.items():
        view = model_view(word) or word
        forms[folded(view)] += count
        ends.update(affixes(view))
    return Vocabulary(
        sorted(form for form, count in forms.items() if count >= settings.least_form_count),
        sorted(end for end, count in ends.items() if count >= settings.least_affix_types),
    )


class Example(NamedTuple):
    """A sentence: numbers of its words, and of those that teach which readings are right."""

    words: NDArray[np.int64]
    right: tuple[NDArray[np.bool_] | None, ...]


def examples(sentences: Iterable[Sentence], bank: WordBank, longest: int) -> Iterator[Example]:
    """The sentences as numbers, cut where they are longer than `longest` words."""
    features: dict[str, list[tuple[str, ...]]] = {}
    for sentence in sentences:
        for start in range(0, len(sentence), longest):
            part = sentence[start : start + longest]
            yield Example(
                np.array([bank.number[gold.word] for gold in part]),
                tuple(_right(gold, bank, features) for gold in part),
            )


def _right(
    gold: Gold, bank: WordBank, features: dict[str, list[tuple[str, ...]]]
) -> NDArray[np.bool_] | None:
    """None where nothing is to be learned: no reading is right, or all are."""
    found = bank.readings[bank.number[gold.word]]
    if found is None or gold.upos == UNSURE:
        return None
    if gold.treebank == "ner":
        right = np.array([_is_named(gold, reading) for reading in found.readings])
    else:
        if gold.word not in features:
            features[gold.word] = [bank.reader.features(r.candidate) for r in found.readings]
        uncounted = (found.numbers[:, _UNCOUNTED] > 0).tolist()
        right = np.array(agreeing(gold, found.readings, features[gold.word], uncounted))
    return right if right.any() and not right.all() else None


def _is_named(gold: Gold, reading: Reading) -> bool:
    if gold.upos == NAME:
        return reading.pos == "noun_prop"
    return not reading.candidate.is_guess
