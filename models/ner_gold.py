"""The labelled text: ANERcorp under two sets of labels."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from models.ner_data import LabelledSentence, read_conll, retokenise, split_by_position
from transforms.entities import spans_of

ORIGINAL, CORRECTED = "original", "corrected"
TYPES = ("PER", "LOC", "ORG", "MISC")
TAGS = ("O", *(f"{mark}-{kind}" for kind in TYPES for mark in "BIES"))


@dataclass(frozen=True)
class GoldSentence:
    """Surface words with their BIOES labels by the original and, mostly, the corrected set."""

    words: tuple[str, ...]
    labels: Mapping[str, tuple[str, ...]]


def read_gold(
    folder: Path, development_share: float
) -> tuple[list[GoldSentence], list[GoldSentence]]:
    """ANERcorp, in the tokens of run time: what trains, and the tail that measures.

    Raises:
        FileNotFoundError: one of the two files is missing.
        ValueError: a line without a tag, with its number.
    """
    return split_by_position(_anercorp(folder), development_share)


def _anercorp(folder: Path) -> list[GoldSentence]:
    """The words of the original; the corrections changed figures (`70%` → `0.7`) too."""
    original = read_conll(folder / "anercorp.train.conll")
    corrected = read_conll(folder / "cleananercorp.train.conll")
    sentences = []
    for first, second in zip(original, corrected, strict=True):
        made = retokenise(first)
        labels = {ORIGINAL: bioes(made.labels)}
        if len(first.words) == len(second.words):
            labels[CORRECTED] = bioes(
                retokenise(LabelledSentence(first.words, second.labels)).labels
            )
        sentences.append(GoldSentence(made.words, labels))
    return sentences


def bioes(labels: tuple[str, ...]) -> tuple[str, ...]:
    """BIO labels with the ends of entities marked: `E-` for a last word, `S-` for an only one."""
    made = ["O"] * len(labels)
    for start, end, kind in spans_of(labels):
        made[start:end] = [f"I-{kind}"] * (end - start)
        made[start], made[end - 1] = f"B-{kind}", f"E-{kind}"
        if end - start == 1:
            made[start] = f"S-{kind}"
    return tuple(made)
