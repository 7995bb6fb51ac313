"""What stands before a quotation: whether it announces speech, or names a work."""

from __future__ import annotations

import re

from transforms.folding import fold

# قال، فقلت، سألتك، أجابتني: on folded words.
_SAYS = re.compile(
    "[وف]?(?:قال|قل|[اينت]قول|سال|[اينت]سال|اجاب|اجب|[ينت]جيب|رد|هتف|صاح|صرخ|علق|كتب|همس|اضاف|تابع)"
    "(?:ت|وا|ون|نا|تم)?(?:ه|ها|هم|ني|نا|ك|كم)?"
)
# What follows one of these is not what is quoted.
_THAT = frozenset(fold("أن إن أنه إنه أنها إنها بأن بأنه بأنها").split())
_SPEAKER_WORDS = 4  # the verb and who speaks: قال وزير الخارجية الروسي
# Verbs that announce speech without an object, and what makes of them a clause of its own.
_SAID = re.compile("[وف]?(?:قال(?:ت|وا)?|[يت]قول|قلت|قايلا|اضاف|اضافت|تابع|تابعت|هتف|صاح)")
_WHAT = frozenset(fold("ما كما وكما بما حسبما مثلما هكذا لم لا لن أن الذي التي من").split())
# كتاب، روايته، بعنوان، وسم: on folded words.
_WORK = re.compile(
    "[وفبل]?(?:ال)?(?:"
    "كتاب|فيلم|مسلسل|برنامج|عنوان|شعار|وسم|هاشتا[غجق]|معرض|مقال|ديوان|كليب|البوم|وثايقي|موضوع|معنون|موسوم"
    "|(?:رواي|مسرحي|قصيد|اغني|مقال|حمل|ندو|مجموع|لوح|زاوي|معنون|موسوم)[هت]"
    ")(?:ه|ها|هم|ي|نا)?"
)


def is_announced(words: tuple[str, ...], opened: int) -> bool:
    """Whether a colon or a verb of speech announces the quotation that token `opened` opens."""
    before = words[max(0, opened - 1) : opened]
    if before == (":",):
        return True
    end = opened - 1 if before in (("،",), (",",)) else opened
    return _verb(words, end, _SPEAKER_WORDS, _SAYS) is not None


def replaces_a_colon(words: tuple[str, ...], index: int) -> bool:
    """Whether the ellipsis at `index` stands behind who is speaking: فقال ابن العباس.. ليس هكذا."""
    verb = _verb(words, index, _SPEAKER_WORDS - 1, _SAID)
    return verb is not None and (verb == 0 or fold(words[verb - 1]) not in _WHAT)


def _verb(words: tuple[str, ...], end: int, reach: int, verb: re.Pattern[str]) -> int | None:
    """The token of a verb of speech among the last `reach` before `end`, if words alone follow."""
    for index in range(end - 1, max(0, end - reach) - 1, -1):
        folded = fold(words[index])
        if verb.fullmatch(folded):
            return index
        if not words[index][0].isalnum() or folded in _THAT:
            return None
    return None


def names_a_work(words: tuple[str, ...], opened: int) -> bool:
    """Whether the quotation is the name of a work, whatever stops it holds: فيلم «ماذا لو؟»."""
    before = opened - 1
    if before > 0 and words[before] == ":":
        before -= 1
    return before >= 0 and _WORK.fullmatch(fold(words[before])) is not None
