"""Lines that say when an article was written, read or changed."""

from __future__ import annotations

import re

from transforms.folding import fold
from transforms.line_roles import is_name

_LETTER_OR_DIGIT = re.compile(r"[^\W_]")
_LIST_ITEM = re.compile(r"[-–—•·▪●*]+ ?\S")
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
        admin تعليق تعليقات أضف اترك
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
# `سعيد حمدان منذ 3 ساعات`, `سعيد حمدان 12-3-2019, 10:20`
_NAME_AND_DATE = re.compile(
    r"(?P<name>[^\d:،,.]{5,40}?),? (?P<date>(?:منذ|قبل) \S+.*"
    r"|\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}.*|\d{1,2} \w+،? \d{4}.*)"
)
_AGO = frozenset({"منذ", "قبل", "ago"})


def is_timestamp(text: str, folded: str) -> bool:
    """Whether a line says when something was written, and perhaps by whom, and nothing else."""
    signed = _AUTHOR_AND_DATE.fullmatch(text) is not None
    return signed or _is_date(text, folded) or _is_signed_date(text)


def _is_date(text: str, folded: str) -> bool:
    """Whether there is nothing but numbers and the words of dates."""
    words = _TIME_ZONE.sub("", folded).split()
    if not _DATE_WORDS.issuperset(words):
        return _is_mostly_date(text)
    return any(character.isdigit() for character in text) or not _AGO.isdisjoint(words)


def _is_signed_date(text: str) -> bool:
    """Whether a line is the name of the author and a date, and nothing else."""
    match = _NAME_AND_DATE.fullmatch(text)
    return (
        match is not None
        and is_name(match["name"])
        and _is_date(match["date"], fold(match["date"]))
    )


def _is_mostly_date(text: str) -> bool:
    """Whether a year and the words of dates leave little room for others."""
    words = [word for word in text.split(" ") if _LETTER_OR_DIGIT.search(word)]
    if not 3 <= len(words) <= _DATE_LINE_WORDS or not _YEAR.search(text) or _LIST_ITEM.match(text):
        return False
    dates = sum(
        any(map(str.isdigit, word)) or fold(word) in _DATE_WORDS or not fold(word) for word in words
    )
    return dates >= 2 and dates >= _DATE_SHARE * len(words)
