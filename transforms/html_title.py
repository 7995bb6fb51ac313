"""The headline of a page: the line that shows it, or what the page declares it to be."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from transforms.folding import fold
from transforms.html_metadata import DATE
from transforms.html_records import PageLine
from transforms.html_structure import is_prose

# What parts a headline from the name of its site in `<title>`.
_SEPARATOR = re.compile(r"\s*(?:\||::|»|«|–|—|•|·|›|>)\s*|\s+[-:~]\s+|\s+-|-\s+")
_CUT_OFF = re.compile(r"\s*(?:…|\.\.\.)\s*$")
_ROOT_LINK = re.compile(
    r"^(?:https?://[^/]+)?/?(?:index\.\w+)?(?:[?#].*)?$|^https?://[^/]+/(?:ar|arabic)/?$"
)
_TAG_WEIGHT = {"h1": 0.25, "h2": 0.15, "h3": 0.1, "h4": 0.05, "h5": 0.05, "h6": 0.05}
_HEADLINE_NAME = 0.12
_BEFORE_TEXT = 0.1
_NEAR_LINES = 40
_LEAST_AGREEMENT = 0.5
_LOGO_AGREEMENT = 0.3
_LEAST_CUT = 15
_MAX_TITLE_CHARACTERS = 400
_UNSUPPORTED_WORDS = 3
_SITE_WORDS = 4
_HEADLINE_WORDS = 5
_LEAST_PROMINENCE = 0.3
_FIRST_LINES = 6
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
    parts = [_parts(hint, sites) for hint in hints]
    names = {fold(site) for site in sites}
    prose = (index for index, is_main in enumerate(main) if is_main and is_prose(lines[index]))
    start = next(prose, next((index for index, is_main in enumerate(main) if is_main), len(lines)))
    best, best_score, best_agreement = None, 0.0, 0.0
    for index, line in enumerate(lines):
        if len(line.text) > _MAX_TITLE_CHARACTERS:
            continue
        agreement = _agreement(line.text, parts)
        if _is_logo(line) or reasons[index] == "copyright":  # then it is the site's name, not ours
            agreement *= _LOGO_AGREEMENT
        is_heading = line.block.tag in _TAG_WEIGHT or "headline" in line.roles
        if agreement < _LEAST_AGREEMENT and not is_heading:
            continue
        score = agreement + _looks(line, reasons[index], names)
        if index <= start:
            score += _BEFORE_TEXT if start - index <= _NEAR_LINES else 0.0
        else:
            score -= 0.3 if main[index] else 0.45
        if score > best_score:
            best, best_score, best_agreement = index, score, agreement
    shown = None if _is_specific(hints, sites) else _most_prominent(lines, reasons, start)
    if best is not None and _is_enough(lines[best], best_score, best_agreement, hints):
        if shown is not None and _is_slogan(lines, best, shown):
            best = shown
        return Title(lines[best].text, best)
    if shown is not None:
        return Title(lines[shown].text, shown)
    return Title(without_site(hints, sites), None)


def _most_prominent(
    lines: Sequence[PageLine], reasons: Sequence[str | None], start: int
) -> int | None:
    """The line that looks most like a headline, near where the text starts; `None` if none does."""
    best, best_score = None, _LEAST_PROMINENCE
    for index in range(max(0, start - _NEAR_LINES), min(len(lines), start + _FIRST_LINES)):
        line = lines[index]
        words = len(line.text.split())
        if reasons[index] is not None or not 3 <= words <= 25 or line.link_share > 0.5:
            continue
        score = 0.4 if "headline" in line.roles or line.block.tag in _TAG_WEIGHT else 0.0
        score += 0.4 * line.big / len(line.text) + 0.25 * line.bold / len(line.text)
        if score > best_score and not DATE.search(line.text):
            best, best_score = index, score
    return best


def _is_slogan(lines: Sequence[PageLine], found: int, shown: int) -> bool:
    """Whether what agrees with `<title>` is the site's motto: the headline stands nearer by."""
    by_name = "headline" in lines[shown].roles and "headline" not in lines[found].roles
    return by_name and found < shown and lines[found].block.tag not in _TAG_WEIGHT


def _is_specific(hints: Sequence[str], sites: Sequence[str]) -> bool:
    """Whether the page declares a title of its own; one of a kind may be the whole site's."""
    return len(hints) > 1 and without_site(hints, sites) is not None


def without_site(hints: Sequence[str], sites: Sequence[str]) -> str | None:
    """The first of the declared titles that is more than the site's name, without that name."""
    names = {fold(site) for site in sites}
    for hint in hints:
        pieces = [piece for piece in _SEPARATOR.split(hint) if piece]
        ends = list(_SEPARATOR.finditer(hint))
        if len(pieces) > 1 and ends:
            for match in (ends[-1], ends[0]):
                head, tail = hint[: match.start()].strip(), hint[match.end() :].strip()
                if fold(tail) in names and head:
                    return without_site([head], sites) or head
                if fold(head) in names and tail:
                    return without_site([tail], sites) or tail
        if fold(hint) and fold(hint) not in names:
            return _without_tail(hint)
    return None


def _without_tail(hint: str) -> str:
    """A declared title without the few words behind its last separator: a site we do not know."""
    ends = list(_SEPARATOR.finditer(hint))
    if not ends:
        return hint
    head, tail = hint[: ends[-1].start()].strip(), hint[ends[-1].end() :].split()
    is_site = len(tail) <= _SITE_WORDS and len(head.split()) >= _HEADLINE_WORDS
    return head if is_site else hint


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


def _parts(hint: str, sites: Sequence[str]) -> list[tuple[str, float]]:
    """Folded texts that the headline may have, if `hint` declares it, and how sure each is."""
    whole = _CUT_OFF.sub("", hint)
    cut = whole != hint
    found = [(fold(whole), 0.93 if cut else 1.0)]
    names = {fold(site) for site in sites}
    for match in _SEPARATOR.finditer(hint):
        for piece in (hint[: match.start()], hint[match.end() :]):
            folded = fold(piece)
            if folded and folded not in names and len(folded) > 10:
                found.append((folded, 0.97))
    pieces = [fold(piece) for piece in _SEPARATOR.split(hint)]
    found += [(piece, 0.95) for piece in pieces if len(piece) > 10 and piece not in names]
    return [(text, sure) for text, sure in found if text]


def _agreement(text: str, hints: Sequence[Sequence[tuple[str, float]]]) -> float:
    """How well a line agrees with one of the declared titles, 0 to 1."""
    folded = fold(text)
    if not folded:
        return 0.0
    best = 0.0
    words = set(folded.split())
    for rank, parts in enumerate(hints):
        for known, sure in parts:
            if folded == known:
                agreement = sure
            elif len(known) >= _LEAST_CUT and folded.startswith(known):
                agreement = 0.9 * sure if len(known) > 0.4 * len(folded) else 0.0
            elif len(folded) >= _LEAST_CUT and (known.startswith(folded) or known.endswith(folded)):
                agreement = sure * (0.4 + 0.5 * len(folded) / len(known))
            else:
                others = set(known.split())
                agreement = 0.8 * sure * 2 * len(words & others) / (len(words) + len(others))
            best = max(best, agreement - 0.01 * rank)
    return best
