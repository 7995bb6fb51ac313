"""Entities of ANERcorp: the end of its training half, which the tagger is not trained on."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path

from models.ner_data import LabelledSentence, read_conll, retokenise, split_by_position
from models.ner_settings import NerSettings
from tests.evaluation.annotate import annotate, as_given
from tests.evaluation.measures import Row
from tests.evaluation.sources import Source, data_file
from tests.evaluation.spans import Span, span_rows
from transforms.entities import spans_of

MEMORY = "commonest label of each word in the training part"


def anercorp_rows(folder: Path) -> tuple[list[Row], list[Source]]:
    """Strict F1 under the original and the corrected labels; each sentence an article of its own.

    So no sentence is helped by its neighbours, as it would be in an article.
    """
    rows: list[Row] = []
    sources: list[Source] = []
    share = NerSettings().development_share
    for key in ("anercorp", "cleananercorp"):
        file = data_file(folder, key)
        labelled = [retokenise(sentence) for sentence in read_conll(file.path)]
        training, tail = split_by_position(labelled, share)
        wanted = [_spans(sentence.labels) for sentence in tail]
        found = _found(tail)
        remembered = _remember(training)
        guessed = [
            _spans([remembered.get(word, "O") for word in sentence.words]) for sentence in tail
        ]
        name = f"{file.name}, development tail"
        rows += span_rows(name, found, guessed, wanted, MEMORY)
        tokens = sum(len(sentence.words) for sentence in tail)
        sources.append(file.source(f"last {len(tail)} sentences, {tokens:,} tokens"))
    return rows, sources


def _spans(labels: Sequence[str]) -> set[Span]:
    return {(span.start, span.end, span.type) for span in spans_of(labels)}


def _found(sentences: Sequence[LabelledSentence]) -> list[set[Span]]:
    """Our entities, in tokens; the sentences' words are those of our own tokeniser."""
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


def _remember(sentences: Sequence[LabelledSentence]) -> dict[str, str]:
    """For each word its commonest label, the first in the alphabet of several."""
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for sentence in sentences:
        for word, label in zip(sentence.words, sentence.labels, strict=True):
            counts[word][label] += 1
    return {
        word: min(labels, key=lambda label: (-labels[label], label))
        for word, labels in counts.items()
    }
