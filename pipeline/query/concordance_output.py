"""The concordance as a person or a program reads it: lines, CSV, JSON, a page of HTML."""

from __future__ import annotations

import html
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict
from typing import Any, TextIO

from pipeline.query.concordance import Hit
from pipeline.query.tables import write_csv, write_json
from pipeline.query.terminal import Style, columns, end_of, safe, start_of

FORMATS = ("text", "csv", "json", "html")

_CSV_COLUMNS = (
    *("sentence_id", "doc_id", "path", "site", "published", "block", "first", "end"),
    *("before", "match", "after", "lemma", "upos"),
)
_MATCH = "1;33"
_REFERENCE = "2"
_ID_LETTERS = 12
_GAP = "  "

_HTML_HEAD = """<!doctype html>
<html lang="ar" dir="rtl">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>{pattern}</title>
<style>
:root {{ color-scheme: light dark }}
body {{ font-family: "Noto Naskh Arabic", "Amiri", serif; margin: 1.5rem }}
table {{ border-collapse: collapse; width: 100% }}
td {{ padding: .15rem .4rem; vertical-align: baseline }}
tr:nth-child(even) {{ background: color-mix(in srgb, currentColor 6%, transparent) }}
.before {{ text-align: end; width: 42% }}
.match {{ font-weight: bold; text-align: center; white-space: nowrap }}
.after {{ text-align: start; width: 42% }}
.from {{ font: .75rem monospace; white-space: nowrap; opacity: .7 }}
code {{ unicode-bidi: isolate }}
</style>
<h1><code dir="ltr">{pattern}</code></h1>
<table>
"""
_HTML_ROW = """<tr><td class="before">{before}</td><td class="match" title="{lemma}">{match}</td>\
<td class="after">{after}</td><td class="from" dir="ltr" title="{path}">{place}</td></tr>
"""


def write_hits(hits: Iterable[Hit], form: str, file: TextIO, style: Style, pattern: str) -> int:
    """Write hits as they come, in one of `FORMATS`.

    Returns:
        How many there were.
    """
    writers: Mapping[str, Callable[[Iterator[Hit]], None]] = {
        "text": lambda each: _write_lines(each, file, style),
        "csv": lambda each: write_csv(map(_row, each), _CSV_COLUMNS, file),
        "json": lambda each: write_json(map(_row, each), file),
        "html": lambda each: _write_page(each, file, pattern),
    }
    counted = 0

    def counting() -> Iterator[Hit]:
        nonlocal counted
        for hit in hits:
            counted += 1
            yield hit

    writers[form](counting())
    return counted


def _row(hit: Hit) -> dict[str, Any]:
    return asdict(hit)


def _write_lines(hits: Iterator[Hit], file: TextIO, style: Style) -> None:
    """A line a hit: where from, then right to left what is before, the hit, what is after.

    The hits start in one column, so that what is before them ends in one.
    """
    for hit in hits:
        reference = _reference(hit)
        room = style.width - columns(reference) - 3 * len(_GAP) - 1
        left = room // 2
        before = end_of(safe(hit.before), left)
        match = safe(hit.match)
        rest = room - left
        if columns(match) > rest:
            match = start_of(match, rest)
        after = start_of(safe(hit.after), max(rest - columns(match), 0))
        fields = (
            style.right_to_left(before),
            style.coloured_in(_MATCH, style.right_to_left(match)),
            style.right_to_left(after),
        )
        line = style.right_to_left(_GAP.join(fields))
        file.write(style.coloured_in(_REFERENCE, reference) + _GAP + line.rstrip(" ") + "\n")


def _reference(hit: Hit) -> str:
    """Enough of the sentence's identifier for `show`, and the day."""
    sentence = hit.sentence_id.rpartition(".")[2]
    day = hit.published.date().isoformat() if hit.published else ""
    return f"{hit.doc_id[:_ID_LETTERS]}.{sentence:<4} {day:<10}"


def _write_page(hits: Iterator[Hit], file: TextIO, pattern: str) -> None:
    file.write(_HTML_HEAD.format(pattern=html.escape(pattern)))
    for hit in hits:
        values = {
            "before": hit.before,
            "match": hit.match,
            "after": hit.after,
            "lemma": " ".join(hit.lemma),
            "path": hit.path,
            "place": " ".join(filter(None, [_reference(hit).strip(), hit.site])),
        }
        escaped = {name: html.escape(value) for name, value in values.items()}
        file.write(_HTML_ROW.format(**escaped))
    file.write("</table>\n</html>\n")
