"""Boxes amid the text of an article: they ask for an address or a vote, sell, or lead elsewhere."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import accumulate, islice
from typing import NamedTuple

import lxml.html
from lxml import etree

from transforms.furniture import furniture
from transforms.html_records import PageLine, PageLines, Region
from transforms.html_structure import is_prose

_BOX_LINES = 12
_BOX_PROSE_LINES = 2
# A box holds less of the page's prose than this; an article of few paragraphs has larger parts.
_BOX_SHARE = 0.25
_BOX_LINE_CHARACTERS = 300
_FULL_LINK = 0.8
_LABEL_WORDS = 6
_LABEL_CHARACTERS = 80
_CONTROL_LEVELS = 4
_CARD_LINES = 3
_CARD_PARTS = 60
_LIKE_LINES = 3
_TEASER_WORDS = 3
_NO_BOXES = frozenset(
    {"p", "li", "td", "tr", "tbody", "ol", "ul", "dl", "blockquote", "body", "pre"}
)
_LISTS = frozenset({"list", "heading", "quotation"})
_FORM_TAGS = ("input", "textarea", "select")
_NO_FORM = frozenset({"hidden", "image"})
_VOTING = frozenset({"radio", "checkbox"})
_STORE = re.compile(r"play\.google\.com/store|apps\.apple\.com|itunes\.apple\.com|appgallery")
_NUMBER = re.compile(r"\W*\d[\d\W]*")
_SCORE = re.compile(r"^\d{1,3} ?[-–:] ?\d{1,3}(?!\d)")
_VOTE = re.compile(
    r"\W*(?:صو\u0651?ت(?:وا)?(?: الآن)?|التصويت|تصويت|(?:عرض |نتائج )(?:النتائج|التصويت)"
    r"|استطلاع(?: ال)?(?: ?رأي)?|استفتاء)\W*"
)
_PODCAST = re.compile(
    r"(?:نهاية )?(?:ال)?(?:بودكاست|حلقات)(?: نهاية)?|استمع(?:وا)? إلى الحلق(?:ة|ات)"
)
# What the lexicon calls the line that names a box.
_NAMING = frozenset({"related", "subscription", "advertisement", "player", "sharing"})


def boxes(
    root: lxml.html.HtmlElement, page: PageLines, main: Sequence[bool], title: int | None
) -> list[tuple[Region, str]]:
    """The boxes amid the text and what each of them is.

    Args:
        root: the page.
        page: its lines and regions.
        main: which lines are taken for the article's text.
        title: the line of the headline.
    """
    text = [index for index, is_main in enumerate(main) if is_main]
    if not text:
        return []
    view = _look_at(page, main, title)
    forms = _forms(root)
    found = []
    end = 0
    for region in sorted(page.regions, key=lambda region: (region.first, -region.end)):
        if region.first < end or region.end <= text[0] or region.first > text[-1]:
            continue
        if not _is_small(region, view):
            continue
        reason = forms.get(region.element) or _first_sign(region, view)
        if reason is None and _is_score_card(region, page.lines):
            reason = "aside"
        if reason is not None:
            found.append((region, reason))
            end = region.end
    return found


class _View(NamedTuple):
    """A page, what each line says of the box around it, and running sums of its prose.

    `ways`: how elements are named that hold paragraphs, time and again, and are no boxes.
    """

    page: PageLines
    signs: list[str | None]
    prose_lines: list[int]
    prose_sizes: list[int]
    ways: frozenset[tuple[str, str]]
    title: int | None


def _look_at(page: PageLines, main: Sequence[bool], title: int | None) -> _View:
    signs = [_sign(line) for line in page.lines]
    prose = [main[index] and is_prose(line) for index, line in enumerate(page.lines)]
    sizes = [len(line.text) * inside for line, inside in zip(page.lines, prose, strict=True)]
    counts = [0, *accumulate(prose)]
    signed = [0, *accumulate(sign is not None for sign in signs)]
    ways = Counter(
        _way(region.element)
        for region in page.regions
        if counts[region.end] > counts[region.first] and signed[region.end] == signed[region.first]
    )
    plain = frozenset(way for way, count in ways.items() if count >= _LIKE_LINES)
    return _View(page, signs, counts, [0, *accumulate(sizes)], plain, title)


def _is_small(region: Region, view: _View) -> bool:
    """Whether an element is small enough for a box, and none of those that hold the paragraphs."""
    if region.element.tag in _NO_BOXES or region.end - region.first > _BOX_LINES:
        return False
    if view.title is not None and region.first <= view.title < region.end:
        return False
    if view.prose_lines[region.end] - view.prose_lines[region.first] > _BOX_PROSE_LINES:
        return False
    size = view.prose_sizes[region.end] - view.prose_sizes[region.first]
    if size > _BOX_SHARE * view.prose_sizes[-1] or (size and _way(region.element) in view.ways):
        return False
    inside = view.page.lines[region.first : region.end]
    return all(len(line.text) <= _BOX_LINE_CHARACTERS for line in inside)


def _first_sign(region: Region, view: _View) -> str | None:
    return next(filter(None, view.signs[region.first : region.end]), None)


def _way(element: etree._Element) -> tuple[str, str]:
    return str(element.tag), element.get("class", "")


def _forms(root: lxml.html.HtmlElement) -> dict[etree._Element, str]:
    """The elements next around what a reader fills in or ticks, and what it asks for."""
    found: dict[etree._Element, str] = {}
    for control in root.iter(*_FORM_TAGS):
        kind = control.get("type", "text").lower()
        if kind in _NO_FORM:
            continue
        element = control.getparent()
        for _ in range(_CONTROL_LEVELS):
            if element is None or element.tag == "body":
                break
            voting = kind in _VOTING or found.get(element) == "aside"
            found[element] = "aside" if voting else "subscription"
            element = element.getparent()
    return found


def _sign(line: PageLine) -> str | None:
    """Why the element around a line may be a box: its link sells or leads on, or it is a label."""
    if any(_STORE.search(link) for link in line.links):
        return "subscription"
    if "sponsored" in _rel(line):
        return "advertisement"
    words = len(line.text.split())
    if line.link_share > _FULL_LINK and words >= _TEASER_WORDS:
        return None if all(link.startswith("#") for link in line.links) else "related"
    if len(line.text) <= _LABEL_CHARACTERS and words <= _LABEL_WORDS and line.kind != "heading":
        if _PODCAST.fullmatch(line.text):
            return "player"
        if _VOTE.fullmatch(line.text):
            return "aside"
        known = furniture(line.text)
        if known is not None and known.certain and known.reason in _NAMING:
            return known.reason
    return None


def _rel(line: PageLine) -> str:
    """What the link that holds most of a line says of where it leads."""
    element = line.inner
    while element is not None and element is not line.block and element.tag != "a":
        element = element.getparent()
    return (element.get("rel") or "").lower() if element is not None else ""


def _is_score_card(region: Region, lines: Sequence[PageLine]) -> bool:
    """Whether an element holds pictures, numbers, names, and nothing that reads like text."""
    inside = lines[region.first : region.end]
    if len(inside) < _CARD_LINES or region.element.tag != "div":
        return False
    if any(is_prose(line) or line.kind in _LISTS or line.block.tag in _NO_BOXES for line in inside):
        return False
    numbers = sum(_NUMBER.fullmatch(line.text) is not None for line in inside)
    scores = sum(_SCORE.search(line.text) is not None for line in inside)
    parts = islice(region.element.iterdescendants(), _CARD_PARTS)
    pictures = sum(part.tag == "img" for part in parts)
    return numbers >= len(inside) / 2 or (scores > 0 and pictures > 1)
