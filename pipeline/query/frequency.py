"""How often words, lemmas, roots and sequences of them occur; by site, block or time, if asked."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import duckdb

from pipeline.error_codes import ErrorCode
from pipeline.errors import RunError, UsageError
from pipeline.query.conditions import conditions, sql_of_word
from pipeline.query.corpus import Corpus
from pipeline.query.parser import parse_test
from pipeline.query.pattern import ENTITY_ATTRIBUTES, TOKEN_ATTRIBUTES, Test, comparisons
from pipeline.query.selection import Selection, where

# What counts can be parted by, in SQL on `sentences`.
GROUPS = {
    "site": "site",
    "block": "block",
    "day": "strftime(published, '%Y-%m-%d')",
    "month": "strftime(published, '%Y-%m')",
    "year": "strftime(published, '%Y')",
}
_MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class Frequency:
    """What to count.

    Attributes:
        attribute: of `TOKEN_ATTRIBUTES`.
        length: how many words in sequence, 1 to 5, all of one sentence.
        test: a pattern of one word that each must match: `[upos="NOUN"]`.
        group: of `GROUPS`: counts for each of its values.
        punctuation: whether punctuation counts as words.
        limit: how many of the commonest to give; `None`: all.
        selection: the sentences to count in.
    """

    attribute: str
    length: int = 1
    test: str | None = None
    group: str | None = None
    punctuation: bool = False
    limit: int | None = 20
    selection: Selection = field(default_factory=Selection)

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of the answer."""
        return (*([self.group] if self.group else []), "count", "per_million", self.attribute)


def frequencies(corpus: Corpus, asked: Frequency) -> list[dict[str, Any]]:
    """The commonest values, with their count and their share in a million of the words counted.

    With a group: of the values that are commonest in all, the counts in each of its values that
    has any. Values that are missing (a word without a root) do not count.

    Raises:
        PatternError: the test does not parse.
        UsageError: the test asks for names.
        RunError: the corpus is damaged.
    """
    group = GROUPS[asked.group] if asked.group else "NULL"
    names = [f"value{index}" for index in range(asked.length)]
    value = " || ' ' || ".join(names)
    query = f"""
        WITH words AS ({_words(asked, group)}),
        counted AS (
            SELECT part, {value} AS value, count(*) AS count
            FROM words GROUP BY part, {", ".join(names)}
        ),
        commonest AS (
            SELECT value, sum(count) AS whole FROM counted
            GROUP BY value ORDER BY whole DESC, value {_limit(asked.limit)}
        ),
        parts AS (SELECT part, sum(count) AS whole FROM counted GROUP BY part)
        SELECT counted.part, counted.value, counted.count, counted.count / parts.whole
        FROM counted JOIN commonest USING (value)
            JOIN parts ON parts.part IS NOT DISTINCT FROM counted.part
        ORDER BY counted.part NULLS LAST, counted.count DESC, counted.value
    """  # noqa: S608
    try:
        rows = corpus.connection.execute(query).fetchall()
    except duckdb.Error as error:
        raise RunError(ErrorCode.DAMAGED_CORPUS, f"cannot be read: {error}") from error
    return [
        {
            **({asked.group: part} if asked.group else {}),
            "count": count,
            "per_million": round(share * _MILLION, 1),
            asked.attribute: value,
        }
        for part, value, count, share in rows
    ]


def _words(asked: Frequency, group: str) -> str:
    """SQL for the sequences to count: `part` and a column for each of their words.

    Lists are unfolded beside each other, each next word's one place later: DuckDB fills the
    shorter ones up with nulls, which no sequence may have.
    """
    column = TOKEN_ATTRIBUTES[asked.attribute]
    selected = [f"{group} AS part"]
    clauses: list[str] = []
    for place in range(asked.length):
        later = f"[{place + 1}:]" if place else ""
        selected.append(f"unnest({column}{later}) AS value{place}")
        clauses.append(f"value{place} IS NOT NULL")
        if not asked.punctuation:
            selected.append(f"unnest(upos{later}) AS upos{place}")
            clauses.append(f"upos{place} <> 'PUNCT'")
    if asked.test is not None:
        test = _parsed(asked.test)
        known = conditions(test, asked.test)
        for place in range(asked.length):
            names = _Names(place)
            clauses.append(sql_of_word(test, known, names))
            selected += names.selected()
    sentences = where(asked.selection.clauses())
    unfolded = f"SELECT {', '.join(selected)} FROM sentences {sentences}"  # noqa: S608
    return f"SELECT * FROM ({unfolded}) {where(clauses)}"  # noqa: S608


class _Names:
    """The columns that a test asks for, of the word at a place of the sequence."""

    def __init__(self, place: int) -> None:
        self._place = place
        self._asked: dict[str, str] = {}

    def __call__(self, column: str) -> str:
        return self._asked.setdefault(column, f"{column}_of_{self._place}")

    def selected(self) -> list[str]:
        """SQL that unfolds them."""
        later = f"[{self._place + 1}:]" if self._place else ""
        return [f"unnest({column}{later}) AS {name}" for column, name in self._asked.items()]


def _parsed(text: str) -> Test:
    test = parse_test(text)
    for comparison in comparisons(test):
        if comparison.attribute in ENTITY_ATTRIBUTES:
            raise UsageError(
                ErrorCode.BAD_ARGUMENTS,
                f"freq does not count by {comparison.attribute}",
                "`names` counts names, `kwic` finds words in them",
            )
    return test


def _limit(limit: int | None) -> str:
    return f"LIMIT {limit}" if limit is not None else ""
