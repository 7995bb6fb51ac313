"""A page of HTML in; all its visible text, what its markup says of each line, its metadata, out."""

from __future__ import annotations

import re
from typing import NamedTuple

from schemas.records import BlockKind, Markup, Metadata
from schemas.settings import ReadSettings
from transforms.addresses import host_of
from transforms.datelines import is_dateline_line
from transforms.html_declared import Declared, declared_by, plain
from transforms.html_evidence import compact, extracted_text
from transforms.html_lines import read_lines
from transforms.html_main import is_other_page, main_lines
from transforms.html_metadata import (
    DATE,
    find_author,
    find_published,
    find_site,
    find_url,
    iso_date,
)
from transforms.html_records import PageLine, PageLines
from transforms.html_structure import is_prose, structural_reasons
from transforms.html_title import Title, find_title
from transforms.html_tree import has_tags, parse_page
from transforms.title_hints import title_test

_WHOLE_PAGE = re.compile(r"<(?:!doctype|html|head|body|frameset)\b", re.IGNORECASE)
_PARAGRAPH_END = re.compile(r"</p>|<br\s*/?>|\n", re.IGNORECASE)
_MENU_WORDS = 3
_HINT_CHARACTERS = 400
_TITLE_BEHIND = 2
_DATE_LINES = 8
_DATE_CHARACTERS = 100
_LEAD_LINES = 20
_LEAST_LEAD = 25
_LEAD_WORDS = 6
_KICKER_WORDS = 4
_MOST_KICKER_WORDS = 25
_LARGE_QUOTATION = 0.7
# If the page shows less than this of the text that it declares, it is filled in by a script.
_SHOWN_SHARE = 0.5
_LEAST_DECLARED = 200
_MAX_DECLARED = 100_000


class Page(NamedTuple):
    """The visible text of a page, one block-level element a line, and what it says of itself.

    `markup` has one entry for each line of `source`, in order.
    """

    source: str
    markup: tuple[Markup, ...]
    metadata: Metadata


class _Line(NamedTuple):
    text: str
    kind: BlockKind | None
    reason: str | None
    main: bool


def read_page(html: str, url: str | None = None, settings: ReadSettings | None = None) -> Page:
    """All visible text of a page or of a fragment (the body of a feed's item), and its metadata.

    Args:
        html: the decoded page, any characters at all.
        url: where it was found; what the page itself says goes before it.
        settings: its limits.

    Raises:
        RejectedArticleError: `too_complex`: beyond the limits.
    """
    if not has_tags(html):
        return Page(plain_lines(html), (), Metadata(url=url, site=host_of(url)))
    root = parse_page(html, settings or ReadSettings())
    if root is None:
        return Page("", (), Metadata(url=url, site=host_of(url)))
    if not _WHOLE_PAGE.search(html[:5000]):
        return _joined(_of_fragment(read_lines(root)), Metadata(url=url, site=host_of(url)))
    declared = declared_by(root)
    address = find_url(declared, url)
    site = find_site(declared, address)
    hints, names = _title_hints(declared), _site_names(declared, site, address)
    page = read_lines(root, title_test(hints, names))
    reasons = structural_reasons(page)
    body = declared.text("articleBody")
    main = main_lines(page, reasons, extracted_text(root, page, reasons), body)
    title = find_title(page.lines, reasons, main, hints, names)
    published = find_published(declared, page.lines, reasons, title.line)
    metadata = Metadata(
        title=title.text,
        author=find_author(declared, page.lines, reasons, title.line),
        site=site,
        url=address,
        published=iso_date(published),
        published_as_given=published,
    )
    _clear_head(page.lines, reasons, main, title)
    _add_lead(page.lines, reasons, main, title, declared)
    lines = _judged(page, reasons, main, title)
    unshown = _unshown(lines, declared, title)
    if unshown:
        lines = [line._replace(main=False) if line.kind != "title" else line for line in lines]
    return _joined([*lines, *unshown], metadata)


def plain_lines(text: str) -> str:
    """What is served as HTML without any tag in it, its escapes resolved."""
    return "\n".join(filter(None, (plain(line) for line in text.split("\n"))))


def _title_hints(declared: Declared) -> list[str]:
    hints = [
        declared.text("headline"),
        declared.first_meta("og:title"),
        declared.first_meta("twitter:title", "dc.title", "title", "headline"),
        declared.title,
        declared.text("name"),
    ]
    return list(dict.fromkeys(hint[:_HINT_CHARACTERS] for hint in hints if hint))


def _site_names(declared: Declared, site: str | None, address: str | None) -> list[str]:
    host = host_of(address)
    names = [site, declared.site_name, declared.first_meta("og:site_name", "application-name")]
    names += [host, host.split(".")[0] if host else None, *declared.names("publisher")]
    return [name for name in names if name]


def _clear_head(
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


def _add_lead(
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
    stands_out = named or line.kind == "heading" or line.bold or line.big
    return bool(stands_out) and _KICKER_WORDS <= len(line.text.split()) <= _MOST_KICKER_WORDS


def _judged(
    page: PageLines, reasons: list[str | None], main: list[bool], title: Title
) -> list[_Line]:
    text = [line for line, is_main in zip(page.lines, main, strict=True) if is_main]
    quoted = sum(len(line.text) for line in text if line.kind == "quotation")
    indented = quoted > _LARGE_QUOTATION * sum(len(line.text) for line in text)
    found = []
    for index, line in enumerate(page.lines):
        if index == title.line:
            found.append(_Line(line.text, "title", None, True))
            continue
        reason = reasons[index] or (None if main[index] else _reason_of_link(line))
        kind = line.kind
        if reason == "byline" or reason == "caption":
            kind = "byline" if reason == "byline" else "caption"
        elif kind == "quotation" and indented:
            kind = "paragraph"
        found.append(_Line(line.text, kind, reason, main[index]))
    return found


def _reason_of_link(line: PageLine) -> str | None:
    if not is_other_page(line):
        return None
    return "related" if len(line.text.split()) > _MENU_WORDS else "navigation"


def _of_fragment(page: PageLines) -> list[_Line]:
    reasons = structural_reasons(page)
    found = []
    for line, reason in zip(page.lines, reasons, strict=True):
        why = reason or _reason_of_link(line)
        found.append(_Line(line.text, line.kind, why, why is None))
    return found


def _unshown(lines: list[_Line], declared: Declared, title: Title) -> list[_Line]:
    """The text that the page declares, if a script was to show it."""
    body = declared.article.get("articleBody")
    if not isinstance(body, str) or len(body) < _LEAST_DECLARED:
        return []
    whole = compact(plain(body[:_MAX_DECLARED]))
    texts = (compact(line.text) for line in lines if line.main)
    shown = sum(len(text) for text in texts if text in whole)
    if shown > _SHOWN_SHARE * len(whole):
        return []
    paragraphs = filter(None, (plain(part) for part in _PARAGRAPH_END.split(body[:_MAX_DECLARED])))
    head = [_Line(title.text, "title", None, True)] if title.line is None and title.text else []
    return [*head, *(_Line(text, "paragraph", None, True) for text in paragraphs)]


def _joined(lines: list[_Line], metadata: Metadata) -> Page:
    markup = []
    start = 0
    for line in lines:
        end = start + len(line.text)
        markup.append(Markup(start, end, line.kind, line.reason, line.main))
        start = end + 1
    return Page("\n".join(line.text for line in lines), tuple(markup), metadata)
