"""Furniture glued into a line that is otherwise the article's."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from transforms.folding import fold

_END_CHARACTERS = 250
_SITE_WORDS = 5
_SITE_MARKS = re.compile(r" *(?:\|+|(?<= )[»›]|[–—] |- | -)[ |–—-]*")

# At the end of a paragraph, behind its stop: what follows has no stop of its own.
_ENDINGS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "tags",
        re.compile(
            r"(?<=[.!؟…)\]»”\"]) ?(?:الوسوم|وسوم|كلمات (?:دلالية|مفتاحية)) ?: [^.!؟]{2,200}$"
        ),
    ),
    (
        "related",
        re.compile(
            r"(?<=[.!؟…»”\")]) ?(?:[اإأ]قر[أا]|شاهد|طالع) [أا]يض[اًا]{1,2} ?[:.]{1,3} ?"
            r"[^.!؟]{3,200}$"
        ),
    ),
    ("signature", re.compile(r"(?<=[.!؟…»”\") ]) ?/{1,2} ?انتهى ?/{1,2}.{0,20}$")),
)
_ENDING_MARK = re.compile(r"وسوم|كلمات (?:دل|مف)|قر[أا] |شاهد |طالع |انتهى")
_SHARE = r"(?:شارك|شاركها|انشر|غرد|مشاركة|share|tweet)"
_NETWORK = (
    r"(?:فيس ?بوك|تويتر|واتس ?[اآ]ب|تلغرام|تليجرام|لينكد ?إن|facebook|twitter|whatsapp|telegram)"
)
_SHARING = re.compile(
    rf"(?:{_SHARE} (?:على|عبر|في|on|via) (?:ال)?{_NETWORK}[ |،,]*)+(?=\S.{{40}})", re.IGNORECASE
)


# `… خلال ساعة".أهلا رمضانأسعار العملاتدولار17.86`: the foot of the page touches the last stop.
_TOUCHING_STOP = re.compile(r"[.!؟][»”\"]?(?=[^\W\d_])")
_STOP = re.compile(r"[.!؟][»”\"]?(?: |$)")
_TOUCHING = re.compile(r"[^\W\d_]\d|\d[^\W\d_]")
_MIN_TOUCHING = 4
_LABELS = re.compile(
    r"(?:الأكثر|الاكثر) (?:قراءة|مشاهدة|تعليقا)|مواقيت الصلاة|(?:أسعار|اسعار) (?:العملات|الذهب)"
    r"|(?:أخبار|موضوعات|مقالات|مواضيع) (?:متعلقة|ذات صلة|مشابهة)"
)


class Cut(NamedTuple):
    """A stretch `[start, end)` of a kept line that goes, and why."""

    start: int
    end: int
    reason: str


def glued(text: str) -> tuple[Cut, ...]:
    """What a paragraph has glued to its head and its end; leaves at least one character."""
    cuts = []
    if match := _SHARING.match(text):
        cuts.append(Cut(0, match.end(), "sharing"))
    if end := _touching_foot(text):
        return (*cuts, Cut(end, len(text), "related"))
    start = max(len(text) - _END_CHARACTERS, 0)
    if not _ENDING_MARK.search(text, start):
        return tuple(cuts)
    for reason, pattern in _ENDINGS:
        match = pattern.search(text, start)
        if match and match.start() > (cuts[0].end if cuts else 0):
            cuts.append(Cut(match.start(), len(text), reason))
            break
    return tuple(cuts)


def _touching_foot(text: str) -> int:
    """Where the foot of the page begins in a paragraph that it touches; 0 if it does not."""
    for match in _TOUCHING_STOP.finditer(text):
        rest = text[match.end() :]
        if not _STOP.search(rest):
            touching = len(_TOUCHING.findall(rest)) >= _MIN_TOUCHING
            return match.end() if touching or _LABELS.search(rest) else 0
    return 0


def title_suffix(title: str, lines: Sequence[str]) -> tuple[Cut, ...]:
    """The name of the site behind a title, if the page shows that it is one.

    It does so where another line holds the same title without it, or is nothing but the name, or
    holds the name beside the sign of copyright; a bar `|` shows it by itself.
    """
    marks = [match for match in _SITE_MARKS.finditer(title) if match.start() > 0]
    for mark in marks:
        head, name = title[: mark.start()], title[mark.end() :]
        if not 0 < len(name.split()) <= _SITE_WORDS or len(head.split()) < 2 or not fold(name):
            continue
        if "|" in mark[0] or _shown_by(lines, title, fold(head), fold(name)):
            return (Cut(len(head), len(title), "signature"),)
    return ()


def _shown_by(lines: Sequence[str], title: str, head: str, name: str) -> bool:
    for line in lines:
        if line is title:
            continue
        folded = fold(line[:_END_CHARACTERS])
        if folded in (head, name) or folded in (f"موقع {name}", f"صحيفه {name}", f"جريده {name}"):
            return True
        if ("©" in line or "حقوق" in folded) and f" {name} " in f" {folded} ":
            return True
    return False
