"""The comparisons of a pattern as DuckDB reckons them: for each word, and for whole sentences.

DuckDB's regular expressions are RE2: they take time linear in the text, whatever a user types.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

import duckdb

from pipeline.query import pattern as tree
from pipeline.query.corpus import quoted
from pipeline.query.diacritics import by_unicode, letters_in_order, root_expression, tolerant
from pipeline.query.parser import pattern_error
from pipeline.query.pattern import (
    ATTRIBUTES,
    ENTITY_ATTRIBUTES,
    FEATURES,
    Comparison,
    Pattern,
    Test,
    comparisons,
)

# Attributes in Arabic script.
_VOCALISED = frozenset(
    ("word", "lemma", "lemma_id", "diac", "d3", "atb", "pattern", "entity_name", "entity_text")
)
_NEGATED = frozenset(("!=", "!=="))
_PLAIN = re.compile(r"[A-Za-z0-9_ ,:;<>@#%&=~-]*")


@dataclass(frozen=True, slots=True)
class Condition:
    """A comparison, without its negation.

    Attributes:
        column: the list column that is compared.
        of_entity: whether its members are of entities, not of words.
        exactly: the one value of which it is true, if that is known.
        expression: else the regular expression that a whole value must match.
        like: what a value must be LIKE, if it is known: found in half the time.
        ignores_case: whether upper and lower case are alike.
        on_missing: whether it is true where there is no value, which counts as "".
        negated: whether the comparison is true where the condition is not.
    """

    column: str
    of_entity: bool
    exactly: str | None
    expression: str
    like: str | None
    ignores_case: bool
    on_missing: bool
    negated: bool

    def sql(self, value: str) -> str:
        """SQL: whether the condition is true of a value, which is SQL itself."""
        if self.exactly is not None:
            return f"{value} = {quoted(self.exactly)}"
        options = ", 'i'" if self.ignores_case else ""
        return f"regexp_full_match({value}, {quoted(self.expression)}{options})"

    def sql_with_missing(self, value: str) -> str:
        """The same, where the value may be null."""
        return f"coalesce({self.sql(value)}, {str(self.on_missing).lower()})"

    @property
    def flags(self) -> str:
        """SQL: for each member of the column, whether the condition is true of it."""
        return f"list_transform({self.column}, lambda x: {self.sql_with_missing('x')})"

    @property
    def anywhere(self) -> str | None:
        """SQL: whether the comparison can be true of any word of the sentence; `None`: always."""
        if self.negated or self.on_missing:
            return None
        if self.exactly is not None:
            return f"list_contains({self.column}, {quoted(self.exactly)})"
        true = f"x LIKE {quoted(self.like)}" if self.like else self.sql("x")
        return f"len(list_filter({self.column}, lambda x: {true})) > 0"


def conditions(pattern: Pattern | Test, text: str) -> dict[Comparison, Condition]:
    """The conditions of a pattern's comparisons.

    Args:
        pattern: the pattern.
        text: what it was parsed from, for error messages.

    Raises:
        PatternError: a value is no regular expression.
    """
    with duckdb.connect() as connection:
        return {each: _condition(each, text, connection) for each in comparisons(pattern)}


def required(pattern: Pattern, known: dict[Comparison, Condition]) -> str | None:
    """SQL that is true of every sentence with a hit, and of as few others as can be.

    Returns:
        `None` if any sentence may have one.
    """
    match pattern:
        case tree.Word(test=test):
            return _required_of_word(test, known)
        case tree.Sequence(parts=parts):
            return _joined(" AND ", [required(part, known) for part in parts])
        case tree.Choice(parts=parts):
            return _joined(" OR ", [required(part, known) for part in parts])
        case tree.Repetition(part=part, least=least):
            return required(part, known) if least else None


def sql_of_word(test: Test, known: dict[Comparison, Condition], named: Callable[[str], str]) -> str:
    """SQL for a test of one word.

    Args:
        test: the test.
        known: the conditions of its comparisons.
        named: gives the SQL for the word's value of a column.
    """
    match test:
        case Comparison():
            condition = known[test]
            true = condition.sql_with_missing(named(condition.column))
            return f"NOT {true}" if condition.negated else true
        case tree.Not(operand=operand):
            return f"NOT ({sql_of_word(operand, known, named)})"
        case tree.All(operands=several):
            clauses = [f"({sql_of_word(each, known, named)})" for each in several]
            return " AND ".join(clauses) or "true"
        case tree.Any(operands=several):
            return " OR ".join(f"({sql_of_word(each, known, named)})" for each in several)


def _required_of_word(test: Test, known: dict[Comparison, Condition]) -> str | None:
    match test:
        case Comparison():
            return known[test].anywhere
        case tree.Not():
            return None
        case tree.All(operands=operands):
            return _joined(" AND ", [_required_of_word(each, known) for each in operands])
        case tree.Any(operands=operands):
            return _joined(" OR ", [_required_of_word(each, known) for each in operands])


def _joined(operator: str, clauses: Iterable[str | None]) -> str | None:
    """The clauses in one; of alternatives that may all be true, of facts those that are known."""
    listed = list(clauses)
    if operator == " OR " and None in listed:
        return None
    found = dict.fromkeys(clause for clause in listed if clause is not None)
    return "(" + operator.join(found) + ")" if found else None


def _condition(
    comparison: Comparison, text: str, connection: duckdb.DuckDBPyConnection
) -> Condition:
    attribute, expression = comparison.attribute, _expression(comparison)
    found = Condition(
        column=ATTRIBUTES[attribute],
        of_entity=attribute in ENTITY_ATTRIBUTES,
        exactly=comparison.value if expression is None else None,
        expression=expression or "",
        like=letters_in_order(comparison.value) if attribute in _VOCALISED else None,
        ignores_case=comparison.ignores_case,
        on_missing=False,
        negated=comparison.operator in _NEGATED,
    )
    try:
        row = connection.execute(f"SELECT {found.sql(quoted(''))}").fetchone()
    except duckdb.Error as error:
        why = str(error).splitlines()[0].partition(": ")[2]
        raise pattern_error(
            text, comparison.position, f"a regular expression ({why or error})"
        ) from error
    return replace(found, on_missing=bool(row and row[0]))


def _expression(comparison: Comparison) -> str | None:
    """The regular expression of a comparison; `None` if it is with exactly one value."""
    attribute, value = comparison.attribute, comparison.value
    if comparison.ignores_case:
        literal = comparison.operator in ("==", "!==")
        return re.escape(value) if literal else by_unicode(value)
    if comparison.operator in ("==", "!=="):
        return None
    if comparison.operator == "contains":
        return rf"(?:.*\|)?(?:{by_unicode(value)})(?:\|.*)?"
    if attribute in _VOCALISED:
        return tolerant(value)
    if attribute == "root" and (root := root_expression(value)) is not None:
        return root
    if attribute != FEATURES and _PLAIN.fullmatch(value):
        return None
    return by_unicode(value)
