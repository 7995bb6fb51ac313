"""Where sentences end: the rules for stops in Arabic news as it is typed.

Arabic has no capitals, so what follows a stop says little; what stands before it, and how the two
touch, decides. A tagger trained on treebank units would learn paragraphs, hence rules.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from schemas.records import SplitReason
from transforms.break_words import ADVERBIALS, ASKED, CONJUNCTIONS, OPENERS, REPORTS, SPEECH
from transforms.folding import fold
from transforms.sentence_dots import (
    ASCII_WORD,
    full_stop_ends,
    is_abbreviation,
    opens_a_sentence,
    touches,
)
from transforms.sentence_stops import CONTINUES, QUOTES, STOPS, Stop, read_stop
from transforms.tokens import Tokens

# A mark that stands apart from a full stop begins a sentence that has lost its first word, as the
# name of a speaker: `شكرا لك. : على الرحب`.
_LOST_WORD = frozenset("،؛,;:")

# A shorter quotation that ends in ؟ or ! or … may be a name within the sentence: فيلم «ماذا لو؟».
_QUOTED_SENTENCE_TOKENS = 7
# After so many words `..` ends a sentence; after fewer than the least it is a pause (نعم.. هذا
# صحيح); between the two it ends one if neither side is an adverbial (في كل صباح.. يقف هناك).
_ELLIPSIS_WORDS = 6
_ELLIPSIS_LEAST_WORDS = 3


class Break(NamedTuple):
    """A sentence ends before the token numbered `end`, because of `reason`."""

    end: int
    reason: SplitReason


class _Sentence(NamedTuple):
    """What stands between the last break and a stop."""

    first: int  # the token of its first word
    words: int  # how many there are
    part: int  # the token of the first word after the last `..` in it
    part_words: int  # how many there are after it


_NO_WORDS = _Sentence(0, 0, 0, 0)


def sentence_breaks(tokens: Tokens, running_text: bool = True) -> Iterator[Break]:
    """The ends of the sentences of one block, the last of them at its last token.

    Args:
        tokens: the tokens of the whole block, at least one.
        running_text: false for titles and headings, which only a full stop parts.
    """
    words = tokens.words
    last: Break | None = None
    for found in _stops_that_end(tokens, running_text):
        if last:
            yield last
        last = found
    if last and not any(word[0].isalnum() for word in words[last.end :]):
        yield Break(len(words), last.reason)
        return
    if last:
        yield last
    yield Break(len(words), "block_end")


def _stops_that_end(tokens: Tokens, running_text: bool) -> Iterator[Break]:
    """The ends of sentences at stops; after the last of them there may be no word."""
    words = tokens.words
    sentence = _NO_WORDS
    index = 0
    opened: int | None = None
    while index < len(words):
        word = words[index]
        if word[0] not in STOPS:
            if word[0].isalnum():
                sentence = _with_word(sentence, index)
            if word in QUOTES:
                opened = index if opened is None else None
            index += 1
            continue
        stop, opened = read_stop(tokens, index, opened)
        index = stop.end
        if not sentence.words:
            continue
        if stop.end == len(words) or _ends(tokens, stop, sentence, running_text):
            yield Break(stop.end, stop.reason)
            sentence = _NO_WORDS
        elif stop.reason == "ellipsis":
            sentence = sentence._replace(part_words=0)


def _with_word(sentence: _Sentence, index: int) -> _Sentence:
    first, words, part, part_words = sentence
    return _Sentence(
        first if words else index, words + 1, part if part_words else index, part_words + 1
    )


def _ends(tokens: Tokens, stop: Stop, sentence: _Sentence, running_text: bool) -> bool:
    """Whether a stop that something follows ends the sentence."""
    following = tokens.words[stop.end]
    if not running_text and stop.reason != "full_stop":
        return False
    if following[0] in CONTINUES:
        return _has_lost_a_word(tokens, stop)
    if stop.quoted is not None and fold(following) in SPEECH:  # «لن نعود.» قال الوزير
        return False
    if stop.reason == "question" and fold(following) in ASKED:  # ماذا تريد؟ تسأله الصحفية
        return False
    if tokens.words[stop.start - 1] in ("(", "["):  # (…) leaves something out, (!) is a remark
        return False
    if stop.bracket is not None and stop.bracket > sentence.first:  # (وقع أمس.) within a sentence
        return opens_a_sentence(following)
    if stop.reason != "full_stop" and _closes_a_name(tokens, stop):
        return fold(following) in REPORTS
    if stop.reason == "ellipsis":
        return _ellipsis_ends(tokens, stop, sentence)
    if stop.reason in ("question", "exclamation"):
        latin = ASCII_WORD.match(following) and ASCII_WORD.match(tokens.words[stop.start - 1][-1])
        return not (touches(tokens, stop) and latin)  # example.com?page
    return full_stop_ends(tokens, stop, sentence.words)


def _has_lost_a_word(tokens: Tokens, stop: Stop) -> bool:
    """Whether the mark after the stop begins a sentence."""
    mark = tokens.words[stop.end]
    if touches(tokens, stop) or mark not in _LOST_WORD:
        return False
    if stop.reason == "full_stop":
        return not is_abbreviation(tokens, stop.start - 1, mark)
    return mark == ":" and stop.reason != "ellipsis"


def _closes_a_name(tokens: Tokens, stop: Stop) -> bool:
    """Whether the stop ends a short quotation that no colon announces: فيلم «ماذا لو؟»."""
    if stop.quoted is None or stop.quoted >= _QUOTED_SENTENCE_TOKENS:
        return False
    opened = stop.start - stop.quoted - 1
    return opened == 0 or tokens.words[opened - 1] != ":"


def _ellipsis_ends(tokens: Tokens, stop: Stop, sentence: _Sentence) -> bool:
    words = tokens.words
    following = fold(words[stop.end])
    count = sentence.part_words if words[stop.start] == ".." else sentence.words
    if stop.inside is not None:
        count = min(count, stop.inside)
    if following in REPORTS:
        return True
    if fold(words[stop.start - 1]) in ADVERBIALS | CONJUNCTIONS:  # عشر دقائق ثم... بسم الله
        return False
    if count >= _ELLIPSIS_WORDS:
        return True
    start = sentence.part
    if ":" in words[start : stop.start]:  # المجموعة الأولى: مصر.. تونس
        start = stop.start - words[start : stop.start][::-1].index(":")
        count = min(count, sum(word[0].isalnum() for word in words[start : stop.start]))
    if fold(words[start]) in ADVERBIALS or following in ADVERBIALS:
        return False
    return count >= _ELLIPSIS_LEAST_WORDS - (following in OPENERS)
