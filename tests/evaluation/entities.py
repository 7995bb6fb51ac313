"""Entities of ANERcorp.

The tagger in the repository is trained on all of ANERcorp's train half, so what it does there is no
measure. Of the end of that half the table has what the recipe measured, with a tagger that had not
seen it (`models/ner/scores.json`). The test half, if the data folder holds it, is measured here.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path

from models.ner_data import LabelledSentence, read_conll, retokenise, split_by_position
from models.ner_settings import NerSettings
from tests.evaluation.annotate import annotate, as_given
from tests.evaluation.measures import Row
from tests.evaluation.sources import DataFile, Source, data_file
from tests.evaluation.spans import LAYER, Span, span_rows, strict_f1
from transforms.entities import spans_of

MEMORY = "commonest label of each word in the training part"
_SCORES = Path(__file__).resolve().parents[2] / "models" / "ner" / "scores.json"
_LABELS = {"anercorp": "original", "cleananercorp": "corrected"}
_TEST = "ner/anercorp.test.conll"


def anercorp_rows(folder: Path) -> tuple[list[Row], list[Source]]:
    """Strict F1 under the original and the corrected labels."""
    rows: list[Row] = []
    sources: list[Source] = []
    for key, labels in _LABELS.items():
        file = data_file(folder, key)
        training, tail = split_by_position(_read(file.path), NerSettings().development_share)
        tokens = sum(len(sentence.words) for sentence in tail)
        sources.append(file.source(f"last {len(tail)} sentences, {tokens:,} tokens"))
        rows += _of_the_recipe(f"{file.name}, development tail", labels, training, tail)
    if (folder / _TEST).is_file():
        file = DataFile(folder / _TEST, "ANERcorp, test half", "research only")
        test = _read(file.path)
        sources.append(file.source(f"{len(test)} sentences"))
        training = _read(data_file(folder, "anercorp").path)
        wanted = [_spans(sentence.labels) for sentence in test]
        rows += span_rows(file.name, _found(test), _guessed(training, test), wanted, MEMORY)
    return rows, sources


def _read(path: Path) -> list[LabelledSentence]:
    return [retokenise(sentence) for sentence in read_conll(path)]


def _of_the_recipe(
    source: str,
    labels: str,
    training: Sequence[LabelledSentence],
    tail: Sequence[LabelledSentence],
) -> list[Row]:
    """What the recipe measured, of the types that it measured under these labels."""
    scores = json.loads(_SCORES.read_text(encoding="utf-8"))["development"]["scores"][labels]
    kinds = [kind for kind in scores if kind != "ALL"]

    def of_kinds(spans: set[Span]) -> set[Span]:
        return {span for span in spans if span[2] in kinds}

    wanted = [of_kinds(_spans(sentence.labels)) for sentence in tail]
    baseline = strict_f1([of_kinds(spans) for spans in _guessed(training, tail)], wanted)
    together = f"micro of {' '.join(kinds)}"
    names = {kind: kind for kind in kinds} | {"ALL": together}
    return [
        Row(
            LAYER,
            f"F1 {names[kind]}, of the recipe on 88 %",
            source,
            scores[kind]["gold"],
            scores[kind]["f1"],
            baseline["micro" if kind == "ALL" else kind],
            MEMORY,
        )
        for kind in (*kinds, "ALL")
    ]


def _spans(labels: Sequence[str]) -> set[Span]:
    return {(span.start, span.end, span.type) for span in spans_of(labels)}


def _found(sentences: Sequence[LabelledSentence]) -> list[set[Span]]:
    """Our entities, in tokens; each sentence is an article, so that no neighbour helps it."""
    articles = annotate(
        [
            as_given(f"sentence {number}", [" ".join(sentence.words)])
            for number, sentence in enumerate(sentences)
        ]
    )
    found: list[set[Span]] = []
    for article, sentence in zip(articles, sentences, strict=True):
        if article.sentences[0].tokens != sentence.words:
            raise ValueError(f"tokenised anew, other tokens: {sentence.words}")
        found.append(
            {(entity.token_start, entity.token_end, entity.type) for entity in article.entities[0]}
        )
    return found


def _guessed(
    training: Sequence[LabelledSentence], sentences: Sequence[LabelledSentence]
) -> list[set[Span]]:
    """Each word with its commonest label, the first in the alphabet of several."""
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for sentence in training:
        for word, label in zip(sentence.words, sentence.labels, strict=True):
            counts[word][label] += 1
    known = {
        word: min(labels, key=lambda label: (-labels[label], label))
        for word, labels in counts.items()
    }
    return [_spans([known.get(word, "O") for word in sentence.words]) for sentence in sentences]
