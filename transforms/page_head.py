"""What stands above an article's text and does not belong to it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from transforms.folding import fold
from transforms.line_roles import is_name, may_be_caption
from transforms.page import Page
from transforms.page_title import (
    CLOCK,
    is_above_menu,
    is_in_ticker,
    is_meta,
    stems,
)
from transforms.site_words import site_phrases
from transforms.title_repeats import table_of_contents

_SHORT_WORDS = 4
_CAPTION_WORDS = (3, 14)
_MENU_LINES = 3
_ABOVE_PICTURE = ("timestamp", "sharing", "byline")
# A standfirst may stand above the date and the buttons; then the text begins below them.
_META_LINES = 14
# These stand between paragraphs, too: the word `تعليقات` as a heading, the handle under a tweet.
_CREDIT = re.compile(r"\S \((?!\d)[^()]{2,40}\)$")
_KICKER_WORDS = 4
_MAX_KICKER_WORDS = 20
# `احجز شقتك الآن`
_TO_READERS = re.compile(
    r"\d$|السلام عليكم"
    r"|(?<!\w)(?:الآن|لك|لكم|معنا|معكم|إليك|إليكم|عندنا|لدينا|\w{3,}تك|\w{3,}كم)(?!\w)"
)
# The first headings of essays.
_OPENINGS = frozenset(map(fold, ("مقدمة", "تمهيد", "توطئة", "مدخل", "تقديم", "ملخص", "استهلال")))
_IN_TEXTS = ("comments", "web_address")


def judge_head(page: Page, reasons: list[str | None]) -> None:
    """Takes out menus before the title, and dates, names and repetitions above the text."""
    if not page.has_paragraphs:
        _judge_without_paragraphs(page, reasons)
        return
    if page.title is not None and not page.verse:
        for index in table_of_contents(page.lines):
            reasons[index] = reasons[index] or "navigation"
    menu: set[str] = set()
    menu_end = _end_of_menu(page)
    for index in range(page.first):
        if index == page.title:
            continue
        line = page.lines[index]
        reasons[index] = reasons[index] or line.likely
        if reasons[index]:
            menu.add(line.folded)
        elif page.title is None and (
            index < menu_end or is_above_menu(page.lines, index, page.first)
        ):
            reasons[index] = "navigation"
        elif page.title is not None and not page.verse:
            reasons[index] = _reason_above_text(page, index, reasons, menu)
    end = _end_of_meta(page)
    for index in range(page.first + 1, end):
        line = page.lines[index]
        reasons[index] = (
            reasons[index] or line.likely or _reason_above_text(page, index, reasons, menu)
        )
    _judge_names(page, reasons, end)


def _end_of_menu(page: Page) -> int:
    """Where the menu above a text without a title ends, if there is one."""
    places = [i for i in range(page.first) if page.lines[i].likely == "navigation"]
    return places[-1] if len(places) >= _MENU_LINES and not page.verse else 0


def _is_author(page: Page, index: int) -> bool:
    """Whether a name stands between title and text that neither of them speaks of."""
    text = page.lines[index].text
    below_title = page.title is not None and index - 1 == page.title
    above_text = page.title is not None and page.title + 1 < index < page.first
    if (
        not (below_title or above_text)
        or not text[0].isalpha()
        or not is_name(text)
        or page.lines[index].stopped
        or not text[-1].isalpha()
    ):
        return False
    below = {stem for line in page.lines[page.first : page.first + 4] for stem in stems(line.text)}
    above = {stem for line in page.lines[page.title or 0 : index] for stem in stems(line.text)}
    return stems(text).isdisjoint(below | above)


def _reason_above_text(
    page: Page, index: int, reasons: Sequence[str | None], menu: set[str]
) -> str | None:
    line = page.lines[index]
    title = page.lines[page.title].text if page.title is not None else ""
    folded = line.folded
    if page.title is not None and _repeats(folded, fold(title)):
        return "repeated_title"
    if page.title is not None and index < page.title:
        return _reason_above_title(page, index, menu)
    if line.role:
        return None if line.role == "dateline" else line.role
    if folded in menu and not line.stopped:  # the section, once more under the title
        return "navigation"
    if _opens_section(page, index, menu):
        return None
    alone = index - 1 == page.title or reasons[index - 1] or index + 1 == page.first
    alone = alone or is_meta(page.lines[index + 1])
    if line.may_be_byline and alone:
        return "byline"
    if _is_author(page, index):
        return "byline"
    short = line.words <= _CAPTION_WORDS[1]
    seen = (short and may_be_caption(line.text)) or _is_credited(page, index)
    return "caption" if seen or _is_below_meta(page, index, reasons) else None


def _reason_above_title(page: Page, index: int, menu: set[str]) -> str | None:
    line = page.lines[index]
    next_to_title = index + 1 == page.title
    if next_to_title and line.text[-1] == ":" and line.words > 1:
        return None  # it leads up to the title
    if line.role == "byline" or line.may_be_byline:
        return "byline"
    if next_to_title and _leads_up(page, index):
        return None
    menu.add(line.folded)
    return "navigation"


def _leads_up(page: Page, index: int) -> bool:
    """Whether a line above the title belongs to it; advertisements and slogans speak to readers."""
    line = page.lines[index]
    if not _KICKER_WORDS <= line.words <= _MAX_KICKER_WORDS or is_in_ticker(page.lines, index):
        return False
    return index >= _MENU_LINES and not (_TO_READERS.search(line.text) or site_phrases(line.text))


def _opens_section(page: Page, index: int, menu: set[str]) -> bool:
    """Whether a word right above the text is its first heading: `تمهيد`."""
    line = page.lines[index]
    return index + 1 == page.first and line.folded in _OPENINGS and line.folded not in menu


def _is_credited(page: Page, index: int) -> bool:
    """Whether a line below dates and names ends in a name in brackets, as captions do."""
    line = page.lines[index]
    least, most = _CAPTION_WORDS
    below_title = page.title is not None and page.title + 1 < index < page.first
    return below_title and least <= line.words <= most and _CREDIT.search(line.text) is not None


def _is_below_meta(page: Page, index: int, reasons: Sequence[str | None]) -> bool:
    """Whether a line stands right between the date or the buttons and the text, as pictures do."""
    line = page.lines[index]
    least, most = _CAPTION_WORDS
    return (
        page.title is not None
        and page.title + 1 < index == page.first - 1
        and reasons[index - 1] in _ABOVE_PICTURE
        and not CLOCK.fullmatch(page.lines[index - 1].text)
        and least <= line.words <= most
        and not (
            line.stopped or line.is_list_item or line.may_be_byline or line.text[-1] in ':؛،"»”'
        )
    )


def _repeats(folded: str, title: str) -> bool:
    """Whether a line is the title, or the title with the name of the site."""
    if folded == title:
        return True
    if len(title.split()) < _SHORT_WORDS or len(folded) > 2 * len(title) + 20:
        return False
    return folded.startswith(title + " ") or folded.endswith(" " + title)


def _end_of_meta(page: Page) -> int:
    """Where the second paragraph begins if dates and buttons stand between it and the first."""
    stop = min(page.first + 1 + _META_LINES, len(page.lines))
    second = next((i for i in range(page.first + 1, stop) if page.prose[i]), None)
    if second is None:
        return page.first
    between = page.lines[page.first + 1 : second]
    has_meta = any(is_meta(line) and line.likely not in _IN_TEXTS for line in between)
    return second if has_meta else page.first


def _judge_names(page: Page, reasons: list[str | None], end: int) -> None:
    """Takes out short lines beside the date or the buttons: names of authors, of sections."""
    if page.title is None or page.verse:
        return
    for steps, side in ((range(page.title + 1, end), -1), (range(end - 1, page.title, -1), 1)):
        for index in steps:
            line = page.lines[index]
            long = page.prose[index] or line.words > _SHORT_WORDS
            long = long or (line.words == _SHORT_WORDS and not is_name(line.text))
            opens = index + 1 == page.first and line.folded in _OPENINGS
            if reasons[index] or line.stopped or long or opens or line.role == "dateline":
                continue
            beside = index + side
            if beside != page.title and reasons[beside] and not page.lines[beside].is_paragraph:
                reasons[index] = "byline" if is_name(line.text) else "navigation"


def _judge_without_paragraphs(page: Page, reasons: list[str | None]) -> None:
    """An article without paragraphs, verse or a list: only what its own wording gives away."""
    for index, line in enumerate(page.lines):
        if index == page.title:
            continue
        if line.likely:
            reasons[index] = reasons[index] or line.likely
        else:
            break
