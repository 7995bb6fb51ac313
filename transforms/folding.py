"""One form for all spellings of a phrase, so that lists of words need only one of them."""

from __future__ import annotations

import re

_LETTERS = (
    ("أ", "ا"), ("إ", "ا"), ("آ", "ا"), ("ٱ", "ا"), ("ؤ", "و"), ("ئ", "ي"), ("ى", "ي"), ("ة", "ه"),
    ("ء", ""),
)  # fmt: skip
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "0123456789" * 2)
_OTHER_DIGIT = re.compile("[٠-٩۰-۹]")
_NOT_A_LETTER = re.compile(r"[\W\d_]+")
_WORD = re.compile(r"[^\W_]+")
_MARKS = re.compile(r"[\u0610-\u061a\u0640\u064b-\u065f\u0670\u0300-\u036f]+")


def fold(text: str) -> str:
    """`text` for comparison: bare letters, in lower case, words parted by one space."""
    bare = _bare(text)
    return _NOT_A_LETTER.sub(" ", bare).strip().casefold()


def fold_words(text: str) -> list[str]:
    """The words and numbers of `text` for comparison: bare letters, lower case, digits 0 to 9."""
    bare = _bare(text)
    if _OTHER_DIGIT.search(bare):
        bare = bare.translate(_DIGITS)
    return _WORD.findall(bare.casefold())


def _bare(text: str) -> str:
    bare = _MARKS.sub("", text)
    for letter, other in _LETTERS:  # on a paragraph several times as fast as `str.translate`
        bare = bare.replace(letter, other)
    return bare
