"""Articles and their names for brat: a text and a file of annotations each, and its configuration.

Offsets are in characters of the text, which is `documents.text` to the letter. Mentions of the same
person or place are equivalent (`*`); a name that differs from its mention is in a note (`#`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from pipeline.exports.source import Article

# The columns of `sentences` that are read.
COLUMNS = (
    *("doc_id", "start", "entity_text", "entity_type", "entity_start", "entity_end"),
    *("entity_name", "entity_id"),
)

_ANNOTATION = """[entities]
PER
LOC
ORG
MISC

[relations]
Equiv\tArg1:<ENTITY>, Arg2:<ENTITY>, <REL-TYPE>:symmetric-transitive

[events]

[attributes]
"""
_VISUAL = """[labels]
PER | person | PER
LOC | place | LOC
ORG | organisation | ORG
MISC | other name | MISC

[drawing]
SPAN_DEFAULT\tfgColor:black, bgColor:#cccccc, borderColor:darken
PER\tbgColor:#9ad19a
LOC\tbgColor:#9bbcf0
ORG\tbgColor:#dba6e6
MISC\tbgColor:#f0d98c
ARC_DEFAULT\tcolor:black, arrowHead:triangle-5
"""


def write_articles(articles: Iterable[Article], folder: Path) -> None:
    """Write `<doc_id>.txt` and `<doc_id>.ann` for each article, and the configuration for brat."""
    (folder / "annotation.conf").write_text(_ANNOTATION, encoding="utf-8")
    (folder / "visual.conf").write_text(_VISUAL, encoding="utf-8")
    for article in articles:
        for ending, text in ((".txt", article.text), (".ann", "".join(_annotations(article)))):
            (folder / (article.doc_id + ending)).write_text(text, encoding="utf-8", newline="")


def _annotations(article: Article) -> Iterator[str]:
    """The names, from T1; then who is who; then the notes."""
    mentions: dict[int, list[str]] = {}
    notes: list[str] = []
    number = 0
    for row in article.sentences:
        for kind, start, end, name, entity in zip(
            row["entity_type"],
            row["entity_start"],
            row["entity_end"],
            row["entity_name"],
            row["entity_id"],
            strict=True,
        ):
            number += 1
            first, last = row["start"] + start, row["start"] + end
            text = article.text[first:last]
            yield f"T{number}\t{kind} {first} {last}\t{text}\n"
            mentions.setdefault(entity, []).append(f"T{number}")
            if name != text:
                notes.append(f"#{len(notes) + 1}\tAnnotatorNotes T{number}\t{name}\n")
    for same in mentions.values():
        if len(same) > 1:
            yield f"*\tEquiv {' '.join(same)}\n"
    yield from notes
