"""What in a heading is its headline: labels, dates and subtitles may stand in it, too."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import islice

from lxml import etree

from transforms.html_words import is_apart

# A heading of more parts than this is not looked into.
_MAX_PARTS = 20
# What sites put before any headline in an element of its own.
_LABEL_NAMES = (
    "عاجل خبر أخبار خاص حصري حصريا مباشر تحديث فيديو بالفيديو صور بالصور رأي مقال تقرير تحليل"
)
_LABELS = frozenset(_LABEL_NAMES.split())


def stands_apart(element: etree._Element, heading: etree._Element, found: frozenset[str]) -> bool:
    """Whether a part of a heading is no part of what it says: a label, a date, a subtitle."""
    if not (element.tag in ("small", "time") or is_apart(found)):
        return False
    if next(islice(heading, _MAX_PARTS, None), None) is not None:
        return False
    outside = (text for child in heading if child is not element for text in child.itertext())
    tails = (child.tail for child in heading)
    return any(text and not text.isspace() for text in (heading.text, *tails, *outside))


def headline_parts(texts: Sequence[str], is_title: Callable[[str], bool]) -> tuple[int, int]:
    """From which part of a heading to which, half-open, its headline runs.

    It is all of it, unless only some parts by themselves can be the headline, or the first is a
    label such as `عاجل`.

    Args:
        texts: the parts of a heading: what stands in elements of their own, or between them.
        is_title: whether a text can be the headline by what the page declares.
    """
    count = len(texts)
    if not 1 < count <= _MAX_PARTS or is_title("".join(texts)):
        return 0, count
    for size in range(count - 1, 0, -1):
        for start in range(count - size + 1):
            if is_title("".join(texts[start : start + size])):
                return start, start + size
    return int(texts[0].strip(" \r\n\t|:/-–") in _LABELS), count
