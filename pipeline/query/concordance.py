"""The concordance: every place where the words of a pattern stand, with what is around them."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import duckdb

from pipeline.error_codes import ErrorCode
from pipeline.errors import RunError
from pipeline.query import pattern as tree
from pipeline.query.conditions import Condition, conditions, required
from pipeline.query.corpus import Corpus, parquet, quoted
from pipeline.query.matching import Matcher
from pipeline.query.parser import parse_pattern
from pipeline.query.pattern import Comparison, Test
from pipeline.query.selection import Selection, where

_COLUMNS = (
    *("sentence_id", "doc_id", "path", "site", "published", "block", "text"),
    *("tokens", "token_start", "token_end", "lemma", "upos"),
    *("entity_token_start", "entity_token_end"),
)
# Sentences that are read together: few, so that the first hits come at once, then more and more.
_FIRST_SENTENCES = 32
_MOST_SENTENCES = 2048


@dataclass(frozen=True, slots=True)
class Hit:
    """A hit: `before`, `match` and `after` are stretches of the sentence.

    `first` and `end` are the half-open range of its words in the sentence, `lemma` and `upos`
    theirs.
    """

    sentence_id: str
    doc_id: str
    path: str
    site: str | None
    published: datetime.datetime | None
    block: str
    first: int
    end: int
    before: str
    match: str
    after: str
    lemma: tuple[str, ...]
    upos: tuple[str, ...]


def concordance(
    corpus: Corpus,
    text: str,
    selection: Selection | None = None,
    limit: int | None = None,
    context: int = 12,
) -> Iterator[Hit]:
    """The hits of a pattern, in the order of the corpus.

    Args:
        corpus: where to look.
        text: the pattern.
        selection: the sentences to look at; all, unless told.
        limit: how many hits to find at most: then the search ends.
        context: how many words to show on either side, from the same sentence.

    Raises:
        PatternError: the pattern does not parse.
        RunError: the corpus is damaged.
    """
    pattern = parse_pattern(text)
    known = conditions(pattern, text)
    return _hits(corpus, pattern, known, selection or Selection(), limit, context)


def _hits(
    corpus: Corpus,
    pattern: tree.Pattern,
    known: dict[Comparison, Condition],
    selection: Selection,
    limit: int | None,
    context: int,
) -> Iterator[Hit]:
    numbers = {comparison: number for number, comparison in enumerate(known)}
    flags = [f"{known[each].flags} AS flags{number}" for each, number in numbers.items()]
    needed = required(pattern, known)
    clauses = [*selection.clauses(), *([needed] if needed else [])]
    matcher = Matcher(pattern)
    left = limit
    for row in _rows(corpus, (*_COLUMNS, *flags), where(clauses)):
        judge = _judge(row, known, numbers)
        for first, end in matcher.hits(len(row["tokens"]), judge):
            yield _hit(row, first, end, context)
            left = None if left is None else left - 1
            if left == 0:
                return


def _rows(corpus: Corpus, columns: Sequence[str], needed: str) -> Iterator[dict[str, Any]]:
    """The columns of the sentences that are needed, as they are found.

    Where they are is asked first, which takes the columns of the condition only; all the others
    are then read of a few sentences at a time, for nobody may want the rest.
    """
    files = corpus.files("sentences")
    if not files:
        return
    try:
        with corpus.connection.cursor() as finding, corpus.connection.cursor() as reading:
            finding.execute(
                f"SELECT filename, file_row_number FROM {parquet(files, places=True)} {needed}"  # noqa: S608
            )
            size = _FIRST_SENTENCES
            try:
                while places := finding.fetchmany(size):
                    size = min(2 * size, _MOST_SENTENCES)
                    yield from _rows_at(reading, columns, places)
            finally:  # closed before its end, DuckDB would first find all the others
                finding.interrupt()
    except duckdb.Error as error:
        raise RunError(ErrorCode.DAMAGED_CORPUS, f"cannot be read: {error}") from error


def _rows_at(
    connection: duckdb.DuckDBPyConnection, columns: Sequence[str], places: Sequence[tuple[str, int]]
) -> Iterator[dict[str, Any]]:
    files = dict.fromkeys(file for file, _ in places)
    wanted = ", ".join(f"({quoted(file)}, {row})" for file, row in places)
    source = parquet(files, places=True)
    # As a join, which this is, DuckDB gives them in any order.
    connection.execute(
        f"SELECT filename, file_row_number, {', '.join(columns)} FROM {source} "  # noqa: S608
        f"WHERE (filename, file_row_number) IN ({wanted})"
    )
    names = [column[0] for column in connection.description or ()]
    found = {row[:2]: dict(zip(names, row, strict=True)) for row in connection.fetchall()}
    for place in places:
        yield found[place]


def _judge(
    row: Mapping[str, Any],
    known: Mapping[Comparison, Condition],
    numbers: Mapping[Comparison, int],
) -> Callable[[Test, int], bool]:
    """What says whether a test is true of a word of the sentence."""
    entity_of = _entity_of_word(row)

    def true_of(test: Test, at: int) -> bool:
        match test:
            case Comparison():
                condition, flags = known[test], row[f"flags{numbers[test]}"]
                place = entity_of.get(at) if condition.of_entity else at
                true = condition.on_missing if place is None else bool(flags[place])
                return true != condition.negated
            case tree.Not(operand=operand):
                return not true_of(operand, at)
            case tree.All(operands=operands):
                return all(true_of(each, at) for each in operands)
            case tree.Any(operands=operands):
                return any(true_of(each, at) for each in operands)

    return true_of


def _entity_of_word(row: Mapping[str, Any]) -> dict[int, int]:
    spans = zip(row["entity_token_start"], row["entity_token_end"], strict=True)
    return {at: number for number, (start, end) in enumerate(spans) for at in range(start, end)}


def _hit(row: Mapping[str, Any], first: int, end: int, context: int) -> Hit:
    text, starts, ends = row["text"], row["token_start"], row["token_end"]
    left = starts[max(0, first - context)]
    right = ends[min(len(ends), end + context) - 1]
    return Hit(
        **{name: row[name] for name in ("sentence_id", "doc_id", "path", "site")},
        published=row["published"],
        block=row["block"],
        first=first,
        end=end,
        before=text[left : starts[first]].strip(),
        match=text[starts[first] : ends[end - 1]],
        after=text[ends[end - 1] : right].strip(),
        lemma=tuple(row["lemma"][first:end]),
        upos=tuple(row["upos"][first:end]),
    )
