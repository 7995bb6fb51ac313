"""Links to other articles that stand inside an article's text."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from transforms.folding import fold
from transforms.page import Page
from transforms.site_words import site_phrases

# So many paragraphs on end below the label of the comments are no comments.
_RUN_BELOW_COMMENTS = 3
# The counter of the comments may stand below the summary and the date, not further down.
_PARAGRAPHS_ABOVE_COUNTER = 2
# So many below another label show that the label and its links stood inside the text.
_RUN_BELOW_LABEL = 2
_LINES_OF_LINKS = 12
_END_OF_LINKS = "end of list"
_SUBHEADING_WORDS = 4
_MAX_BOXES = 3
_HEADLINE_WORDS = (4, 18)
_HEADLINES = 3
_PULL_QUOTE_LINES = 3
_PULL_QUOTE_WORDS = 6
_SENTENCE_END = re.compile(r"[.!?؟:…]+")
# Of a table: `صافي الربح: 18.0`.
_ROW = re.compile(r": ?[+-]?\d[\d.,٫٬]*(?: |$)")


def judge_links_inside(page: Page, reasons: list[str | None]) -> None:
    """Takes out the headlines under a label of other articles that stands inside the text."""
    for index in range(page.first + 1, page.last):
        line = page.lines[index]
        if reasons[index] != "related" or not line.is_label:
            continue
        stop = resumes(page, index, "related")
        links = list(range(index + 1, stop or index))
        ends = (n for n, i in enumerate(links) if page.lines[i].folded == _END_OF_LINKS)
        links = [i for i in links[: next(ends, len(links))] if reasons[i] is None]
        if len(links) > 1 and page.lines[links[-1]].words <= _SUBHEADING_WORDS:
            links.pop()
        if not any(page.lines[i].stopped and page.prose[i] for i in links):
            for i in links:
                reasons[i] = "related"


def judge_pull_quotes(page: Page, reasons: list[str | None]) -> None:
    """Takes out short lines between paragraphs that say once more how a sentence begins."""
    body = sorted(
        f"{fold(sentence)} "
        for line, prose in zip(page.lines, page.prose, strict=True)
        if prose
        for sentence in _SENTENCE_END.split(line.text)
    )
    for start in range(page.first + 1, page.last):
        for stop in range(min(start + _PULL_QUOTE_LINES, page.last), start, -1):
            run = range(start, stop)
            if any(page.prose[i] or reasons[i] for i in run):
                continue
            said = " ".join(page.lines[i].folded for i in run)
            if len(said.split()) >= _PULL_QUOTE_WORDS and _begins_one_of(body, f"{said} "):
                for i in run:
                    reasons[i] = "repeated_title"


def _begins_one_of(texts: Sequence[str], beginning: str) -> bool:
    """Whether one of some sorted texts begins so: the first that is not before it would."""
    place = bisect_left(texts, beginning)
    return place < len(texts) and texts[place].startswith(beginning)


def judge_boxes_inside(page: Page, reasons: list[str | None]) -> None:
    """Takes out headlines without a label that stand between paragraphs with stops.

    Two or three on end are links to other articles; an article with many such places has headings.
    """
    if not puts_stops(page, page.last):
        return
    boxes: list[list[int]] = []
    run: list[int] = []
    for index in range(page.first + 1, page.last + 1):
        if reasons[index] is None and _may_be_headline(page, index):
            run.append(index)
            continue
        asks_only = all(page.lines[place].stopped for place in run)
        if (
            1 < len(run) <= _HEADLINES
            and not asks_only
            and all(
                page.prose[place] and page.lines[place].stopped for place in (run[0] - 1, index)
            )
        ):
            boxes.append(run)
        run = []
    for box in boxes if len(boxes) <= _MAX_BOXES else ():
        for index in box:
            reasons[index] = "related"


def _may_be_headline(page: Page, index: int) -> bool:
    line = page.lines[index]
    least, most = _HEADLINE_WORDS
    ends = line.stopped and line.text[-1] not in "؟!"
    return (
        least <= line.words <= most
        and (line.text[0].isalnum() or line.text[0] in '«“"')
        and line.text[-1] not in ":؛،"
        and not _ROW.search(line.text)
        and not (ends or page.prose[index] or line.role or line.is_list_item)
    )


def resumes(page: Page, index: int, reason: str) -> int | None:
    """Where the text goes on below the links that a label introduces, if it does."""
    length = _RUN_BELOW_COMMENTS if reason == "comments" else _RUN_BELOW_LABEL
    if reason == "comments" and sum(page.prose[:index]) > _PARAGRAPHS_ABOVE_COUNTER:
        return None
    stop = min(index + _LINES_OF_LINKS, len(page.lines) - length + 1)
    for start in range(index + 1, stop):
        run = range(start, start + length)
        if all(page.prose[i] and not page.lines[i].trails_off for i in run):
            return None if any(site_phrases(page.lines[i].text) for i in run) else start
    return None


def puts_stops(page: Page, end: int) -> bool:
    """Whether the article puts stops, so that a last line without one is no paragraph of it."""
    body = [
        line
        for line, prose in zip(
            page.lines[page.first : end + 1], page.prose[page.first : end + 1], strict=True
        )
        if prose
    ]
    return len(body) >= 1 and sum(
        line.stopped or line.text[-1] == ":" for line in body
    ) >= 0.8 * len(body)
