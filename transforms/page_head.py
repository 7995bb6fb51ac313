"""What stands above an article's text and does not belong to it."""

from __future__ import annotations

from collections.abc import Sequence

from transforms.folding import fold
from transforms.line_roles import is_name, may_be_caption
from transforms.page import Page
from transforms.page_title import CLOCK, is_above_menu, is_meta, stems, table_of_contents

_SHORT_WORDS = 4
_CAPTION_WORDS = (3, 14)
_ABOVE_PICTURE = ("timestamp", "sharing")
# A standfirst may stand above the date and the buttons; then the text begins below them.
_META_LINES = 14
# These stand between paragraphs, too: the word `تعليقات` as a heading, the handle under a tweet.
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
    for index in range(page.first):
        if index == page.title:
            continue
        line = page.lines[index]
        reasons[index] = reasons[index] or line.likely
        if reasons[index]:
            menu.add(line.folded)
        elif page.title is None and is_above_menu(page.lines, index, page.first):
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


def _is_author(page: Page, index: int) -> bool:
    """Whether a name stands right below the title that the text below does not speak of."""
    text = page.lines[index].text
    if (
        index - 1 != page.title
        or not text[0].isalpha()
        or not is_name(text)
        or page.lines[index].stopped
        or not text[-1].isalpha()
    ):
        return False
    below = {stem for line in page.lines[page.first : page.first + 4] for stem in stems(line.text)}
    return stems(text).isdisjoint(below | stems(page.lines[index - 1].text))


def _reason_above_text(
    page: Page, index: int, reasons: Sequence[str | None], menu: set[str]
) -> str | None:
    line = page.lines[index]
    title = page.lines[page.title].text if page.title is not None else ""
    folded = line.folded
    if page.title is not None and _repeats(folded, fold(title)):
        return "repeated_title"
    if page.title is not None and index < page.title:
        if index == page.title - 1 and line.text[-1] == ":" and line.words > 1:
            return None  # it leads up to the title
        if line.role == "byline" or line.may_be_byline:
            return "byline"
        menu.add(folded)
        return "navigation"
    if line.role:
        return None if line.role == "dateline" else line.role
    if folded in menu and not line.stopped:  # the section, once more under the title
        return "navigation"
    alone = index - 1 == page.title or reasons[index - 1] or index + 1 == page.first
    if line.may_be_byline and alone:
        return "byline"
    if _is_author(page, index):
        return "byline"
    return "caption" if may_be_caption(line.text) or _is_below_meta(page, index, reasons) else None


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
            if reasons[index] or line.stopped or long or line.role == "dateline":
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
