"""Sentences of a treebank: UD Arabic-PADT's, and any as text and as CoNLL-U."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeAlias

from schemas.records import TokenAnalysis
from tests.evaluation.sources import DataFile

# A surface word with our analysis, and where it stands in its unit's text.
Analysed: TypeAlias = tuple[str, int, int, TokenAnalysis]


class GoldWord(NamedTuple):
    """A syntactic word; what the treebank does not give of it is None."""

    form: str
    upos: str
    lemma: str | None
    xpos: str | None
    feats: str | None
    vocalised: str | None


@dataclass(frozen=True)
class GoldToken:
    """A surface word and the syntactic words in it."""

    surface: str
    words: tuple[GoldWord, ...]


@dataclass(frozen=True)
class Unit:
    """A sentence or paragraph of the treebank; its `original` text, where that is known."""

    tokens: tuple[GoldToken, ...]
    original: str | None = None

    @property
    def text(self) -> str:
        """Its text, or its surface words with a space between any two."""
        return self.original or " ".join(token.surface for token in self.tokens)

    @property
    def spans(self) -> tuple[tuple[int, int], ...]:
        """Where its surface words stand in its text, if that is not an original one."""
        spans, start = [], 0
        for token in self.tokens:
            spans.append((start, start + len(token.surface)))
            start = spans[-1][1] + 1
        return tuple(spans)

    def has(self, name: str) -> bool:
        """Whether the treebank gives this of all words of the unit."""
        return all(getattr(word, name) is not None for token in self.tokens for word in token.words)


def read_units(file: DataFile) -> list[Unit]:
    """All units of a file of one JSON object a line."""
    return [_unit(json.loads(line)) for line in file.lines() if line]


def _unit(data: dict[str, Any]) -> Unit:
    words = [
        GoldWord(
            word["form"].replace(" ", ""),
            word["upos"],
            word.get("lemma"),
            word.get("xpos"),
            word.get("feats"),
            word.get("vform"),
        )
        for word in data["words"]
    ]
    spans = {start: (end, surface) for start, end, surface in data["mwt"]}
    tokens = []
    index = 0
    while index < len(words):
        end, surface = spans.get(index, (index + 1, words[index].form))
        tokens.append(GoldToken(surface.replace(" ", ""), tuple(words[index:end])))
        index = end
    return Unit(tuple(tokens))


class Columns(NamedTuple):
    """The columns of a CoNLL-U word that are scored."""

    form: str
    lemma: str
    upos: str
    xpos: str
    feats: str


def conllu(sentences: Iterable[Sequence[tuple[str, Sequence[Columns]]]]) -> str:
    """CoNLL-U of sentences of surface words with their syntactic words; the first word is root."""
    lines: list[str] = []
    for sentence in sentences:
        number = 0
        for surface, words in sentence:
            if len(words) > 1:
                span = f"{number + 1}-{number + len(words)}"
                lines.append("\t".join([span, surface, *"_" * 8]))
            for word in words:
                number += 1
                head, relation = ("0", "root") if number == 1 else ("1", "dep")
                columns = [word.form, word.lemma, word.upos, word.xpos, word.feats]
                lines.append("\t".join([str(number), *columns, head, relation, "_", "_"]))
        lines.append("")
    return "\n".join([*lines, ""])
