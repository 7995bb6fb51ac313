"""JSON lines, and JSON files of one object, of several, or of an array of them."""

from __future__ import annotations

import codecs
import io
import json
import re
from collections.abc import Callable, Iterator
from typing import TextIO, cast

from pipeline.decoding import byte_order_mark
from pipeline.records import (
    JSON,
    JSON_LINES,
    BrokenRecord,
    FileEncoding,
    Item,
    Record,
    Resume,
    Source,
    nothing_found,
)
from pipeline.text_files import open_text
from transforms.shards import RejectedArticleError

_CHUNK = 64 * 1024
# An error so near to the end of what was read may be nothing but that end: `tru`, `\\u06`.
_LONGEST_WORD = 16
_BETWEEN = re.compile(r"[\s,]*")


def read_json_lines(source: Source) -> Iterator[Item]:
    """One record a line that is not blank; its number counts all lines, as an editor does."""
    readline, encoding = _lines(source)
    can_resume = encoding is None and not source.packed
    offset, number = source.begin
    found = False
    limit = source.limit
    while line := readline(limit + 1):
        number += 1
        resume = Resume(offset, number - 1) if can_resume else None
        offset += len(line)
        if len(line) > limit and not line.endswith(b"\n"):
            while (rest := readline(_CHUNK)) and not rest.endswith(b"\n"):
                offset += len(rest)
            offset += len(rest)
            found = True
            yield BrokenRecord(number, "too_large", f"more than {limit} bytes", resume=resume)
            continue
        if number == 1:
            line = line.removeprefix(codecs.BOM_UTF8)
        if stripped := line.strip():
            found = True
            yield Record(number, stripped, JSON_LINES, encoding=encoding, resume=resume)
        else:
            source.budget.spend_record()
    if not found:
        yield nothing_found("line")


def _lines(source: Source) -> tuple[Callable[[int], bytes], FileEncoding | None]:
    """What reads the file's next line as UTF-8 or bytes to be detected, and the file's encoding.

    The line feeds of UTF-16 and UTF-32 are not single bytes: recoded before lines are cut.
    """
    file = cast(io.BufferedReader, source.file)
    mark, encoding = byte_order_mark(file.peek(4)[:4]) or (b"", None)
    if encoding in (None, "utf-8") or source.begin.offset > 0:
        return file.readline, None
    file.read(len(mark))
    text = io.TextIOWrapper(file, encoding=encoding, newline="\n")
    known = FileEncoding(str(encoding), "bom", 1.0, (f"bom: {encoding}",))
    return lambda size: text.readline(size).encode("utf-8", "surrogatepass"), known


def read_json(source: Source) -> Iterator[Item]:
    """One record a value; an outermost array is unfolded to its elements."""
    text, encoding = open_text(source)
    number = 0
    for value in _values(text, source.limit):
        number += 1
        yield Record(number, value.encode("utf-8", "surrogatepass"), JSON, encoding=encoding)
    if number == 0:
        yield nothing_found("object")


def _values(text: TextIO, limit: int) -> Iterator[str]:
    """Each value that stands in an outermost array or outside all of them, as it is written.

    Raises:
        RejectedArticleError: `broken_json` or `too_large`; what follows cannot be found again.
    """
    window, place, in_array = "", 0, False
    while True:
        place = cast(re.Match[str], _BETWEEN.match(window, place)).end()
        if window[place : place + 1] == ("]" if in_array else "["):
            in_array, place = not in_array, place + 1
            continue
        end, problem = _value_end(window, place, limit)
        # A value at the end of the window may go on after it; twice as much each time, so that a
        # long one is parsed anew only a few times.
        if problem or end == len(window):
            if more := text.read(max(_CHUNK, len(window) - place)):
                window, place = window[place:] + more, 0
                continue
            if place == len(window) and not in_array:
                return
            if problem:
                raise RejectedArticleError("broken_json", problem)
        yield window[place:end]
        place = end


def _value_end(window: str, place: int, limit: int) -> tuple[int, str]:
    """Where the value at `place` ends, or what is wrong with it; it may be whole with more text.

    Raises:
        RejectedArticleError: `broken_json`, whatever follows, or `too_large`.
    """
    try:
        end = json.JSONDecoder().raw_decode(window, place)[1]
    except json.JSONDecodeError as error:
        if error.pos + _LONGEST_WORD < len(window) and not error.msg.startswith("Unterminated"):
            raise RejectedArticleError("broken_json", str(error)) from error
        end, problem = len(window), str(error)
    except (ValueError, RecursionError) as error:
        raise RejectedArticleError("broken_json", str(error)) from error
    else:
        problem = ""
    if end - place > limit:
        raise RejectedArticleError("too_large", f"more than {limit} characters")
    return end, problem
