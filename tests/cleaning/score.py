"""How much of an article a cleaner keeps, and how much of what it keeps is the article.

The words of the predicted body and of the gold body are aligned by their longest common
subsequence, which is exact: a word in the wrong place is a word missed and a word too many.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from transforms.folding import fold
from transforms.normalise import normalise, normalise_lines
from transforms.tokens import MARKS

_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class BodyScore:
    """Counts of words: in the gold body, in the predicted one, and in both in the same order."""

    gold: int
    predicted: int
    common: int

    @property
    def precision(self) -> float:
        """The share of the predicted words that are gold; 0 if nothing is predicted."""
        return self.common / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """The share of the gold words that are predicted."""
        return self.common / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return 2 * self.common / (self.gold + self.predicted) if self.common else 0.0


@dataclass(frozen=True)
class Summary:
    """Scores over pages: means of the pages' values, and the same of all their words together."""

    precision: float
    recall: float
    f1: float
    all_words: BodyScore
    titles: float


def score_body(predicted: str, gold: str) -> BodyScore:
    """Compares two texts word by word."""
    ours, theirs = words(predicted), words(gold)
    return BodyScore(len(theirs), len(ours), common_length(ours, theirs))


def differences(predicted: str, gold: str) -> tuple[str, ...]:
    """The stretches of words kept wrongly (`+ …`) and lost (`- …`), in the order of the page.

    For the eye: its alignment may find a few words less than the exact one that is scored.
    """
    ours, theirs = words(predicted), words(gold)
    found = []
    for _, start, end, gold_start, gold_end in SequenceMatcher(
        None, ours, theirs, autojunk=False
    ).get_opcodes():
        if ours[start:end] == theirs[gold_start:gold_end]:
            continue
        found += [
            f"{sign} {' '.join(run)}"
            for sign, run in (("-", theirs[gold_start:gold_end]), ("+", ours[start:end]))
            if run
        ]
    return tuple(found)


def same_title(predicted: str | None, gold: str | None) -> bool:
    """Whether the title is the exact one, white space and tatweel aside; or rightly `None`."""
    if predicted is None or gold is None:
        return predicted is gold
    return normalise(predicted).text == normalise(gold).text


def summarise(scores: Sequence[BodyScore], titles: Sequence[bool]) -> Summary:
    """The summary of at least one page."""
    count = len(scores)
    return Summary(
        precision=sum(score.precision for score in scores) / count,
        recall=sum(score.recall for score in scores) / count,
        f1=sum(score.f1 for score in scores) / count,
        all_words=BodyScore(
            sum(score.gold for score in scores),
            sum(score.predicted for score in scores),
            sum(score.common for score in scores),
        ),
        titles=sum(titles) / count,
    )


def words(text: str) -> list[str]:
    """Runs of letters and digits, normalised, without marks, one letter for its spellings."""
    lines = (line.normalised.text for line in normalise_lines(text))
    return [_folded(word) for line in lines for word in _WORD.findall(MARKS.sub("", line))]


@functools.cache
def _folded(word: str) -> str:
    # Folding is made for phrases and drops digits, which are words here.
    return fold(word) if word.isalpha() else word.casefold()


def common_length(left: Sequence[str], right: Sequence[str]) -> int:
    """The length of the longest common subsequence.

    One big integer holds a row of the table, one bit a word of `left`: H. Hyyrö, "Bit-parallel
    LCS-length computation revisited", AWOCA 2004.
    """
    places: dict[str, int] = {}
    for index, word in enumerate(left):
        places[word] = places.get(word, 0) | 1 << index
    everything = (1 << len(left)) - 1
    row = everything
    for word in right:
        matches = row & places.get(word, 0)
        row = ((row + matches) | (row - matches)) & everything
    return len(left) - row.bit_count()
