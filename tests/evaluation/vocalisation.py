"""Vocalised forms and lemmas of PADT and CAMeL in one notation, so that they can be compared."""

from __future__ import annotations

import re

from tests.evaluation.treebank import GoldToken
from transforms.tokens import ARABIC_LETTERS, MARKS

_LETTER = rf"[{ARABIC_LETTERS}]"
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩", "0123456789")


def same_notation(form: str) -> str:
    """A vocalised form without what PADT and CAMeL write differently, and sounds the same.

    Dropped: sukun, fatha before alef, the mark of a letter that the article's ل becomes, the
    vowel of the article's alef; tanwin stands before its alef.
    """
    form = form.replace("\u0652", "").replace("ٱ", "ا").replace("\u0640", "")
    form = re.sub("([\u064b-\u0650])\u0651", "\u0651\\1", form)
    form = form.replace("ا\u064b", "\u064bا").replace("\u064eا", "ا")
    form = re.sub(f"ا\u064eل(?=\u0651|{_LETTER})", "ال", form)
    return re.sub(f"(?<=ل)({_LETTER})\u0651", "\\1", form)


def same_lemma(lemma: str) -> str:
    """A lemma in one notation, without a short vowel at its end (`بَينَ`, `بَيْن`).

    PADT writes the lemmas of numbers in Arabic-Indic digits, whatever the text has.
    """
    return re.sub("[\u064b-\u0650]+$", "", same_notation(lemma)).translate(_DIGITS) or "_"


def bare(form: str) -> str:
    """A form without any mark."""
    return MARKS.sub("", form)


def vocalised_token(token: GoldToken) -> str | None:
    """The surface word with its diacritics; None if the treebank leaves its main word bare."""
    parts = [word.vocalised for word in token.words]
    if any(part is None for part in parts):
        return None
    if not any(part != bare(part or "") for part in parts):
        return None
    longest = max((part or "" for part in parts), key=lambda part: len(bare(part)))
    if longest == bare(longest):
        return None
    joined = "".join(part or "" for part in parts)
    return re.sub("ل\u0650ا\u064e?ل", "ل\u0650ل", joined)


def without_case_ending(form: str) -> str:
    """The form without the vowel or tanwin of its last letter, alef of tanwin aside."""
    return re.sub("[\u064b-\u0650]+(?=ا?$)", "", form)
