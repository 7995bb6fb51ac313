"""Menus and the voice of the site: lines made of section names, sentences about the site itself."""

from __future__ import annotations

import functools
import re

from transforms.folding import fold
from transforms.word_lists import word_list

_MAX_MENU_CHARACTERS = 250
_READ_CHARACTERS = 600
_MAX_SECTION_CHARACTERS = 25
_MENU_SECTIONS = 4
_MENU_SHARE = 0.6
_PROCLITICS = ("و", "ف", "ب", "ل")
_BREADCRUMB = re.compile(r"\s*[»›>«‹<|/\\→←•·]+\s*|\s+[-–—]\s+")

_QUOTED = re.compile("«[^«»]*»")  # else `« غير شرعي »` is a path of arrows
_SPACED_ARROW = re.compile(r" [»›>«‹←→] ")
_ARROW = re.compile(r"[»›>«‹<|/\\→←]")
_HOME = frozenset(
    map(fold, ("الرئيسية", "الصفحة الرئيسية", "home", "صفحة البداية", "أخبار", "الأخبار"))
)


def menu_items(folded: str) -> int:
    """How many section names a folded line consists of, glued or not; 0 if it holds anything else.

    `عالميمحلي` has two, `أخبار العالم` one.
    """
    letters = folded.replace(" ", "")
    sections = _sections()
    longest = _longest_section()
    if not any(letters[:length] in sections for length in range(2, longest + 1)):
        return 0
    fewest: list[int | None] = [0]
    for end in range(1, len(letters) + 1):
        counts = [
            count + 1
            for start in range(max(0, end - longest), end)
            if (count := fewest[start]) is not None and letters[start:end] in sections
        ]
        fewest.append(min(counts, default=None))
        if end >= longest and not any(count is not None for count in fewest[-longest:]):
            return 0
    return fewest[-1] or 0


def leading_section(text: str) -> int:
    """The length of a section's name glued to what it stands above: 3 of `مصر"التموين": …`."""
    for mark in ('"', "«", "“", "ال"):
        end = text.find(mark, 1)
        glued = 0 < end <= _MAX_SECTION_CHARACTERS and not text[end - 1].isspace()
        if glued and menu_items(fold(text[:end])) == 1:
            return end
    return 0


def is_menu(text: str) -> bool:
    """Whether most of a line without any sentence are names of sections, at least four of them."""
    words = fold(text).split(" ")
    sections = _sections()
    known = places = 0
    start = 0
    while start < len(words):
        length = next((n for n in (3, 2, 1) if "".join(words[start : start + n]) in sections), 0)
        known += length > 0
        places += length
        start += max(length, 1)
    return known >= _MENU_SECTIONS and places >= _MENU_SHARE * len(words)


def is_breadcrumb(text: str) -> bool:
    """Whether `text` is a path that begins with a section: `الرئيسية » محليات » أزمة مياه`.

    What begins with the word for the home page is a path or a menu, glued to the next or not.
    """
    if text.startswith(("الرئيسية", "الصفحة الرئيسية", "أنت هنا", "انت هنا", "أنت الآن في")):
        return True
    text = _QUOTED.sub("", text)
    if len(text) > _MAX_MENU_CHARACTERS or not _BREADCRUMB.search(text):
        return False
    parts = [part for part in _BREADCRUMB.split(text) if part]
    if len(parts) < 2:
        return False
    sections = _sections()
    known = [fold(part).replace(" ", "") in sections for part in parts]
    if len(_SPACED_ARROW.findall(text)) >= 2:
        return True
    from_home = fold(parts[0]) in _HOME and _ARROW.search(text) is not None
    return from_home or sum(known) >= max(2, len(parts) - 1)


def breadcrumb_end(text: str) -> str:
    """The last part of a path, folded: often the title once more."""
    return fold(_BREADCRUMB.split(text)[-1])


def site_phrases(text: str) -> int:
    """In how many ways `text` speaks of the site or to its readers."""
    phrases = _site_phrases()
    words = fold(text[:_READ_CHARACTERS]).split(" ")
    found = set()
    for start, word in enumerate(words):
        for opening in (word, word[1:]) if word[:1] in _PROCLITICS else (word,):
            for phrase in phrases.get(opening, ()):
                rest = phrase[1:]
                if tuple(words[start + 1 : start + 1 + len(rest)]) == rest:
                    found.add(phrase)
    return len(found)


@functools.cache
def _sections() -> frozenset[str]:
    return frozenset(fold(entry).replace(" ", "") for entry in word_list("sections.txt"))


@functools.cache
def _longest_section() -> int:
    return max(map(len, _sections()))


@functools.cache
def _site_phrases() -> dict[str, list[tuple[str, ...]]]:
    """The words of each phrase, by the first of them."""
    phrases: dict[str, list[tuple[str, ...]]] = {}
    for entry in sorted(set(map(fold, word_list("site_phrases.txt")))):
        words = tuple(entry.split(" "))
        phrases.setdefault(words[0], []).append(words)
    return phrases
