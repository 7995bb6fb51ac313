"""The lines of an article as its readers saw them.

Tools that turn HTML into text break lines at a fixed width, and others glue what stood beside each
other. So lines broken in mid-sentence are joined, and lines are parted around a date and time that
touch their neighbours without a space.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from transforms.normalise import Line, Normalised, normalise, normalise_lines
from transforms.site_words import leading_section

# Widths at which tools break lines; verse is narrower, paragraphs are longer.
_WIDTHS = (40, 120)
# The longest lines may be links, which some tools do not break.
_WITHIN_WIDTH = 0.95
_MIN_FULL_LINES = 5
_FULL_SHARE = 0.7
_MAX_STOPPED_SHARE = 0.4

_LINK = re.compile(r"\]\(|https?://")
_OWN_LINE = re.compile(r"(?:#{1,6}|[*+>|•-]|\d{1,2}[.)]|!?\[)(?:\s|!|\[|$)|__ ")
_DAYS = "السبت|الأحد|الاحد|الاثنين|الإثنين|الثلاثاء|الأربعاء|الاربعاء|الخميس|الجمعة"
_HIJRI = r"(?: \d{1,2} \w+(?: \w+)? 1[34]\d\d ?(?:هـ|ه))?"
# `الخميس 24 مايو 2018 04:35 مـ 9 رمضان 1439 هـ`
_WHOLE_DATE = re.compile(
    rf"(?:{_DAYS})،? \d{{1,2}}[ /-]\w+[ /-]\d{{4}}،?(?: -)? \d{{1,2}}:\d{{2}} ?[صم]ـ?{_HIJRI}"
)


def page_lines(source: str, has_title: bool = False) -> list[Line]:
    """The lines of `source` that are not empty once normalised, joined and parted.

    Args:
        source: the decoded article; offsets count in it.
        has_title: the first line is a title known from elsewhere, so it stays as it is.
    """
    lines = normalise_lines(source)
    given = lines[:1] if has_title else []
    others = _joined(source, lines[len(given) :])
    return given + [part for line in others for part in _parted(line)]


class _Wrapping(NamedTuple):
    """At how many characters lines are broken, and how many they have that go on below."""

    width: int
    least: float


def _joined(source: str, lines: Sequence[Line]) -> list[Line]:
    """The lines, those broken at the width of the page in one."""
    wrapping = _wrapping(source, lines)
    if wrapping is None:
        return list(lines)
    found: list[Line] = []
    for line, above in zip(lines, [None, *lines[:-1]], strict=True):
        if above is not None and _goes_on(source, above, line, wrapping):
            start = found.pop().start
            found.append(Line(start, line.end, normalise(source[start : line.end], start)))
        else:
            found.append(line)
    return found


def _wrapping(source: str, lines: Sequence[Line]) -> _Wrapping | None:
    """How the lines of a page are broken; `None` if they are not.

    They are if most of those above another line leave no room for its first word, although few of
    them end a sentence. Where empty lines part the paragraphs, others go on, too.
    """
    narrowest, widest = _WIDTHS
    lengths = sorted(line.end - line.start for line in lines if not _has_link(source, line))
    if not lengths:
        return None
    width = lengths[int(_WITHIN_WIDTH * (len(lengths) - 1))]
    if not narrowest <= width <= widest:
        return None
    full, others, parted = [], 0, 0
    for above, line in itertools.pairwise(lines):
        if not _touch(source, above, line):
            parted += 1
        elif _goes_on(source, above, line, _Wrapping(width, width + 1)):
            full.append(above)
        elif above.end - above.start > width / 2:
            others += 1
    stopped = sum(above.normalised.text[-1] in ".!?؟" for above in full)
    enough = len(full) >= max(_MIN_FULL_LINES, _FULL_SHARE * (len(full) + others))
    if not enough or stopped > _MAX_STOPPED_SHARE * len(full):
        return None
    return _Wrapping(width, width / 2 if parted > len(full) / 4 else width + 1)


def _has_link(source: str, line: Line) -> bool:
    return _LINK.search(source, line.start, line.end) is not None


def _goes_on(source: str, above: Line, line: Line, wrapping: _Wrapping) -> bool:
    """Whether `line` is what had no room at the end of the line above it."""
    if not _touch(source, above, line) or _OWN_LINE.match(source, line.start, line.end):
        return False
    length = above.end - above.start
    if length > wrapping.least and above.normalised.text[-1] not in ".!?؟:":
        return True
    word = source[line.start : line.end].split(maxsplit=1)[0]
    return length + 1 + len(word) > wrapping.width


def _touch(source: str, above: Line, line: Line) -> bool:
    """Whether nothing stands between two lines, no empty line either."""
    return len(source[above.end : line.start].strip(" \t").splitlines()) == 1


def _parted(line: Line) -> Iterator[Line]:
    """A line parted around dates with a time of day that touch what stands beside them."""
    text = line.normalised.text
    dates = [match.span() for match in _WHOLE_DATE.finditer(text)]
    if not any(_is_glued(text, *span) for span in dates):
        yield line
        return
    edges = [0, *(edge for span in dates for edge in span), len(text)]
    for start, end in itertools.pairwise(edges):
        section = leading_section(text[start:end]) if start else 0
        for first, last in ((start, start + section), (start + section, end)):
            if text[first:last].strip():
                yield _slice(line, first, last)


def _is_glued(text: str, start: int, end: int) -> bool:
    beside = text[max(start - 1, 0) : start] + text[end : end + 1]
    return any(character.isalnum() or character in "\"'«»”“" for character in beside)


def _slice(line: Line, start: int, end: int) -> Line:
    text, starts, ends = line.normalised
    start += len(text[start:end]) - len(text[start:end].lstrip())
    end -= len(text[start:end]) - len(text[start:end].rstrip())
    return Line(starts[start], ends[end - 1], Normalised(text[start:end], starts[start:end],
                                                         ends[start:end]))  # fmt: skip
