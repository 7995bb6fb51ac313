"""What a page declares its title to be: with and without its site, and who agrees with it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from transforms.folding import fold

# What parts a headline from the name of its site in `<title>`.
_SEPARATOR = re.compile(r"\s*(?:\||::|»|«|–|—|•|·|›|>|_)\s*|\s+[-:~*/\\]\s+|\s+-|-\s+")
_CUT_OFF = re.compile(r"\s*(?:…|\.\.\.)\s*$")
_LEAST_CUT = 15
_SITE_WORDS = 4
_HEADLINE_WORDS = 5


def title_test(hints: Sequence[str], sites: Sequence[str]) -> Callable[[str], bool]:
    """What tells whether a text can be the headline by what the page declares.

    It can if it is what is declared, or that without a few words at an end: the site's name.
    """
    known = {text for hint in hints for text, _ in declared_texts(hint, sites)}

    def is_title(text: str) -> bool:
        folded = fold(text)
        if folded in known:
            return True
        words = len(folded.split())
        return words >= _HEADLINE_WORDS and any(
            (one.startswith(f"{folded} ") or one.endswith(f" {folded}"))
            and len(one.split()) - words <= _SITE_WORDS
            for one in known
        )

    return is_title


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


def declared_texts(hint: str, sites: Sequence[str]) -> list[tuple[str, float]]:
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


def agreement_of(text: str, hints: Sequence[Sequence[tuple[str, float]]]) -> float:
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
