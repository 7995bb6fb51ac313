"""Abbreviations beside their long form: `وكالة الأنباء الفرنسية (أ ف ب)`, `… الإسلامية "حماس"`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from transforms.entities import Span
from transforms.folding import fold_words

_CLOSING = {"(": ")", "[": "]", "«": "»", "“": "”", '"': '"', "”": "“"}
_LONGEST = 7  # tokens between the brackets: five letters with full stops between some of them
_LATIN = re.compile(r"[A-Z][A-Za-z&.-]*")
_LETTER = re.compile(r"[\u0621-\u064a]")
_ARTICLE = re.compile(r"^(?:و?ال|لل)(?=..)")
_SHORTEST = 3  # letters of an abbreviation that is read as a word: فتح


class Abbreviation(NamedTuple):
    """The entity that is the long form, and the tokens `[start, end)` that abbreviate it."""

    long_form: Span
    start: int
    end: int


def abbreviations(words: Sequence[str], spans: Sequence[Span]) -> Iterator[Abbreviation]:
    """The abbreviations of a sentence's organisations, each right after one.

    Of an organisation of one word or more: Latin words that begin with a capital (`WHO`), Arabic
    letters (`أ ف ب`, `أ.ف.ب`). Of one of several words also a word that is made of its letters
    (`حماس`). Brackets or quotation marks part the two.
    """
    for span in spans:
        if span.type != "ORG" or span.end >= len(words) or words[span.end] not in _CLOSING:
            continue
        start = span.end + 1
        closing = _CLOSING[words[span.end]]
        for end in range(start + 1, min(start + _LONGEST, len(words) - 1) + 1):
            if words[end] == closing:
                if _abbreviates(words[start:end], words[span.start : span.end]):
                    yield Abbreviation(span, start, end)
                break


def _abbreviates(short: Sequence[str], long_form: Sequence[str]) -> bool:
    if all(_LATIN.fullmatch(word) for word in short):
        return True
    letters = [word for word in short if word != "."]
    if len(letters) > 1:
        return all(_LETTER.fullmatch(word) for word in letters)
    return len(long_form) > 1 and _is_made_of(letters, long_form)


def _is_made_of(short: Sequence[str], long_form: Sequence[str]) -> bool:
    """Whether a word's letters stand in this order in the long form and begin one of its words."""
    letters = "".join(part for word in short for part in fold_words(word))
    stems = [_ARTICLE.sub("", "".join(fold_words(word))) for word in long_form]
    if len(letters) < _SHORTEST or letters in stems or letters[0] not in [s[:1] for s in stems]:
        return False
    initials = sum(any(stem.startswith(letter) for stem in stems) for letter in set(letters))
    following = iter("".join("".join(fold_words(word)) for word in long_form))
    return initials >= 2 and all(letter in following for letter in letters)
