"""The words that names are made of: titles before them, and parts that do not stand alone."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache

from transforms.folding import fold, fold_words
from transforms.word_lists import word_list

# What these begin ends with the next word: عبد الله, أبو مازن, بن لادن.
_BINDING = (
    *("عبد", "أبو", "أبي", "أبا", "أم", "ابن", "بن", "بنت", "آل", "ذو"),
    *("دي", "دو", "دا", "دل", "فان", "فون", "لو"),
)
_BOUND = frozenset(map(fold, _BINDING))
_SHORTEST_NISBA = 6  # letters, the article with them: القطري
_WRITTEN_TOGETHER = frozenset(map(fold, ("عبد", "أبو")))
_ALLAH = fold("الله")


@lru_cache(maxsize=20_000)
def comparable(word: str) -> str:
    """A word in the spelling in which names are compared: punctuation stays as it is."""
    return "".join(fold_words(word)) or word


def name_key(name: str) -> tuple[str, ...]:
    """The words of a name for comparison, `عبد الله` and `عبدالله` as one word."""
    words: list[str] = []
    for word in map(comparable, name.split()):
        if words and words[-1] in _WRITTEN_TOGETHER:
            words[-1] += word
        else:
            words.append(word)
    return tuple(words)


def is_name_alone(words: Sequence[str]) -> bool:
    """Whether these words can be a whole name: no initial, no title, not the end of `عبد الله`."""
    if len(words) > 1:
        return True
    word = fold(words[0])
    return len(word) > 1 and not is_title(word) and word not in _BOUND and word != _ALLAH


def is_title(word: str) -> bool:
    """Whether a word is a title that may stand before a person's name: `الرئيس`, `د`."""
    return fold(word) in _titles()


@cache
def _titles() -> frozenset[str]:
    return frozenset(map(fold, word_list("titles.txt")))


def without_titles(name: str) -> str:
    """A person's name without the titles before it: `الرئيس الروسي بوتين` → `بوتين`.

    One word is left at least.
    """
    words = name.split(" ")
    start = 0
    while start < len(words) - 1 and is_title(words[start]):
        start += 1
    if 0 < start < len(words) - 1 and _is_of_a_country(fold(words[start])):
        start += 1
    return " ".join(words[start:])


def _is_of_a_country(word: str) -> bool:
    return word.startswith("ال") and word.endswith(("ي", "يه")) and len(word) >= _SHORTEST_NISBA


def last_name(words: Sequence[str]) -> tuple[str, ...]:
    """The end of a person's name by which it may be called: `بوتين`, `بن لادن`, `عبد الله`.

    Args:
        words: a name's words, one or more, in any spelling.
    """
    start = len(words) - 1
    while start > 0 and fold(words[start - 1]) in _BOUND:
        start -= 1
    return tuple(words[start:])
