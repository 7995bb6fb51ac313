"""Training sentences for the entity tagger: read, tokenised as at run time, split by position."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple, TypeVar

from transforms.entities import Span, spans_of
from transforms.tokens import tokenise

ENTITY_TYPES = {"PERS": "PER", "PER": "PER", "LOC": "LOC", "ORG": "ORG", "MISC": "MISC"}


Sentence = TypeVar("Sentence")


class LabelledSentence(NamedTuple):
    """Surface words and one BIO label a word."""

    words: tuple[str, ...]
    labels: tuple[str, ...]


def read_conll(path: Path) -> list[LabelledSentence]:
    """Read `word TAG` lines; a blank line ends a sentence.

    Raises:
        ValueError: a line without a tag, with its number.
    """
    return [
        LabelledSentence(words, tuple(labels[0] for labels in columns))
        for words, columns in _columns(path)
    ]


def _columns(path: Path) -> Iterator[tuple[tuple[str, ...], list[list[str]]]]:
    words: list[str] = []
    columns: list[list[str]] = []
    for number, line in enumerate([*path.read_text(encoding="utf-8").splitlines(), ""], start=1):
        if line.strip():
            word, *labels = line.split()
            if not labels:
                raise ValueError(f"{path}, line {number}: expected `word TAG`, found {line!r}")
            words.append(word)
            columns.append(labels)
        elif words:
            yield tuple(words), columns
            words, columns = [], []


def labels_of(spans: Iterable[Span], length: int) -> tuple[str, ...]:
    """The BIO sequence, `length` labels long, of some entities that do not overlap."""
    labels = ["O"] * length
    for span in spans:
        labels[span.start : span.end] = [f"I-{span.type}"] * (span.end - span.start)
        labels[span.start] = f"B-{span.type}"
    return tuple(labels)


def retokenise(sentence: LabelledSentence) -> LabelledSentence:
    """The sentence in the tokens of run time, with its entities on them.

    A word may fall into several tokens (`(د` → `(`, `د`). Punctuation at either edge of an entity
    that was glued to its first or last word is not part of it.
    """
    words: list[str] = []
    first: list[int] = []
    for word in sentence.words:
        first.append(len(words))
        words.extend(tokenise(word).words)
    first.append(len(words))
    spans = []
    for span in spans_of(sentence.labels):
        kind = ENTITY_TYPES.get(span.type)
        start, end = first[span.start], first[span.end]
        start_limit, end_limit = first[span.start + 1] - 1, first[span.end - 1]
        while start < min(start_limit, end - 1) and _is_punctuation(words[start]):
            start += 1
        while end - 1 > max(end_limit, start) and _is_punctuation(words[end - 1]):
            end -= 1
        if kind is not None and start < end:
            spans.append(Span(start, end, kind))
    return LabelledSentence(tuple(words), labels_of(spans, len(words)))


def _is_punctuation(word: str) -> bool:
    return all(unicodedata.category(letter)[0] in "PS" for letter in word)


def split_by_position(
    sentences: Sequence[Sentence], development_share: float
) -> tuple[list[Sentence], list[Sentence]]:
    """The head to train on and the tail, whole, to measure on: neighbours share names.

    Raises:
        ValueError: one of the two would be empty.
    """
    tail = math.ceil(len(sentences) * development_share)
    if not 0 < tail < len(sentences):
        raise ValueError(f"{development_share} of {len(sentences)} sentences is no split")
    return list(sentences[:-tail]), list(sentences[-tail:])


class Score(NamedTuple):
    """Strict span scores, 0 to 100, and how many entities the gold has."""

    precision: float
    recall: float
    f1: float
    gold: int


def score(gold: Sequence[Sequence[str]], guessed: Sequence[Sequence[str]]) -> dict[str, Score]:
    """Strict scores by type and for `ALL`: an entity counts if both edges and its type agree."""
    found: dict[str, list[int]] = {}
    for gold_labels, guessed_labels in zip(gold, guessed, strict=True):
        right, made = set(spans_of(gold_labels)), set(spans_of(guessed_labels))
        for spans, column in ((right & made, 0), (made, 1), (right, 2)):
            for span in spans:
                for kind in (span.type, "ALL"):
                    found.setdefault(kind, [0, 0, 0])[column] += 1
    return {kind: _score(*counts) for kind, counts in sorted(found.items())}


def _score(both: int, made: int, right: int) -> Score:
    precision, recall = 100 * both / max(made, 1), 100 * both / max(right, 1)
    f1 = 200 * both / max(made + right, 1)
    return Score(round(precision, 2), round(recall, 2), round(f1, 2), right)
