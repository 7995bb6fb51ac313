"""Articles, sentences and words: how many, when, from whom, how long."""

from __future__ import annotations

from collections.abc import Sequence
from math import isqrt
from typing import Any

from pipeline.report import charts
from pipeline.report.corpus_view import CorpusView, Rows
from pipeline.report.figures import Figure, Section, Table

# So many sites have a colour of their own.
_SITES = 8
_SITES_LISTED = 20
_OTHERS = "other sites"
_UNNAMED = "no site given"
# Up to so many days, a day is a bar; up to so many months, a month.
_MOST_DAYS = 400
_MOST_MONTHS = 400
_MOST_BINS = 40


def time_unit(
    view: CorpusView, most_days: int = _MOST_DAYS, most_months: int = _MOST_MONTHS
) -> str:
    """The unit in which the corpus's time is told: day, month or year.

    Args:
        view: the corpus.
        most_days: so many days can be shown one by one.
        most_months: and so many months.
    """
    days, months = view.row(
        "SELECT date_diff('day', min(published), max(published)),"
        " date_diff('month', min(published), max(published)) FROM documents"
    )
    if (days or 0) <= most_days:
        return "day"
    return "month" if months <= most_months else "year"


def articles_section(view: CorpusView, unit: str) -> Section:
    """When the articles were published, and by whom."""
    return Section(
        "articles",
        "Articles",
        "What was read and kept, by the time of publication that the sources give.",
        (_over_time(view, unit), _by_site(view)),
    )


def lengths_section(view: CorpusView) -> Section:
    """How long articles, sentences and blocks are."""
    articles = view.rows(
        "SELECT token_count, count(*) FROM documents WHERE duplicate_of IS NULL GROUP BY 1"
    )
    sentences = view.rows("SELECT len(tokens), count(*) FROM sentences GROUP BY 1")
    reasons = view.rows(
        "SELECT split_reason, count(*) FROM sentences GROUP BY 1 ORDER BY 2 DESC, 1"
    )
    blocks = view.rows("SELECT block, count(*) FROM sentences GROUP BY 1 ORDER BY 2 DESC, 1")
    return Section(
        "lengths",
        "Lengths",
        "Tokens are words and punctuation marks; clitics are attached to their words.",
        (
            _lengths("article-lengths", "Length of articles", "articles", articles),
            _lengths("sentence-lengths", "Length of sentences", "sentences", sentences),
            _ranked("blocks", "Sentences by the block they stand in", "block", blocks),
            _ranked("splits", "Why a sentence ends where it ends", "reason", reasons),
        ),
    )


def _over_time(view: CorpusView, unit: str) -> Figure:
    # The unit is one of three words of ours.
    rows = view.rows(
        f"""
        WITH sites AS (
            SELECT site, row_number() OVER (ORDER BY count(*) DESC, site) AS rank
            FROM documents GROUP BY site
        )
        SELECT date_trunc('{unit}', published)::DATE AS time,
               CASE WHEN rank <= {_SITES} THEN coalesce(sites.site, $1) ELSE $2 END AS shown,
               count(*), sum(sentence_count)::BIGINT, sum(token_count)::BIGINT
        FROM documents JOIN sites ON documents.site IS NOT DISTINCT FROM sites.site
        WHERE published IS NOT NULL
        GROUP BY time, shown ORDER BY min(least(rank, {_SITES + 1})), time
        """,  # noqa: S608
        _UNNAMED,
        _OTHERS,
    )
    values = ("articles", "sentences", "tokens")
    told = [dict(zip(("time", "site", *values), row, strict=True)) for row in rows]
    sites = [name for name in dict.fromkeys(row["site"] for row in told) if name != _OTHERS]
    colours = dict(zip(sites, charts.PALETTE, strict=False))
    undated, total = view.row("SELECT count(*) FILTER (published IS NULL), count(*) FROM documents")
    note = f"Without a date, and so not in this chart: {undated:,} of {total:,}."
    return Figure(
        "by-day",
        f"By {unit} and site",
        Table.of((unit, "site", *values), sorted(rows)),
        charts.over_time(told, unit, values, "site", colours) if told else None,
        note if undated else "",
        wide=True,
    )


def _by_site(view: CorpusView) -> Figure:
    columns = ("site", "articles", "sentences", "tokens", "names", "first", "last")
    rows = view.rows(
        """
        SELECT coalesce(site, $1), count(*), sum(sentence_count)::BIGINT, sum(token_count)::BIGINT,
               sum(entity_count)::BIGINT, min(published)::DATE, max(published)::DATE
        FROM documents GROUP BY site ORDER BY 2 DESC, 1
        """,
        _UNNAMED,
    )
    told = [dict(zip(columns[:5], row[:5], strict=True)) for row in rows[:_SITES_LISTED]]
    note = f"The {_SITES_LISTED} largest of {len(rows)}." if len(rows) > _SITES_LISTED else ""
    return Figure(
        "by-site",
        "By site",
        Table.of(columns, rows),
        charts.bars(told, "site", "articles") if told else None,
        note,
        wide=True,
    )


def _lengths(name: str, title: str, counted: str, rows: Rows) -> Figure:
    spread = spread_of(rows)
    last = spread[-1][1] if spread else 0
    over = next((value for share, value in spread if share == "99 %"), last)
    bins = binned(rows, over)
    note = f"The longest has {last:,} tokens" + (
        f"; the last bar holds all from {bins[-1][0]:,}." if bins and last >= bins[-1][1] else "."
    )
    return Figure(
        name,
        title,
        Table.of(("share of " + counted, "at most so many tokens"), spread),
        charts.histogram(bins, "tokens", counted) if bins else None,
        note,
    )


def spread_of(rows: Sequence[tuple[Any, ...]]) -> list[tuple[str, int]]:
    """The lengths that certain shares of all do not exceed.

    Args:
        rows: lengths, and how many have each.
    """
    total = sum(count for _, count in rows)
    found: list[tuple[str, int]] = []
    for percent in (10, 25, 50, 75, 90, 99, 100):
        below = 0
        for length, count in sorted(rows):
            below += count
            if below * 100 >= percent * total:
                found.append((f"{percent} %", length))
                break
    return found


def binned(rows: Sequence[tuple[Any, ...]], last: int) -> list[tuple[int, int, int]]:
    """Lengths in bins of one width, which is a round number; the last holds all that are longer.

    Args:
        rows: lengths, and how many have each.
        last: the length that the last bin begins at or before.

    Returns:
        From, to (exclusive), how many.
    """
    if not rows:
        return []
    # Few lengths in narrow bins show nothing but themselves.
    most = min(_MOST_BINS, 2 + 2 * isqrt(sum(count for _, count in rows)))
    width = next(
        step * 10**power
        for power in range(10)
        for step in (1, 2, 5)
        if step * 10**power * most > last
    )
    counts = [0] * (last // width + 1)
    for length, count in rows:
        counts[min(length // width, len(counts) - 1)] += count
    return [(index * width, (index + 1) * width, count) for index, count in enumerate(counts)]


def _ranked(name: str, title: str, label: str, rows: Rows) -> Figure:
    told = [{label: row[0], "sentences": row[1]} for row in rows]
    return Figure(
        name,
        title,
        Table.of((label, "sentences"), rows),
        charts.bars(told, label, "sentences") if told else None,
    )
