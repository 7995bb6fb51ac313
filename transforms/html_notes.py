"""Lines amid the text that speak to the reader, or of the text: calls, votes, notes, signatures."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from transforms.html_records import PageLine
from transforms.html_structure import is_follow_link, is_prose
from transforms.line_roles import is_initials

_NOTE_WORDS = 25
_CALL_WORDS = 40
_MOST_CHARACTERS = 400
_SHORT_CALL_WORDS = 12
_NAME_WORDS = 4
_SIGNATURE_LINES = 4
_HEAD_LINES = 8
_STOPS = (".", "؟", "!", "…", ":", "؛", "،")
_MARKS = re.compile("[\u064b-\u0652\u0640]")

# `تم إنشاء الملخص بالذكاء الاصطناعي`: who, or what, made the text.
_MACHINE = re.compile(
    r"^\W*(?:ملاحظة\W+)?(?:(?:تم|تمت|جرى|جرت) \w+ |(?:أ|ا)نشئت? |كتبت? |ترجمت? )?(?:هذا |هذه )?"
    r"(?:الملخص|ملخص|التلخيص|النص|المقالة?|الخبر|الترجمة|المحتوى|المادة|النقاط)\b.{0,40}"
    r"(?:\bبال|بواسطة .{0,15}\bال|باستخدام .{0,15}\bال|بمساعدة .{0,15}\bال)ذكاء الاصطناعي"
)
_MINUTE = re.compile(r"(?:الدقيقة )?\d{1,3}(?: ?\+ ?\d{1,2})? ?['’′´`]|\d{1,2}:\d{2}")
_RATING = re.compile(
    r"\d+(?:[.,]\d+)? ?(?:من|/) ?(?:5|10|100)\b.{0,30}(?:تقييم|صوت|مراجع|قارئ)"
    r"|^\W*(?:قيم|متوسط التقييم|تقييم (?:الوصفة|المقال|الخبر|الموضوع|القراء))\b.{0,40}$"
    r"|^\W*\(?[\d.,]+ ?(?:تقييما?|تقييمات|صوتا?|أصوات)\)?$"
)
_VOTE = re.compile(
    r"^هل (?:أعجب|اعجب|أفاد|افاد|وجدت|كان(?:ت)? (?:هذ|المقال|المحتوى|الصفحة)|استفدت).{0,60}؟"
    r"|شارك(?:وا)? في (?:التصويت|الاستطلاع)|^عدد (?:المصوتين|الأصوات)"
)
# What asks the reader himself at the head of a sentence; some of it can be a report in a few words.
_HEAD = r"(?:^\W*|[.؟!…] ?)"
_CALL = re.compile(
    _HEAD + r"(?:تابع(?:ونا|ينا|نا)|شارك(?:ونا|ينا|نا)|راسل(?:ونا|ينا|نا)|علم(?:ينا|ونا|نا)"
    r"|أخبر(?:ونا|ينا|نا)|اشترك(?:وا|ي)|انضم(?:وا|ي)|حملوا|تواصل(?:وا|ي)? معنا|لمتابعتنا"
    r"|(?:أرسل|اكتب)(?:وا|ي)? (?:لنا|إلينا)|صور(?:يها|وها|ها) و)"
)
_SHORT_CALL = re.compile(_HEAD + r"(?:تابع(?:وا|ي)?|شارك(?:وا|ي)?|راسلوا|اشترك|انضم|حمل)\b")
_CHANNEL = re.compile(r"(?<!\w)@\w{2,}|[\w.+-]+@[\w-]+\.\w+")
_INITIAL_AND_NAME = re.compile(r"(?:\w{1,2} ?\. ?){1,2}\w{2,15}(?: \w{2,15})?")


def note_reason(line: PageLine) -> str | None:
    """Why a line is none of the article's by what it says to the reader; `None` if it may be."""
    if len(line.text) > _MOST_CHARACTERS:
        return None
    text = _MARKS.sub("", line.text)
    words = len(text.split())
    if words > _CALL_WORDS or line.kind == "heading":
        return None
    if words <= _NOTE_WORDS:
        if _MACHINE.search(text):
            return "signature"
        if _MINUTE.fullmatch(text):
            return "timestamp"
        if _RATING.search(text) or _VOTE.search(text):
            return "aside"
    elsewhere = _CHANNEL.search(text) or any(map(is_follow_link, line.links))
    calls = _CALL.search(text) or (words <= _SHORT_CALL_WORDS and _SHORT_CALL.search(text))
    return "sharing" if elsewhere and calls else None


def signatures(
    lines: Sequence[PageLine], main: Sequence[bool], author: str | None, title: int | None
) -> list[int]:
    """The lines above and under the text that name the author, or give initials.

    `title` is the line of the headline: a name that stands under it and under the text is the
    author's.
    """
    text = [index for index, is_main in enumerate(main) if is_main]
    authors = {_bare(name) for name in (author or "").split("،")} - {""}
    under = _under_title(lines, title)
    head = {index: f" {_bare(lines[index].text)} " for index in under}
    found = []
    for index in reversed(text[1:][-_SIGNATURE_LINES:]):
        line = lines[index]
        if is_prose(line) or line.kind == "heading":
            break
        bare = _bare(line.text)
        named = bare in authors or (" " in bare and _is_among(f" {bare} ", head, index))
        short = len(line.text) <= _MOST_CHARACTERS
        initials = short and (is_initials(line.text) or _INITIAL_AND_NAME.fullmatch(line.text))
        if named or initials or (line.kind != "list" and _is_set_as_signature(line)):
            found.append(index)
            authors.add(bare)
    for index in under:
        if main[index] and index not in found and _bare(lines[index].text) in authors:
            found.append(index)
    return found


def _is_among(name: str, head: Mapping[int, str], index: int) -> bool:
    """Whether a name stands in another of the lines under the headline."""
    return any(name in text for above, text in head.items() if above != index)


def _under_title(lines: Sequence[PageLine], title: int | None) -> list[int]:
    """The short lines next under the headline; a long subtitle may stand between them."""
    if title is None:
        return []
    near = range(title + 1, min(title + _HEAD_LINES, len(lines)))
    return [index for index in near if not is_prose(lines[index])]


def _bare(text: str) -> str:
    return " ".join(re.findall(r"[^\W\d_]+", _MARKS.sub("", text)))


def _is_set_as_signature(line: PageLine) -> bool:
    """Whether two to four words without a stop stand at the left, as a signature does."""
    if not 2 <= len(line.text.split()) <= _NAME_WORDS or line.text.endswith(_STOPS):
        return False
    if any(character.isdigit() for character in line.text) or line.kind == "heading":
        return False
    style = (line.block.get("style") or "").replace(" ", "").lower()
    return "text-align:left" in style or (line.block.get("align") or "").lower() == "left"
