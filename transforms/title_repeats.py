"""Lines that say once more what another says: the title with the site's name, headings listed."""

from __future__ import annotations

import re
from collections.abc import Sequence

from transforms.line_features import LineFeatures
from transforms.site_words import breadcrumb_end

_REPEATED_WORDS = 3
_SITE_SUFFIX_WORDS = 6

_GLUED_BEFORE = re.compile(r"[|/»›>:–—-]\s*$")
_GLUE = re.compile(r"\s*[|»›–—-]")


def is_title_of_page(line: LineFeatures, title: LineFeatures) -> bool:
    """Whether a line is `title` and behind it the name of the site, or its path ends in it."""
    if title.words < 2 or not title.folded:
        return False
    if line.folded.startswith(title.folded + " "):
        glued = title.words >= _REPEATED_WORDS or _GLUE.match(line.text, len(title.text))
        return bool(glued) and line.words - title.words <= _SITE_SUFFIX_WORDS
    if line.likely == "navigation" and _ends_in(breadcrumb_end(line.text), title.folded):
        return True
    before = line.text[: -len(title.text)]
    return (
        line.folded.endswith(" " + title.folded)
        and title.words >= _REPEATED_WORDS
        and line.words - title.words <= _SITE_SUFFIX_WORDS
        and _GLUED_BEFORE.search(before) is not None
    )


def comes_back(lines: Sequence[LineFeatures], index: int, stop: int) -> bool:
    """Whether another line above `stop` is the same, or it with the name or path of the site."""
    line = lines[index]
    return any(
        is_title_of_page(other, line)
        or (other.folded == line.folded and line.words >= _REPEATED_WORDS)
        or is_cut_off(other, line)
        for place, other in enumerate(lines[:stop])
        if place != index
    )


def table_of_contents(lines: Sequence[LineFeatures]) -> set[int]:
    """The lines, at least two on end, that come back below as headings, parted by paragraphs."""
    places: dict[str, list[int]] = {}
    for index, line in enumerate(lines):
        places.setdefault(line.folded, []).append(index)
    found: set[int] = set()
    run: list[tuple[int, int]] = []  # each line, and where it comes back
    for index, line in enumerate(lines):
        above = run[-1][1] if run else index
        back = places[line.folded][-1] if len(places[line.folded]) == 2 else index
        heads = any(below.is_paragraph for below in lines[back + 1 : back + 2])
        if not heads or back <= above + 1 or line.is_paragraph or line.likely:
            run = []
            continue
        run.append((index, back))
        if len(run) > 1:
            found |= {place for place, _ in run[-2:]}
    return found


def is_cut_off(line: LineFeatures, title: LineFeatures) -> bool:
    """Whether a line is the beginning of `title`, cut off with dots."""
    return (
        line.trails_off
        and line.words > 2
        and len(line.folded) < len(title.folded)
        and title.folded.startswith(line.folded)
    )


def _ends_in(path_end: str, title: str) -> bool:
    return path_end == title or (len(title.split()) > 2 and path_end.endswith(" " + title))
