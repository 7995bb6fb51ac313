"""A comment that a reader left below an article, where no label tells that it is one."""

from __future__ import annotations

import re

from transforms.folding import fold
from transforms.page import Page

_NAME_WORDS = 4
_COMMENT_WORDS = 60
_MIN_DIALECT_WORDS = 2
# How readers thank, bless and address each other; in reports this stands within quotation marks.
_THANKS = re.compile(
    r"(?<!\w)(?:تسلم\w* (?:ايد|يد|الايادي|الأيادي)\w*|يسلمو|مشكور\w*|يعطي(?:ك|كم|كي) العافية"
    r"|الله يعطي\w+|جزا(?:ك|كم) الله|بارك الله في(?:ك|كم)|ما ?شاء الله علي(?:ك|كم)|حسبي الله"
    r"|شكرا (?:على|لك|لكم|أستاذ|استاذ|دكتور)\w*|مقال (?:رائع|جميل|ممتاز)|جربتها|أبدعت|ابدعت"
    r"|يا جماعة|ننتظر منك|في انتظار المزيد)(?!\w)"
)
_DIALECT = frozenset(
    fold(
        "مو مش شو وين ليش ليه كده كدا هيك عشان علشان ايش إيش اللي يلي دلوقتي لسه مافي ماكو شلون"
        " هاي احنا إحنا بس كمان برضو كتير كثير والله زي جدا"
    ).split()
)


def is_comment(page: Page, index: int) -> bool:
    """Whether a paragraph below a line of at most four words speaks as readers do."""
    line, above = page.lines[index], page.lines[index - 1]
    if index <= page.first or page.prose[index - 1] or above.stopped or line.words > _COMMENT_WORDS:
        return False
    if above.words > _NAME_WORDS or above.text[-1] in ":؛،":
        return False
    dialect = sum(word in _DIALECT for word in line.folded.split())
    return _THANKS.search(line.text) is not None or dialect >= _MIN_DIALECT_WORDS
