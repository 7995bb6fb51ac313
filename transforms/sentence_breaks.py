"""Where sentences end: the rules for stops in Arabic news as it is typed.

Arabic has no capitals, so what follows a stop says little; what stands before it, and how the two
touch, decides. A tagger trained on treebank units would learn paragraphs, hence rules.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import NamedTuple

from schemas.records import SplitReason
from transforms.break_words import ASKED, CONDITIONS, REPORTS, SPEECH
from transforms.folding import fold
from transforms.sentence_dots import (
    ASCII_WORD,
    ends_in_brackets,
    full_stop_ends,
    is_abbreviation,
    opens_a_sentence,
    touches,
)
from transforms.sentence_ellipsis import Stretch, ellipsis_ends
from transforms.sentence_quotes import is_announced, names_a_work
from transforms.sentence_stops import (
    CONTINUES,
    OPENING_BRACKETS,
    QUOTES,
    STOPS,
    Stop,
    closing_bracket,
    opened_after,
    read_stop,
)
from transforms.tokens import Tokens

# A mark that stands apart from a full stop begins a sentence that has lost its first word, as the
# name of a speaker: `شكرا لك. : على الرحب`.
_LOST_WORD = frozenset("،؛,;:")

# A shorter quotation that ends in ؟ or ! or … may be a name within the sentence: فيلم «ماذا لو؟».
_QUOTED_SENTENCE_TOKENS = 7


class Break(NamedTuple):
    """A sentence ends before the token numbered `end`, because of `reason`."""

    end: int
    reason: SplitReason


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
    is_word = [word[0].isalnum() for word in words]
    counted = list(itertools.accumulate(is_word, initial=0))  # words before each token
    first = part = 0  # tokens where the sentence, and what follows its last `..`, may begin
    read = 0  # what stands before this token belongs to a stop
    opened: int | None = None
    closing = 0  # the token that closes the bracket around what is read
    for index in [index for index, found in enumerate(is_word) if not found]:
        word = words[index]
        if index < read:
            continue
        if word in QUOTES:
            opened = opened_after(tokens, index, opened)
        elif word[0] in OPENING_BRACKETS and counted[index] > counted[first]:
            closing = max(closing, closing_bracket(words, index))
        elif word[0] in STOPS:
            stop, opened = read_stop(tokens, index, opened)
            read = stop.end
            if counted[index] == counted[first] or stop.end <= closing:
                continue
            first = is_word.index(True, first)
            part_words = counted[index] - counted[part]
            part = is_word.index(True, part) if part_words else part
            stretch = Stretch(first, counted[index] - counted[first], part, part_words)
            if stop.end == len(words) or _ends(tokens, stop, stretch, running_text):
                yield Break(stop.end, stop.reason)
                first = part = stop.end
            elif stop.reason == "ellipsis":
                part = stop.end


def _ends(tokens: Tokens, stop: Stop, stretch: Stretch, running_text: bool) -> bool:
    """Whether a stop that something follows ends the sentence."""
    following = tokens.words[stop.end]
    if not running_text and stop.reason != "full_stop":
        return False
    if following[0] in CONTINUES:
        return _has_lost_a_word(tokens, stop)
    if _repeats(tokens, stop) or _waits_for_a_verb(tokens, stop, stretch):
        return False
    if stop.bracket is not None and stop.bracket > stretch.first:
        return stop.reason == "full_stop" and ends_in_brackets(tokens, stop)
    if stop.reason == "full_stop":
        return full_stop_ends(tokens, stop, stretch.words)
    if stop.quoted == 1:  # قال: «لا!» بصوت عال
        return opens_a_sentence(following)
    if _closes_a_name(tokens, stop):
        return fold(following) in REPORTS or following in QUOTES
    if stop.reason == "ellipsis":
        return ellipsis_ends(tokens, stop, stretch)
    latin = ASCII_WORD.match(following) and ASCII_WORD.match(tokens.words[stop.start - 1][-1])
    return not (touches(tokens, stop) and latin)  # example.com?page


def _has_lost_a_word(tokens: Tokens, stop: Stop) -> bool:
    """Whether the mark after the stop begins a sentence."""
    mark = tokens.words[stop.end]
    if touches(tokens, stop) or mark not in _LOST_WORD:
        return False
    if stop.reason == "full_stop":
        return not is_abbreviation(tokens, stop.start - 1, mark)
    return mark == ":" and stop.reason != "ellipsis"


def _repeats(tokens: Tokens, stop: Stop) -> bool:
    """Whether the same word stands alone on both sides of the stop: ارحل! ارحل!"""
    words, before = tokens.words, stop.start - 1
    if words[before] != words[stop.end]:
        return False
    return before == 0 or words[before - 1] in QUOTES or words[before - 1][0] in STOPS


def _waits_for_a_verb(tokens: Tokens, stop: Stop, stretch: Stretch) -> bool:
    """Whether the stop ends what was said, and who said it or what came of it follows.

    «لن نعود.» قال الوزير — عندما سألته: «لماذا؟» ضحك
    """
    words = tokens.words
    following = words[stop.end]
    if stop.reason == "question" and fold(following) in ASKED:  # ماذا تريد؟ تسأله الصحفية
        return True
    if stop.quoted is None:
        return False
    opened = stop.start - stop.quoted - 1
    if stretch.first < opened and fold(words[stretch.first]) in CONDITIONS:
        nominal = words[stretch.first + 1].startswith("ال")  # إن الوزير
        return not (nominal or following.startswith("و") or opens_a_sentence(following))
    return fold(following) in SPEECH and not is_announced(words, opened)


def _closes_a_name(tokens: Tokens, stop: Stop) -> bool:
    """Whether the stop ends a name, or a quotation that is part of a clause: فيلم «ماذا لو؟»."""
    if stop.quoted is None:
        return False
    opened = stop.start - stop.quoted - 1
    if names_a_work(tokens.words, opened):
        return True
    return stop.quoted < _QUOTED_SENTENCE_TOKENS and not is_announced(tokens.words, opened)
