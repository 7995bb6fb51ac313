"""Who and what the articles name: of which type, when, and beside whom."""

from __future__ import annotations

import math

from pipeline.report import charts
from pipeline.report.corpus_view import CorpusView, Rows
from pipeline.report.figures import Figure, Section, Table

# MISC is a mixed bag: it comes after all others, and stays out of where types are compared.
_TYPES = {"PER": "People", "LOC": "Places", "ORG": "Organisations", "MISC": "Other names"}
_SHOWN = 15
_LISTED = 50
_OVER_TIME = 25
_TOGETHER = 25
_PAIRED = 300
_PAIRS_LISTED = 40
_LEAST_SHARED = 2


def find_names(view: CorpusView, unit: str) -> None:
    """Gather who and what each article names: once, under the longest form that it uses."""
    view.rows(
        f"""
        CREATE TEMP TABLE named AS
        SELECT doc_id, time, max_by(name, (length(name), name)) AS name,
               any_value(type) AS type, count(*) AS mentions
        FROM (
            SELECT doc_id, date_trunc('{unit}', published)::DATE AS time,
                   unnest(entity_id) AS id, unnest(entity_name) AS name, unnest(entity_type) AS type
            FROM sentences
        ) GROUP BY doc_id, time, id
        """  # noqa: S608
    )
    view.rows(
        """
        CREATE TEMP TABLE ranked AS
        SELECT *, name || ' (' || type || ')' AS label,
               row_number() OVER (
                   ORDER BY type = 'MISC', articles DESC, mentions DESC, name, type
               ) AS rank
        FROM (
            SELECT name, type, count(DISTINCT doc_id) AS articles,
                   sum(mentions)::BIGINT AS mentions
            FROM named GROUP BY name, type
        )
        """
    )


def names_section(view: CorpusView, unit: str) -> Section:
    """Names by type, along the time, and together."""
    return Section(
        "names",
        "Names",
        "An article counts once for each person, place or organisation, however often and in "
        "whatever form it names them. The same name in two articles is taken for the same one.",
        (
            _types_over_time(view, unit),
            *(_most_named(view, code, title) for code, title in _TYPES.items()),
            _names_over_time(view, unit),
            _together(view),
            _pairs(view),
        ),
    )


def _types_over_time(view: CorpusView, unit: str) -> Figure:
    rows = view.rows(
        "SELECT time, type, sum(mentions)::BIGINT FROM named WHERE time IS NOT NULL"
        " GROUP BY ALL ORDER BY type, time"
    )
    order = list(_TYPES)
    rows.sort(key=lambda row: (order.index(row[1]) if row[1] in order else len(order), row[0]))
    told = [dict(zip(("time", "type", "mentions"), row, strict=True)) for row in rows]
    return Figure(
        "types-over-time",
        f"Mentions by type and {unit}",
        Table.of((unit, "type", "mentions"), rows),
        charts.over_time(told, unit, ["mentions"], "type", charts.TYPE_COLOURS) if told else None,
        wide=True,
    )


def _most_named(view: CorpusView, code: str, title: str) -> Figure:
    rows = view.rows(
        "SELECT name, articles, mentions FROM ranked WHERE type = $1 ORDER BY rank LIMIT $2",
        code,
        _LISTED,
    )
    columns = ("name", "articles", "mentions")
    told = [dict(zip(columns, row, strict=True)) for row in rows[:_SHOWN]]
    # Of a single article, only how often it names them says anything.
    value = "articles" if told and told[0]["articles"] > 1 else "mentions"
    colour = charts.TYPE_COLOURS[code]
    chart = charts.bars(told, "name", value, colour=colour) if told else None
    heading = f"{title} ({code}) by {value}"
    return Figure(f"names-{code.lower()}", heading, Table.of(columns, rows), chart)


def _names_over_time(view: CorpusView, unit: str) -> Figure:
    columns = ("name", "type", unit, "articles")
    rows = view.rows(
        """
        SELECT name, type, time, count(DISTINCT doc_id)
        FROM named JOIN (SELECT name, type, rank FROM ranked WHERE type <> 'MISC' AND rank <= $1)
             USING (name, type)
        WHERE time IS NOT NULL GROUP BY name, type, time, rank ORDER BY rank, time
        """,
        _OVER_TIME,
    )
    told = [dict(zip(columns, row, strict=True)) for row in rows]
    return Figure(
        "names-over-time",
        f"The {_OVER_TIME} most named people, places and organisations, by {unit}",
        Table.of(columns, rows),
        charts.heat(told, unit, "name", "articles", unit=unit) if told else None,
        wide=True,
    )


def _together(view: CorpusView) -> Figure:
    columns = ("name", "and", "articles")
    rows = [row[:3] for row in _shared(view, _TOGETHER)]
    both = {(one, other): count for one, other, count in rows}
    both |= {(other, one): count for one, other, count in rows}
    order = [
        name
        for (name,) in view.rows(
            "SELECT label FROM ranked WHERE type <> 'MISC' AND rank <= $1 ORDER BY rank",
            _TOGETHER,
        )
    ]
    told = [
        dict(zip(columns, (one, other, both[one, other]), strict=True))
        for one in order
        for other in order
        if (one, other) in both
    ]
    return Figure(
        "together",
        f"In the same article: the {_TOGETHER} most named people, places and organisations",
        Table.of(columns, rows),
        charts.heat(told, "and", "name", "articles") if told else None,
        wide=True,
    )


def _pairs(view: CorpusView) -> Figure:
    rows = _shared(view, _PAIRED)
    # How surprising a pair is, weighed by how often it is seen.
    rows.sort(key=lambda row: (-row[2] * math.log(max(row[3], 1)), row[0], row[1]))
    told = [(one, other, count, round(times, 1)) for one, other, count, times in rows]
    return Figure(
        "pairs",
        "Names that keep each other company",
        Table.of(("name", "and", "articles", "times as often as by chance"), told[:_PAIRS_LISTED]),
        note=f"Of the {_PAIRED} most named; pairs that {_LEAST_SHARED} articles or more share.",
        wide=True,
    )


def _shared(view: CorpusView, most: int) -> Rows:
    """Pairs of the most named: both labels, how many articles name both, how far above chance."""
    return view.rows(
        f"""
        WITH top AS (
            FROM ranked WHERE rank <= $1 AND type <> 'MISC'
        ), seen AS (
            SELECT DISTINCT doc_id, rank FROM named JOIN top USING (name, type)
        ), pairs AS (
            SELECT a.rank AS one, b.rank AS other, count(*) AS articles
            FROM seen a JOIN seen b ON a.doc_id = b.doc_id AND a.rank < b.rank
            GROUP BY ALL HAVING count(*) >= {_LEAST_SHARED}
        )
        SELECT x.label, y.label, pairs.articles,
               pairs.articles * (SELECT count(*) FROM documents WHERE sentence_count > 0)
                   / (x.articles * y.articles) AS times
        FROM pairs JOIN top x ON x.rank = one JOIN top y ON y.rank = other
        ORDER BY one, other
        """,  # noqa: S608
        most,
    )
