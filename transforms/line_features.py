"""What can be seen of one line by itself: its length, its end, and what it looks like."""

from __future__ import annotations

import re
from dataclasses import dataclass

from transforms.folding import fold
from transforms.furniture import Furniture, furniture
from transforms.tokens import ARABIC_LETTERS

_STOPS = ".!?؟…۔"
_CLOSERS = "\"'”“»«’)]} "
# A line at most this long can be a file name, an address, a caption; no expression below sees more.
_SHORT_CHARACTERS = 300
_DATELINE_WORDS = 7
_PARAGRAPH_WORDS = 20
_STOPPED_PARAGRAPH_WORDS = 6
_QUESTION_PARAGRAPH_WORDS = 12

_LETTER_OR_DIGIT = re.compile(r"[^\W_]")
_LETTER = re.compile(r"[^\W\d_]")
_ARABIC = re.compile(rf"[{ARABIC_LETTERS}]")
_SLUG = re.compile(
    r"[^\W_]+(?:[-_]+[^\W_]+){2,}|\S+\.(?:jpe?g|png|gif|webp|bmp|svg)", re.IGNORECASE
)
_ADDRESS = re.compile(
    r"(?:https?://|www\.)\S+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
    r"|[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:com|net|org|info|tv|news|[a-z]{2})/?",
    re.IGNORECASE,
)
_CODE = re.compile(
    r"googletag|adsbygoogle|document\.(?:write|getElement)|window\.\w+\s*[=(]|<script|CDATA\["
    r"|function\s?\w*\s?\([^)]{0,100}\)\s?\{|\b(?:var|let|const) \w+ =|\$\(document\)"
    r"|[\w-] ?\{ ?[\w-]+ ?: ?[^{}]{1,200}; ?\}"
)
_LIST_ITEM = re.compile(
    r"(?:[-–—•·▪●◦■□►▶✓✔*]+ ?|\(?[0-9\u0660-\u0669]{1,2} ?[-–.)]+ ?)[^\W_«“\"(]*[«“\"(]?[^\W_]"
)
_CAPTION_OPENING = re.compile(r"\(?(?:صورة|الصورة|تصوير|صورة أرشيفية|التعليق على الصورة) ?[:،]")
_CAPTION_CREDIT = re.compile(
    r".+\((?:رويترز|أ\.? ?ف\.? ?ب\.?|ا\.? ?ف\.? ?ب\.?|الفرنسية|الجزيرة|أسوشيتد ?برس|الأناضول"
    r"|الأوروبية|الألمانية|غيتي(?: إيميجز)?|أرشيف|أرشيفية|صورة أرشيفية|واس"
    r"|مواقع التواصل(?: الاجتماعي)?|getty(?: images)?|reuters|afp|ap|epa|shutterstock)\)",
    re.IGNORECASE,
)
_BYLINE = re.compile(
    r"(?:بقلم|كتب|كتبت|كتبه|كتبها|إعداد|اعداد|تحرير|ترجمة|حاوره|حاورته|أجرى الحوار)\b"
)
_DATELINE = re.compile(r"[^–—-]{2,40}(?: [–—-]|[–—-] )[^–—-]{2,40}")
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
        GMT AM PM KSA updated published ago
        """
    ).split()
)
_TIME_ZONE = re.compile(r"بتوقيت \w+")
# WordPress puts a comma behind the month: فريق التحرير25 مارس، 2016
_AUTHOR_AND_DATE = re.compile(r"\D{2,40}\d{1,2} \w+، \d{4}")
_SOURCE = re.compile(r"\(?(?:المصدر|المصادر|مصدر الخبر) ?:")
_SOURCE_WORDS = 8
_COPYRIGHT = re.compile(r"[©®]|^\(c\) ")
_COPYRIGHT_WORDS = 40
_AGO = frozenset({"منذ", "قبل", "ago"})


@dataclass(frozen=True, slots=True)
class LineFeatures:
    """A normalised line as the rules see it.

    `stopped`: it ends in a stop, closing quotation marks aside. `is_paragraph`: it is long enough,
    or ends so that it can be no title and no menu. `certain`: why the line is no part of any
    article, wherever it stands. `is_dateline`: at the head of an article, a place or a name and the
    agency or site it writes for (`داليا - القاهرة`). `likely`: why it is none if it stands at an
    end.
    """

    text: str
    words: int
    stopped: bool
    is_paragraph: bool
    is_list_item: bool
    is_caption: bool
    is_byline: bool
    is_dateline: bool
    certain: str | None
    likely: str | None


def look_at(text: str) -> LineFeatures:
    """The features of a normalised, non-empty line."""
    words = len(text.split(" "))
    short = len(text) <= _SHORT_CHARACTERS
    last = text.rstrip(_CLOSERS)[-1:]
    known = furniture(text)
    certain = _certain(text, words, short, known)
    is_caption = short and (
        _CAPTION_OPENING.match(text) is not None or _CAPTION_CREDIT.fullmatch(text) is not None
    )
    return LineFeatures(
        text=text,
        words=words,
        stopped=last != "" and last in _STOPS,
        is_paragraph=certain is None and not is_caption and _is_paragraph(words, last),
        is_list_item=_LIST_ITEM.match(text) is not None,
        is_caption=is_caption,
        is_byline=_BYLINE.match(text) is not None,
        is_dateline=words <= _DATELINE_WORDS and _DATELINE.fullmatch(text) is not None,
        certain=certain,
        likely=certain or _likely(text, words, short, known),
    )


def _is_paragraph(words: int, last: str) -> bool:
    if last and last in "!?؟":
        return words >= _QUESTION_PARAGRAPH_WORDS
    if last and last in ".…۔:":
        return words >= _STOPPED_PARAGRAPH_WORDS
    return words >= _PARAGRAPH_WORDS


def _certain(text: str, words: int, short: bool, known: Furniture | None) -> str | None:
    if known and known.certain:
        return known.reason
    if words <= _COPYRIGHT_WORDS and _COPYRIGHT.match(text):
        return "copyright"
    if _LETTER_OR_DIGIT.search(text) is None:
        return "separator"
    if short and " " not in text:
        if _ADDRESS.fullmatch(text):
            return "web_address"
        if _SLUG.fullmatch(text) and _LETTER.search(text):
            return "image_slug"
    beginning = text[:1000]
    if _CODE.search(beginning):
        letters, arabic = len(_LETTER.findall(beginning)), len(_ARABIC.findall(beginning))
        return "code" if arabic < letters / 5 else None
    return None


def _likely(text: str, words: int, short: bool, known: Furniture | None) -> str | None:
    if known:
        return known.reason
    if words <= _SOURCE_WORDS and _SOURCE.match(text):
        return "signature"
    if short and (_AUTHOR_AND_DATE.fullmatch(text) or _is_timestamp(text)):
        return "timestamp"
    return None


def _is_timestamp(text: str) -> bool:
    """Whether there is nothing but numbers and the words of dates."""
    words = _TIME_ZONE.sub("", fold(text)).split()
    if not _DATE_WORDS.issuperset(words):
        return False
    return any(character.isdigit() for character in text) or not _AGO.isdisjoint(words)
