"""A full stop after a word: whether it ends a sentence, or only an abbreviation or a number."""

from __future__ import annotations

import re

from transforms.break_words import (
    ADVERBIALS,
    AND_IMPERFECTIVE,
    ITEMS,
    LATIN_ABBREVIATIONS,
    LETTER_NAMES,
    LETTERED,
    OPENERS,
    ORDINALS,
    PREFIXES,
    SPOKEN_DOMAINS,
    TITLES,
    UNITS,
)
from transforms.folding import fold
from transforms.sentence_phrases import is_phrase
from transforms.sentence_stops import Stop
from transforms.tokens import ARABIC_LETTERS, DIGITS, Tokens

_DASHES = frozenset("-–—±/")
_UNIT_TOKENS = 6  # ض.ق.م. has as many
_BEFORE_NUMBER = frozenset("،؛,;:-–•*")

_ARABIC_LETTER = re.compile(rf"[{ARABIC_LETTERS}]\W*")
_LATIN_LETTER = re.compile(r"[A-Za-z]")
_ENUMERATOR = re.compile(rf"[{DIGITS}]{{1,3}}|[{ARABIC_LETTERS}A-Za-z]")
ASCII_WORD = re.compile(r"[A-Za-z0-9]")


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
    numbers = _ENUMERATOR.fullmatch(before) or fold(before) in ORDINALS
    if numbers and _numbers_an_item(tokens, stop, counted):
        return False
    if close and stop.end == stop.start + 1 and _joins(tokens, stop):
        return False
    if _is_unit(words, stop.start - 1):
        return not _goes_on(words, stop.end)
    return not is_abbreviation(tokens, stop.start - 1, following) or opens_a_sentence(following)


def ends_in_brackets(tokens: Tokens, stop: Stop) -> bool:
    """Whether a full stop before a closing bracket ends the sentence around the brackets, too.

    It does in (وكان غاضبا.) ثم عاد, it does not in (طوله 1.80 م.) وتطلب.
    """
    before = tokens.words[stop.start - 1]
    shortened = before[-1].isdigit() or _is_letter(before) or _is_unit(tokens.words, stop.start - 1)
    return not shortened and opens_a_sentence(tokens.words[stop.end])


def _is_unit(words: tuple[str, ...], index: int) -> bool:
    """Whether the word at `index` ends what a number before it counts: 30 كم, 20.30 ت.غ."""
    unit = index
    while (
        unit > max(1, index - _UNIT_TOKENS)
        and words[unit - 1] == "."
        and _is_letter(words[unit - 2])
    ):
        unit -= 2
    counts = unit > 0 and words[unit - 1][-1].isdigit()
    return counts and (unit < index or fold(words[index]) in UNITS)


def _goes_on(words: tuple[str, ...], index: int) -> bool:
    """Whether no sentence begins at `index`, behind a unit, but a phrase or the next item."""
    dotted = words[index + 1 : index + 2] == (".",)
    if dotted and (words[index].isdigit() or _is_letter(words[index])):  # 20 ن. 2. النجم
        return True
    return words[index] in _DASHES or is_phrase(words, index, after_unit=True)


def _numbers_an_item(tokens: Tokens, stop: Stop, counted: int) -> bool:
    """Whether the number or letter before the stop numbers what follows: `1. `, `، 2. `."""
    words, number = tokens.words, stop.start - 1
    if counted == 1:  # "1. ", "أ. "
        return True
    if words[number - 1] == "." and (words[number].isdigit() or words[number - 2].isdigit()):
        return True  # 20 ن. 2. — المادة 2. أ.
    if opens_a_sentence(words[stop.end]):
        return False
    if counted == 2 and fold(words[number - 1]) in ITEMS:  # المادة 1. يسري هذا القانون
        return True
    return words[number - 1] in _BEFORE_NUMBER and tokens.starts[number] > tokens.ends[number - 1]


def _joins(tokens: Tokens, stop: Stop) -> bool:
    """Whether a full stop with no space on either side is part of a name or abbreviation."""
    before, following = tokens.words[stop.start - 1], tokens.words[stop.end]
    if ASCII_WORD.match(before[-1]) and ASCII_WORD.match(following):
        return True
    if fold(following) in SPOKEN_DOMAINS or {fold(before), fold(following)} <= LETTER_NAMES:
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
    if folded in LETTER_NAMES:  # بي. بي. سي., but neither بي بي سي. nor لا تثق بي. في الواقع
        spelled = "." in (before, *words[index + 3 : index + 4])
        goes_on = not spelled and fold(following) in ADVERBIALS
        return fold(before) not in LETTER_NAMES and not goes_on
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
    if folded in OPENERS and not word.endswith("ء"):  # هناء is a name
        return folded not in LETTER_NAMES
    return AND_IMPERFECTIVE.fullmatch(folded) is not None
