"""The whole recipe of the entity tagger: vectors, teachers, tagger, measuring, files."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import logging
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from models.ner_card import model_card
from models.ner_data import labels_of, score
from models.ner_gold import CORRECTED, ORIGINAL, GoldSentence, read_gold
from models.ner_names import read_names
from models.ner_network import Encoder, load_encoder, save_encoder
from models.ner_pretrain import pretrain
from models.ner_settings import NerSettings
from models.ner_tagger import Silver, Tagger, label, label_gold, learn, save_for_stanza
from models.ner_teachers import teach
from models.ner_text import News, Vocabulary, articles, read_news
from models.ner_vectors import train_vectors
from transforms.entities import spans_of
from transforms.stanza_tagger import StanzaTagger
from transforms.tag import tag_sentences
from transforms.word_vectors import load_word_vectors

logger = logging.getLogger(__name__)

LARGEST_MEGABYTES = 40


def train_ner(
    data: Path,
    output: Path,
    settings: NerSettings,
    vectors: Path | None = None,
    network: Path | None = None,
    keep: Path | None = None,
) -> dict[str, Any]:
    """Make `vectors.pt`, `tagger.pt`, `model.json`, `scores.json` and `CARD.md` in `output`.

    The tagger is made twice from the same network: once without the development set, to measure
    the recipe, and once from all labelled text, to be used.

    Args:
        data: holds `ner/`, `news/` and `gazetteers/`.
        output: made if it is missing; its files are replaced.
        settings: every choice.
        vectors: vectors of an earlier run, to leave the first step out.
        network: the network of an earlier run with these vectors, to leave the second step out.
        keep: a folder for `network.pt` and `measured.pt`, the tagger that is measured: later
            changes of the steps that follow can be compared with it on text neither has seen.

    Returns:
        What `scores.json` holds.

    Raises:
        FileNotFoundError: a training file is missing.
        ValueError: a training file is not `word TAG`, the network does not fit the settings, or
            the weights are too large.
    """
    output.mkdir(parents=True, exist_ok=True)
    gold, development = read_gold(data / "ner", settings.development_share)
    clock = _Clock()
    vector_file = _vector_file(data, output, settings, vectors)
    clock.stop("vectors")

    table = load_word_vectors(vector_file)
    news = read_news(data / "news")
    labelled = (word for sentence in [*gold, *development] for word in sentence.words)
    vocabulary = Vocabulary(news.words, labelled, table)
    clock.stop("reading")
    encoder = read_the_news(news, vocabulary, settings, network)
    clock.stop("guessing")

    def make_tagger(sentences: Sequence[GoldSentence], path: Path) -> None:
        tagger = train_tagger(encoder, news, sentences, vocabulary, settings)
        save_for_stanza(tagger, path, table.words)

    with tempfile.TemporaryDirectory() as folder:
        kept = keep or Path(folder)
        kept.mkdir(parents=True, exist_ok=True)
        save_encoder(encoder, kept / "network.pt")
        make_tagger(gold, kept / "measured.pt")
        found = measure(StanzaTagger(kept / "measured.pt", vector_file), development)
    clock.stop("measured tagger")
    make_tagger([*gold, *development], output / "tagger.pt")
    clock.stop("tagger")
    report = report_of(gold, development, found, settings) | {
        "articles": sum(1 for _ in articles(data / "news")),
        "listed_words": table.listed_words,
        "training_seconds": clock.seconds,
    }
    return write_report(report, output)


def _vector_file(data: Path, output: Path, settings: NerSettings, given: Path | None) -> Path:
    """`vectors.pt` in `output`: trained, or those of an earlier run."""
    path = output / "vectors.pt"
    if given is None:
        names = read_names(data / "gazetteers")
        train_vectors(data / "news", names, settings.vectors).save(path)
    elif given.resolve() != path.resolve():
        path.write_bytes(given.read_bytes())
    return path


class _Clock:
    """How long each step took."""

    def __init__(self) -> None:
        self.seconds: dict[str, int] = {}
        self._began = time.perf_counter()

    def stop(self, step: str) -> None:
        """Note what passed since the last step."""
        now = time.perf_counter()
        self.seconds[step] = round(now - self._began)
        self._began = now


def report_of(
    gold: Sequence[GoldSentence],
    development: Sequence[GoldSentence],
    found: Mapping[str, Any],
    settings: NerSettings,
) -> dict[str, Any]:
    """What was measured, on what, and with which settings."""
    return {
        "development": found,
        "training_sentences": len(gold),
        "training_tokens": sum(len(sentence.words) for sentence in gold),
        "development_sentences": len(development),
        "development_tokens": sum(len(sentence.words) for sentence in development),
        "settings": dataclasses.asdict(settings),
    }


def write_report(report: Mapping[str, Any], output: Path) -> dict[str, Any]:
    """Write scores, description and card of the weights in `output`; the report with their hashes.

    Raises:
        ValueError: the weights are too large.
    """
    files = [output / "tagger.pt", output / "vectors.pt"]
    whole = {**report, "sha256": {file.name: sha256(file) for file in files}}
    megabytes = sum(file.stat().st_size for file in files) / 1e6
    if megabytes > LARGEST_MEGABYTES:
        raise ValueError(f"the weights take {megabytes:.1f} MB, over {LARGEST_MEGABYTES}")
    write_json(output / "scores.json", whole)
    write_json(output / "model.json", description(whole, report["settings"]["version"]))
    (output / "CARD.md").write_text(model_card(whole, megabytes), encoding="utf-8")
    return whole


def read_the_news(
    news: News, vocabulary: Vocabulary, settings: NerSettings, network: Path | None
) -> Encoder:
    """The network that has learnt to guess the words of the news, now or in an earlier run."""
    import torch

    torch.set_num_threads(1)  # with more, sums and so weights differ from machine to machine
    if network is None:
        return pretrain(news, vocabulary, settings)
    dimensions = vocabulary.vectors.shape[1]
    return load_encoder(network, dimensions, settings.hidden, settings.pretraining.dropout)


def train_tagger(
    encoder: Encoder,
    news: News,
    gold: Sequence[GoldSentence],
    vocabulary: Vocabulary,
    settings: NerSettings,
) -> Tagger:
    """Teach the teachers, and let the tagger learn from them."""
    teachers = [
        teach(encoder, gold, vocabulary, settings, seed) for seed in settings.teaching.seeds
    ]
    some = news.some(settings.learning.news_words, settings.seed)
    silver = label(some, teachers, vocabulary, settings)
    sure = label_gold(gold, vocabulary, settings)
    copies = np.repeat([1, settings.learning.gold_copies], [len(some), len(gold)])
    both = Silver(silver.sentences + sure.sentences, silver.probabilities + sure.probabilities)
    return learn(both, copies, teachers[0], vocabulary, settings)


def measure(tagger: StanzaTagger, sentences: Sequence[GoldSentence]) -> dict[str, Any]:
    """Strict scores by both sets of labels, and tokens a second, as the pipeline runs a tagger."""
    began = time.perf_counter()
    tags, failures = tag_sentences(tagger, (one.words for one in sentences), batch_tokens=2000)
    taken = time.perf_counter() - began
    if failures:
        raise RuntimeError(f"{len(failures)} sentences could not be tagged")
    guessed = [
        labels_of(spans_of([tag.label for tag in tags[one.words]]), len(one.words))
        for one in sentences
    ]
    right = [one.labels[ORIGINAL] for one in sentences]
    both = [
        (one.labels[CORRECTED], labels)
        for one, labels in zip(sentences, guessed, strict=True)
        if CORRECTED in one.labels
    ]
    scores = {
        ORIGINAL: score(right, guessed),
        CORRECTED: score(
            *([without_misc(row) for row in rows] for rows in zip(*both, strict=True))
        ),
    }
    for name, by_type in scores.items():
        for kind, figures in by_type.items():
            logger.info("%s %-4s P %.1f R %.1f F1 %.1f (%d)", name, kind, *figures)
    tokens = sum(len(one.words) for one in sentences)
    return {
        "scores": {
            name: {kind: figures._asdict() for kind, figures in by_type.items()}
            for name, by_type in scores.items()
        },
        "tokens_per_second": round(tokens / taken),
    }


def without_misc(labels: Sequence[str]) -> list[str]:
    """Labels of persons, places and organisations alone."""
    return ["O" if label.endswith("MISC") else label for label in labels]


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


def sha256(file: Path) -> str:
    """The file's SHA-256, in hexadecimal."""
    return hashlib.sha256(file.read_bytes()).hexdigest()
