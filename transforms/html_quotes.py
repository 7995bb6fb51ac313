"""Pull quotes: what a page sets apart of its own text and says a second time."""

from __future__ import annotations

from collections.abc import Sequence

from transforms.html_evidence import compact
from transforms.html_records import PageLine
from transforms.html_structure import is_prose

_LEAST_WORDS = 3
_LEAST_LETTERS = 12
_MOST_CHARACTERS = 300
# More lines than these are not compared with all the text.
_MOST_QUOTES = 200
_WAYS = 3


def pull_quotes(lines: Sequence[PageLine], main: Sequence[bool]) -> list[int]:
    """The lines of the text that repeat a part of a paragraph and stand in another element.

    What stands before the first paragraph is the article's summary, and a heading or an item of a
    list may say what the text says.
    """
    text = [index for index, is_main in enumerate(main) if is_main and is_prose(lines[index])]
    if not text:
        return []
    whole = "\n".join(compact(lines[index].text) for index in text)
    candidates = [
        index
        for index in range(text[0] + 1, len(lines))
        if main[index] and _may_repeat(lines[index])
    ]
    repeated = set()
    for index in candidates[:_MOST_QUOTES]:
        quote = compact(lines[index].text)
        if len(quote) >= _LEAST_LETTERS and whole.count(quote) > is_prose(lines[index]):
            repeated.add(index)
    ways = {_way(lines[index]) for index in text if index not in repeated} if repeated else set()
    return [index for index in sorted(repeated) if _way(lines[index]) not in ways]


def _may_repeat(line: PageLine) -> bool:
    if line.kind in ("heading", "list") or line.link_share or len(line.text) > _MOST_CHARACTERS:
        return False
    return len(line.text.split()) >= _LEAST_WORDS


def _way(line: PageLine) -> tuple[tuple[str, str], ...]:
    """How a line is set: tags and classes of its block and of what is around that."""
    steps = []
    element = line.block
    for _ in range(_WAYS):
        steps.append((str(element.tag), element.get("class", "")))
        parent = element.getparent()
        if parent is None:
            break
        element = parent
    return tuple(steps)
