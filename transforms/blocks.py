"""Which lines of a source belong to the article, and what each of them is.

Strong evidence (a phrase of the lexicon, the file name of a picture, program text) takes a line out
wherever it stands. Weak evidence (a short line without a stop) counts only at the ends: before
the title, and after the last paragraph. A line in the middle is otherwise always kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from schemas.records import BlockKind
from transforms.folding import fold
from transforms.line_features import LineFeatures, look_at

_TITLE_WORDS = 4
_MENU_WORDS = 3
_SIGNATURE_WORDS = 3
_MAX_SIGNATURES = 2
_RELATED_WORDS = 20
_HEADING_WORDS = 14
_SUBTITLE_WORDS = 20
_LONG_WORDS = 15
# So many lines before the first paragraph are verse or a list, not a menu and a title.
_MAX_HEAD_LINES = 8
# `مقالات ذات صلة` speaks for the lines under it; `اقرأ أيضا: …` and its headline only for itself.
_LABEL_WORDS = 5
# Removals that do not show that the page's foot has begun: verse has separators, too.
_SAYS_NOTHING = {"separator", "timestamp", "web_address", "image_slug", "code"}


class Verdict(NamedTuple):
    """What becomes of a line: a block of this kind, or a removal for this reason."""

    kind: BlockKind | None
    reason: str | None


class _Page(NamedTuple):
    """The lines of an article, and where its title and its first and last paragraphs stand."""

    lines: Sequence[LineFeatures]
    title: int | None
    first: int
    last: int


def judge(texts: Sequence[str], has_title: bool, keep_boilerplate: bool = False) -> list[Verdict]:
    """One verdict for each normalised, non-empty line of an article.

    Args:
        texts: the lines in order.
        has_title: the first line is known to be the title, so it stays.
        keep_boilerplate: remove nothing; what would have gone becomes a heading or a paragraph.
    """
    lines = [look_at(text) for text in texts]
    page = _find_title(lines, has_title)
    reasons: list[str | None] = [None] * len(lines)
    if not keep_boilerplate:
        reasons = [line.certain for line in lines]
        _judge_head(page, reasons)
        _judge_tail(page, reasons)
        _judge_neighbours(page, reasons)
        if page.title is not None:
            reasons[page.title] = None
    kept = [index for index, reason in enumerate(reasons) if reason is None]
    verdicts = [Verdict(None, reason) for reason in reasons]
    for place, index in enumerate(kept):
        following = lines[kept[place + 1]] if place + 1 < len(kept) else None
        verdicts[index] = Verdict(_kind(page, index, following), None)
    return verdicts


def _find_title(lines: Sequence[LineFeatures], has_title: bool) -> _Page:
    """The title: the given one, or the most title-like line before the first paragraph."""
    paragraphs = [index for index, line in enumerate(lines) if line.is_paragraph]
    if has_title:
        paragraphs = [index for index in paragraphs if index > 0]
    first = paragraphs[0] if paragraphs else len(lines)
    last = paragraphs[-1] if paragraphs else len(lines)
    if has_title:
        return _Page(lines, 0 if lines else None, first, last)
    heads = [index for index in range(first if paragraphs else 0) if _may_be_title(lines[index])]
    if not heads:
        return _Page(lines, None, first, last)
    if _is_verse(lines[:first]):
        return _Page(lines, heads[0], first, last)
    best = max(heads, key=lambda index: (min(lines[index].words, _TITLE_WORDS), -index))
    return _Page(lines, best, first, last)


def _may_be_title(line: LineFeatures) -> bool:
    return not (line.likely or line.is_byline or line.is_dateline or line.is_caption)


def _is_verse(head: Sequence[LineFeatures]) -> bool:
    return sum(_may_be_title(line) and line.words > 1 for line in head) > _MAX_HEAD_LINES


def _judge_head(page: _Page, reasons: list[str | None]) -> None:
    """Takes out menus before the title, and dates and repetitions between it and the text."""
    if page.first == len(page.lines):
        return
    verse = _is_verse(page.lines[: page.first])
    menu: set[str] = set()
    for index in range(page.first):
        line = page.lines[index]
        reasons[index] = line.likely
        if page.title is None or index == page.title or reasons[index] or verse:
            continue
        folded = fold(line.text)
        if folded == fold(page.lines[page.title].text):
            reasons[index] = "repeated_title"
        elif index < page.title and line.words <= _MENU_WORDS and not line.stopped:
            reasons[index] = "navigation"
            menu.add(folded)
        elif folded in menu:  # the section, once more under the title
            reasons[index] = "navigation"


def _judge_tail(page: _Page, reasons: list[str | None]) -> None:
    """Takes out signatures, and what stands under the headings of the page's foot."""
    introduced_by: str | None = None
    signatures: list[int] = []
    for index in range(page.last + 1, len(page.lines)):
        line = page.lines[index]
        short = not line.stopped and line.words <= _SIGNATURE_WORDS
        if line.likely:
            reasons[index] = line.likely
            if line.likely not in _SAYS_NOTHING and line.words <= _LABEL_WORDS:
                introduced_by = line.likely
        elif introduced_by is None:
            signatures.append(index)
        elif introduced_by in ("related", "tags") and not line.stopped:
            reasons[index] = introduced_by if line.words <= _RELATED_WORDS else None
        elif short and not line.is_list_item:
            reasons[index] = "navigation"
    if len(signatures) <= _MAX_SIGNATURES and _ends_its_paragraphs(page):
        for index in signatures:
            line = page.lines[index]
            if line.words <= _SIGNATURE_WORDS and not (line.stopped or line.is_list_item):
                reasons[index] = "signature"


def _ends_its_paragraphs(page: _Page) -> bool:
    """Whether the article puts stops, so that a last line without one is no paragraph of it."""
    body = [line for line in page.lines[page.first : page.last + 1] if line.is_paragraph]
    return len(body) >= 2 and sum(line.stopped for line in body) >= 0.8 * len(body)


def _judge_neighbours(page: _Page, reasons: list[str | None]) -> None:
    """Takes out lines that are furniture if anything, where they stand beside furniture."""
    forward = range(1, len(page.lines))
    for steps, side in ((forward, -1), (range(len(page.lines) - 2, -1, -1), 1)):
        for index in steps:
            if reasons[index] is None and reasons[index + side] is not None:
                reasons[index] = page.lines[index].likely


def _kind(page: _Page, index: int, following: LineFeatures | None) -> BlockKind:
    """What a kept line is; `following` is the next kept line."""
    line = page.lines[index]
    if index == page.title:
        return "title"
    if line.is_list_item:
        return "list"
    if line.is_caption and not line.stopped:
        return "caption"
    dateline = line.is_dateline and index < page.first
    if line.is_paragraph or line.is_byline or dateline or line.text[-1] in ".:،؛,":
        return "paragraph"
    if page.title is not None and page.title < index < page.first < len(page.lines):
        return "heading" if line.words <= _SUBTITLE_WORDS else "paragraph"
    introduces = following is not None and (
        following.is_list_item
        or following.words >= _LONG_WORDS
        or (following.is_paragraph and following.words > line.words)
    )
    return "heading" if line.words <= _HEADING_WORDS and introduces else "paragraph"
