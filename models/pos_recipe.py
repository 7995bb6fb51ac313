"""The whole recipe of the contextual tagger: counts, vectors, training, measuring, files."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import logging
import random
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from models.pos_card import model_card
from models.pos_data import BACKOFF, Texts, WordBank, examples, read_texts, word_bank
from models.pos_network import TaggerNetwork, WordTensors
from models.pos_priors import PriorTables
from models.pos_scores import calibration, calibration_error, in_context, measure, pairs, speed
from models.pos_settings import PosSettings
from models.pos_train import train
from models.pos_vectors import train_word_vectors
from models.pos_words import common_words
from transforms.camel_analyser import CamelAnalyser, model_view
from transforms.context_model import load_context_model, save_context_model
from transforms.lemma_priors import LemmaPriors
from transforms.lexicon import Lexicon, load_lexicon
from transforms.reading_numbers import NUMBERS
from transforms.word_features import folded

logger = logging.getLogger(__name__)

LICENCE = "CC BY-NC-SA 4.0, see models/pos/CARD.md"
PRIOR = "logprob_atb_camel_v1.0.json"
_TEMPERATURES = (0.8, 0.9, 1.0, 1.1, 1.2, 1.35, 1.5, 1.75, 2.0)

Vectors = tuple[list[str], NDArray[np.int8]]


def train_pos(
    data: Path, database: Path, output: Path, settings: PosSettings, tagger: Path | None = None
) -> dict[str, Any]:
    """Make `tagger.npz`, `model.json`, `scores.json` and `CARD.md` in `output`.

    Args:
        data: holds `treebank/`, `prior/`, `ner/` and `news/`.
        database: the morphology database whose analyses are to be chosen among.
        output: made if it is missing; its files are replaced.
        settings: every choice.
        tagger: a file of an earlier run whose word vectors are taken.

    Returns:
        What `scores.json` holds.

    Raises:
        FileNotFoundError: a file is missing.
    """
    output.mkdir(parents=True, exist_ok=True)
    began = time.perf_counter()
    _seed(settings.training.seed, settings.training.threads)
    vectors = _vectors(data / "news", settings, tagger)
    texts, lexicon = read_texts(data), load_lexicon(database)
    tables = PriorTables(data / "prior" / PRIOR, lexicon)
    priors = LemmaPriors(tables.counts, tables.names, tables.respelled)
    bank = word_bank(texts.train, lexicon, priors, settings)
    logger.info("%d words of %d types", sum(map(len, texts.train)), len(bank.seen))
    network = _trained(texts, bank, vectors, settings)
    file = output / "tagger.npz"
    temperature = 1.0
    save = _Saver(file, network, bank, tables, vectors, settings.marks_denied)
    save(temperature)
    temperature = _temperature(file, lexicon, texts, priors)
    save(temperature)
    seconds = time.perf_counter() - began
    report = _report(file, lexicon, texts, priors, settings) | {
        "temperature": temperature,
        "seconds": round(seconds),
        "megabytes": round(file.stat().st_size / 1e6, 1),
        "settings": dataclasses.asdict(settings),
        "word_types": len(bank.seen),
        "values": len(bank.table.names),
    }
    description = {
        "tagger": {
            "file": file.name,
            "name": "warraq contextual tagger",
            "version": settings.version,
            "licence": LICENCE,
            "sha256": hashlib.sha256(file.read_bytes()).hexdigest(),
        }
    }
    words = common_words(data / "news", settings.least_word_count)
    (output / "words.txt").write_text("\n".join(words) + "\n", encoding="utf-8")
    _write_json(output / "model.json", description)
    _write_json(output / "scores.json", report)
    (output / "CARD.md").write_text(model_card(report), encoding="utf-8")
    return report


def _seed(seed: int, threads: int) -> None:
    random.seed(seed)
    torch.manual_seed(seed)
    torch.set_num_threads(threads)
    torch.use_deterministic_algorithms(True)


def _vectors(news: Path, settings: PosSettings, tagger: Path | None) -> Vectors:
    if tagger is None:
        return train_word_vectors(news, settings.vectors)
    with np.load(tagger, allow_pickle=False) as held:
        return held["vector_words"].tobytes().decode().split("\n"), held["vectors"]


def _trained(
    texts: Texts, bank: WordBank, vectors: Vectors, settings: PosSettings
) -> TaggerNetwork:
    rows = {word: row for row, word in enumerate(vectors[0])}
    known = np.zeros((len(bank.seen), vectors[1].shape[1]), dtype=np.int8)
    for word, number in bank.number.items():
        row = rows.get(folded(model_view(word) or word))
        if row is not None:
            known[number] = vectors[1][row]
    values = len(bank.table.names) + 1
    network = TaggerNetwork(
        len(bank.vocabulary.forms) + 1,
        len(bank.vocabulary.affixes) + 1,
        values,
        known.shape[1],
        settings.network,
    )
    given = list(examples(texts.train, bank, settings.training.longest_sentence))
    bank.forget_analyses()
    words = WordTensors.of(bank.seen, known, values)
    train(network, given, bank, words, settings.training)
    return network


class _Saver:
    """Writes the model's file for a temperature."""

    def __init__(
        self,
        file: Path,
        network: TaggerNetwork,
        bank: WordBank,
        tables: PriorTables,
        vectors: Vectors,
        marks_denied: float,
    ) -> None:
        self._file, self._tables = file, tables
        self._texts = {
            "value_names": list(bank.table.names),
            "forms": list(bank.vocabulary.forms),
            "affixes": list(bank.vocabulary.affixes),
            "vector_words": vectors[0],
            "name_spellings": list(tables.names),
            "name_lemmas": list(tables.names.values()),
            "stem_spellings": list(tables.respelled),
            "stem_lemmas": list(tables.respelled.values()),
        }
        own = network.numbers.weight.detach().numpy()[0].astype(np.float32)
        own[NUMBERS.index("marks_denied")] = marks_denied
        self._arrays: dict[str, NDArray[Any]] = {
            "vectors": vectors[1],
            "number_weights": own,
            **{f"w.{name}": given for name, given in network.weights().items()},
        }

    def __call__(self, temperature: float) -> None:
        arrays = {**self._arrays, "temperature": np.array(temperature)}
        save_context_model(self._file, self._texts, self._tables.counts, arrays)


def _temperature(file: Path, lexicon: Lexicon, texts: Texts, priors: LemmaPriors) -> float:
    """The temperature with which scores are nearest to the share that is right, on PADT's dev."""
    errors = {}
    model = load_context_model(file)
    for temperature in _TEMPERATURES:
        analyser = CamelAnalyser(lexicon, model._replace(temperature=temperature), BACKOFF)
        found = pairs(in_context(analyser), texts.padt_dev)
        errors[temperature] = calibration_error(found, priors)
        logger.info("temperature %.2f: error %.4f", temperature, errors[temperature])
    return min(errors, key=lambda temperature: (errors[temperature], temperature))


def _report(
    file: Path, lexicon: Lexicon, texts: Texts, priors: LemmaPriors, settings: PosSettings
) -> dict[str, Any]:
    model = load_context_model(file)
    analyser = CamelAnalyser(lexicon, model, BACKOFF)
    alone = in_context(analyser)

    def one_word_sentences(sentences: Any) -> Any:
        rows = alone([[word] for sentence in sentences for word in sentence])
        each = iter(row for (row,) in rows)
        return [tuple(next(each) for _ in sentence) for sentence in sentences]

    parts = {
        "PADT dev": texts.padt_dev,
        "PADT test": texts.padt_test,
        "IAHLT dev": texts.iahlt_dev,
    }
    report: dict[str, Any] = {"scores": {}, "without_sentence": {}, "calibration": {}}
    for name, sentences in parts.items():
        found = pairs(alone, sentences)
        report["scores"][name] = measure(found, priors)
        report["calibration"][name] = calibration(found, priors)
        report["without_sentence"][name] = measure(pairs(one_word_sentences, sentences), priors)
    words = [[gold.word for gold in sentence] for sentence in texts.padt_test]
    report["speed"] = speed(analyser, words)
    logger.info("%s", json.dumps(report["scores"], ensure_ascii=False))
    return report


def _write_json(path: Path, content: Mapping[str, Any]) -> None:
    text = json.dumps(content, ensure_ascii=False, indent=2, sort_keys=True)
    path.write_text(text + "\n", encoding="utf-8")
