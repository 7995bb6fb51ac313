"""The headline of a page that marks none: no heading, and `<title>` names only the site."""

from __future__ import annotations

import re
from collections.abc import Sequence

from transforms.folding import fold
from transforms.html_metadata import DATE
from transforms.html_records import PageLine
from transforms.line_features import look_at

_NEAR_LINES = 10
_LEAST_WORDS = 3
_MOST_WORDS = 25
_LEAST_SCORE = 0.2
_STOPS = (".", ":", "،", "؛", "!")
# Names by which pages without headings call the cell of the headline, and those around it.
_HEAD_NAME = re.compile(r"tit|ttl|head(?!er)|hl\b|big|large|main", re.IGNORECASE)
_SIDE_NAME = re.compile(
    r"sub|up|kick|small|sec|date|time|by\b|auth|writ|info|img|pic", re.IGNORECASE
)
_CONTENT_LETTERS = 4
_LEAST_SHARE = 1 / 3
_ARTICLE = re.compile(r"^(?:و?(?:ال|بال|كال|لل)|و)(?=\w{3})")


def bare_headline(
    lines: Sequence[PageLine],
    reasons: Sequence[str | None],
    main: Sequence[bool],
    start: int,
) -> int | None:
    """The line above the text that looks like its headline and has words of the text.

    Args:
        lines: the lines of the page.
        reasons: why each is furniture, if it is.
        main: which of them are the article's text.
        start: the first line of the text that reads like a paragraph.
    """
    known = _words_of_text(lines, main, start)
    best, best_score = None, _LEAST_SCORE
    for index in range(max(0, start - _NEAR_LINES), start):
        if reasons[index] is None and _may_be_headline(lines[index]):
            score = _looks(lines[index]) + 0.3 * _share(lines[index].text, known)
            if score > best_score:
                best, best_score = index, score
    return best


def speaks_of_text(declared: str, lines: Sequence[PageLine], main: Sequence[bool]) -> bool:
    """Whether a declared title has words of the text: the name of a site has none, or few."""
    return _share(declared, _words_of_text(lines, main, -1)) > _LEAST_SHARE


def _may_be_headline(line: PageLine) -> bool:
    if not _LEAST_WORDS <= len(line.text.split()) <= _MOST_WORDS or line.linked:
        return False
    if line.text.endswith(_STOPS) or DATE.search(line.text) or "hidden" in line.roles:
        return False
    seen = look_at(line.text)
    return seen.role is None and seen.likely is None


def _looks(line: PageLine) -> float:
    inner = line.inner if line.inner is not None else line.block
    names = " ".join(
        element.get(name, "") for element in (inner, line.block) for name in ("class", "id")
    )
    score = 0.4 * line.big / len(line.text) + 0.2 * line.bold / len(line.text)
    score += 0.3 if _HEAD_NAME.search(names) else 0.0
    return score - (0.3 if _SIDE_NAME.search(names) else 0.0)


def _words_of_text(lines: Sequence[PageLine], main: Sequence[bool], start: int) -> set[str]:
    return {
        word
        for index, line in enumerate(lines)
        if main[index] and index >= start
        for word in _content(line.text)
    }


def _share(text: str, known: set[str]) -> float:
    words = _content(text)
    return len(words & known) / len(words) if words else 0.0


def _content(text: str) -> set[str]:
    words = (_ARTICLE.sub("", word) for word in fold(text).split())
    return {word for word in words if len(word) >= _CONTENT_LETTERS}
