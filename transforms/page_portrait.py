"""A paragraph below an article's text that tells who its author is."""

from __future__ import annotations

import re

from transforms.page import Page

_NAME_WORDS = 4
_PROFESSION = (
    r"(?:كاتب|صحفي|صحافي|باحث|محرر|مدون|إعلامي|أكاديمي|محلل|مراسل|مترجم|روائي|شاعر|خبير|أستاذ"
    r"|مهندس|طبيب|ناشط|رئيس تحرير|متخصص|طالب|خريج|حاصل|دكتور|محاضر|زميل)(?:ة)?"
)
# `كاتب وباحث من تونس، حاصل على …`
_OPENING = re.compile(rf"{_PROFESSION} ")
# `هالة يوسف صحافية مقيمة في …`
_NAMED = re.compile(rf"(?:\w+ ){{2,4}}{_PROFESSION} ")
# What is told of authors, seldom of those whom an article ends with.
_CAREER = re.compile(
    r"(?<!\w)(?:صدر لها?|صدرت لها?|من مؤلفاتها?|من أعمالها?|له كتاب|حاصلة? على|مقيمة? في|خريجة?"
    r"|تتركز (?:أعمال|أبحاث|اهتمامات)\w+|اهتماماتها?|مهتمة? ب\w+|له العديد|لها العديد|نشرت? في"
    r"|يكتب في|تكتب في|عملت? في)(?!\w)"
)


def is_portrait(page: Page, index: int) -> bool:
    """Whether a paragraph tells who the author is.

    It opens with a profession below a name or tells of a career, or it opens with the name itself
    and is the last paragraph.
    """
    text = page.lines[index].text
    above = page.lines[index - 1]
    if index <= page.first:
        return False
    tells = _CAREER.search(text) is not None
    if _OPENING.match(text):
        return tells or (not above.stopped and above.words <= _NAME_WORDS)
    is_last = not any(page.prose[index + 1 : index + 2])
    return tells and is_last and _NAMED.match(text) is not None
