"""The people, places and organisations of a corpus: how often, in how many articles, since when."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import duckdb

from pipeline.error_codes import ErrorCode
from pipeline.errors import RunError
from pipeline.query.corpus import Corpus, quoted
from pipeline.query.diacritics import tolerant
from pipeline.query.frequency import GROUPS
from pipeline.query.parser import pattern_error
from pipeline.query.selection import Selection, where


def columns_of(group: str | None) -> tuple[str, ...]:
    """The columns of the answer."""
    return (*([group] if group else []), "mentions", "articles", "first", "last", "type", "name")


def names(
    corpus: Corpus,
    selection: Selection | None = None,
    types: Sequence[str] = (),
    like: str | None = None,
    group: str | None = None,
    limit: int | None = 20,
) -> list[dict[str, Any]]:
    """The names that are mentioned most.

    Args:
        corpus: where to look.
        selection: the sentences to look at.
        types: PER, LOC, ORG or MISC; all, unless told.
        like: a regular expression, which reads over diacritics, for whole names.
        group: of `GROUPS`: mentions for each of its values, of the names commonest in all.
        limit: how many names to give; `None`: all.

    Raises:
        PatternError: `like` is no regular expression.
        RunError: the corpus is damaged.
    """
    part = GROUPS[group] if group else "NULL"
    clauses = [f"type IN ({', '.join(map(quoted, types))})"] if types else []
    if like is not None:
        clauses.append(f"regexp_full_match(name, {quoted(tolerant(like))})")
    query = f"""
        WITH mentions AS (
            SELECT * FROM (
                SELECT {part} AS part, doc_id, published,
                    unnest(entity_name) AS name, unnest(entity_type) AS type
                FROM sentences {where((selection or Selection()).clauses())}
            ) {where(clauses)}
        ),
        commonest AS (
            SELECT name, type, count(*) AS whole FROM mentions
            GROUP BY name, type ORDER BY whole DESC, name, type
            {f"LIMIT {limit}" if limit is not None else ""}
        )
        SELECT part, count(*) AS mentions, count(DISTINCT doc_id), min(published)::DATE,
            max(published)::DATE, type, name
        FROM mentions JOIN commonest USING (name, type)
        GROUP BY part, name, type
        ORDER BY part NULLS LAST, mentions DESC, name, type
    """  # noqa: S608
    try:
        rows = corpus.connection.execute(query).fetchall()
    except duckdb.InvalidInputException as error:
        why = str(error).splitlines()[0].partition(": ")[2]
        raise pattern_error(like or "", 0, f"a regular expression ({why})") from error
    except duckdb.Error as error:
        raise RunError(ErrorCode.DAMAGED_CORPUS, f"cannot be read: {error}") from error
    titles = ("mentions", "articles", "first", "last", "type", "name")
    return [
        {**({group: row[0]} if group else {}), **dict(zip(titles, row[1:], strict=True))}
        for row in rows
    ]
