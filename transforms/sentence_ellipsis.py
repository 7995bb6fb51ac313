"""`..` and `…`: whether they end a sentence, or are a pause within it."""

from __future__ import annotations

from typing import NamedTuple

from transforms.break_words import (
    ADVERBIALS,
    AND_IMPERFECTIVE,
    CONJUNCTIONS,
    OPENERS,
    QUESTIONS,
    REPORTS,
    VOCATIVES,
)
from transforms.folding import fold
from transforms.sentence_phrases import is_past_verb, is_phrase, opens_a_clause
from transforms.sentence_quotes import names_a_work, replaces_a_colon
from transforms.sentence_stops import OPENING_BRACKETS, Stop
from transforms.tokens import Tokens

# After so many words `..` ends a sentence; after fewer than the least it is a pause (نعم.. هذا
# صحيح); between the two it ends one if neither side is an adverbial (في كل صباح.. يقف هناك).
_WORDS = 6
_LEAST_WORDS = 3

_UNFINISHED = ADVERBIALS | CONJUNCTIONS
_NO_CLAUSE = ADVERBIALS | VOCATIVES
_AND_SO_ON = fold("إلخ")
_ALL = fold("كل")


class Stretch(NamedTuple):
    """What stands between the last break and a stop."""

    first: int  # the token of its first word
    words: int  # how many there are
    part: int  # the token of the first word after the last `..` in it
    part_words: int  # how many there are after it


def ellipsis_ends(tokens: Tokens, stop: Stop, stretch: Stretch) -> bool:
    """Whether an ellipsis that something follows ends the sentence."""
    words = tokens.words
    if stop.inside is not None and names_a_work(words, stop.start - stop.inside - 1):
        return False
    following = fold(words[stop.end])
    if following in REPORTS:
        return True
    if _is_pause(words, stop):
        return False
    count = stretch.part_words if words[stop.start] == ".." else stretch.words
    start = stretch.part
    if stop.inside is not None and stop.inside < stop.start - start:
        start, count = stop.start - stop.inside, min(count, stop.inside)
    if ":" in words[start : stop.start]:  # المجموعة الأولى: مصر.. تونس
        start = stop.start - words[start : stop.start][::-1].index(":")
        behind = sum(word[0].isalnum() for word in words[start : stop.start])
        count = min(count, behind) if behind < _LEAST_WORDS - 1 else count
    return count >= _WORDS or _few_words_end(words, stop, start, count)


def _few_words_end(words: tuple[str, ...], stop: Stop, start: int, count: int) -> bool:
    """Whether the `count` words from `start` to the ellipsis are a sentence."""
    following = fold(words[stop.end])
    opening = next((fold(word) for word in words[start : stop.start] if word[0].isalnum()), "")
    if opening in _NO_CLAUSE or (start > 1 and _echoes(words, start, words[start - 2])):
        return False
    if following in ADVERBIALS and not opens_a_clause(words, stop.end):
        return False
    if is_past_verb(opening) and (is_past_verb(following) or following in OPENERS):
        return True  # ركضت... وجدت الحافلة
    and_verb = following.startswith("و") and is_past_verb(following)
    clause = following in OPENERS or and_verb or AND_IMPERFECTIVE.fullmatch(following) is not None
    return count >= _LEAST_WORDS - (clause and following not in QUESTIONS)


def _is_pause(words: tuple[str, ...], stop: Stop) -> bool:
    """Whether the words right before and behind the ellipsis show that the clause goes on."""
    before = fold(words[stop.start - 1])
    if before in _UNFINISHED or fold(words[stop.end]) == _AND_SO_ON:  # عشر دقائق ثم... بسم الله
        return True
    if words[stop.start - 1] in OPENING_BRACKETS:  # (... وكان هناك)
        return True
    if replaces_a_colon(words, stop.start):
        return True
    return _echoes(words, stop.end, words[stop.start - 1]) or is_phrase(words, stop.end)


def _echoes(words: tuple[str, ...], index: int, said: str) -> bool:
    """Whether the words from `index` on repeat what was said: والناس.. كل الناس."""
    again = fold(words[index])
    if again == _ALL and index + 1 < len(words):
        again = fold(words[index + 1])
    return again != "" and fold(said) in (again, "و" + again)
