"""How an element looks: large, small, hidden, a row of data."""

from __future__ import annotations

import re

from lxml import etree

_BIG_FONT = re.compile(
    r"font-size\s*:\s*(?:(?:1[89]|[2-9]\d)(?:\.\d+)?px|(?:1[4-9]|[2-9]\d)(?:\.\d+)?pt"
    r"|(?:1\.[3-9]|[2-9])\d*r?em|(?:x+-)?large)",
    re.IGNORECASE,
)
_SMALL_FONT = re.compile(
    r"font-size\s*:\s*(?:(?:[5-9]|1[0-2])(?:\.\d+)?p[xt]|0?\.\d+r?em|[1-8]\d%|(?:x+-)?small|smaller)"
    r"|text-align\s*:\s*center|font-style\s*:\s*italic",
    re.IGNORECASE,
)
_SMALL_TAGS = frozenset({"small", "em", "i", "center", "cite"})
_BIG_SIZES = frozenset({"4", "5", "6", "7", "+1", "+2", "+3", "+4"})
_SMALL_SIZES = frozenset({"1", "2", "-1", "-2"})
_FINE_SIZES = frozenset({"1", "-2"})
_HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
# A row of a table whose cells hold no more than this is a row of data: it is one line.
_CELL_CHARACTERS = 80


def is_big(element: etree._Element) -> bool:
    """Whether an element sets its text in large letters."""
    if element.tag == "font":
        return element.get("size", "").strip() in _BIG_SIZES
    style = element.get("style")
    return style is not None and _BIG_FONT.search(style) is not None


def is_small(element: etree._Element) -> bool:
    """Whether an element sets its text small, centred or in italics."""
    if element.tag in _SMALL_TAGS or element.get("align") == "center":
        return True
    if element.tag == "font":
        return element.get("size", "").strip() in _SMALL_SIZES
    style = element.get("style")
    return style is not None and _SMALL_FONT.search(style) is not None


def is_fine(element: etree._Element) -> bool:
    """Whether an element sets its text in the smallest letters, as under a picture."""
    return element.tag == "small" or element.get("size", "").strip() in _FINE_SIZES


def is_hidden(element: etree._Element) -> bool:
    """Whether an element says of itself that a reader does not see it."""
    if element.get("hidden") is not None:
        return True
    style = element.get("style")
    return style is not None and _HIDING.search(style) is not None


def is_row_of_data(row: etree._Element, blocks: frozenset[str]) -> bool:
    """Whether a row holds short cells side by side, not columns of a page."""
    if len(row) < 2 or len(row) > 50:
        return False
    size = 0
    for cell in row:
        if any(inner.tag in blocks or inner.tag == "br" for inner in cell.iterdescendants()):
            return False
        for text in cell.itertext():
            size += len(text)
            if size > _CELL_CHARACTERS * len(row):
                return False
    return True
