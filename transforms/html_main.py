"""Which lines of a page are its article.

The lines that trafilatura takes, those of the `articleBody` that the page declares, and those
that read like paragraphs are evidence. The element that holds most of the evidence and little else
is taken for the article's: what else is in it belongs to the article, too, unless the structure
shows it to be furniture.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import accumulate

from lxml import etree

from transforms.html_evidence import beliefs_in
from transforms.html_records import PageLine, PageLines, Region
from transforms.html_structure import messages

_BELIEF = 0.5
_NAMED_BODY = 1.2
_ARTICLE_TAG = 1.08
_LINK_SHARE = 0.5
_SENTENCE_LINK_SHARE = 0.8
_NOTICE_SHARE = 0.3
_NOTICE = re.compile(
    r"التعليقات|تعليقاتكم|الآراء الواردة|لا [تي]عبر (?:بالضرورة )?عن|حقوق (?:النشر|الطبع)"
    r"|الحقوق محفوظة|إدارة (?:الموقع|المنتدى|التحرير)|للاشتراك|النشرة البريدية|تابعونا|تابعوا"
)
_CORE_SHARE = 0.8
_FURNITURE_BETWEEN = 2
_LABEL_WORDS = 5
_STOPS = (".", "؟", "!", "…", "»", '"')
_PARAGRAPH_NAMES = "p h2 h3 h4 h5 h6 li ul ol blockquote pre figure center div"
_PARAGRAPHS = frozenset(_PARAGRAPH_NAMES.split())
_LARGE_SHARE = 0.15


def main_lines(
    page: PageLines,
    reasons: Sequence[str | None],
    extracted: str,
    declared: str | None,
) -> list[bool]:
    """For each line, whether it belongs to the article's text (the headline aside)."""
    beliefs = beliefs_in(page.lines, reasons, extracted, declared)
    if not any(beliefs):
        return [False] * len(page.lines)
    thread = messages(page, reasons)
    home = thread[0] if thread else _home(page, reasons, beliefs)
    main = [False] * len(page.lines)
    named = not home.roles.isdisjoint({"body", "post"})
    first, last = _reach(page.lines, home, reasons, beliefs)
    for index in range(home.first, home.end):
        line = page.lines[index]
        if reasons[index] is None and not is_other_page(line):
            most = _SENTENCE_LINK_SHARE if line.text.endswith(_STOPS) else _LINK_SHARE
            inside = first <= index <= last and line.link_share < most
            main[index] = named or inside or beliefs[index] >= _BELIEF
    if not named:
        _take_out_strays(page, home, reasons, beliefs, main)
    _take_out_notices(page.lines, main)
    _take_out_list_headings(page.lines, main)
    return main


def _take_out_notices(lines: Sequence[PageLine], main: list[bool]) -> None:
    """Takes out what a site says of itself in an element of its own under the last paragraph."""
    sizes: Counter[etree._Element] = Counter()
    for line, is_main in zip(lines, main, strict=True):
        if is_main:
            sizes[_holder(line)] += len(line.text)
    for index in range(len(lines) - 1, -1, -1):
        if main[index]:
            share = sizes[_holder(lines[index])] / sizes.total()
            if share > _NOTICE_SHARE or not _NOTICE.search(lines[index].text):
                return
            main[index] = False


def _take_out_list_headings(lines: Sequence[PageLine], main: list[bool]) -> None:
    """Takes out, under the last paragraph, the headings of what is nothing but links."""
    for index in range(len(lines) - 2, -1, -1):
        if not main[index]:
            continue
        line, below = lines[index], lines[index + 1]
        short = len(line.text.split()) <= _LABEL_WORDS and line.kind != "list"
        if not short or line.text.endswith(_STOPS):
            return
        if below.link_share <= _LINK_SHARE or main[index + 1]:
            return
        main[index] = False


def _reach(
    lines: Sequence[PageLine], home: Region, reasons: Sequence[str | None], beliefs: Sequence[float]
) -> tuple[int, int]:
    """From where to where the text runs: what is believed, and what stands beside it alike."""
    believed = [index for index in range(home.first, home.end) if beliefs[index] >= _BELIEF]
    if not believed:
        return home.first, home.end - 1
    holders = {_holder(lines[index]) for index in believed} - {None}

    def belongs(index: int) -> bool:
        return reasons[index] is None and _holder(lines[index]) in holders

    first, last = believed[0], believed[-1]
    while first > home.first and belongs(first - 1):
        first -= 1
    while last + 1 < home.end and belongs(last + 1):
        last += 1
    return first, last


def _holder(line: PageLine) -> etree._Element | None:
    """The element that a paragraph stands in, beside the others."""
    return line.block.getparent() if line.block.tag in _PARAGRAPHS else line.block


def _take_out_strays(
    page: PageLines,
    home: Region,
    reasons: Sequence[str | None],
    beliefs: Sequence[float],
    main: list[bool],
) -> None:
    """Takes out paragraphs behind the text, with furniture between and in a different element."""
    weights = [len(line.text) * belief for line, belief in zip(page.lines, beliefs, strict=True)]
    sums = [0.0, *accumulate(weights)]
    whole = sums[home.end] - sums[home.first]
    core = min(
        (
            region
            for region in page.regions
            if home.first <= region.first
            and region.end <= home.end
            and sums[region.end] - sums[region.first] >= _CORE_SHARE * whole
        ),
        key=lambda region: region.end - region.first,
        default=home,
    )
    names = {
        _signature(line)
        for line, is_main in zip(
            page.lines[core.first : core.end], main[core.first : core.end], strict=True
        )
        if is_main
    } - {None}
    between = 0
    for index in range(core.end, home.end):
        between += reasons[index] is not None or not main[index]
        line = page.lines[index]
        if main[index] and between >= _FURNITURE_BETWEEN and _signature(line) not in names:
            main[index] = False


def _signature(line: PageLine) -> tuple[str, str] | None:
    """The name of the element that holds a line, by which its like are known."""
    holder = _holder(line)
    if holder is None or not holder.get("class"):
        return None
    return str(holder.tag), holder.get("class", "")


def is_other_page(line: PageLine) -> bool:
    """Whether a line is nothing but a link to another page, or a label and such a link."""
    if is_sentence(line):
        return False
    if line.link_share > 0.9:
        return True
    label, colon, rest = line.text.partition(":")
    return (
        bool(colon)
        and len(label.split()) <= _LABEL_WORDS
        and len(rest.split()) >= 3
        and line.linked >= 0.9 * len(rest.strip())
    )


def _home(page: PageLines, reasons: Sequence[str | None], beliefs: Sequence[float]) -> Region:
    """The element that holds most of what is believed and little else."""
    sizes = [
        0 if reason is not None else len(line.text)
        for line, reason in zip(page.lines, reasons, strict=True)
    ]
    weights = [size * belief for size, belief in zip(sizes, beliefs, strict=True)]
    all_sizes, all_weights = [0, *accumulate(sizes)], [0.0, *accumulate(weights)]
    total = all_weights[-1] or 1.0

    def score(region: Region) -> float:
        size = all_sizes[region.end] - all_sizes[region.first]
        weight = all_weights[region.end] - all_weights[region.first]
        if not size or not weight:
            return 0.0
        precision, recall = weight / size, weight / total
        harmonic = 2 * precision * recall / (precision + recall)
        if "body" in region.roles or "post" in region.roles:
            return harmonic * _NAMED_BODY
        return harmonic * (_ARTICLE_TAG if region.element.tag == "article" else 1.0)

    # Of equals, the first is the innermost: an element is listed behind what is in it.
    best = max(page.regions, key=score)
    return _first_article(page, best, all_weights)


def _first_article(page: PageLines, home: Region, all_weights: Sequence[float]) -> Region:
    """The first of the articles in `home`, if it holds several: the page of an endless site."""
    mine = all_weights[home.end] - all_weights[home.first]
    bodies: list[Region] = []
    inside = [
        region
        for region in page.regions
        if "body" in region.roles and home.first <= region.first and region.end <= home.end
    ]
    for region in sorted(inside, key=lambda region: (region.first, -region.end)):
        weight = all_weights[region.end] - all_weights[region.first]
        apart = not bodies or region.first >= bodies[-1].end
        if apart and region.element is not home.element and weight > _LARGE_SHARE * mine:
            bodies.append(region)
    if len(bodies) < 2:
        return home
    between = page.lines[bodies[0].end : bodies[1].first]
    if any(line.block.tag == "h1" or "headline" in line.roles for line in between):
        return bodies[0]
    return home


def is_sentence(line: PageLine) -> bool:
    """Whether a line that is all link reads like a sentence of the text."""
    return line.text.rstrip("\"'”»)").endswith((".", "؟", "!")) and len(line.text.split()) > 5
