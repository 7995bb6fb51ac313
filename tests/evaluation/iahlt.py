"""The dev part of UD Arabic-IAHLT: web news, its words as PADT would cut them.

It gives words, parts of speech and lemmas, no features. The article is a word of its own there;
here it stays on its noun.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeAlias

from tests.evaluation.sources import DataFile
from tests.evaluation.treebank import GoldToken, GoldWord, Unit

_ARTICLE = frozenset({"ال", "ل"})
_APART = frozenset({"PUNCT", "SYM"})

# The columns of a CoNLL-U word.
_Row: TypeAlias = list[str]


def read_iahlt(file: DataFile) -> list[Unit]:
    """The sentences, each text once; a few whose words do not meet their text are left out."""
    units: dict[str, Unit] = {}
    for text, rows in _sentences(file):
        chunks, runs = text.split(), _runs(rows)
        if rows and text not in units and len(chunks) == len(runs):
            pairs = zip(runs, chunks, strict=True)
            tokens = [token for run, chunk in pairs for token in _tokens(run, chunk)]
            units[text] = Unit(tuple(tokens), text)
    return list(units.values())


def _sentences(file: DataFile) -> Iterator[tuple[str, list[_Row]]]:
    text, rows = "", []
    for line in [*file.lines(), ""]:
        if line.startswith("# text = "):
            text = line.removeprefix("# text = ")
        elif not line:
            yield text, rows
            text, rows = "", []
        elif line[0].isdigit() and line.partition("\t")[0].isdigit():
            rows.append(line.split("\t"))


def _runs(rows: Sequence[_Row]) -> list[list[_Row]]:
    """The words between two spaces."""
    runs: list[list[_Row]] = [[]]
    for row in rows:
        runs[-1].append(row)
        if "SpaceAfter=No" not in row[9]:
            runs.append([])
    return [run for run in runs if run]


def _tokens(run: list[_Row], chunk: str) -> list[GoldToken]:
    """Surface words of what stands between two spaces: punctuation marks are their own."""
    before, after = [], []
    while len(run) > 1 and run[0][3] in _APART and chunk.startswith(run[0][1]):
        row, *run = run
        before.append(_token(row[1], [row]))
        chunk = chunk.removeprefix(row[1])
    while len(run) > 1 and run[-1][3] in _APART and chunk.endswith(run[-1][1]):
        *run, row = run
        after.append(_token(row[1], [row]))
        chunk = chunk.removesuffix(row[1])
    marks = [at for at, row in enumerate(run) if row[3] in _APART and len(run) > 1]
    if marks and "".join(row[1] for row in run) == chunk:
        at = marks[0]
        end = sum(len(row[1]) for row in run[:at])
        between = [*_tokens(run[:at], chunk[:end]), *_tokens(run[at:], chunk[end:])]
    else:
        between = [_token(chunk, run)]
    return [*before, *between, *reversed(after)]


def _token(surface: str, rows: Sequence[_Row]) -> GoldToken:
    words: list[GoldWord] = []
    article = ""
    for at, (_, form, lemma, upos, *_rest) in enumerate(rows):
        if upos == "DET" and form in _ARTICLE and at + 1 < len(rows):
            article = "ال"
        else:
            words.append(GoldWord(article + form, upos, lemma, None, None, None))
            article = ""
    return GoldToken(surface, tuple(words))
