"""Arabic in a terminal, whatever that knows of writing from right to left.

Terminals that reorder bidirectional text (GNOME Terminal, Konsole, mlterm …) do so by lines, from
left to right unless told otherwise: spaces that pad a column, a Latin name or a number next to a
column's edge would jump. So each field stands between isolates (U+2067 … U+2069), which are as wide
as nothing, and a mark keeps the spaces at a line's end where they are. Terminals that do not
reorder show the same columns, mirrored. A file or a pipe gets no marks.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass

from wcwidth import wcswidth

_ISOLATE, _END, _MARK = "\u2067", "\u2069", "\u200f"
_ELLIPSIS = "…"
# What could move the cursor, or turn the text around: no article may do that.
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]+")
_NARROWEST = 60


@dataclass(frozen=True, slots=True)
class Style:
    """How to write: `width` is in columns."""

    width: int
    isolating: bool
    coloured: bool

    def right_to_left(self, text: str) -> str:
        """A field of Arabic that nothing beside it can move."""
        return f"{_ISOLATE}{text}{_MARK}{_END}" if self.isolating else text

    def coloured_in(self, code: str, text: str) -> str:
        """The text in a colour: `code` is ANSI's, as `1;34`."""
        return f"\x1b[{code}m{text}\x1b[0m" if self.coloured else text


def terminal_style(colour: str = "auto", isolates: str = "auto", to_file: bool = False) -> Style:
    """The style for standard output.

    Args:
        colour: always, never, or auto: in a terminal, unless NO_COLOR is set.
        isolates: always, never, or auto: in a terminal.
        to_file: whether the output goes to a file instead.
    """
    terminal = sys.stdout.isatty() and not to_file
    decided = {"always": True, "never": False}
    return Style(
        width=max(_NARROWEST, shutil.get_terminal_size((120, 24)).columns),
        isolating=decided.get(isolates, terminal),
        coloured=decided.get(colour, terminal and not os.environ.get("NO_COLOR")),
    )


def safe(text: str) -> str:
    """The text without characters that control a terminal or the direction of writing."""
    return _CONTROLS.sub(" ", text)


def columns(text: str) -> int:
    """How many columns a text takes; diacritics take none."""
    return max(wcswidth(text), 0)


def end_of(text: str, width: int) -> str:
    """The last words of a text, in `width` columns: filled up with spaces before them."""
    words = text.split()
    shown = " ".join(words)
    while columns(shown) > width and words:
        words = words[1:]
        shown = " ".join([_ELLIPSIS, *words])
    return " " * (width - columns(shown)) + shown


def start_of(text: str, width: int) -> str:
    """The first words of a text, in `width` columns: filled up with spaces after them."""
    words = text.split()
    shown = " ".join(words)
    while columns(shown) > width and words:
        words = words[:-1]
        shown = " ".join([*words, _ELLIPSIS])
    return shown + " " * (width - columns(shown))


def wrapped(words: list[tuple[str, str]], width: int) -> Iterator[str]:
    """Words in lines of at most `width` columns.

    Args:
        words: each as it is measured, and as it is written.
        width: of a line; a longer word has one for itself.
    """
    line: list[str] = []
    used = 0
    for measured, written in words:
        wide = columns(measured)
        if line and used + 1 + wide > width:
            yield " ".join(line)
            line, used = [], 0
        used += wide + (1 if line else 0)
        line.append(written)
    if line:
        yield " ".join(line)
