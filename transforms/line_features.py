"""What can be seen of one line by itself: its length, its end, and what it looks like."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from transforms.datelines import is_dateline_line
from transforms.folding import fold
from transforms.furniture import FOLDED_CHARACTERS, Furniture, furniture
from transforms.line_roles import (
    is_agency_line,
    is_byline,
    is_caption,
    is_initials,
    is_name_and_place,
    is_source,
    is_tweet_signature,
)
from transforms.site_words import is_breadcrumb, menu_items
from transforms.tokens import ARABIC_LETTERS

Role = Literal["byline", "agency", "caption", "dateline"]

_STOPS = ".!?؟…۔"
_CLOSERS = "\"'”“»«’)]} "
# A line at most this long can be a file name, an address, a caption; no expression below sees more.
_SHORT_CHARACTERS = 300
_PARAGRAPH_WORDS = 20
_STOPPED_PARAGRAPH_WORDS = 6
_QUESTION_PARAGRAPH_WORDS = 12
_TRAILING_PARAGRAPH_WORDS = 12
_DATELINE_CHARACTERS = 110
_ADDRESS_WORDS = 3
_MENU_WORDS = 40
_MENU_ITEMS = 3
_PHONE_WORDS = 20
_ENGLISH_WORDS = 12

_LETTER_OR_DIGIT = re.compile(r"[^\W_]")
_LETTER = re.compile(r"[^\W\d_]")
_ARABIC = re.compile(rf"[{ARABIC_LETTERS}]")
_SLUG = re.compile(
    r"[^\W_]+(?:[-_]+[^\W_]+){2,}|\S+\.(?:jpe?g|png|gif|webp|bmp|svg)", re.IGNORECASE
)
_ADDRESS = re.compile(
    r"(?:https?://|www\.)\S+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|[\w.]+ ?\[at\] ?[\w.-]+"
    r"|[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:com|net|org|info|tv|news|[a-z]{2})/?",
    re.IGNORECASE,
)
# `تابعونا على تلغرام https://…`
_TRAILING_ADDRESS = re.compile(r"(?<=\w)\W+(?:https?://|www\.)\S+$")
_CODE = re.compile(
    r"googletag|adsbygoogle|document\.(?:write|getElement)|window\.\w+\s*[=(]|<script|CDATA\["
    r"|function\s?\w*\s?\([^)]{0,100}\)\s?\{|\b(?:var|let|const) \w+ =|\$\(document\)"
    r"|[\w-] ?\{ ?[\w-]+ ?: ?[^{}]{1,200}; ?\}"
)
# No program text is without one of these; most lines are.
_CODE_MARK = re.compile(r"[{};=<\[]|document|googletag|adsby")
_LIST_ITEM = re.compile(
    r"(?:[-–—•·▪●◦■□►▶✓✔*]+ ?|\(?[0-9\u0660-\u0669]{1,2} ?[-–.)]+ ?)[^\W_«“\"(]*[«“\"(]?[^\W_]"
)
_DATE_WORDS = frozenset(
    fold(
        """
        السبت الأحد الاثنين الثلاثاء الأربعاء الخميس الجمعة
        يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر
        كانون الثاني الأول شباط آذار نيسان أيار حزيران تموز آب أيلول تشرين
        ماي يوليوز غشت شتنبر نونبر دجنبر جانفي فيفري أفريل جوان جويلية أوت
        محرم صفر ربيع الآخر جمادى الأولى الآخرة رجب شعبان رمضان شوال ذو ذي القعدة الحجة
        هـ م الموافق يوم تاريخ بتاريخ الساعة بتوقيت غرينتش جرينتش مكة المكرمة القدس ص ت مساء صباحا
        تم النشر نشر نشرت في آخر تحديث التحديث منذ قبل دقيقة دقائق ساعة ساعات ساعتين يومين أيام
        أسبوع أسبوعين أسابيع شهر شهرين أشهر مشاهدة مشاهدات قراءة دقائق للقراءة
        الإثنين الأثنين الثلاثا الاربعاء آيار تموز ايلول جمادي ثاني أول ثانية رجب الاول الثانية
        أخر تعديل بواسطة وقت النشر حرر كتب يونية يولية فبرائر اكتوبر ق ظ ب
        ظهرا مساءا فجرا ليلا
        GMT AM PM KSA UTC EST updated published ago posted on at by date last update
        محدث محدثة العدد منشور منشورة زيارة زيارات
        jan feb mar apr may jun jul aug sep sept oct nov dec january february march april june july
        august september october november december sun mon tue wed thu fri sat sunday monday tuesday
        wednesday thursday friday saturday th st nd rd hours hour days day minutes minute read min
        """
    ).split()
)
# Names may stand beside a whole date: `سعيد حمدان | 07.04.2016 - محدث: 08.04.2016`.
_DATE_LINE_WORDS = 16
_DATE_SHARE = 0.6
_YEAR = re.compile(r"(?<!\d)(?:14\d\d|20\d\d)(?!\d)")
_TIME_ZONE = re.compile(r"بتوقيت \w+")
# WordPress puts a comma behind the month: فريق التحرير25 مارس، 2016
_AUTHOR_AND_DATE = re.compile(r"\D{2,40}\d{1,2} \w+، \d{4}")
_COPYRIGHT = re.compile(r"[©®]|^\(c\) ")
_COPYRIGHT_WORDS = 40
# Two numbers, of which one is long: `هاتف 01 234567 - فاكس 01 234568`.
_PHONE = re.compile(
    r"(?:هاتف|تلفون|تليفون|فاكس|جوال|موبايل|ص\.? ?ب\.?|واتس ?[أآ]ب|tel|fax|phone)"
    r"\W{0,4}[\d+(]|\+\d{9}|\b00\d{9}",
    re.IGNORECASE,
)
_AGO = frozenset({"منذ", "قبل", "ago"})


@dataclass(frozen=True, slots=True)
class LineFeatures:
    """A normalised line as the rules see it.

    `folded`: its beginning, for comparison. `stopped`: it ends in a stop, closing quotation marks
    aside; `trails_off`: in three dots. `is_paragraph`: it is long enough, or ends so that it can be
    no title and no menu. `role`: what its own wording makes it. `may_be_byline`: at the head of an
    article, a name and the place or paper it writes for (`داليا - القاهرة`). `certain`: why the
    line is no part of any article, wherever it stands. `likely`: why it is none if it stands at an
    end. `is_label`: it may speak for the lines under it.
    """

    text: str
    folded: str
    words: int
    stopped: bool
    trails_off: bool
    is_paragraph: bool
    is_list_item: bool
    role: Role | None
    may_be_byline: bool
    certain: str | None
    likely: str | None
    is_label: bool


def look_at(text: str) -> LineFeatures:
    """The features of a normalised, non-empty line."""
    words = len(text.split(" "))
    short = len(text) <= _SHORT_CHARACTERS
    end = text.rstrip(_CLOSERS)
    last = end[-1:]
    trails_off = end.endswith(("...", "…", ".."))
    named = _TRAILING_ADDRESS.sub("", text) if short and "/" in text else text
    folded = fold(named[:FOLDED_CHARACTERS])
    known = furniture(text, folded)
    certain = _certain(text, folded, words, short, known)
    role = _role(text) if short and certain in (None, "signature") else None
    if role is not None:
        certain = None
    return LineFeatures(
        text=text,
        folded=folded,
        words=words,
        stopped=last != "" and last in _STOPS,
        trails_off=trails_off,
        is_paragraph=certain is None and role is None and _is_paragraph(words, last, trails_off),
        is_list_item=_LIST_ITEM.match(text) is not None,
        role=role,
        may_be_byline=short and role is None and is_name_and_place(text),
        certain=certain,
        likely=certain or (None if role else _likely(text, folded, words, short, known)),
        is_label=known is not None and known.is_label,
    )


def _role(text: str) -> Role | None:
    if is_byline(text):
        return "byline"
    if _LIST_ITEM.match(text) is None:
        if len(text) <= _DATELINE_CHARACTERS and is_dateline_line(text):
            return "dateline"
        if is_agency_line(text):
            return "agency"
    return "caption" if is_caption(text) else None


def _is_paragraph(words: int, last: str, trails_off: bool) -> bool:
    if last and last in "!?؟":
        return words >= _QUESTION_PARAGRAPH_WORDS
    if trails_off:
        return words >= _TRAILING_PARAGRAPH_WORDS
    if last and last in ".۔:":
        return words >= _STOPPED_PARAGRAPH_WORDS
    return words >= _PARAGRAPH_WORDS


def _certain(
    text: str, folded: str, words: int, short: bool, known: Furniture | None
) -> str | None:
    if known and known.certain:
        return known.reason
    if words <= _COPYRIGHT_WORDS and _COPYRIGHT.match(text):
        return "copyright"
    if _LETTER_OR_DIGIT.search(text) is None:
        return "separator"
    if short and words <= _ADDRESS_WORDS and _ADDRESS.fullmatch(text):
        return "web_address"
    if short and words == 1 and _SLUG.fullmatch(text) and _LETTER.search(text):
        return "image_slug"
    if short and words <= _MENU_WORDS and _is_certain_menu(folded, words):
        return "navigation"
    if short and is_tweet_signature(text):
        return "web_address"
    return "code" if _is_code(text) else None


def _is_certain_menu(folded: str, words: int) -> bool:
    """Whether there are at least three sections, or two without a space between them."""
    items = menu_items(folded)
    return items >= _MENU_ITEMS or (items >= 2 and words == 1)


def _is_code(text: str) -> bool:
    beginning = text[:1000]
    if not _CODE_MARK.search(beginning) or not _CODE.search(beginning):
        return False
    letters, arabic = len(_LETTER.findall(beginning)), len(_ARABIC.findall(beginning))
    return arabic < letters / 5


def _likely(text: str, folded: str, words: int, short: bool, known: Furniture | None) -> str | None:
    if known:
        return known.reason
    if not short:
        return None
    if is_initials(text) or is_source(text):
        return "signature"
    if _AUTHOR_AND_DATE.fullmatch(text) or _is_timestamp(text, folded):
        return "timestamp"
    if _LETTER.search(text) is None or is_breadcrumb(text):
        return "navigation"
    if words <= _MENU_WORDS and not _LIST_ITEM.match(text) and menu_items(folded):
        return "navigation"
    if words <= _PHONE_WORDS and _PHONE.search(text):
        return "navigation"
    if words <= _ENGLISH_WORDS and not (_ARABIC.search(text) or _LIST_ITEM.match(text)):
        return "navigation"
    return None


def _is_timestamp(text: str, folded: str) -> bool:
    """Whether there is nothing but numbers and the words of dates."""
    words = _TIME_ZONE.sub("", folded).split()
    if not _DATE_WORDS.issuperset(words):
        return _is_mostly_date(text)
    return any(character.isdigit() for character in text) or not _AGO.isdisjoint(words)


def _is_mostly_date(text: str) -> bool:
    """Whether a year and the words of dates leave little room for others."""
    words = [word for word in text.split(" ") if _LETTER_OR_DIGIT.search(word)]
    if not 3 <= len(words) <= _DATE_LINE_WORDS or not _YEAR.search(text) or _LIST_ITEM.match(text):
        return False
    dates = sum(
        any(map(str.isdigit, word)) or fold(word) in _DATE_WORDS or not fold(word) for word in words
    )
    return dates >= 2 and dates >= _DATE_SHARE * len(words)
