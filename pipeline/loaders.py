"""How a worker loads the models of a run: once a process, when its first shard comes."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pipeline.lean_tagger import lean_copy
from pipeline.model_folders import local_file
from pipeline.models import Models
from schemas.settings import Settings
from transforms.camel_analyser import Analyser, load_analyser
from transforms.precision import precision_of
from transforms.stanza_tagger import load_tagger

if TYPE_CHECKING:  # it imports Beam, which has time while worker processes start
    from transforms.tag import Tagger


class _File(NamedTuple):
    """A model file of the run, which each machine finds for itself."""

    path: Path
    sha256: str

    def here(self) -> str:
        return str(local_file(self.path, self.sha256))

    def lean_here(self) -> str:
        return str(lean_copy(self.path, self.sha256) or self.here())


def analyser_loader(models: Models, settings: Settings) -> Callable[[], Analyser]:
    """Loads the morphology database and the contextual tagger; pickles."""
    database, tagger, *_ = models.described
    return partial(
        _load_analyser,
        _File(models.morphology, database.sha256),
        _File(models.pos_model, tagger.sha256),
        settings.analyse.backoff,
    )


def tagger_loader(models: Models, settings: Settings) -> Callable[[], Tagger]:
    """Loads the tagger of names and its word vectors; pickles.

    All workers reckon as the machine that began the run would, whatever their processors.
    """
    _, _, tagger, vectors, *_ = models.described
    return partial(
        _load_tagger,
        _File(models.ner_model, tagger.sha256),
        _File(models.ner_vectors, vectors.sha256),
        precision_of(settings.tag.precision),
    )


def _load_analyser(database: _File, tagger: _File, backoff: str) -> Analyser:
    return load_analyser(database.here(), tagger.here(), backoff)


def _load_tagger(model: _File, vectors: _File, precision: str) -> Tagger:
    return load_tagger(model.lean_here(), vectors.lean_here(), precision)
