"""The headline of a page: the line that shows it, or what the page declares it to be."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from transforms.folding import fold
from transforms.html_bare_title import bare_headline, speaks_of_text
from transforms.html_metadata import DATE
from transforms.html_records import PageLine
from transforms.html_structure import is_prose
from transforms.title_hints import agreement_of, declared_texts, without_site

_ROOT_LINK = re.compile(
    r"^(?:https?://[^/]+)?/?(?:index\.\w+)?(?:[?#].*)?$|^https?://[^/]+/(?:ar|arabic)/?$"
)
_COPYRIGHT = re.compile(r"©|^\W*(?:copyright|(?:جميع )?(?:ال)?حقوق )", re.IGNORECASE)
_TAG_WEIGHT = {"h1": 0.25, "h2": 0.15, "h3": 0.1, "h4": 0.05, "h5": 0.05, "h6": 0.05}
_HEADLINE_NAME = 0.12
_BEFORE_TEXT = 0.1
_NEAR_LINES = 40
_LEAST_AGREEMENT = 0.5
_LOGO_AGREEMENT = 0.3
_MAX_TITLE_CHARACTERS = 400
_UNSUPPORTED_WORDS = 3
_LEAST_PROMINENCE = 0.3
_FIRST_LINES = 6
_HEAD_LINES = 8
_SURE_WORDS = 3
_MOSTLY = 0.8
_PENALTIES = {
    "related": 0.5,
    "comments": 0.6,
    "aside": 0.35,
    "sharing": 0.5,
    "navigation": 0.3,
    "caption": 0.3,
    "tags": 0.5,
    "subscription": 0.6,
    "cookies": 0.8,
    "advertisement": 0.6,
    "copyright": 0.5,
}


class Title(NamedTuple):
    """The headline, and the line that shows it, if one does."""

    text: str | None
    line: int | None


def find_title(
    lines: Sequence[PageLine],
    reasons: Sequence[str | None],
    main: Sequence[bool],
    hints: Sequence[str],
    sites: Sequence[str],
) -> Title:
    """The headline as the page shows it.

    Args:
        lines: the lines of the page.
        reasons: why each is furniture, if it is.
        main: which of them are the article's text.
        hints: what the page declares its title to be, the most trusted first.
        sites: names of the site, which are no headline.
    """
    parts = [declared_texts(hint, sites) for hint in hints]
    names = {fold(site) for site in sites}
    agreements = [
        _agreement(line, reason, parts) for line, reason in zip(lines, reasons, strict=True)
    ]
    start = _text_start(lines, main, agreements)
    best, best_score = None, 0.0
    for index in range(len(lines)):
        score = _score(lines, reasons, main, agreements, index, start, names)
        if score > best_score:
            best, best_score = index, score
    shown = _most_prominent(lines, reasons, start)
    if shown is not None and _is_specific(hints, sites) and not _is_headline(lines, shown, start):
        shown = None
    if best is not None and _is_enough(lines[best], best_score, agreements[best], hints):
        if shown is not None and _is_slogan(lines, best, shown):
            best = shown
        return Title(lines[best].text, best)
    if shown is not None:
        return Title(lines[shown].text, shown)
    bare = bare_headline(lines, reasons, main, start)
    if bare is not None and not any(speaks_of_text(hint, lines, main) for hint in hints):
        return Title(lines[bare].text, bare)
    return Title(without_site(hints, sites), None)


def _agreement(
    line: PageLine, reason: str | None, parts: Sequence[Sequence[tuple[str, float]]]
) -> float:
    """How well a line agrees with what is declared, less if that is the site's name."""
    if len(line.text) > _MAX_TITLE_CHARACTERS:
        return 0.0
    is_site = _is_logo(line) or reason == "copyright" or _COPYRIGHT.search(line.text)
    return agreement_of(line.text, parts) * (_LOGO_AGREEMENT if is_site else 1.0)


def _score(
    lines: Sequence[PageLine],
    reasons: Sequence[str | None],
    main: Sequence[bool],
    agreements: Sequence[float],
    index: int,
    start: int,
    names: set[str],
) -> float:
    """How much speaks for a line being the headline; 0 if nothing can make it that."""
    line, agreement = lines[index], agreements[index]
    is_heading = line.block.tag in _TAG_WEIGHT or "headline" in line.roles
    shows = is_heading and "hidden" not in line.roles  # what is only heard names the site
    if len(line.text) > _MAX_TITLE_CHARACTERS or (agreement < _LEAST_AGREEMENT and not shows):
        return 0.0
    near = 0 < start - index <= _HEAD_LINES
    shown_so = near and line.block.tag == "h1" and not _is_logo(line)
    score = agreement + _looks(line, None if shown_so else reasons[index], names)
    if index <= start:
        return score + (_BEFORE_TEXT if start - index <= _NEAR_LINES else 0.0)
    return score - (0.3 if main[index] else 0.45)


def _text_start(
    lines: Sequence[PageLine], main: Sequence[bool], agreements: Sequence[float]
) -> int:
    """The first line of the text that reads like a paragraph, else its first line."""
    inside = [index for index, is_main in enumerate(main) if is_main]
    prose = (
        index
        for index in inside
        if is_prose(lines[index])
        and lines[index].block.tag != "h1"
        and agreements[index] < _LEAST_AGREEMENT
    )
    return next(prose, next(iter(inside), len(lines)))


def _most_prominent(
    lines: Sequence[PageLine], reasons: Sequence[str | None], start: int
) -> int | None:
    """The line that looks most like a headline, near where the text starts; `None` if none does."""
    best, best_score = None, _LEAST_PROMINENCE
    for index in range(max(0, start - _NEAR_LINES), min(len(lines), start + _FIRST_LINES)):
        line = lines[index]
        words = len(line.text.split())
        if reasons[index] is not None or not 3 <= words <= 30 or line.link_share > 0.5:
            continue
        heads_links = index + 1 < len(lines) and lines[index + 1].link_share > 0.5
        if heads_links or "hidden" in line.roles:
            continue
        tag_weight = _TAG_WEIGHT.get(str(line.block.tag), 0.0)
        score = 0.4 + tag_weight if "headline" in line.roles or tag_weight else 0.0
        score += 0.4 * line.big / len(line.text) + 0.25 * line.bold / len(line.text)
        if score > best_score and not DATE.search(line.text):
            best, best_score = index, score
    return best


def _is_headline(lines: Sequence[PageLine], index: int, start: int) -> bool:
    """Whether a line is the headline though the page declares another: searchers are told so."""
    line = lines[index]
    looks = line.block.tag in ("h1", "h2", "h3") or "headline" in line.roles
    looks = looks or line.big >= _MOSTLY * len(line.text)
    near = 0 < start - index <= _HEAD_LINES and "lead" not in line.roles
    return near and looks and len(line.text.split()) >= _SURE_WORDS


def _is_slogan(lines: Sequence[PageLine], found: int, shown: int) -> bool:
    """Whether what agrees with `<title>` is the site's motto: the headline stands nearer by."""
    by_name = "headline" in lines[shown].roles and "headline" not in lines[found].roles
    return by_name and found < shown and lines[found].block.tag not in _TAG_WEIGHT


def _is_specific(hints: Sequence[str], sites: Sequence[str]) -> bool:
    """Whether the page declares a title of its own; one of a kind may be the whole site's."""
    return len(hints) > 1 and without_site(hints, sites) is not None


def _is_enough(line: PageLine, score: float, agreement: float, hints: Sequence[str]) -> bool:
    if agreement >= _LEAST_AGREEMENT:
        return score >= _LEAST_AGREEMENT
    words = len(line.text.split())
    return score >= 0.3 and (words >= _UNSUPPORTED_WORDS or not hints)


def _looks(line: PageLine, reason: str | None, names: set[str]) -> float:
    """What its tag, its name, its links and its place say for a line, and against it."""
    score = _TAG_WEIGHT.get(str(line.block.tag), 0.0)
    score += _HEADLINE_NAME if "headline" in line.roles else 0.0
    score -= _PENALTIES.get(reason or "", 0.0)
    if line.link_share > 0.8:
        score -= 0.5 if _is_logo(line) else 0.05
    if fold(line.text) in names:
        score -= 0.7
    if " " not in line.text:
        score -= 0.3
    return score


def _is_logo(line: PageLine) -> bool:
    return line.link_share > 0.8 and any(_ROOT_LINK.match(link) for link in line.links)
