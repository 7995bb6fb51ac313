"""The comparison of all cleaners over a set of pages, as Markdown and as data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from tests.cleaning.pages import PageSet
from tests.cleaning.score import BodyScore, Summary, differences, same_title, score_body, summarise
from tests.cleaning.systems import WARRAQ, systems

# A change of wording may cost a word or two on one page; it may not cost more.
FLOOR_MARGIN = 0.003
MEDIA = {"plain text": False, "HTML": True}


@dataclass(frozen=True)
class PageScore:
    """How one cleaner did on one page."""

    page: str
    body: BodyScore
    title_is_right: bool
    title: str | None
    differences: tuple[str, ...]


@dataclass(frozen=True)
class Row:
    """How one cleaner did on all pages of one medium."""

    system: str
    summary: Summary
    pages: tuple[PageScore, ...]


def evaluate(pages: PageSet, names: Sequence[str] = ()) -> dict[str, list[Row]]:
    """The rows of each medium that the set has; of the named cleaners only, if any are named."""
    chosen = {name: run for name, run in systems().items() if not names or name in names}
    results: dict[str, list[Row]] = {}
    for medium, is_html in MEDIA.items():
        members = [page for page in pages.pages if page.is_html == is_html]
        if not members:
            continue
        results[medium] = []
        for name, run in chosen.items():
            scores = tuple(
                PageScore(
                    page.name,
                    score_body(answer.body, page.body),
                    same_title(answer.title, page.title),
                    answer.title,
                    differences(answer.body, page.body),
                )
                for page, answer in zip(members, run(members), strict=True)
            )
            summary = summarise(
                [score.body for score in scores], [score.title_is_right for score in scores]
            )
            results[medium].append(Row(name, summary, scores))
    return results


def as_markdown(pages: PageSet, results: dict[str, list[Row]], with_pages: bool = False) -> str:
    """One table a medium: means over pages, F1 over all words together, right titles."""
    count = len(pages.pages)
    parts = [f"{count} pages, sha256 {pages.digest}, licence {pages.licence}"]
    for medium, rows in results.items():
        parts.append(
            f"## {medium}: {len(rows[0].pages)} pages, "
            f"{rows[0].summary.all_words.gold:,} words of body\n\n{_table(rows)}"
        )
        if with_pages:
            parts.append(_page_table(rows))
    return "\n\n".join(parts) + "\n"


def differences_of(rows: Sequence[Row]) -> str:
    """What each cleaner kept (`+`) or lost (`-`) wrongly on each page, in the words compared."""
    lines = []
    for row in rows:
        for score in row.pages:
            if score.differences or not score.title_is_right:
                lines += [f"{row.system}: {score.page}", *score.differences]
            if not score.title_is_right:
                lines.append(f"title: {score.title}")
    return "\n".join(lines)


def as_data(pages: PageSet, results: dict[str, list[Row]]) -> dict[str, Any]:
    """The same, with each page of each cleaner, for a machine to read."""
    return {
        "pages": len(pages.pages),
        "sha256": pages.digest,
        "licence": pages.licence,
        "media": {
            medium: {row.system: _row_data(row) for row in rows} for medium, rows in results.items()
        },
    }


def as_floor(results: dict[str, list[Row]]) -> dict[str, dict[str, float]]:
    """What our cleaner reaches on each medium, less a margin: what it may never fall below."""
    return {
        medium: {
            figure: round(max(0.0, getattr(row.summary, figure) - FLOOR_MARGIN), 4)
            for figure in ("f1", "titles")
        }
        for medium, rows in results.items()
        for row in rows
        if row.system == WARRAQ
    }


def _row_data(row: Row) -> dict[str, Any]:
    return {
        "precision": row.summary.precision,
        "recall": row.summary.recall,
        "f1": row.summary.f1,
        "all_words": {"f1": row.summary.all_words.f1, **asdict(row.summary.all_words)},
        "titles": row.summary.titles,
        "pages": {
            score.page: {
                "f1": score.body.f1,
                **asdict(score.body),
                "title": score.title,
                "title_is_right": score.title_is_right,
            }
            for score in row.pages
        },
    }


def _table(rows: Sequence[Row]) -> str:
    lines = [
        "| system | precision | recall | F1 | F1, all words | exact title |",
        "| --- | --: | --: | --: | --: | --: |",
    ]
    for row in rows:
        found = row.summary
        no_title = row.system != WARRAQ and all(score.title is None for score in row.pages)
        titles = "–" if no_title else f"{found.titles:.1%}"
        lines.append(
            f"| {row.system} | {found.precision:.4f} | {found.recall:.4f} | {found.f1:.4f} "
            f"| {found.all_words.f1:.4f} | {titles} |"
        )
    return "\n".join(lines)


def _page_table(rows: Sequence[Row]) -> str:
    lines = [
        "| page | " + " | ".join(row.system for row in rows) + " |",
        "| --- |" + " --: |" * len(rows),
    ]
    for scores in zip(*(row.pages for row in rows), strict=True):
        cells = (
            f"{score.body.f1:.4f}" + ("" if score.title_is_right else " ✗") for score in scores
        )
        lines.append(f"| {scores[0].page} | " + " | ".join(cells) + " |")
    return "\n".join([*lines, "", "F1 of each page; ✗ where the title is not the exact one."])
