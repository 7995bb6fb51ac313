"""Which lines of a source belong to the article, and what each of them is.

Strong evidence (a phrase of the lexicon, the file name of a picture, program text) takes a line out
wherever it stands. Weak evidence (a short line without a stop) counts only at the ends: above the
text (`page_head`) and below it (`page_foot`). A line in the middle is otherwise always kept.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import NamedTuple

from schemas.records import BlockKind, RemovalWay
from transforms.glued import Cut, glued, title_suffix
from transforms.line_features import LineFeatures, look_at
from transforms.line_roles import is_picture_credit, is_tweet, is_tweet_signature
from transforms.page import Page, find_page
from transforms.page_boxes import judge_boxes_inside, judge_links_inside, judge_pull_quotes
from transforms.page_foot import SAYS_NOTHING, judge_foot
from transforms.page_head import judge_head
from transforms.page_title import HEADING_MARK
from transforms.site_words import site_phrases

_HEADING_WORDS = 14
_SUBTITLE_WORDS = 20
_LONG_WORDS = 15
_ROLES: frozenset[str] = frozenset({"byline", "agency", "caption"})


class Verdict(NamedTuple):
    """What becomes of a line: a block of this kind, or a removal for this reason, found this way.

    A byline, an agency or a caption on a line of its own has both: its kind, should such lines be
    kept, and its reason. `cuts` are stretches of a kept line that are furniture all the same.
    """

    kind: BlockKind | None
    reason: str | None
    way: RemovalWay = "line"
    cuts: tuple[Cut, ...] = ()


def judge(texts: Sequence[str], has_title: bool, keep_boilerplate: bool = False) -> list[Verdict]:
    """One verdict for each normalised, non-empty line of an article.

    Args:
        texts: the lines in order.
        has_title: the first line is known to be the title, so it stays.
        keep_boilerplate: remove nothing; what would have gone becomes a heading or a paragraph.
    """
    lines = [look_at(text) for text in texts]
    page = find_page(lines, has_title)
    reasons: list[str | None] = [None] * len(lines)
    if not keep_boilerplate:
        reasons = [line.certain for line in lines]
        judge_head(page, reasons)
        judge_foot(page, reasons)
        judge_links_inside(page, reasons)
        judge_pull_quotes(page, reasons)
        judge_boxes_inside(page, reasons)
        _judge_inside(page, reasons)
        _judge_neighbours(page, reasons)
        if page.title is not None:
            reasons[page.title] = None
        if all(reasons):
            _restore(page, reasons)
    return _verdicts(page, reasons, keep_boilerplate)


def _restore(page: Page, reasons: list[str | None]) -> None:
    """Keeps what only its place gave away if nothing else would be left."""
    for index, line in enumerate(page.lines):
        reasons[index] = line.certain or (line.likely if len(page.lines) > 1 else None)


def _judge_inside(page: Page, reasons: list[str | None]) -> None:
    """Takes out names, agencies and captions on lines of their own."""
    paragraphs = [index for index, prose in enumerate(page.prose) if prose]
    second = paragraphs[1] if len(paragraphs) > 1 else len(page.lines)
    for index, line in enumerate(page.lines):
        if reasons[index] is None and line.role in _ROLES and index != page.title:
            inside = second < index < page.last
            speaks = inside and line.role == "byline" and not is_picture_credit(line.text)
            reasons[index] = None if speaks else line.role


def _judge_neighbours(page: Page, reasons: list[str | None]) -> None:
    """Takes out lines that are furniture if anything, where they stand beside furniture."""
    forward = range(1, len(page.lines))
    for steps, side in ((forward, -1), (range(len(page.lines) - 2, -1, -1), 1)):
        for index in steps:
            beside = reasons[index + side]
            if reasons[index] is None and beside is not None and beside not in SAYS_NOTHING:
                reasons[index] = page.lines[index].likely
                if beside == "subscription" and site_phrases(page.lines[index].text):
                    reasons[index] = beside


def _verdicts(page: Page, reasons: Sequence[str | None], keep_all: bool) -> list[Verdict]:
    kept = [index for index, reason in enumerate(reasons) if reason is None]
    following = dict(itertools.pairwise(kept))
    verdicts = []
    for index, (line, reason) in enumerate(zip(page.lines, reasons, strict=True)):
        if reason in _ROLES:
            role: BlockKind = line.role or ("byline" if reason == "byline" else "caption")
            verdicts.append(Verdict(role, reason))
        elif reason is not None:
            verdicts.append(Verdict(None, reason))
        else:
            below = page.lines[following[index]] if index in following else None
            kind = _kind(page, index, below, reasons)
            verdicts.append(Verdict(kind, None, cuts=() if keep_all else _cuts(page, index)))
    return verdicts


def _cuts(page: Page, index: int) -> tuple[Cut, ...]:
    line = page.lines[index]
    if mark := HEADING_MARK.match(line.text):
        return (Cut(0, mark.end(), "code"),)
    if index == page.title:
        return title_suffix(line.text, [other.text for other in page.lines])
    return glued(line.text) if page.prose[index] or line.is_paragraph else ()


def _kind(
    page: Page, index: int, following: LineFeatures | None, reasons: Sequence[str | None]
) -> BlockKind:
    """What a kept line is; `following` is the next kept line."""
    line = page.lines[index]
    if index == page.title:
        return "title"
    if index + 1 == page.title:  # `الوزير:` above what he says
        return "heading"
    if is_tweet(line.text) or _is_quoted(page, index, reasons):
        return "quotation"
    if line.is_list_item:
        return "list"
    if line.role is not None:
        return line.role
    if page.prose[index] or line.is_paragraph or line.text[-1] in ".:،؛,":
        return "paragraph"
    if page.title is not None and page.title < index < page.first < len(page.lines):
        return "heading" if line.words <= _SUBTITLE_WORDS else "paragraph"
    introduces = following is not None and (
        following.is_list_item
        or following.words >= _LONG_WORDS
        or (following.is_paragraph and following.words > line.words)
    )
    return "heading" if line.words <= _HEADING_WORDS and introduces else "paragraph"


def _is_quoted(page: Page, index: int, reasons: Sequence[str | None]) -> bool:
    """Whether the name and handle of a tweet stand below the line."""
    below = index + 1
    if below >= len(page.lines) or reasons[below] != "web_address":
        return False
    return is_tweet_signature(page.lines[below].text)
