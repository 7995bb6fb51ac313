"""What stands around the headline: the kicker, the date, the subtitle, the summary."""

from __future__ import annotations

from transforms.datelines import is_dateline_line
from transforms.html_declared import Declared
from transforms.html_evidence import compact
from transforms.html_metadata import DATE
from transforms.html_records import PageLine
from transforms.html_structure import is_prose
from transforms.html_title import Title

_TITLE_BEHIND = 2
_DATE_LINES = 8
_DATE_CHARACTERS = 100
_LEAD_LINES = 20
_LEAST_LEAD = 25
_LEAD_WORDS = 6
_KICKER_WORDS = 4
_MOST_KICKER_WORDS = 25


def clear_head(
    lines: list[PageLine], reasons: list[str | None], main: list[bool], title: Title
) -> None:
    """Takes from the article what is before its headline, and the date under it."""
    if title.line is None:
        return
    inside = [
        index
        for index, is_main in enumerate(main)
        if is_main and is_prose(lines[index]) and index != title.line
    ]
    first = next(iter(inside), 0)
    if title.line <= first + _TITLE_BEHIND:
        main[: title.line] = [False] * title.line
    for index in range(max(0, title.line - _DATE_LINES), min(first, title.line + _DATE_LINES)):
        line = lines[index]
        if index != title.line and reasons[index] is None and len(line.text) < _DATE_CHARACTERS:
            date = DATE.search(line.text)
            is_date = date is not None and len(date.group()) > 0.2 * len(line.text)
            if is_date and not is_dateline_line(line.text):
                reasons[index], main[index] = "timestamp", False


def add_lead(
    lines: list[PageLine],
    reasons: list[str | None],
    main: list[bool],
    title: Title,
    declared: Declared,
) -> None:
    """Counts subtitle and summary, which stand between the headline and the text, to the text."""
    if title.line is None:
        return
    start = next((index for index in range(title.line + 1, len(lines)) if main[index]), None)
    if start is None or start - title.line > _LEAD_LINES:
        return
    if title.line and _is_kicker(lines[title.line - 1], reasons[title.line - 1]):
        main[title.line - 1] = True
    summary = compact(declared.first_meta("og:description", "description") or "")
    for index in range(title.line + 1, start):
        line = lines[index]
        if reasons[index] is not None or line.link_share > 0.3 or len(line.text) < _LEAST_LEAD:
            continue
        text = compact(line.text)
        declares = bool(summary) and (text[:80] in summary or summary[:80] in text)
        follows = index == title.line + 1 and line.block.tag == "p"
        long = follows and len(line.text.split()) >= _LEAD_WORDS
        if "lead" in line.roles or line.kind == "heading" or is_prose(line) or declares or long:
            main[index] = True


def _is_kicker(line: PageLine, reason: str | None) -> bool:
    """Whether a line over the headline says more of the story; a shorter one names the section."""
    if reason is not None or line.linked or DATE.search(line.text):
        return False
    named = not line.roles.isdisjoint({"label", "lead", "headline"})
    centred = (line.block.get("align") or "").lower() == "center"
    stands_out = named or line.kind == "heading" or line.bold or line.big or centred
    stands_out = stands_out or (line.inner is not None and line.inner is not line.block)
    return bool(stands_out) and _KICKER_WORDS <= len(line.text.split()) <= _MOST_KICKER_WORDS
