"""From the tree of a page to its visible lines, each with what stands around it in the tree.

A block-level element begins a line and ends one; `<br>` ends one. What is inline is joined as it
stands. Everything is one pass over the tree, without recursion.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import lxml.html
from lxml import etree

from schemas.records import BlockKind
from transforms.html_chunks import Chunk, Place, line_of, pieces
from transforms.html_headings import stands_apart
from transforms.html_looks import is_big, is_hidden, is_row_of_data, is_small
from transforms.html_records import Mark, PageLine, PageLines, Region
from transforms.html_words import reason_of, roles

_BLOCK_NAMES = """
    address article aside blockquote body button caption center dd details dialog dir div dl dt
    fieldset figcaption figure footer form frame h1 h2 h3 h4 h5 h6 header hgroup hr html legend li
    main menu nav noframes noscript ol option p pre section summary table tbody td tfoot th thead tr
    ul label amp-sidebar amp-accordion amp-carousel
"""
_UNSEEN_NAMES = """
    script style template head title meta link base object embed applet iframe svg math canvas audio
    video source track select datalist textarea input map area param col colgroup noembed
    amp-analytics amp-iframe amp-script amp-state amp-pixel
"""
_BLOCKS = frozenset(_BLOCK_NAMES.split())
_UNSEEN = frozenset(_UNSEEN_NAMES.split())
# Shown only where scripts or frames are not.
_INSTEAD = frozenset({"noscript", "noframes"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_KINDS: dict[str, BlockKind] = {
    "li": "list",
    "dt": "list",
    "dd": "list",
    "blockquote": "quotation",
    "figcaption": "caption",
    "caption": "caption",
}
# Nobody needs more names around a line to say that it is furniture.
_MAX_MARKS = 10
_PICTURES = frozenset({"img", "amp-img", "picture"})
# With fewer visible characters than this, what is hidden until a script runs is read, too.
_LEAST_VISIBLE = 150


def read_lines(
    root: lxml.html.HtmlElement, is_title: Callable[[str], bool] | None = None
) -> PageLines:
    """The visible lines of a page; of one that shows next to nothing, the hidden ones too.

    Args:
        root: the page.
        is_title: whether a text can be the headline, by what the page declares. A heading of which
            only a part can be is cut there; so is one with a part that its name sets apart: a
            label, a date.
    """
    body = root if root.tag != "html" else root.find("body")
    if body is None:
        body = root
    seen = _Reader(False, is_title).read(body)
    if sum(len(line.text) for line in seen.lines) < _LEAST_VISIBLE:
        everything = _Reader(True, is_title).read(body)
        if len(everything.lines) > len(seen.lines):
            return everything
    return seen


class _Reader:
    """Collects the chunks of the line at hand, and the lines so far."""

    def __init__(self, hidden: bool, is_title: Callable[[str], bool] | None) -> None:
        self._hidden = hidden
        self._is_title = is_title
        self._lines: list[PageLine] = []
        self._regions: list[Region] = []
        self._chunks: list[Chunk] = []
        self._part = 0
        self._picture = False

    def read(self, body: lxml.html.HtmlElement) -> PageLines:
        """One pass over the elements under `body`."""
        stack = [Place(body, body)]
        walker = etree.iterwalk(body, events=("start", "end"))
        for event, element in walker:
            if element is body:
                if event == "start" and body.text:
                    self._say(body.text, stack[0])
                continue
            if event == "start":
                found = roles(element) if isinstance(element.tag, str) else frozenset()
                if not self._is_seen(element, stack[-1], found):
                    walker.skip_subtree()
                    stack.append(stack[-1])
                    continue
                self._open(element, stack, found)
                continue
            place = stack.pop()
            if place.element is element:
                self._close(place)
            if element.tail:
                self._say(element.tail, stack[-1])
        self._flush(stack[0])
        self._regions.append(Region(body, 0, len(self._lines), roles(body)))
        return PageLines(
            self._lines, [region for region in self._regions if region.end > region.first]
        )

    def _is_seen(self, element: etree._Element, around: Place, found: frozenset[str]) -> bool:
        tag = element.tag
        if not isinstance(tag, str) or tag in _UNSEEN:
            return False
        if self._hidden:
            return True
        if tag in _INSTEAD or is_hidden(element):
            return False
        if element.get("aria-hidden") == "true" and around.block.tag not in _HEADINGS:
            return False
        if tag == "dialog" and element.get("open") is None:
            return False
        return tag in _HEADINGS or "hidden" not in found

    def _open(self, element: etree._Element, stack: list[Place], found: frozenset[str]) -> None:
        around = stack[-1]
        tag = element.tag
        if tag == "br":
            if around.heading or around.row:
                self._part += 1
                self._say(" ", around)
            else:
                self._flush(around)
        elif tag in ("img", "td", "th", "input") or (tag == "a" and self._ends_in_link()):
            self._say(" ", around)
        if tag in _PICTURES:
            self._picture = True
        is_part = around.heading and around.part is None
        apart = is_part and (tag == "button" or stands_apart(element, around.element, found))
        is_block = apart or (tag in _BLOCKS and not around.row and not around.heading)
        self._part += is_part
        if is_block:
            self._flush(around)
        marks = around.marks
        reason = reason_of(element, found)
        if reason is not None and tag not in _HEADINGS and len(marks) < _MAX_MARKS:
            marks = (*marks, Mark(reason, element, len(self._lines)))
        place = Place(
            element=element,
            block=element if is_block else around.block,
            kind=_kind(str(tag), found, around.kind),
            marks=marks,
            roles=found | around.roles if is_block or found else around.roles,
            own_roles=found,
            link=element.get("href", "") if tag == "a" else around.link,
            bold=around.bold or tag in ("b", "strong"),
            big=around.big or is_big(element),
            small=around.small or is_small(element),
            heading=around.heading or tag in _HEADINGS,
            preformatted=around.preformatted or tag == "pre",
            row=around.row or (tag == "tr" and is_row_of_data(element, _BLOCKS)),
            is_block=is_block,
            first_line=len(self._lines),
            part=element if is_part else around.part,
        )
        stack.append(place)
        if element.text:
            self._say(element.text, place)

    def _say(self, text: str, place: Place) -> None:
        self._chunks.append(Chunk(text, place, self._part))

    def _close(self, place: Place) -> None:
        self._part += place.part is place.element
        if not place.is_block:
            return
        self._flush(place)
        self._regions.append(
            Region(place.element, place.first_line, len(self._lines), place.own_roles)
        )

    def _ends_in_link(self) -> bool:
        return bool(self._chunks) and self._chunks[-1].place.link is not None

    def _flush(self, around: Place) -> None:
        """Ends the line at hand, which stands in the block of `around`."""
        if not self._chunks:
            return
        chunks, self._chunks = self._chunks, []
        if around.preformatted:
            text = "".join(chunk.text for chunk in chunks)
            if "\n" in text:
                for line in text.splitlines():
                    self._add([Chunk(line, around)], around)
                return
        for piece in pieces(chunks, self._is_title) if around.heading else (chunks,):
            self._add(piece, around)

    def _add(self, chunks: Sequence[Chunk], around: Place) -> None:
        line = line_of(chunks, around, self._picture)
        if line is not None:
            self._lines.append(line)
            self._picture = False


def _kind(tag: str, found: frozenset[str], around: BlockKind | None) -> BlockKind | None:
    if tag in _HEADINGS:
        return "heading"
    if "quotation" in found:
        return "quotation"
    if around == "quotation":
        return around
    if tag in _KINDS:
        return _KINDS[tag]
    return around or ("paragraph" if tag == "p" else None)
