"""A stop in a text with all the marks that belong to it: `؟!`, `..`, `."`, `...".`."""

from __future__ import annotations

import re
from typing import NamedTuple

from schemas.records import SplitReason
from transforms.tokens import Tokens

STOPS = frozenset(".!?؟…۔")
QUOTES = frozenset('"“”„«»')
# After one of these the sentence goes on, whatever stood before.
CONTINUES = frozenset("،؛,;:)]}/%")

_DOTS = frozenset(".…")
_SINGLE_QUOTES = frozenset("'’‘")
_BRACKETS = {")": "(", "]": "[", "}": "{"}
OPENING_BRACKETS = frozenset(_BRACKETS.values())
_BRACKET_REACH = 60  # tokens: how far back a bracket may have been opened
# In longer ones sentences end as elsewhere.
_REMARK_TOKENS = 25

# Faces, hands and hearts after a stop go with the sentence that they comment on.
_FEELING = re.compile(
    "[\U0001f440-\U0001f4af\U0001f600-\U0001f64f\U0001f900-\U0001f9ff\u2764\u263a\ufe0f\u200d]+"
)


class Stop(NamedTuple):
    """Stops with the marks that close behind them: tokens `[start, end)`."""

    start: int
    end: int
    reason: SplitReason
    quoted: int | None  # tokens in the quotation that it closes
    inside: int | None  # tokens before it in the quotation that is open around it
    bracket: int | None  # the token that opened the bracket that it closes


def read_stop(tokens: Tokens, start: int, opened: int | None) -> tuple[Stop, int | None]:
    """The stop at `start` with all that belongs to it, and whether a quotation is open behind it.

    `opened` is the token that opened the quotation around the stop. A quotation mark is taken for
    a closing one by its place, not by its shape: shapes are often the wrong way round.
    """
    words = tokens.words
    stops, count = set(words[start]), len(words[start])
    inside = None if opened is None else start - opened - 1
    quoted: int | None = None
    bracket: int | None = None
    end = start + 1
    while end < len(words):
        word, gap = words[end], tokens.starts[end] - tokens.ends[end - 1]
        if word[0] in STOPS and (gap == 0 or _apart_but_its_own(tokens, end, stops)):
            closed = quoted is not None or bracket is not None
            if closed and len(word) == 1:  # "وداعا...".
                stops, count, quoted, bracket = set(), 0, None, None
            stops |= set(word)
            count += len(word)
        elif word in QUOTES and _closes(tokens, end, gap, opened is not None):
            if opened is not None:
                quoted, opened = start - opened - 1, None
        elif gap == 0 and word[0] in _BRACKETS:
            bracket = _opening(words, start, _BRACKETS[word[0]])
        elif not (gap == 0 and word in _SINGLE_QUOTES) and not (
            gap <= 1 and _FEELING.fullmatch(word)
        ):
            break
        end += 1
    return Stop(start, end, _reason(stops, count), quoted, inside, bracket), opened


def opened_after(tokens: Tokens, index: int, opened: int | None) -> int | None:
    """The token that opened the quotation that is open behind the quotation mark at `index`.

    A mark that touches the word on one side alone opens or closes by that; else count decides.
    """
    words, starts, ends = tokens
    behind = index > 0 and ends[index - 1] == starts[index] and words[index - 1][0].isalnum()
    before = index + 1 < len(words) and starts[index + 1] == ends[index]
    before = before and words[index + 1][0].isalnum()
    opens = before if before != behind else opened is None
    return index if opens else None


def _apart_but_its_own(tokens: Tokens, index: int, stops: set[str]) -> bool:
    """Whether the dots at `index`, a space behind other stops, belong to them: `. .`, `؟! ..`."""
    word = tokens.words[index]
    if tokens.starts[index] - tokens.ends[index - 1] != 1 or not set(word) <= _DOTS:
        return False
    last = index + 1 == len(tokens.words)
    return stops <= _DOTS or last or tokens.starts[index + 1] > tokens.ends[index]


def _closes(tokens: Tokens, index: int, gap: int, is_open: bool) -> bool:
    """Whether the quotation mark at `index`, `gap` characters behind a stop, closes something."""
    last = index + 1 == len(tokens.words)
    apart = last or tokens.starts[index + 1] > tokens.ends[index]
    if is_open:
        return gap == 0 or (gap == 1 and apart)
    return gap == 0 and (apart or tokens.words[index + 1][0] in STOPS | CONTINUES)


def closing_bracket(words: tuple[str, ...], opening: int) -> int:
    """The token that closes the bracket at `opening` around a remark; 0 if none is near."""
    for index in range(opening + 1, min(len(words), opening + _REMARK_TOKENS)):
        if _BRACKETS.get(words[index][0]) == words[opening][0]:
            return index
    return 0


def _opening(words: tuple[str, ...], before: int, bracket: str) -> int | None:
    """The last token before `before` that opens with `bracket`, if it is not far."""
    for index in range(before - 1, max(-1, before - _BRACKET_REACH), -1):
        if words[index][0] == bracket:
            return index
    return None


def _reason(stops: set[str], count: int) -> SplitReason:
    if stops & {"؟", "?"}:
        return "question"
    if "!" in stops:
        return "exclamation"
    return "ellipsis" if "…" in stops or count > 1 else "full_stop"
