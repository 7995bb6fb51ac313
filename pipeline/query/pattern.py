"""A pattern as a tree: what the words of a hit are, in the spirit of CQP.

قال الرئيس                          two words, as they are written
[lemma="قال"] [upos="PROPN"]+       a form of the verb, and names after it
[root="كتب" & upos!="VERB"]         a noun of a root
("وزير" | [lemma="رئيس"]) []{0,2} [entity="PER"]
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from schemas.columns import TEXTS
from schemas.sentences import ANALYSIS

Operator = Literal["=", "!=", "==", "!==", "contains"]

WORD = "word"
# Attributes of a word by the column that they are in.
TOKEN_ATTRIBUTES = {
    WORD: "tokens",
    **{column.name: column.name for column in ANALYSIS if column.type == TEXTS},
}
# Attributes of the named entity that a word belongs to.
ENTITY_ATTRIBUTES = {
    "entity": "entity_type",
    "entity_type": "entity_type",
    "entity_name": "entity_name",
    "entity_text": "entity_text",
}
ATTRIBUTES = {**TOKEN_ATTRIBUTES, **ENTITY_ATTRIBUTES}
# The attribute whose value is a list, parted by |.
FEATURES = "feats"


@dataclass(frozen=True, slots=True)
class Comparison:
    """An attribute compared with a value; `position` is the value's in the pattern, from 0."""

    attribute: str
    operator: Operator
    value: str
    ignores_case: bool
    position: int


@dataclass(frozen=True, slots=True)
class Not:
    """What its operand is not true of."""

    operand: Test


@dataclass(frozen=True, slots=True)
class All:
    """True of a word if all of its operands are; so is none of them: of any word."""

    operands: tuple[Test, ...]


@dataclass(frozen=True, slots=True)
class Any:
    """True of a word if one of its operands is."""

    operands: tuple[Test, ...]


Test = Comparison | Not | All | Any


@dataclass(frozen=True, slots=True)
class Word:
    """A word of which the test is true."""

    test: Test


@dataclass(frozen=True, slots=True)
class Sequence:
    """One part after the other."""

    parts: tuple[Pattern, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the parts."""

    parts: tuple[Pattern, ...]


@dataclass(frozen=True, slots=True)
class Repetition:
    """A part, `least` to `most` times; `None`: as often as there is."""

    part: Pattern
    least: int
    most: int | None


Pattern = Word | Sequence | Choice | Repetition


def comparisons(pattern: Pattern | Test) -> Iterator[Comparison]:
    """All comparisons of a pattern, from left to right."""
    match pattern:
        case Comparison():
            yield pattern
        case Word(test=inner) | Not(operand=inner) | Repetition(part=inner):
            yield from comparisons(inner)
        case All(operands=several) | Any(operands=several):
            for test in several:
                yield from comparisons(test)
        case Sequence(parts=parts) | Choice(parts=parts):
            for part in parts:
                yield from comparisons(part)
