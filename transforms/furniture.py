"""The lexicon of site furniture: which lines are known not to belong to any article."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import NamedTuple

from schemas.removals import REMOVAL_REASONS
from transforms.folding import fold

_LEXICON = Path(__file__).with_name("furniture.txt")
# No phrase is longer, so of a long line no more needs folding.
_FOLDED_CHARACTERS = 200
_MAX_PREFIXED_WORDS = 25

# Lines of these kinds never end in a full stop; a sentence may begin like one.
_NEVER_SENTENCES = {"related", "timestamp", "tags"}


class Lexicon(NamedTuple):
    """Folded phrases and the reason each stands for: whole lines, and beginnings of lines."""

    lines: dict[str, str]
    beginnings: dict[str, str]


class Furniture(NamedTuple):
    """Why a line is furniture, and whether its wording alone is proof of that."""

    reason: str
    certain: bool


def furniture(text: str) -> Furniture | None:
    """What the lexicon knows of a line that reads `text`; `None` if it does not know it."""
    folded = fold(text[:_FOLDED_CHARACTERS])
    lexicon = load_lexicon()
    if len(text) < _FOLDED_CHARACTERS and folded in lexicon.lines:
        reason = lexicon.lines[folded]
        return Furniture(reason, " " in folded or reason == "advertisement")
    if len(text.split()) > _MAX_PREFIXED_WORDS:
        return None
    words = folded.split(" ")
    for count in range(1, len(words) + 1):
        reason = lexicon.beginnings.get(" ".join(words[:count]), "")
        if reason and not (reason in _NEVER_SENTENCES and text.rstrip().endswith(".")):
            return Furniture(reason, True)
    return None


@functools.cache
def load_lexicon() -> Lexicon:
    """The phrases of `furniture.txt`, folded.

    Raises:
        ValueError: a section names a reason that is not in `REMOVAL_REASONS`, or a phrase stands
            before the first section.
    """
    lexicon = Lexicon({}, {})
    reason = ""
    for number, line in enumerate(_LEXICON.read_text(encoding="utf-8").splitlines(), 1):
        entry = line.strip()
        if not entry or entry.startswith("#"):
            continue
        if entry.startswith("["):
            reason = entry.strip("[]")
            if reason not in REMOVAL_REASONS:
                raise ValueError(f"{_LEXICON.name}:{number}: unknown reason {reason!r}")
            continue
        if not reason:
            raise ValueError(f"{_LEXICON.name}:{number}: a phrase before the first [reason]")
        phrases = lexicon.beginnings if entry.endswith("…") else lexicon.lines
        phrases.setdefault(fold(entry), reason)
    return lexicon
