"""Where the model files lie: with the code, or in a folder that this machine names.

A checkout and a wheel both carry the taggers. The morphology database is made by set-up, beside
them or in the folder that `$WARRAQ_MODELS` names; what that folder holds comes first.
"""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

from pipeline.digests import file_sha256
from pipeline.error_codes import ErrorCode
from pipeline.errors import RunError

MODELS = "WARRAQ_MODELS"
_INSTALLED = Path(__file__).resolve().parent.parent / "models"
_IS_CHECKOUT = (_INSTALLED.parent / "Makefile").is_file()

_MORPHOLOGY = "morphology"


def mend(kind: str) -> str:
    """What brings back the model files of a kind."""
    if kind == _MORPHOLOGY:
        return "make models" if _IS_CHECKOUT else "warraq models"
    return f"git checkout models/{kind}" if _IS_CHECKOUT else "install Warraq's wheel again"


def model_folder(kind: str) -> Path:
    """Where the model files of a kind are looked for.

    Args:
        kind: `morphology`, `ner` or `pos`.
    """
    named = _named()
    # Set-up makes the database in the folder named; a tagger that it lacks came with the code.
    if named and (kind == _MORPHOLOGY or (named / kind).is_dir()):
        return named / kind
    return _INSTALLED / kind


@cache
def local_file(path: Path, sha256: str) -> Path:
    """Where this machine has a model file of a run that was begun on another one.

    Looked for are the same folder and name in `$WARRAQ_MODELS`, the path itself, and what is
    installed; a file counts only if it is the same to the byte, or rows would not be what their
    provenance says.

    Args:
        path: where the file lies on the machine that began the run.
        sha256: the file's.

    Raises:
        RunError: it is nowhere.
    """
    name = Path(path.parent.name, path.name)
    named = _named()
    places = [path, _INSTALLED / name]
    if named:
        places.insert(0, named / name)
    others = []
    for place in dict.fromkeys(places):
        if place.is_file():
            if file_sha256(place) == sha256:
                return place
            others.append(f"{place} is another file")
    raise RunError(
        ErrorCode.MODEL_MISSING,
        f"no such file with sha256 {sha256} on this worker: {', '.join(others) or 'none'} "
        f"(looked in {', '.join(map(str, places))})",
        f"name the folder that holds it in ${MODELS}",
        name,
    )


def _named() -> Path | None:
    named = os.environ.get(MODELS)
    return Path(named).absolute() if named else None
