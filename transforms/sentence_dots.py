"""A full stop after a word: whether it ends a sentence, or only an abbreviation or a number."""

from __future__ import annotations

import re

from transforms.break_words import (
    LATIN_ABBREVIATIONS,
    LETTER_NAMES,
    LETTERED,
    OPENERS,
    PREFIXES,
    SPOKEN_DOMAINS,
    TITLES,
)
from transforms.folding import fold
from transforms.sentence_stops import Stop
from transforms.tokens import ARABIC_LETTERS, DIGITS, Tokens

_BEFORE_NUMBER = frozenset("،؛,;:-–•*")

_ARABIC_LETTER = re.compile(rf"[{ARABIC_LETTERS}]\W*")
_LATIN_LETTER = re.compile(r"[A-Za-z]")
_ENUMERATOR = re.compile(rf"[{DIGITS}]{{1,3}}|[{ARABIC_LETTERS}A-Za-z]")
ASCII_WORD = re.compile(r"[A-Za-z0-9]")
_AND_IMPERFECTIVE = re.compile(r"و[تي]\w{2,}")  # وتقع، ويبلغ


def full_stop_ends(tokens: Tokens, stop: Stop, counted: int) -> bool:
    """Whether a full stop that something follows ends a sentence of `counted` words."""
    words = tokens.words
    before, following = words[stop.start - 1], words[stop.end]
    touched = tokens.starts[stop.start] == tokens.ends[stop.start - 1]
    close = touches(tokens, stop)
    if close and not touched and following[0].isdigit():  # " .5"
        return False
    if not touched:
        return counted > 1 or not before.isdigit()  # "1 . "
    if _ENUMERATOR.fullmatch(before) and _numbers_an_item(tokens, stop, counted):
        return False
    if close and stop.end == stop.start + 1 and _joins(tokens, stop):
        return False
    return not is_abbreviation(tokens, stop.start - 1, following) or opens_a_sentence(following)


def _numbers_an_item(tokens: Tokens, stop: Stop, counted: int) -> bool:
    """Whether the number or letter before the stop numbers what follows: `1. `, `، 2. `."""
    if counted == 1:  # "1. ", "أ. "
        return True
    words, number = tokens.words, stop.start - 1
    listed = words[number - 1] in _BEFORE_NUMBER and tokens.starts[number] > tokens.ends[number - 1]
    return listed and not opens_a_sentence(words[stop.end])


def _joins(tokens: Tokens, stop: Stop) -> bool:
    """Whether a full stop with no space on either side is part of a name or abbreviation."""
    before, following = tokens.words[stop.start - 1], tokens.words[stop.end]
    if ASCII_WORD.match(before[-1]) and ASCII_WORD.match(following):
        return True
    if fold(following) in SPOKEN_DOMAINS:
        return True
    return _ARABIC_LETTER.fullmatch(following) is not None and (
        stop.end + 1 == len(tokens.words)
        or tokens.words[stop.end + 1][0] in ".)"
        or before[-1].isdigit()
        or _is_letter(before)
    )


def is_abbreviation(tokens: Tokens, index: int, following: str) -> bool:
    """Whether the word at `index`, which a full stop touches, is abbreviated by it."""
    words = tokens.words
    word = words[index]
    folded = fold(word)
    if folded in TITLES or folded in LATIN_ABBREVIATIONS:
        return True
    before = words[index - 1] if index else ""
    if folded in LETTER_NAMES:  # بي. بي. سي., but not: بي بي سي.
        return fold(before) not in LETTER_NAMES
    arabic = _ARABIC_LETTER.fullmatch(word) is not None
    if not arabic and not _LATIN_LETTER.fullmatch(word):
        return False
    second = words[index - 2] if index > 1 else ""
    if before == "." and _is_letter(second):  # أ.ف.ب., U.S.
        return True
    spelled = _is_letter(before) and (before not in PREFIXES or _is_letter(second))
    if before[:1].isdigit() or fold(before) in LETTERED or spelled:
        return False  # عام 2015 م. — فيتامين د. — أ ف ب.
    return arabic or not re.match(rf"[{ARABIC_LETTERS}]", following)


def _is_letter(word: str) -> bool:
    return _ARABIC_LETTER.fullmatch(word) is not None or _LATIN_LETTER.fullmatch(word) is not None


def touches(tokens: Tokens, stop: Stop) -> bool:
    """Whether what follows the stop stands right behind it."""
    return tokens.starts[stop.end] == tokens.ends[stop.end - 1]


def opens_a_sentence(word: str) -> bool:
    """Whether a word opens a sentence even after an abbreviation."""
    folded = fold(word)
    if folded in OPENERS:
        return folded not in LETTER_NAMES
    return _AND_IMPERFECTIVE.fullmatch(folded) is not None
