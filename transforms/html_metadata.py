"""Author, site, address and date of a page: what it declares, else what it shows."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from urllib.parse import urljoin, urlsplit

from transforms.addresses import host_of
from transforms.html_declared import Declared, plain
from transforms.html_records import PageLine

_MAX_AUTHOR_WORDS = 8
_NEAR_LINES = 12
_AUTHOR_LABEL = re.compile(
    r"^(?:(?:بقلم|كتبه|كتبها|كتبت|كتب|حاوره|حاورته|حاورها|إعداد|اعداد|تحرير"
    r"|الكاتبة?|المحررة?|بواسطة|نشر بواسطة|أضيف بواسطة"
    r"|المؤلف|by|written by|posted by|author)(?:\s*[:/\-–|]\s*|\s+))+",
    re.IGNORECASE,
)
_NO_AUTHOR = frozenset({"admin", "administrator", "editor", "user", "root", "webmaster", "author"})
_DIGIT = "[0-9\u0660-\u0669]"
# Of the Gregorian calendar or the Hijri one.
_YEAR = (
    f"(?:[1\u0661][34\u0663\u0664]|[1\u0661][9\u0669]|[2\u0662][0\u0660]){_DIGIT}{{2}}(?!{_DIGIT})"
)
_MONTH = r"[^\W\d_]+(?:\s?[/()]\s?[^\W\d_]+\)?|\s(?:الثاني|الأول|الاول|الثانى))?"
_TIME = (
    rf"(?:[\s,،\-–|]+(?:الساعة\s)?{_DIGIT}{{1,2}}:{_DIGIT}{{2}}(?::{_DIGIT}{{2}})?"
    r"\s?(?:[صم]\b|AM|PM|مساءً?|صباحاً?)?)?"
)
DATE = re.compile(
    rf"""
      {_YEAR}\s?[-/.]\s?{_DIGIT}{{1,2}}\s?[-/.]\s?{_DIGIT}{{1,2}}{_TIME}
    | {_DIGIT}{{1,2}}\s?[-/.]\s?{_DIGIT}{{1,2}}\s?[-/.]\s?{_YEAR}{_TIME}
    | {_DIGIT}{{1,2}}[\s\-]+(?:من\s)?{_MONTH}\s?[,،\-]?\s?{_YEAR}{_TIME}
    | [^\W\d_]+\s{_DIGIT}{{1,2}}\s?[,،]\s?{_YEAR}{_TIME}
    """,
    re.VERBOSE,
)
_APART = frozenset({"related", "comments", "aside", "navigation", "advertisement", "copyright"})


def find_author(
    declared: Declared, lines: Sequence[PageLine], reasons: Sequence[str | None], title: int | None
) -> str | None:
    """Who wrote it: as declared, else as the line near the headline says that is named so."""
    given = declared.names("author")
    for name in ("author", "article:author", "dc.creator", "twitter:creator", "parsely-author"):
        given += [declared.meta[name]] if name in declared.meta and not given else []
    shown = _near(lines, reasons, title, "byline")
    authors = [author for name in given if (author := _as_author(name))]
    if authors:
        return "، ".join(dict.fromkeys(authors))
    return next((author for line in shown if (author := _as_author(line.text))), None)


def _as_author(text: str) -> str | None:
    name = _AUTHOR_LABEL.sub("", plain(text)).strip(" -–|:،,/")
    if not name or name.startswith(("http", "@")) or name.casefold() in _NO_AUTHOR:
        return None
    if len(name.split()) > _MAX_AUTHOR_WORDS or any(character.isdecimal() for character in name):
        return None
    return name


def find_url(declared: Declared, given: str | None) -> str | None:
    """The page's address: the canonical one, unless that is a site's front page."""
    addresses = []
    for candidate in (
        declared.canonical,
        declared.first_meta("og:url"),
        declared.text("url"),
        given,
    ):
        if not candidate:
            continue
        try:
            address = urljoin(given or "", candidate.strip())
            parts = urlsplit(address)
        except ValueError:
            continue
        if parts.scheme in ("http", "https") and parts.netloc:
            addresses.append((address, len(parts.path.strip("/")) > 0 or bool(parts.query)))
    deep = [address for address, is_deep in addresses if is_deep]
    return deep[0] if deep else addresses[0][0] if addresses else None


def find_site(declared: Declared, url: str | None) -> str | None:
    """The name of the site that published the page, else its host."""
    publisher = declared.names("publisher")
    return (
        declared.first_meta("og:site_name")
        or (publisher[0] if publisher else None)
        or declared.site_name
        or declared.first_meta("application-name", "dc.publisher")
        or host_of(url)
    )


def find_published(
    declared: Declared, lines: Sequence[PageLine], reasons: Sequence[str | None], title: int | None
) -> str | None:
    """When it was published, as the page writes it; `None` without evidence."""
    given = declared.text("datePublished") or declared.first_meta(
        "article:published_time",
        "og:published_time",
        "datepublished",
        "og:article:published_time",
        "pubdate",
        "publishdate",
        "publish-date",
        "published_time",
        "article.published",
        "dc.date.issued",
        "dcterms.created",
        "dc.date",
        "sailthru.date",
        "parsely-pub-date",
        "cxenseparse:recs:publishtime",
        "date",
    )
    if given:
        return given
    near = _near(lines, reasons, title, "timestamp")
    for line in near:
        for mark in reversed(line.marks):
            stamp = mark.element.get("datetime") or mark.element.get("content")
            if stamp and stamp[:2].isdigit():
                return plain(stamp)
    for line in near:
        match = DATE.search(line.text)
        if match:
            return match.group().strip()
    if title is not None:
        for line in lines[title + 1 : title + 6]:
            match = DATE.search(line.text) if len(line.text) < 100 else None
            if match and len(match.group()) > 0.2 * len(line.text):
                return match.group().strip()
    return None


def _near(
    lines: Sequence[PageLine], reasons: Sequence[str | None], title: int | None, reason: str
) -> list[PageLine]:
    """The lines of a reason near the headline, those behind it first."""
    if title is None:
        return [line for line, why in zip(lines, reasons, strict=True) if why == reason][:3]
    places = [
        *range(title + 1, title + 1 + _NEAR_LINES),
        *range(title - 1, title - _NEAR_LINES, -1),
    ]
    return [
        lines[place]
        for place in places
        if 0 <= place < len(lines)
        and reasons[place] == reason
        and not any(mark.reason in _APART for mark in lines[place].marks)
    ]


def iso_date(given: str | None) -> datetime.datetime | None:
    """A date in ISO 8601, in UTC if it has an offset, to the second; `None` for anything else."""
    if given is None:
        return None
    try:
        date = datetime.datetime.fromisoformat(given)
        if date.tzinfo is not None:
            date = date.astimezone(datetime.UTC).replace(tzinfo=None)
    except (ValueError, OverflowError):
        return None
    return date.replace(microsecond=0)
