"""What made the rows, told so that the same rows can be made again."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path

from pipeline import __version__
from pipeline.models import Models
from pipeline.options import Options, annotating
from pipeline.plan import Plan
from schemas.columns import SCHEMA_VERSION
from schemas.manifest import Provenance

_DIGITS = 16
_LIBRARIES = ("apache-beam", "camel-tools", "chardet", "pyarrow", "rensa", "stanza", "torch")
_ROOT = Path(__file__).resolve().parent.parent
# The code that decides what the rows are. Changed code is another configuration.
_CODE = (
    "schemas",
    "transforms",
    "pipeline/articles.py",
    "pipeline/decoding.py",
    "pipeline/inputs.py",
    "pipeline/records.py",
    "pipeline/rows.py",
    "pipeline/survey.py",
)


def make_provenance(options: Options, models: Models, plan: Plan) -> Provenance:
    """The provenance of a run.

    The fingerprint is taken of all that decides how an article is annotated: schema, code,
    settings, models, libraries. The run's identifier is taken of that and of the inputs: the same
    run asked for twice is the same run.
    """
    settings = annotating(options)
    libraries = {name: version(name) for name in _LIBRARIES}
    configuration = {
        "schema": SCHEMA_VERSION,
        "code": _code_digest(),
        "settings": settings,
        "models": [asdict(model) for model in models.described],
        "libraries": libraries,
    }
    fingerprint = _digest(json.dumps(configuration, sort_keys=True))
    return Provenance(
        run_id=_digest(f"{plan.digest}\n{fingerprint}"),
        fingerprint=fingerprint,
        warraq_version=__version__,
        settings=settings,
        models=models.described,
        libraries=libraries,
    )


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:_DIGITS]


def _code_digest() -> str:
    digest = hashlib.sha256()
    for part in _CODE:
        path = _ROOT / part
        files = [path] if path.is_file() else sorted(path.glob("*.[pt][yx]*"))
        for file in files:
            digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()
