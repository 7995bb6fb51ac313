r"""Articles as WebAnno TSV 3.3, which INCEpTION imports: words, their analysis, and names.

The layers are those that every project of INCEpTION has: part of speech (CAMeL's tag, and UPOS as
its coarse value), lemma, features and named entities. Offsets count UTF-16 units. The format has no
room for what stands between two sentences: there INCEpTION puts a line feed, and spaces.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from pipeline.exports.source import Row

# The columns of `sentences` that are read.
COLUMNS = (
    *("sentence_id", "doc_id", "text", "start", "tokens", "token_start", "token_end"),
    *("pos", "upos", "lemma", "feats"),
    *("entity_type", "entity_token_start", "entity_token_end"),
)

_DKPRO = "de.tudarmstadt.ukp.dkpro.core.api"
_HEADER = (
    "#FORMAT=WebAnno TSV 3.3\n"
    f"#T_SP={_DKPRO}.lexmorph.type.pos.POS|PosValue|coarseValue\n"
    f"#T_SP={_DKPRO}.segmentation.type.Lemma|value\n"
    f"#T_SP={_DKPRO}.lexmorph.type.morph.MorphologicalFeatures|value\n"
    f"#T_SP={_DKPRO}.ner.type.NamedEntity|value\n"
    "\n"
)
_NOTHING, _NO_VALUE = "_", "*"
_RESERVED = re.compile(r"->|[\\\[\]|_;*]")
_ESCAPES = {"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r", "\f": "\\f", "\b": "\\b"}
_CONTROL = re.compile(r"[\x00-\x1f\\]")


def write_articles(rows: Iterable[Row], folder: Path) -> None:
    """Write `<doc_id>.tsv` for each article.

    Args:
        rows: rows of `sentences` with the columns of `COLUMNS`, in the order of documents and
            text. A sentence without tokens is left out.
        folder: where to write.
    """
    for doc_id, sentences in itertools.groupby(rows, key=lambda row: row["doc_id"]):
        with (folder / f"{doc_id}.tsv").open("w", encoding="utf-8", newline="\n") as file:
            file.writelines(webanno(sentences))


def webanno(sentences: Iterable[Row]) -> Iterator[str]:
    """The lines of one article; an empty line at its end would be an error to INCEpTION."""
    yield _HEADER
    names = itertools.count(1)
    position = _Units()
    for number, row in enumerate((row for row in sentences if row["tokens"]), start=1):
        text = row["text"][row["token_start"][0] :]
        yield f"\n#Sentence.id={_in_text(row['sentence_id'])}\n"
        yield "".join(f"#Text={_in_text(line)}\n" for line in text.split("\n"))
        labels = _labels(row, names)
        start = position.of(row)
        for index, (token, first, last) in enumerate(
            zip(row["tokens"], row["token_start"], row["token_end"], strict=True)
        ):
            offset = start + units(row["text"][:first])
            values = (
                _value(row["pos"][index]),
                _value(row["upos"][index]),
                _value(row["lemma"][index]),
                _value(row["feats"][index]) if row["feats"][index] else _NOTHING,
                labels[index],
            )
            fields = (
                f"{number}-{index + 1}",
                f"{offset}-{offset + units(row['text'][first:last])}",
                _in_text(token),
                *values,
            )
            yield "\t".join(fields) + "\t\n"


class _Units:
    """Where sentences start, in UTF-16 units: characters beyond the first plane make two."""

    def __init__(self) -> None:
        self._extra = 0

    def of(self, row: Row) -> int:
        start = int(row["start"]) + self._extra
        self._extra += units(row["text"]) - len(row["text"])
        return start


def units(text: str) -> int:
    """The length of a text in UTF-16 units."""
    return len(text.encode("utf-16-le")) // 2


def _labels(row: Row, names: Iterator[int]) -> Sequence[str]:
    """The column of names: those of several words have a number of their own in the article."""
    labels = [_NOTHING] * len(row["tokens"])
    spans = ("entity_type", "entity_token_start", "entity_token_end")
    for kind, first, last in zip(*(row[span] for span in spans), strict=True):
        suffix = f"[{next(names)}]" if last - first > 1 else ""
        labels[first:last] = [kind + suffix] * (last - first)
    return labels


def _value(value: str) -> str:
    """A value of a feature, in which the signs of the format are escaped."""
    if not value:
        return _NO_VALUE
    escaped = _RESERVED.sub(lambda sign: "\\" + sign[0], value)
    return escaped.replace("\t", "\\t").replace("\n", "\\n")


def _in_text(text: str) -> str:
    """A text as INCEpTION reads it: only what is no visible character is escaped."""
    return _CONTROL.sub(lambda sign: _ESCAPES.get(sign[0], "\\" + sign[0]), text)
