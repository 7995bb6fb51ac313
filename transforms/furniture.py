"""The lexicon of site furniture: which lines are known not to belong to any article."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from schemas.removals import REMOVAL_REASONS
from transforms.folding import fold
from transforms.site_words import menu_items

_LEXICON = Path(__file__).with_name("furniture.txt")
# No phrase is longer, so of a long line no more needs folding.
FOLDED_CHARACTERS = 200
_MAX_PREFIXED_WORDS = 25
# A plea may go on after its opening words; a sentence of an article does not open with them.
_MAX_PLEA_WORDS = 90
_PLEAS = {"cookies", "ad_blocker", "comments", "copyright", "subscription"}
_MAX_BEGINNING_WORDS = 8
_MAX_GAP_WORDS = 14
# Lines of these kinds never end in a full stop; a sentence may begin like one.
_NEVER_SENTENCES = {"related", "timestamp", "tags", "sharing", "navigation", "player"}
# A label glued to what it introduces: `مقالات ذات صلةوفاة …`. Shorter ones begin many words.
_GLUED_LABEL_CHARACTERS = 12

# What shows that one word is a label: `الوسوم: …`, `هاتف 01 234`, `شارك (12)`.
_NOT_A_WORD = re.compile(r"[:：/|(\d]")
_MORE = re.compile(r"(?:ال)?مزيد (?:من|في) ")
_ALTERNATIVES = re.compile(r"\{([^{}]*)\}")


class Phrase(NamedTuple):
    """What an entry of the lexicon stands for; `weak`: it could be a part of an article as well."""

    reason: str
    weak: bool


class Lexicon(NamedTuple):
    """Folded phrases: whole lines, beginnings of lines, and pairs of a beginning and an end.

    `first_words` are those of beginnings; `label_heads` the first letters of labels: a line with
    others need not be looked up.
    """

    lines: dict[str, Phrase]
    beginnings: dict[str, Phrase]
    gaps: dict[str, dict[str, Phrase]]
    first_words: set[str]
    label_heads: set[str]


class Furniture(NamedTuple):
    """Why a line is furniture, and whether its wording alone is proof of that.

    `is_label`: the line is nothing but the phrase, which may speak for the lines under it.
    """

    reason: str
    certain: bool
    is_label: bool = False


def furniture(text: str, folded: str | None = None) -> Furniture | None:
    """What the lexicon knows of a line that reads `text`; `None` if it does not know it.

    `folded`: the folded beginning of the line, if it is at hand.
    """
    if folded is None:
        folded = fold(text[:FOLDED_CHARACTERS])
    lexicon = load_lexicon()
    if len(text) < FOLDED_CHARACTERS and (phrase := lexicon.lines.get(folded)):
        certain = not phrase.weak and (" " in folded or phrase.reason == "advertisement")
        return Furniture(phrase.reason, certain, is_label=True)
    length = text.count(" ") + 1
    if length > _MAX_PLEA_WORDS:
        return None
    words = folded.split(" ")
    if _MORE.match(folded) and menu_items(" ".join(words[2:])):  # `المزيد من أخبار الرياضة`
        return Furniture("related", certain=True, is_label=True)
    if words[0] not in lexicon.first_words:
        return _glued_label(lexicon, text, folded)
    phrase = _opening(lexicon, text, words, length)
    if phrase is not None:
        return Furniture(phrase.reason, not phrase.weak)
    return _glued_label(lexicon, text, folded)


def _opening(lexicon: Lexicon, text: str, words: list[str], length: int) -> Phrase | None:
    """The phrase that a line of `length` words begins with, a sure one if there is any."""
    sentence = text.rstrip().endswith(".")
    weak: Phrase | None = None
    for count in range(1, min(len(words), _MAX_BEGINNING_WORDS) + 1):
        beginning = " ".join(words[:count])
        phrase = lexicon.beginnings.get(beginning)
        if phrase and count == 1 and not _is_label_mark(text, beginning):
            phrase = None  # `تصميم الرئيس على …`
        phrase = phrase or _ending(lexicon, beginning, words[count:])
        if phrase is None or (sentence and phrase.reason in _NEVER_SENTENCES):
            continue
        if length > (_MAX_PLEA_WORDS if phrase.reason in _PLEAS else _MAX_PREFIXED_WORDS):
            continue
        if not phrase.weak:
            return phrase
        weak = weak or phrase
    return weak


def _is_label_mark(text: str, word: str) -> bool:
    return _NOT_A_WORD.search(text[len(word) : len(word) + 6]) is not None


def _ending(lexicon: Lexicon, beginning: str, rest: list[str]) -> Phrase | None:
    endings = lexicon.gaps.get(beginning)
    if not endings or len(rest) > _MAX_GAP_WORDS:
        return None
    for start in range(len(rest)):
        if phrase := endings.get(" ".join(rest[start:])):
            return phrase
    return None


def _glued_label(lexicon: Lexicon, text: str, folded: str) -> Furniture | None:
    """`مقالات ذات صلة` at the head of a line, without a space before what follows."""
    if folded[:2] not in lexicon.label_heads or text.endswith("."):
        return None
    for match in re.finditer(" ", folded[:40]):
        end = folded.find(" ", match.end())
        for stop in range(match.end() + 2, end if end > 0 else len(folded)):
            phrase = lexicon.lines.get(folded[:stop])
            if phrase and phrase.reason == "related" and stop >= _GLUED_LABEL_CHARACTERS:
                return Furniture("related", len(text.split()) <= _MAX_PREFIXED_WORDS)
    return None


@functools.cache
def load_lexicon() -> Lexicon:
    """The phrases of `furniture.txt`, folded.

    Raises:
        ValueError: a section names a reason that is not in `REMOVAL_REASONS`, or a phrase stands
            before the first section.
    """
    lexicon = Lexicon({}, {}, {}, set(), set())
    for reason, entry in entries():
        weak = entry.startswith("?")
        phrase = Phrase(reason, weak)
        for wording in alternatives(entry.lstrip("? ")):
            before, ellipsis, after = wording.partition("…")
            begin, end = fold(before), fold(after) if after else ""
            if not begin:
                raise ValueError(f"{_LEXICON.name}: no letters in {wording!r} of {entry!r}")
            if end:
                lexicon.gaps.setdefault(begin, {}).setdefault(end, phrase)
            else:
                phrases = lexicon.beginnings if ellipsis else lexicon.lines
                phrases.setdefault(begin, phrase)
            if ellipsis:
                lexicon.first_words.add(begin.split(" ")[0])
            elif reason == "related":
                lexicon.label_heads.add(begin[:2])
    return lexicon


def entries() -> Iterator[tuple[str, str]]:
    """Each entry of `furniture.txt` as it stands there, behind the reason of its section.

    Raises:
        ValueError: as `load_lexicon`.
    """
    reason = ""
    for number, line in enumerate(_LEXICON.read_text(encoding="utf-8").splitlines(), 1):
        entry = line.strip()
        if not entry or entry.startswith("#"):
            continue
        if entry.startswith("["):
            reason = entry.strip("[]")
            if reason not in REMOVAL_REASONS:
                raise ValueError(f"{_LEXICON.name}:{number}: unknown reason {reason!r}")
        elif not reason:
            raise ValueError(f"{_LEXICON.name}:{number}: a phrase before the first [reason]")
        else:
            yield reason, entry


def alternatives(entry: str) -> Iterator[str]:
    """All wordings of an entry: `{شارك|انشر} {|هذا }الخبر` has four."""
    match = _ALTERNATIVES.search(entry)
    if match is None:
        yield entry
        return
    for choice in match[1].split("|"):
        yield from alternatives(entry[: match.start()] + choice + entry[match.end() :])
