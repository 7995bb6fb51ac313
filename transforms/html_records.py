"""What is seen of a page: its lines, and the elements that hold them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from lxml import etree

from schemas.records import BlockKind


class Mark(NamedTuple):
    """An element that says of all in it why it is furniture, or what it is."""

    reason: str
    element: etree._Element
    first_line: int


@dataclass(slots=True)
class PageLine:
    """A line of a page.

    `block` is the innermost block-level element around it, `marks` the marks around it from the
    outermost in; `linked`, `bold` and `big` are its characters in links, in bold face and in large
    letters, `links` where the first of its links lead. `under_picture`: nothing but white space
    parts it from a picture, and it is small, centred or in italics. `inner`: the innermost element
    around the longest piece of it.
    """

    text: str
    block: etree._Element
    kind: BlockKind | None
    marks: tuple[Mark, ...]
    roles: frozenset[str]
    linked: int = 0
    bold: int = 0
    big: int = 0
    links: list[str] = field(default_factory=list)
    under_picture: bool = False
    inner: etree._Element | None = None

    @property
    def link_share(self) -> float:
        """How much of the line is in links, 0 to 1."""
        return self.linked / len(self.text)


class Region(NamedTuple):
    """A block-level element and the half-open range of lines in it."""

    element: etree._Element
    first: int
    end: int
    roles: frozenset[str]


class PageLines(NamedTuple):
    """The visible lines of a page in their order, and the elements that hold them."""

    lines: list[PageLine]
    regions: list[Region]
