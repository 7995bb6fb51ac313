"""When an article was published, from what its source says of it."""

from __future__ import annotations

import datetime
import email.utils
import re
from functools import cache, lru_cache
from typing import Any

# A date with its weekday, in two calendars, with the hour, is under a hundred characters.
_LONGEST = 200
_REMEMBERED = 10_000
# Of the foreign sites with Arabic news, whose own dates stay behind on their pages.
_LIBRARY_LANGUAGES = ["ar", "en", "fr", "de", "es", "it", "ru", "tr", "fa"]

# The Gregorian months as newspapers of Egypt and the Gulf, the Levant, Tunisia and Algeria, and
# Morocco name them; then in English and French. Spelling is folded as `_folded` does.
_MONTHS = (
    "يناير|كانون الثاني|كانون ثاني|جانفي|january|jan|janvier|janv",
    "فبراير|شباط|فيفري|february|feb|fevrier|fevr",
    "مارس|اذار|march|mar|mars",
    "ابريل|نيسان|افريل|april|apr|avril|avr",
    "مايو|ايار|ماي|may|mai",
    "يونيو|حزيران|جوان|يونيه|june|jun|juin",
    "يوليو|تموز|جويليه|يوليوز|يوليه|july|jul|juillet|juil",
    "اغسطس|اب|اوت|غشت|august|aug|aout",
    "سبتمبر|ايلول|شتنبر|september|sept|sep|septembre",
    "اكتوبر|تشرين الاول|تشرين اول|october|oct|octobre",
    "نوفمبر|تشرين الثاني|تشرين ثاني|نونبر|november|nov|novembre",
    "ديسمبر|كانون الاول|كانون اول|دجنبر|december|dec|decembre",
)
_MONTH_NUMBERS = {
    name: number for number, names in enumerate(_MONTHS, start=1) for name in names.split("|")
}
_HIJRI_MONTHS = (
    "محرم|صفر|ربيع (?:الاول|الاخر|الثاني)|جمادي? (?:الاولي|الاخره|الثانيه|الاول|الثاني)|رجب|شعبان"
    "|رمضان|شوال|(?:ذو|ذي) (?:القعده|الحجه)"
)

_RFC_2822 = re.compile(r"(?:[A-Za-z]{3,9},? +)?\d{1,2} +[A-Za-z]{3} +\d{4} +\d{1,2}:\d{2}")
_INVISIBLE = re.compile("[\u0640\u064b-\u0652\u0670\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_FOLDED = str.maketrans("أإآىةàéèêûôç", "ااايهaeeeuoc")
_NAME = "(?:" + "|".join(sorted(_MONTH_NUMBERS, key=lambda name: -len(name))) + ")"
_MONTH = rf"(?P<month>{_NAME})\b\.?(?:\s*[/(،-]\s*(?P<also>{_NAME})\b\s*\)?)?"
_YEAR = r"(?<!\d)(?P<year>(?:1[89]|20)\d\d)(?!\d)"
_DAY = r"(?<!\d)(?P<day>\d{1,2})(?:st|nd|rd|th|er)?(?!\d)"
_GAP = r"[\s,،./-]{0,5}"
_DATE = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_DAY}{_GAP}(?:من |of )?\s*(?:شهر )?\s*{_MONTH}{_GAP}(?:ل?عام |ل?سنه )?\s*{_YEAR}",
        rf"\b{_MONTH}{_GAP}{_DAY}{_GAP}{_YEAR}",
        rf"{_YEAR}{_GAP}{_MONTH}{_GAP}{_DAY}",
        rf"{_DAY}\s?(?P<sign>[-/.\\])\s?(?P<number>\d{{1,2}})\s?(?P=sign)\s?{_YEAR}",
        rf"{_YEAR}\s?(?P<sign>[-/.\\])\s?(?P<number>\d{{1,2}})\s?(?P=sign)\s?{_DAY}",
    )
)
_HIJRI = re.compile(
    rf"\d{{1,2}}\s?(?:من )?\s?(?:{_HIJRI_MONTHS})\b{_GAP}(?:عام |سنه )?(?:1[2-5]\d\d)?(?!\d)"
    r"|\d{1,2}\s?[-/]\s?\d{1,2}\s?[-/]\s?1[2-5]\d\d(?!\d)"
    r"|(?<!\d)1[2-5]\d\d\s?[-/]\s?\d{1,2}\s?[-/]\s?\d{1,2}(?!\d)"
)
_AM = "صباحا|ص|a\\.?m\\.?"
_PM = "مساء|ظهرا|عصرا|ليلا|م|p\\.?m\\.?"
_HALF = rf"(?:\s?(?:(?P<am>{_AM})|(?P<pm>{_PM}))(?!\w))?"
_TIME = re.compile(
    rf"(?<!\d)(?P<hour>[01]?\d|2[0-3])\s?[:h]\s?(?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d))?"
    rf"(?!\d)(?:\.\d+)?{_HALF}"
)
_HOUR = re.compile(rf"(?:الساعه|\bat|\ba)\s+(?P<hour>[01]?\d|2[0-3])(?!\d)h?{_HALF}")
_OFFSET = re.compile(
    r"(?P<sign>[+-])(?P<hours>0\d|1[0-4]):?(?P<minutes>00|30|45)(?!\d)"
    r"|(?:gmt|utc)\s?(?P<short_sign>[+-])\s?(?P<short>\d{1,2})(?![\d:])"
)
_UTC = re.compile(r"\b(?:gmt|utc|(?:غ|ج|ك)رينت?ش)\b|(?<=\d)z\b")
# Mecca keeps three hours ahead all year.
_MECCA = re.compile("توقيت (?:مكه|السعوديه|الرياض)")


def parse_date(given: str) -> datetime.datetime | None:
    """A date as feeds, pages and newspapers write it, in UTC if it says its offset.

    ISO 8601, RFC 2822, and Arabic, English and French in words and digits, the day before the month
    unless that cannot be. Of a Hijri and a Gregorian date side by side the Gregorian one is taken.
    The result never depends on the day it is made on.

    Returns:
        The date to the second; `None` for anything else: Hijri dates alone, dates without their
        year, dates told from now (`منذ ساعتين`), and what is longer than 200 characters.
    """
    return _parse(given.strip()) if len(given) <= _LONGEST else None


@lru_cache(_REMEMBERED)
def _parse(given: str) -> datetime.datetime | None:
    date = _standard(given)
    if date is None:
        text = _HIJRI.sub(" ", _folded(given))
        date = _written(text) or _from_library(text)
    if date is not None and date.tzinfo is not None:
        try:
            date = date.astimezone(datetime.UTC).replace(tzinfo=None)
        except OverflowError:  # the first hours of year 1, the last of year 9999
            return None
    return None if date is None else date.replace(microsecond=0)


def _standard(given: str) -> datetime.datetime | None:
    try:
        return datetime.datetime.fromisoformat(given)
    except ValueError:
        pass
    if not _RFC_2822.match(given):
        return None
    try:
        return email.utils.parsedate_to_datetime(given)
    except (ValueError, TypeError, OverflowError):
        return None


def _folded(given: str) -> str:
    """One spelling for each name, Western digits, nothing invisible, one space."""
    text = _INVISIBLE.sub("", given).lower().translate(_FOLDED)
    digits = "".join(str(int(char)) if char.isdecimal() else char for char in text)
    return " ".join(digits.replace("٫", ":").split())


def _written(text: str) -> datetime.datetime | None:
    """The first date of a folded text, with the hour that stands after it or, if none, before."""
    found = [match for pattern in _DATE if (match := pattern.search(text))]
    if not found:
        return None
    first = min(found, key=lambda match: (match.start(), -match.end()))
    day = _day(first.groupdict())
    if day is None:
        return None
    before, after = text[: first.start()], text[first.end() :]
    clock = next(
        (match for part in (after, before) for pattern in (_TIME, _HOUR)
         if (match := pattern.search(part))), None,
    )  # fmt: skip
    if clock is None:
        return datetime.datetime.combine(day, datetime.time())
    return datetime.datetime.combine(day, _clock(clock.groupdict()), _zone(f"{before} {after}"))


def _day(parts: dict[str, str | None]) -> datetime.date | None:
    year, day = int(parts["year"] or 0), int(parts["day"] or 0)
    name, also = parts.get("month"), parts.get("also")
    month = _MONTH_NUMBERS[name] if name else int(parts["number"] or 0)
    if also and _MONTH_NUMBERS[also] != month:
        return None
    if not name and month > 12:
        day, month = month, day
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None


def _clock(parts: dict[str, str | None]) -> datetime.time:
    hour = int(parts["hour"] or 0)
    if parts["pm"] and hour < 12:
        hour += 12
    elif parts["am"] and hour == 12:
        hour = 0
    return datetime.time(hour, int(parts.get("minute") or 0), int(parts.get("second") or 0))


def _zone(text: str) -> datetime.timezone | None:
    if found := _OFFSET.search(text):
        sign = -1 if (found["sign"] or found["short_sign"]) == "-" else 1
        hours, minutes = int(found["hours"] or found["short"]), int(found["minutes"] or 0)
        if hours > 14:
            return None
        return datetime.timezone(sign * datetime.timedelta(hours=hours, minutes=minutes))
    if _MECCA.search(text):
        return datetime.timezone(datetime.timedelta(hours=3))
    return datetime.UTC if _UTC.search(text) else None


def _from_library(text: str) -> datetime.datetime | None:
    """What dateparser makes of a whole date in other words; it must name its year."""
    if not re.search(_YEAR, text):
        return None
    try:
        found: datetime.datetime | None = _library().get_date_data(text).date_obj
    except Exception:  # a date is worth no article, whatever the library stumbles over
        return None
    return found


@cache
def _library() -> Any:
    # Slow to load, and hardly ever needed.
    from dateparser.date import DateDataParser

    settings = {
        "DATE_ORDER": "DMY",
        "PREFER_LOCALE_DATE_ORDER": False,
        "REQUIRE_PARTS": ["day", "month", "year"],
        "STRICT_PARSING": True,
        # Not the parser of dates told from now.
        "PARSERS": ["absolute-time"],
    }
    return DateDataParser(languages=_LIBRARY_LANGUAGES, settings=settings)
