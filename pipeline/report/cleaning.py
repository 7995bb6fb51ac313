"""What did not become text of the corpus: taken out, rejected, repeated."""

from __future__ import annotations

from pipeline.report import charts
from pipeline.report.corpus_view import CorpusView
from pipeline.report.figures import Figure, Section, Share, Table
from schemas.quarantine import REASONS
from schemas.removals import REMOVAL_REASONS

_WAYS = {
    "structure": charts.PALETTE[0],
    "line": charts.PALETTE[1],
    "corpus": charts.PALETTE[2],
    "language": charts.PALETTE[4],
}
_LINES_LISTED = 40
_REJECTED_LISTED = 50
_REPEATED_LISTED = 30
_LONGEST_LINE = 160


def cleaning_section(view: CorpusView) -> Section:
    """What cleaning took out of the articles, and why."""
    return Section(
        "cleaning",
        "What cleaning took out",
        "All of it is kept in the column removed_text of the table documents, and can be shown in "
        "the annotated articles above.",
        (_reasons(view), _lines(view)),
    )


def rejections_section(view: CorpusView) -> Section:
    """Inputs that did not become a document."""
    rows = view.rows(
        "SELECT stage, reason, count(*) FROM quarantine GROUP BY ALL ORDER BY 3 DESC, 1, 2"
    )
    told = [(reason, REASONS.get(reason, ""), stage, count) for stage, reason, count in rows]
    columns = ("reason", "meaning", "stage", "inputs")
    drawn = [dict(zip(columns, row, strict=True)) for row in told]
    reasons = Figure(
        "rejections",
        "Rejected inputs by reason",
        Table.of(columns, told),
        charts.bars(drawn, "reason", "inputs") if drawn else None,
    )
    listed = view.rows(
        """
        SELECT path, record, reason, left(message, $1) FROM quarantine
        ORDER BY reason, path, record LIMIT $2
        """,
        _LONGEST_LINE,
        _REJECTED_LISTED,
    )
    inputs = Figure(
        "rejected",
        f"The first {_REJECTED_LISTED} rejected inputs",
        Table.of(("input", "record", "reason", "message"), listed),
    )
    return Section(
        "rejected-inputs",
        "What was rejected",
        "Nothing is dropped silently: every rejected input has a row in the table quarantine.",
        (reasons, inputs) if rows else (),
    )


def duplicates_section(view: CorpusView) -> Section:
    """Articles that repeat another one."""
    alike = _alike(view)
    figures = (alike, _repeating_sites(view), _repeated(view)) if alike.table.rows else ()
    return Section(
        "duplicates",
        "Duplicates",
        "An article that repeats another keeps its row in documents and has no sentences.",
        figures,
    )


def _reasons(view: CorpusView) -> Figure:
    rows = view.rows(
        """
        WITH removed AS (
            SELECT doc_id, unnest(removed_reason) AS reason, unnest(removed_way) AS way,
                   unnest(removed_text) AS piece
            FROM documents
        ), counted AS (
            SELECT reason, way, count(*) AS pieces, sum(length(piece))::BIGINT AS characters,
                   count(DISTINCT doc_id) AS articles
            FROM removed GROUP BY reason, way
        )
        FROM counted ORDER BY sum(pieces) OVER (PARTITION BY reason) DESC, reason, pieces DESC
        """
    )
    columns = ("reason", "meaning", "way", "pieces", "characters", "articles")
    told = [
        (reason, REMOVAL_REASONS.get(reason, ""), way, *counts) for reason, way, *counts in rows
    ]
    drawn = [dict(zip(columns, row, strict=True)) for row in told]
    return Figure(
        "removals",
        "Reasons, and what gave it away",
        Table.of(columns, told),
        charts.bars(drawn, "reason", "pieces", by="way", colours=_WAYS) if drawn else None,
        "Given away by the structure of the page's HTML, by a line's wording and place, by coming "
        "back across the corpus, or by its language.",
        wide=True,
    )


def _lines(view: CorpusView) -> Figure:
    rows = view.rows(
        """
        SELECT left(piece, $1) AS line, reason, way, count(*) AS pieces, count(DISTINCT site)
        FROM (
            SELECT site, unnest(removed_reason) AS reason, unnest(removed_way) AS way,
                   unnest(removed_text) AS piece
            FROM documents
        ) GROUP BY line, reason, way ORDER BY pieces DESC, line, reason LIMIT $2
        """,
        _LONGEST_LINE,
        _LINES_LISTED,
    )
    return Figure(
        "removed-lines",
        "The lines that were taken out most often",
        Table.of(("line", "reason", "way", "pieces", "sites"), rows),
        wide=True,
    )


def _alike(view: CorpusView) -> Figure:
    rows = view.rows(
        """
        SELECT least(floor(similarity * 20), 19)::INTEGER AS twentieth, count(*)
        FROM documents WHERE duplicate_of IS NOT NULL GROUP BY 1 ORDER BY 1
        """
    )
    bins = [(step / 20, (step + 1) / 20, count) for step, count in rows]
    return Figure(
        "similarity",
        "How alike a repeated article and its original are",
        Table.of(("similarity from", "to", "articles"), bins),
        charts.histogram(bins, "similarity", "articles") if bins else None,
    )


def _repeating_sites(view: CorpusView) -> Figure:
    rows = view.rows(
        """
        SELECT coalesce(site, 'no site given'),
               count(*) FILTER (duplicate_of IS NOT NULL) AS repeated, repeated / count(*)
        FROM documents GROUP BY site HAVING repeated > 0 ORDER BY 2 DESC, 1
        """
    )
    sites = [(site, count, Share(share)) for site, count, share in rows]
    told = [
        {"site": site, "articles": count, "share": f"{share:.1%}"} for site, count, share in sites
    ]
    return Figure(
        "repeating-sites",
        "By site",
        Table.of(("site", "articles that repeat another", "of its articles"), sites),
        charts.bars(told[:15], "site", "articles") if told else None,
    )


def _repeated(view: CorpusView) -> Figure:
    rows = view.rows(
        """
        SELECT original.title, original.site, count(*) AS copies,
               list_aggregate(list_sort(list_distinct(list(copy.site))), 'string_agg', ' · ')
        FROM documents copy LEFT JOIN documents original ON copy.duplicate_of = original.doc_id
        WHERE copy.duplicate_of IS NOT NULL
        GROUP BY copy.duplicate_of, original.title, original.site
        ORDER BY copies DESC, original.title, copy.duplicate_of LIMIT $1
        """,
        _REPEATED_LISTED,
    )
    return Figure(
        "repeated",
        "The articles that were repeated most",
        Table.of(("original", "its site", "copies", "sites of the copies"), rows),
        wide=True,
    )
