"""One form for all spellings of a phrase, so that lists of words need only one of them."""

from __future__ import annotations

import re

_LETTERS = str.maketrans(
    {"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ؤ": "و", "ئ": "ي", "ى": "ي", "ة": "ه", "ء": None}
)
_NOT_A_LETTER = re.compile(r"[\W\d_]+")
_MARKS = re.compile(r"[\u0610-\u061a\u0640\u064b-\u065f\u0670\u0300-\u036f]+")


def fold(text: str) -> str:
    """`text` for comparison: bare letters, in lower case, words parted by one space."""
    bare = _MARKS.sub("", text).translate(_LETTERS)
    return _NOT_A_LETTER.sub(" ", bare).strip().casefold()
