"""A page of HTML in; all its visible text, what its markup says of each line, its metadata, out."""

from __future__ import annotations

import re
from typing import NamedTuple

import lxml.html

from schemas.records import BlockKind, Markup, Metadata
from schemas.settings import ReadSettings
from transforms.addresses import host_of
from transforms.html_boxes import boxes
from transforms.html_declared import Declared, declared_by, plain
from transforms.html_evidence import compact, extracted_text
from transforms.html_lead import add_lead, clear_head
from transforms.html_lines import read_lines
from transforms.html_main import is_other_page, main_lines
from transforms.html_metadata import (
    find_author,
    find_published,
    find_site,
    find_url,
    iso_date,
)
from transforms.html_notes import note_reason, signatures
from transforms.html_quotes import pull_quotes
from transforms.html_records import PageLine, PageLines
from transforms.html_structure import structural_reasons
from transforms.html_title import Title, find_title
from transforms.html_tree import has_tags, parse_page
from transforms.title_hints import title_test

_WHOLE_PAGE = re.compile(r"<(?:!doctype|html|head|body|frameset)\b", re.IGNORECASE)
_PARAGRAPH_END = re.compile(r"</p>|<br\s*/?>|\n", re.IGNORECASE)
_MENU_WORDS = 3
_HINT_CHARACTERS = 400
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
    clear_head(page.lines, reasons, main, title)
    add_lead(page.lines, reasons, main, title, declared)
    _take_out(root, page, reasons, main, title, metadata.author)
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


def _take_out(
    root: lxml.html.HtmlElement,
    page: PageLines,
    reasons: list[str | None],
    main: list[bool],
    title: Title,
    author: str | None,
) -> None:
    """Takes out what stands amid the text and is none of it: boxes, notes, quotes, signatures."""

    def take_out(index: int, reason: str) -> None:
        if index != title.line:
            reasons[index], main[index] = reasons[index] or reason, False

    for region, reason in boxes(root, page, main, title.line):
        for index in range(region.first, region.end):
            take_out(index, reason)
    for index, line in enumerate(page.lines):
        note = note_reason(line) if main[index] and line.kind != "quotation" else None
        if note is not None:
            take_out(index, note)
    for index in pull_quotes(page.lines, main):
        take_out(index, "aside")
    for index in signatures(page.lines, main, author, title.line):
        take_out(index, "byline")


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
