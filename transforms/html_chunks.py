"""Pieces of text between tags in; the line of a page that they are together, out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from lxml import etree

from schemas.records import BlockKind
from transforms.html_headings import headline_parts
from transforms.html_records import Mark, PageLine

_SPACE = re.compile(r"[\s\x85\u2028\u2029]+")
_SEPARATORS = " \r\n\t|:/-–"
_MAX_LINKS = 5
_MAX_ADDRESS = 500
# So much of a line has to stand in one place for that to be the line's.
_MOST = 0.7


@dataclass(slots=True)
class Place:
    """What an element hands down to its children."""

    element: etree._Element
    block: etree._Element
    kind: BlockKind | None = None
    marks: tuple[Mark, ...] = ()
    roles: frozenset[str] = frozenset()
    own_roles: frozenset[str] = frozenset()
    link: str | None = None
    bold: bool = False
    big: bool = False
    small: bool = False
    heading: bool = False
    preformatted: bool = False
    row: bool = False
    is_block: bool = True
    first_line: int = 0
    part: etree._Element | None = None


class Chunk(NamedTuple):
    """Text without a tag in it; `part` is its number among the parts of its heading."""

    text: str
    place: Place
    part: int = 0


def line_of(chunks: Sequence[Chunk], around: Place, picture: bool) -> PageLine | None:
    """The line that chunks in the block of `around` make; `None` if there is nothing to see.

    `picture`: nothing but white space parts it from a picture above it.
    """
    text = _SPACE.sub(" ", "".join(chunk.text for chunk in chunks)).strip()
    if not text:
        return None
    linked = bold = big = 0
    links: dict[str, None] = {}
    weights: Counter[int] = Counter()
    places: dict[int, Place] = {}
    for chunk, place, _ in chunks:
        size = len(chunk.strip())
        if not size:
            continue
        if place.link is not None:
            linked += size
            links[place.link[:_MAX_ADDRESS]] = None
        bold += size if place.bold else 0
        big += size if place.big else 0
        weights[id(place.marks)] += size
        places[id(place.marks)] = place
    best, size = weights.most_common(1)[0]
    whole = places[best] if size >= _MOST * weights.total() else around
    return PageLine(
        text=text,
        block=around.block,
        kind=whole.kind,
        marks=whole.marks,
        roles=whole.roles,
        linked=min(linked, len(text)),
        bold=min(bold, len(text)),
        big=min(big, len(text)),
        links=list(links)[:_MAX_LINKS],
        under_picture=picture and whole.small,
        inner=max(chunks, key=lambda chunk: len(chunk.text)).place.element,
    )


def pieces(
    chunks: Sequence[Chunk], is_title: Callable[[str], bool] | None
) -> list[Sequence[Chunk]]:
    """A heading's chunks, cut before and behind the parts that are the headline by themselves."""
    parts = [list(group) for _, group in groupby(chunks, key=lambda chunk: chunk.part)]
    if is_title is None:
        return [chunks]
    start, end = headline_parts(["".join(chunk.text for chunk in part) for part in parts], is_title)
    if start:
        _move_separator(parts[start - 1], parts[start])
    cuts = (parts[:start], parts[start:end], parts[end:])
    return [[chunk for part in cut for chunk in part] for cut in cuts]


def _move_separator(label: list[Chunk], headline: list[Chunk]) -> None:
    """Gives a label the mark that parts it from the headline: `عاجل | …`."""
    text = headline[0].text
    bare = text.lstrip(_SEPARATORS)
    label[-1] = label[-1]._replace(text=label[-1].text + text[: len(text) - len(bare)])
    headline[0] = headline[0]._replace(text=bare)
