"""Where sentences end: the rules for stops in Arabic news as it is typed.

Arabic has no capitals, so what follows a stop says little; what stands before it, and how the two
touch, decides. A tagger trained on treebank units would learn paragraphs, hence rules.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from schemas.records import SplitReason
from transforms.break_words import (
    LATIN_ABBREVIATIONS,
    LETTER_NAMES,
    LETTERED,
    OPENERS,
    PREFIXES,
    REPORTS,
    SPOKEN_DOMAINS,
    TITLES,
)
from transforms.folding import fold
from transforms.tokens import ARABIC_LETTERS, DIGITS, Tokens

_STOPS = frozenset(".!?؟…۔")
_DOTS = frozenset(".…")
_QUOTES = frozenset('"“”„«»')
_SINGLE_QUOTES = frozenset("'’‘")
_BRACKETS = frozenset(")]}")
# After one of these the sentence goes on, whatever stood before.
_CONTINUES = frozenset("،؛,;:)]}/%")

_ARABIC_LETTER = re.compile(rf"[{ARABIC_LETTERS}]\W*")
_LATIN_LETTER = re.compile(r"[A-Za-z]")
_ENUMERATOR = re.compile(rf"[{DIGITS}]{{1,3}}|[{ARABIC_LETTERS}A-Za-z]")
_ASCII_WORD = re.compile(r"[A-Za-z0-9]")

# A shorter quotation that ends in ؟ or ! or … may be a name within the sentence: فيلم «ماذا لو؟».
_QUOTED_SENTENCE_TOKENS = 7
# After fewer words, `..` is a pause: نعم.. هذا صحيح
_ELLIPSIS_WORDS = 6


class Break(NamedTuple):
    """A sentence ends before the token numbered `end`, because of `reason`."""

    end: int
    reason: SplitReason


class _Stop(NamedTuple):
    """Stops with the marks that close behind them: tokens `[start, end)`."""

    start: int
    end: int
    reason: SplitReason
    quoted: int | None  # tokens in the quotation that it closes


def sentence_breaks(tokens: Tokens, running_text: bool = True) -> Iterator[Break]:
    """The ends of the sentences of one block, the last of them at its last token.

    Args:
        tokens: the tokens of the whole block, at least one.
        running_text: false for titles and headings, whose `..` parts nothing.
    """
    words = tokens.words
    counted = index = 0
    opened: int | None = None
    found: Break | None = None  # held back: what follows may be no sentence
    while index < len(words):
        word = words[index]
        if word[0] not in _STOPS:
            counted += word[0].isalnum()
            if word in _QUOTES:
                opened = index if opened is None else None
            index += 1
            continue
        stop, opened = _read_stop(tokens, index, opened)
        index = stop.end
        if counted and (stop.end == len(words) or _ends(tokens, stop, counted, running_text)):
            if found:
                yield found
            found, counted = Break(stop.end, stop.reason), 0
    if found and not counted:
        yield Break(len(words), found.reason)
        return
    if found:
        yield found
    yield Break(len(words), "block_end")


def _read_stop(tokens: Tokens, start: int, opened: int | None) -> tuple[_Stop, int | None]:
    """The stop at `start` with all that belongs to it, and whether a quotation is open behind it.

    `opened` is the token that opened the quotation around the stop. A quotation mark is taken for
    a closing one by count, not by shape: shapes are often the wrong way round.
    """
    words = tokens.words
    stops, count = set(words[start]), len(words[start])
    quoted: int | None = None
    end = start + 1
    while end < len(words):
        word, gap = words[end], tokens.starts[end] - tokens.ends[end - 1]
        spaced_dots = gap == 1 and stops | set(word) <= _DOTS
        if word[0] in _STOPS and (gap == 0 or spaced_dots):
            stops |= set(word)
            count += len(word)
        elif word in _QUOTES and _closes(tokens, end, gap, opened is not None):
            if opened is not None:
                quoted, opened = start - opened - 1, None
        elif gap or not (word[0] in _BRACKETS or word in _SINGLE_QUOTES):
            break
        end += 1
    return _Stop(start, end, _reason(stops, count), quoted), opened


def _closes(tokens: Tokens, index: int, gap: int, is_open: bool) -> bool:
    """Whether the quotation mark at `index`, `gap` characters behind a stop, closes something."""
    last = index + 1 == len(tokens.words)
    apart = last or tokens.starts[index + 1] > tokens.ends[index]
    if is_open:
        return gap == 0 or (gap == 1 and apart)
    return gap == 0 and (apart or tokens.words[index + 1][0] in _STOPS | _CONTINUES)


def _reason(stops: set[str], count: int) -> SplitReason:
    if stops & {"؟", "?"}:
        return "question"
    if "!" in stops:
        return "exclamation"
    return "ellipsis" if "…" in stops or count > 1 else "full_stop"


def _ends(tokens: Tokens, stop: _Stop, counted: int, running_text: bool) -> bool:
    """Whether a stop that something follows ends a sentence of `counted` words so far."""
    words = tokens.words
    following = words[stop.end]
    if following[0] in _CONTINUES:
        return False
    touches = tokens.starts[stop.end] == tokens.ends[stop.end - 1]
    named = stop.quoted is not None and stop.quoted < _QUOTED_SENTENCE_TOKENS
    if named and stop.reason != "full_stop":
        return fold(following) in REPORTS
    if stop.reason == "ellipsis":
        if not running_text or words[stop.start - 1] in ("(", "["):  # (…) leaves something out
            return False
        return counted >= _ELLIPSIS_WORDS or fold(following) in REPORTS
    if stop.reason in ("question", "exclamation"):
        return _question_ends(tokens, stop, touches)
    return _full_stop_ends(tokens, stop, counted, touches)


def _question_ends(tokens: Tokens, stop: _Stop, touches: bool) -> bool:
    words = tokens.words
    before, following = words[stop.start - 1], words[stop.end]
    if before in ("(", "["):  # (!) is a remark on a word
        return False
    return not (touches and _ASCII_WORD.match(following) and _ASCII_WORD.match(before[-1]))


def _full_stop_ends(tokens: Tokens, stop: _Stop, counted: int, touches: bool) -> bool:
    words = tokens.words
    before, following = words[stop.start - 1], words[stop.end]
    touched = tokens.starts[stop.start] == tokens.ends[stop.start - 1]
    if touches and not touched and following[0].isdigit():  # " .5"
        return False
    if not touched:
        return True
    if counted == 1 and _ENUMERATOR.fullmatch(before):  # "1. ", "أ. "
        return False
    if touches and stop.end == stop.start + 1 and _joins(tokens, stop):
        return False
    if _is_abbreviation(tokens, stop.start - 1, following):
        return fold(following) in OPENERS - LETTER_NAMES
    return True


def _joins(tokens: Tokens, stop: _Stop) -> bool:
    """Whether a full stop with no space on either side is part of a name or abbreviation."""
    before, following = tokens.words[stop.start - 1], tokens.words[stop.end]
    if _ASCII_WORD.match(before[-1]) and _ASCII_WORD.match(following):
        return True
    if fold(following) in SPOKEN_DOMAINS:
        return True
    return _ARABIC_LETTER.fullmatch(following) is not None and (
        stop.end + 1 == len(tokens.words)
        or tokens.words[stop.end + 1][0] in ".)"
        or before[-1].isdigit()
    )


def _is_abbreviation(tokens: Tokens, index: int, following: str) -> bool:
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
