"""Decoded source in, clean text out, with the source stretch behind every clean character.

What a linguist needs stays: letters with their hamzas, diacritics, punctuation, quotation marks,
digits of both sets. What only fonts, keyboards and web pages need goes: presentation forms,
tatweel, invisible characters, escapes, odd white space.

One line is rewritten again and again by two regular expressions of "dirty" stretches until
neither changes anything, so normalising twice is the same as normalising once.
"""

from __future__ import annotations

import html
import itertools
import re
import unicodedata
from array import array
from collections.abc import Callable
from html.entities import html5
from typing import NamedTuple

import numpy as np

from transforms.tokens import ARABIC_LETTERS, ARABIC_MARKS

# An escape of an escape of an escape … is an attack, not an article: after this many rounds the
# ampersands that are left go, and nothing can be unescaped any more.
MAX_ROUNDS = 6
# Far above what a vocalised letter carries, and short enough for Unicode's reordering of marks,
# which takes time quadratic in their number.
MAX_MARKS = 8

# CR, LF, VT, FF, NEL, LINE SEPARATOR and PARAGRAPH SEPARATOR end a line.
_LINE = re.compile(r"[^\n\r\x0b\x0c\x85\u2028\u2029]+")

# Controls that are not white space, soft hyphen, joiners, direction marks, variation selectors,
# byte-order mark, the place of an embedded object, surrogates, private use, non-characters.
# The Arabic number signs (U+0600–0605) and the end of a verse (U+06DD) are visible, so they stay.
_INVISIBLE = (
    r"\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    r"\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufdd0-\ufdef\ufe00-\ufe0f\ufeff\uffa0"
    r"\ufff0-\ufffc\ufffe\uffff\ud800-\udfff\ue000-\uf8ff\U0001bca0-\U0001bca3"
    r"\U000e0000-\U000e0fff\U000f0000-\U0010ffff"
)
_PRESENTATION_FORMS = r"\ufb50-\ufdcf\ufdf0-\ufdff\ufe70-\ufefc"

# Letters of Persian and Urdu keyboards that stand in Arabic words for the letter of the same
# shape. Letters with a sound of their own (پ چ ژ گ ڤ) and the wasla of ٱ stay.
LOOK_ALIKES = {
    "\u06a9": "ك",  # keheh
    "\u06aa": "ك",  # swash kaf
    "\u06cc": "ي",  # Farsi yeh
    "\u06d2": "ي",  # yeh barree
    "\u06be": "ه",  # heh doachashmee
    "\u06c1": "ه",  # heh goal
    "\u06d5": "ه",  # ae
    "\u06c3": "ة",  # teh marbuta goal
}

_SPELLING = re.compile(
    rf"""
      (?P<escape>&(?:\#[0-9]{{1,7}}|\#[xX][0-9A-Fa-f]{{1,6}}|[A-Za-z][A-Za-z0-9]{{1,31}});)
    | (?P<invisible>[{_INVISIBLE}]+)
    | [{_PRESENTATION_FORMS}{"".join(LOOK_ALIKES)}]
    """,
    re.VERBOSE,
)
_ODD_SPACE = r"\t-\r\x1c-\x1f\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
_MARKS_AND_SPACE = re.compile(
    rf"""
      [{_ODD_SPACE}]\s* | [ ](?:\s+|\Z) | \A[ ]                              # white space
    | \u0640+                                                               # tatweel
    | (?<![{ARABIC_LETTERS}{ARABIC_MARKS}\u0640])[{ARABIC_MARKS}]+          # marks on nothing
    | [{ARABIC_LETTERS}][{ARABIC_MARKS}]*[\u0653-\u0655][{ARABIC_MARKS}]*   # hamza to compose
    | ([{ARABIC_MARKS}])\1+                                                 # the same mark again
    | (?<=[{ARABIC_MARKS}]{{{MAX_MARKS}}})[{ARABIC_MARKS}]+                 # too many marks
    | [^\W_{ARABIC_LETTERS}][\u0300-\u036f]+                                 # é in two characters
    """,
    re.VERBOSE,
)
_AMPERSAND = re.compile("&")
# A line in which neither finds anything is clean: the two expressions above need not look at it.
_RARE = re.compile(
    rf"[&{_INVISIBLE}{_PRESENTATION_FORMS}{''.join(LOOK_ALIKES)}{_ODD_SPACE}\u0640\u0300-\u036f"
    r"\u0653-\u0655]"
)
_MISPLACED = re.compile(
    rf"""
    [ {ARABIC_MARKS}](?:
      (?<!..) | (?<=[ ])(?=[ ]|\Z)                                    # space at an end, two spaces
    | (?<=[{ARABIC_MARKS}])(?<![{ARABIC_LETTERS}{ARABIC_MARKS}].)     # a mark on nothing
    | (?<=([{ARABIC_MARKS}]))\1 | (?<=[{ARABIC_MARKS}]{{{MAX_MARKS}}})[{ARABIC_MARKS}]
    )""",
    re.VERBOSE | re.DOTALL,
)
_ARABIC_CHARACTER = re.compile(rf"[{ARABIC_LETTERS}{ARABIC_MARKS}]")
_REPEATED = re.compile(r"(.)\1+")


class Normalised(NamedTuple):
    """Clean text and, for each of its characters, the half-open source stretch behind it."""

    text: str
    starts: array[int]
    ends: array[int]


class Line(NamedTuple):
    """A source line `[start, end)` that has something to see, and its normalised text."""

    start: int
    end: int
    normalised: Normalised


def normalise_lines(source: str) -> list[Line]:
    """The lines of `source` that are not empty once normalised; offsets count in `source`."""
    lines = []
    for match in _LINE.finditer(source):
        stripped = match.group().strip()
        start = match.start() + match.group().find(stripped)
        normalised = normalise(stripped, start)
        if normalised.text:
            lines.append(Line(start, start + len(stripped), normalised))
    return lines


def normalise(text: str, offset: int = 0) -> Normalised:
    """One line as a linguist wants it; line ends inside it count as white space.

    Args:
        text: any characters at all, lone surrogates included.
        offset: added to all source offsets: where `text` begins in the source.

    Returns:
        Clean text without white space at its ends. Characters that did not change map to
        themselves; those that were made from a stretch all map to the whole stretch.
    """
    result = _identity(text, offset)
    if not _RARE.search(text) and not _MISPLACED.search(text):
        return result
    for attempt in itertools.count(1):
        before = result.text
        result = _rewrite(_MARKS_AND_SPACE, _mark_or_space, _rewrite(_SPELLING, _letter, result))
        if result.text == before:
            break
        if attempt == MAX_ROUNDS:
            result = _rewrite(_AMPERSAND, lambda match: "", result)
    return result


def _identity(text: str, offset: int) -> Normalised:
    end = offset + len(text)
    numbers = np.arange(offset, end + 1, dtype=np.intc)
    return Normalised(text, array("i", numbers[:-1].tobytes()), array("i", numbers[1:].tobytes()))


def _rewrite(
    pattern: re.Pattern[str], replacement: Callable[[re.Match[str]], str], given: Normalised
) -> Normalised:
    """`pattern.sub(replacement, text)` that carries the alignment along."""
    text, starts, ends = given
    parts: list[str] = []
    new_starts, new_ends = array("i"), array("i")
    copied = 0
    for match in pattern.finditer(text):
        new = replacement(match)
        if new == match.group():
            continue
        begin, end, new = _changed_stretch(match.start(), match.group(), new)
        parts += (text[copied:begin], new)
        new_starts += starts[copied:begin]
        new_ends += ends[copied:begin]
        if new:
            new_starts.extend([starts[begin]] * len(new))
            new_ends.extend([ends[end - 1]] * len(new))
        copied = end
    if not parts:
        return given
    parts.append(text[copied:])
    return Normalised("".join(parts), new_starts + starts[copied:], new_ends + ends[copied:])


def _changed_stretch(start: int, old: str, new: str) -> tuple[int, int, str]:
    """Where `old`, which begins at `start`, really differs from `new`, and what stands there."""
    shorter = min(len(old), len(new))
    before = 0
    while before < shorter and old[before] == new[before]:
        before += 1
    after = 0
    while after < shorter - before and old[-1 - after] == new[-1 - after]:
        after += 1
    if before + after == len(old):  # something is new and nothing went: it needs a source
        return start, start + len(old), new
    return start + before, start + len(old) - after, new[before : len(new) - after]


def _letter(match: re.Match[str]) -> str:
    """Replaces an escape, invisible characters, or one letter of a font or a foreign keyboard."""
    old = match.group()
    if match.lastgroup == "invisible":
        return ""
    if match.lastgroup == "escape":
        return html.unescape(old) if old[1] == "#" else html5.get(old[1:], old)
    if old in LOOK_ALIKES:
        return LOOK_ALIKES[old]
    new = unicodedata.normalize("NFKC", old)
    if new[0] == " " and unicodedata.combining(new[1]):
        return new[1:]  # Unicode puts a mark that stands alone on a space; ours has its letter
    return new


def _mark_or_space(match: re.Match[str]) -> str:
    """Replaces white space, tatweel, or marks with their letter."""
    old, text = match.group(), match.string
    if old[0].isspace():
        return "" if match.start() == 0 or match.end() == len(text) else " "
    if old[0] == "\u0640":
        beside = text[match.start() - 1 : match.start()] + text[match.end() : match.end() + 1]
        # News sites type it for a dash: `الرياض ـ واس`, `2014ـ2015`.
        return "" if _ARABIC_CHARACTER.search(beside) else "-"
    letter, marks = (old[0], old[1:]) if old[0].isalnum() else ("", old)
    if match.lastindex:
        return old[0]
    if not letter:
        return ""
    marks = _REPEATED.sub(r"\1", marks)[:MAX_MARKS]
    return unicodedata.normalize("NFC", letter + marks)
