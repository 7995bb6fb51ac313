"""What speaks for a line of a page being a line of its article.

The lines that trafilatura takes, those of the `articleBody` that the page declares, and those that
read like paragraphs.
"""

from __future__ import annotations

import copy
import logging
import re
from collections.abc import Sequence
from itertools import accumulate

import lxml.html
from trafilatura import bare_extraction

from transforms.html_records import PageLine, PageLines
from transforms.html_structure import is_prose

# It reports pages in which it finds nothing; that is for us to judge.
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)

# Beyond this, its time (for some pages, with the depth times the elements) is not worth it.
_MAX_ELEMENTS = 6000
_MAX_LINES = 4000
_NOT_A_LETTER = re.compile(r"[\W_]+")
_LEAST_MATCH = 12
_LEAST_DECLARED = 200
_MAX_DECLARED = 100_000
# How much speaks for a line that reads like a paragraph and for one that does not: without
# trafilatura's word, with it; and what is left of that if it, or the page, does not name the line.
_PROSE, _SHORT = 0.6, 0.2
_CLAIMED_PROSE, _CLAIMED_SHORT = 0.9, 0.5
_UNCLAIMED = 0.85
_UNDECLARED = 0.6
_LEAST_CLAIM = 0.4
_LINK_SHARE = 0.5


def compact(text: str) -> str:
    """The letters and digits of a text, for comparing what differs in white space and marks."""
    return _NOT_A_LETTER.sub("", text)


def extracted_text(
    root: lxml.html.HtmlElement, page: PageLines, reasons: Sequence[str | None]
) -> str:
    """What trafilatura takes for the article, once evident furniture is out; `""` if nothing.

    Taking that out first makes it better and several times faster. Of a page beyond the bounds of
    its good behaviour, nothing.
    """
    if len(page.lines) > _MAX_LINES:
        return ""
    slim = _without_furniture(root, page, reasons)
    if sum(1 for _ in slim.iter()) > _MAX_ELEMENTS:
        return ""
    try:
        found = bare_extraction(slim, fast=True, include_comments=False, include_tables=True)
    except Exception:  # a page that breaks it is judged by the rest of the evidence
        return ""
    return "" if found is None or isinstance(found, dict) else found.text or ""


def _without_furniture(
    root: lxml.html.HtmlElement, page: PageLines, reasons: Sequence[str | None]
) -> lxml.html.HtmlElement:
    """A copy of the tree without scripts and without the elements all of whose lines are out."""
    innocent = [0, *accumulate(reason is None for reason in reasons)]
    doomed = [
        region.element
        for region in page.regions
        if innocent[region.end] == innocent[region.first] and region.element is not root
    ]
    for element in doomed:
        element.set("warraq-out", "1")
    slim = copy.copy(root)
    for element in doomed:
        del element.attrib["warraq-out"]
    for element in list(slim.iter("script", "style", "svg", "iframe", "template")):
        element.drop_tree()
    for element in slim.xpath("//*[@warraq-out]"):
        if element.getparent() is not None:
            element.drop_tree()
    return slim


def beliefs_in(
    lines: Sequence[PageLine], reasons: Sequence[str | None], extracted: str, declared: str | None
) -> list[float]:
    """How much speaks for each line, 0 to 1, by itself."""
    texts = [compact(line.text) for line in lines]
    claimed = _if_believable(compact(extracted), lines, texts, reasons)
    own = compact((declared or "")[:_MAX_DECLARED])
    if len(own) < _LEAST_DECLARED or not any(len(text) > 40 and text in own for text in texts):
        own = ""
    beliefs = []
    for line, text, reason in zip(lines, texts, reasons, strict=True):
        prose = is_prose(line)
        belief = _PROSE if prose else _SHORT
        if claimed:
            in_it = len(text) >= _LEAST_MATCH and text in claimed
            belief = (_CLAIMED_PROSE if prose else _CLAIMED_SHORT) if in_it else belief * _UNCLAIMED
        if own:
            in_it = len(text) >= _LEAST_MATCH and text in own
            belief = 1.0 if in_it else belief * _UNDECLARED
        linked = line.link_share > _LINK_SHARE
        beliefs.append(0.0 if reason is not None or linked or not text else belief)
    return beliefs


def _if_believable(
    claimed: str,
    lines: Sequence[PageLine],
    texts: Sequence[str],
    reasons: Sequence[str | None],
) -> str:
    """What trafilatura took, unless that is a small part of what reads like paragraphs."""
    prose = [
        text
        for line, text, reason in zip(lines, texts, reasons, strict=True)
        if reason is None and is_prose(line)
    ]
    taken = sum(len(text) for text in prose if text in claimed)
    return claimed if taken > _LEAST_CLAIM * sum(map(len, prose)) else ""
