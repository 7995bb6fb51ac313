r"""Annotated sentences as CoNLL-U, the format of Universal Dependencies v2.

A token with clitics is a multiword token: a line with the range of its words, then a line for each
of them. There is no parser, so trees are flat: the first word that is no punctuation is the root,
all others depend on it as `punct` or, of unspecified relation, `dep`.

MISC holds, in this order, `Gloss`, `NER` (in BIO), `Root`, `SpaceAfter`, `SpacesAfter` and `Vform`
(the vocalised form). In its values backslash, `|`, and white space other than single spaces inside
are escaped: `\\`, `\p`, `\s`, `\t`, `\n`; so are comma and equals sign, `\c` and `\e`, at which
pyconll and conllu part a value. All text is in Unicode's normal form C, as UD demands.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from pipeline.exports.syntactic_words import Word, syntactic_words
from transforms.entities import bare

Row = Mapping[str, Any]

_TOKEN_COLUMNS = (
    *("lemma", "root", "pos", "upos", "feats", "diac", "gloss", "atb"),
    *("prc3", "prc2", "prc1", "prc0", "enc0"),
)
# The columns of `sentences` that are read.
COLUMNS = (
    *("sentence_id", "doc_id", "paragraph_index", "text", "start", "end"),
    *("tokens", "token_start", "token_end", *_TOKEN_COLUMNS),
    *("entity_type", "entity_token_start", "entity_token_end", "entity_name"),
)
_ESCAPES = str.maketrans(
    {"\\": "\\\\", "|": "\\p", ",": "\\c", "=": "\\e", "\t": "\\t", "\n": "\\n", "\r": "\\r"}
)
_OUTER_SPACE = re.compile(r"^ +| +$| {2,}")
_SPACE = re.compile(r"\s")


class _Place(NamedTuple):
    """Where a sentence stands: at the start of a document or paragraph, close to the next one."""

    opens_document: bool
    opens_paragraph: bool
    touches_next: bool


def conllu(rows: Iterable[Row]) -> Iterator[str]:
    """The sentences as CoNLL-U, each with the empty line that ends it.

    Args:
        rows: rows of `sentences` with the columns of `COLUMNS`, in the order of documents and
            text. A sentence without tokens is left out.
    """
    before: Row | None = None
    this: Row | None = None
    for after in itertools.chain((row for row in rows if row["tokens"]), [None]):
        if this is not None:
            yield _sentence(this, _place(before, this, after))
        before, this = this, after


def _place(before: Row | None, this: Row, after: Row | None) -> _Place:
    opens_document = before is None or before["doc_id"] != this["doc_id"]
    return _Place(
        opens_document,
        before is None or opens_document or not _same_paragraph(before, this),
        after is not None and _same_paragraph(this, after) and this["end"] == after["start"],
    )


def _same_paragraph(one: Row, other: Row) -> bool:
    return (one["doc_id"], one["paragraph_index"]) == (other["doc_id"], other["paragraph_index"])


def _sentence(row: Row, place: _Place) -> str:
    tokens: list[str] = row["tokens"]
    gaps = [
        row["text"][end:start]
        for end, start in zip(row["token_end"], [*row["token_start"][1:], None], strict=True)
    ]
    gaps[-1] = "" if place.touches_next else " "
    text = "".join(
        _form(token) + (" " if gap else "") for token, gap in zip(tokens, gaps, strict=True)
    )
    lines = [f"# newdoc id = {row['doc_id']}"] if place.opens_document else []
    lines += ["# newpar"] if place.opens_paragraph else []
    lines += [f"# sent_id = {row['sentence_id']}", f"# text = {text.rstrip()}"]
    lines += _token_lines(row, gaps)
    return "\n".join(lines) + "\n\n"


def _token_lines(row: Row, gaps: Sequence[str]) -> list[str]:
    parts = [
        syntactic_words(token, {name: row[name][index] for name in _TOKEN_COLUMNS})
        for index, token in enumerate(row["tokens"])
    ]
    words = [word for part in parts for word in part]
    root = next((at for at, word in enumerate(words, 1) if word.upos != "PUNCT"), 1)
    labels = _entity_labels(row, parts)
    lines: list[str] = []
    number = 1
    for index, part in enumerate(parts):
        after = _spacing(gaps[index])
        if len(part) > 1:
            span, form = f"{number}-{number + len(part) - 1}", _form(row["tokens"][index])
            lines.append("\t".join([span, form, *"_" * 7, _misc(after)]))
            after = {}
        for word, label in zip(part, labels[index], strict=True):
            values = {**after, "NER": label, "Vform": word.vocalised}
            if word.is_main:
                values |= {"Gloss": row["gloss"][index], "Root": row["root"][index]}
            lines.append(_word_line(number, word, root, _misc(values)))
            number += 1
    return lines


def _word_line(number: int, word: Word, root: int, misc: str) -> str:
    relation = "punct" if word.upos == "PUNCT" else "dep"
    head, relation = (0, "root") if number == root else (root, relation)
    columns = (number, _form(word.form), _form(word.lemma) or "_", word.upos, word.xpos)
    return "\t".join(map(str, (*columns, word.feats or "_", head, relation, "_", misc)))


def _entity_labels(row: Row, parts: Sequence[Sequence[Word]]) -> list[list[str]]:
    """A BIO label for each word; proclitics before a name that goes without them are outside."""
    labels = [["O"] * len(part) for part in parts]
    columns = ("entity_type", "entity_token_start", "entity_token_end", "entity_name")
    for kind, start, end, name in zip(*(row[column] for column in columns), strict=True):
        for part in labels[start:end]:
            part[:] = [f"I-{kind}"] * len(part)
        first = 0
        if bare(name.partition(" ")[0]) != bare(row["tokens"][start]):
            first = next(at for at, word in enumerate(parts[start]) if word.is_main)
        labels[start][: first + 1] = [*["O"] * first, f"B-{kind}"]
    return labels


def _spacing(gap: str) -> dict[str, str | None]:
    if not gap:
        return {"SpaceAfter": "No"}
    return {"SpacesAfter": gap} if gap.strip(" ") or len(gap) > 1 else {}


def _misc(values: Mapping[str, str | None]) -> str:
    """The values that are there, by name."""
    found = [f"{name}={_escaped(value)}" for name, value in sorted(values.items()) if value]
    return "|".join(found) or "_"


@lru_cache(maxsize=50_000)  # most values come back
def _escaped(value: str) -> str:
    plain = _SPACE.sub(" ", _form(value).translate(_ESCAPES))
    return _OUTER_SPACE.sub(lambda spaces: "\\s" * len(spaces.group()), plain)


def _form(text: str) -> str:
    return unicodedata.normalize("NFC", text)
