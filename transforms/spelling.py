"""How far a word is from an analysis: letters spelled otherwise, diacritics denied."""

from __future__ import annotations

import re
from functools import lru_cache

from transforms.tokens import ARABIC_MARKS

_MARKS_AND_JOINTS = re.compile(rf"[{ARABIC_MARKS}#+]")
_FORMS = re.compile(rf"[^{ARABIC_MARKS}][{ARABIC_MARKS}]*")
_LEFT_OUT = str.maketrans("", "", "\u0640\u0652#+")
_TANWEEN_LAST = re.compile("ا\u064b")  # some write it on the alef, some on the letter before
_HAMZAS = str.maketrans("أإآىة", "اااي" + "ه")


def changes(view: str, spelled: str) -> tuple[int, int]:
    """How many letters of a bare word differ from those of an analysis.

    Returns:
        Those that differ by a hamza or the dots of ي or ة alone, and the others.
    """
    if spelled == view:
        return 0, 0
    changed = [(a, b) for a, b in zip(spelled, view, strict=False) if a != b]
    hamzas = sum(a.translate(_HAMZAS) == b.translate(_HAMZAS) for a, b in changed)
    return hamzas, len(changed) - hamzas + abs(len(spelled) - len(view))


@lru_cache(maxsize=20_000)
def letters(form: str) -> str:
    """The letters of a vocalised form as they are written."""
    return _MARKS_AND_JOINTS.sub("", form).replace("ٱ", "ا")


def marks_denied(word: str, form: str) -> int:
    """How many letters of `word` carry a mark that the same letter of `form` does not.

    Sukun is left out, since neither databases nor authors write it everywhere.
    """
    written = _FORMS.findall(_TANWEEN_LAST.sub("\u064bا", word.translate(_LEFT_OUT)))
    known = _FORMS.findall(_TANWEEN_LAST.sub("\u064bا", form.translate(_LEFT_OUT)))
    if len(written) != len(known):
        return sum(len(letter) > 1 for letter in written)
    return sum(bool(set(a[1:]) - set(b[1:])) for a, b in zip(written, known, strict=True))
