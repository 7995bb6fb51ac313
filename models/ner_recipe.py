"""The whole recipe of the entity tagger: vectors, training, measuring, files."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import logging
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from models.ner_card import model_card
from models.ner_data import (
    LabelledSentence,
    Score,
    labels_of,
    read_conll,
    read_wojood,
    retokenise,
    score,
    split_by_position,
)
from models.ner_settings import NerSettings, TaggerSettings
from models.ner_train import TrainedTagger
from models.ner_vectors import articles, train_vectors
from transforms.entities import spans_of
from transforms.stanza_tagger import StanzaTagger
from transforms.tag import tag_sentences
from transforms.word_vectors import WordVectors, load_word_vectors

logger = logging.getLogger(__name__)

LARGEST_MEGABYTES = 40


def train_ner(
    data: Path, output: Path, settings: NerSettings, vectors: Path | None = None
) -> dict[str, Any]:
    """Make `vectors.pt`, `tagger.pt`, `model.json`, `scores.json` and `CARD.md` in `output`.

    Args:
        data: holds `ner/` and `news/`.
        output: made if it is missing; its files are replaced.
        settings: every choice.
        vectors: vectors of an earlier run, to leave the first step out.

    Returns:
        What `scores.json` holds.

    Raises:
        FileNotFoundError: a training file is missing.
        ValueError: a training file is not `word TAG`, or the weights are too large.
    """
    output.mkdir(parents=True, exist_ok=True)
    training, development = labelled_text(data, settings)
    vector_file, tagger_file = output / "vectors.pt", output / "tagger.pt"
    seconds = {"vectors": 0.0, "tagger": 0.0}
    if vectors is None:
        began = time.perf_counter()
        train_vectors(data / "news", settings.vectors).save(vector_file)
        seconds["vectors"] = time.perf_counter() - began
    elif vectors.resolve() != vector_file.resolve():
        vector_file.write_bytes(vectors.read_bytes())

    began = time.perf_counter()
    table = load_word_vectors(vector_file)
    train_tagger(training, table, settings.tagger).save(tagger_file, table)
    seconds["tagger"] = time.perf_counter() - began

    report = {
        "development": measure(StanzaTagger(tagger_file, vector_file), development),
        "articles": sum(1 for _ in articles(data / "news")),
        "training_sentences": len(training),
        "training_tokens": sum(len(sentence.words) for sentence in training),
        "development_sentences": len(development),
        "development_tokens": sum(len(sentence.words) for sentence in development),
        "training_seconds": {step: round(taken) for step, taken in seconds.items()},
        "settings": dataclasses.asdict(settings),
        "sha256": {file.name: sha256(file) for file in (tagger_file, vector_file)},
    }
    megabytes = sum(file.stat().st_size for file in (tagger_file, vector_file)) / 1e6
    if megabytes > LARGEST_MEGABYTES:
        raise ValueError(f"the weights take {megabytes:.1f} MB, over {LARGEST_MEGABYTES}")
    write_json(output / "scores.json", report)
    write_json(output / "model.json", description(report, settings.version))
    (output / "CARD.md").write_text(model_card(report, megabytes), encoding="utf-8")
    return report


def description(report: Mapping[str, Any], version: str) -> dict[str, dict[str, str]]:
    """What the pipeline checks the files by, and writes of them into every corpus."""
    return {
        file.removesuffix(".pt"): {
            "file": file,
            "name": f"warraq entity {file.removesuffix('.pt')}",
            "version": version,
            "licence": "research only, see models/ner/CARD.md",
            "sha256": digest,
        }
        for file, digest in report["sha256"].items()
    }


def write_json(path: Path, content: Mapping[str, Any]) -> None:
    """Write JSON that people can read and compare."""
    text = json.dumps(content, indent=2, ensure_ascii=False, sort_keys=True)
    path.write_text(text + "\n", encoding="utf-8")


def train_tagger(
    sentences: Sequence[LabelledSentence], vectors: WordVectors, settings: TaggerSettings
) -> TrainedTagger:
    """A tagger after all its epochs."""
    trained = TrainedTagger(sentences, vectors, settings)
    for _ in trained.epochs():
        pass
    return trained


def labelled_text(
    data: Path, settings: NerSettings
) -> tuple[list[LabelledSentence], list[LabelledSentence]]:
    """Training and development sentences, in the tokens of run time.

    The tail of ANERcorp measures; what is before it, and the whole sample of Wojood, train.
    """
    folder, tagger = data / "ner", settings.tagger
    anercorp = [retokenise(sentence) for sentence in read_conll(folder / tagger.anercorp)]
    training, development = split_by_position(anercorp, tagger.development_share)
    known = {
        (" ".join(sentence.words[span.start : span.end]), span.type)
        for sentence in training
        for span in spans_of(sentence.labels)
    }
    for name in tagger.wojood:
        training.extend(map(retokenise, read_wojood(folder / name, known)))
    return training, development


def measure(tagger: StanzaTagger, sentences: Sequence[LabelledSentence]) -> dict[str, Any]:
    """Strict scores by type, and tokens a second, of a tagger as the pipeline runs it."""
    began = time.perf_counter()
    tags, failures = tag_sentences(tagger, (one.words for one in sentences), batch_tokens=2000)
    taken = time.perf_counter() - began
    if failures:
        raise RuntimeError(f"{len(failures)} sentences could not be tagged")
    guessed = [
        labels_of(spans_of([tag.label for tag in tags[one.words]]), len(one.words))
        for one in sentences
    ]
    scores: dict[str, Score] = score([one.labels for one in sentences], guessed)
    for kind, figures in scores.items():
        logger.info("%-4s P %.1f R %.1f F1 %.1f (%d)", kind, *figures)
    tokens = sum(len(one.words) for one in sentences)
    return {
        "scores": {kind: figures._asdict() for kind, figures in scores.items()},
        "tokens_per_second": round(tokens / taken),
    }


def sha256(file: Path) -> str:
    """The file's SHA-256, in hexadecimal."""
    return hashlib.sha256(file.read_bytes()).hexdigest()
