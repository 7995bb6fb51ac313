"""Sentence breaks: ours and a one-line regular expression's, beside known ones."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from schemas.records import BlockKind, Metadata, RawArticle, Shard
from schemas.settings import CleanSettings, SplitSettings
from tests.evaluation.annotate import clean_article, origin
from tests.evaluation.measures import Counts, Row, compare, total
from tests.evaluation.sources import Source, data_file
from tests.gold.load import GoldSet
from transforms.clean import clean_shard
from transforms.split import split_article, split_shard

LAYER = "sentence breaks"
ONE_LINER = "regular expression"
ONE_LINER_WITH_MARKS = "regular expression that allows for closing marks"
_STOP_AND_SPACE = re.compile(r"(?<=[.!؟])\s+")
_STOP_MARKS_AND_SPACE = re.compile(r"[.!؟]+[\"”»)]*\s+")
_LINES_IN_A_PARAGRAPH = 10
# Breaks for length are another matter: none of them is in any gold.
_NEVER_TOO_LONG = SplitSettings(max_sentence_tokens=1_000_000)

Splitter = Callable[[str, BlockKind], set[int]]


def ours(text: str, kind: BlockKind = "paragraph") -> set[int]:
    """Where our splitter begins a sentence in a block, but for the first."""
    sentences = split_article(clean_article("block", [(kind, text)]), _NEVER_TOO_LONG).sentences
    return {sentence.start for sentence in sentences[1:]}


def one_liner(text: str, kind: BlockKind = "paragraph") -> set[int]:
    """The same, where a stop is followed by a space."""
    return {match.end() for match in _STOP_AND_SPACE.finditer(text)} - {len(text)}


def one_liner_with_marks(text: str, kind: BlockKind = "paragraph") -> set[int]:
    """The same, where closing quotation marks and brackets may stand between stop and space."""
    return {match.end() for match in _STOP_MARKS_AND_SPACE.finditer(text)} - {len(text)}


def gold_rows(gold: GoldSet) -> list[Row]:
    """Breaks inside the blocks of the gold articles, and sentences with their source offsets."""
    blocks = [block for article in gold.articles for block in article.blocks]
    scores = [
        total(compare(split(block.text, block.kind), set(block.breaks)) for block in blocks)
        for split in (ours, one_liner)
    ]
    spans = [_wanted_spans(gold), _found_spans(gold), _one_liner_spans(gold)]
    located = [compare(found, spans[0]) for found in spans[1:]]
    return [
        _row("F1 within blocks", "own gold", scores),
        _row("F1 of whole sentences, from the raw text, by offsets in it", "own gold", located),
    ]


def _wanted_spans(gold: GoldSet) -> set[object]:
    spans: set[object] = set()
    for article in gold.articles:
        start = 0
        for block in article.blocks:
            spans.update((article.name, start + a, start + b) for a, b in block.sentences)
            start += len(block.text) + 1
    return spans


def _found_spans(gold: GoldSet) -> set[object]:
    """Our sentences of the articles as raw text, cleaned and split as in a run."""
    raw = tuple(
        RawArticle(origin(article.name), Metadata(), article.text) for article in gold.articles
    )
    shard = split_shard(clean_shard(Shard(0, raw), CleanSettings()), _NEVER_TOO_LONG)
    return {
        (article.article.origin.doc_id, sentence.source_start, sentence.source_end)
        for article in shard.articles
        for sentence in article.sentences
    }


def _one_liner_spans(gold: GoldSet) -> set[object]:
    spans: set[object] = set()
    for article in gold.articles:
        start = 0
        for line in article.text.split("\n"):
            places = sorted({0, len(line)} | one_liner(line))
            spans.update(
                (article.name, start + a, start + a + len(line[a:b].rstrip()))
                for a, b in itertools.pairwise(places)
            )
            start += len(line) + 1
    return spans


def prose_rows(folder: Path) -> tuple[list[Row], list[Source]]:
    """Breaks of well-kept prose, lines of which are joined by a space; each joint is a break.

    Only lines that end in a stop are joined. Some of them hold several sentences, whose inner
    breaks are no joints, so several choices of lines are measured: those whose only stop is at the
    end, those without a stop and a space inside, and all. They are joined by tens or in one run.
    """
    file = data_file(folder, "sentences")
    lines = [line.strip() for line in file.lines() if re.search(r"[.!؟]\s*$", line)]
    single = [line for line in lines if not re.search(r"[.!؟]", line[:-1])]
    unspaced = [line for line in lines if not re.search(r"[.!؟]\s", line)]
    joinings = (
        ("lines whose only stop is at their end, by tens", single, _LINES_IN_A_PARAGRAPH),
        ("lines without stop and space inside, by tens", unspaced, _LINES_IN_A_PARAGRAPH),
        ("lines without stop and space inside, in one run", unspaced, len(unspaced)),
        ("all lines that end in a stop, by tens", lines, _LINES_IN_A_PARAGRAPH),
    )
    baselines = ((ONE_LINER, one_liner), (ONE_LINER_WITH_MARKS, one_liner_with_marks))
    rows = []
    for what, chosen, count in joinings:
        mine = _joined(chosen, count, ours)
        for name, split in baselines:
            scores = [mine, _joined(chosen, count, split)]
            rows.append(_row(f"F1, {what}", file.name, scores, name))
    return rows, [file.source(f"{len(lines):,} lines")]


def _joined(lines: Sequence[str], count: int, split: Splitter) -> Counts:
    """How well the joints of `lines`, joined `count` at a time, are found."""
    groups = [lines[index : index + count] for index in range(0, len(lines), max(1, count))]
    return total(compare(split(" ".join(group), "paragraph"), _joints(group)) for group in groups)


def _joints(lines: Iterable[str]) -> set[object]:
    joints: set[object] = set()
    place = 0
    for line in lines:
        joints.add(place)
        place += len(line) + 1
    return joints - {0}


def _row(measure: str, source: str, scores: Sequence[Counts], baseline: str = ONE_LINER) -> Row:
    mine, other = scores
    return Row(LAYER, measure, source, mine.wanted, mine.f1, other.f1, baseline)
