"""How a worker loads the models of a run: once a process, when its first shard comes."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from pipeline.models import Models
from schemas.settings import Settings
from transforms.camel_analyser import Analyser, load_analyser
from transforms.stanza_tagger import load_tagger

if TYPE_CHECKING:  # it imports Beam, which has time while worker processes start
    from transforms.tag import Tagger


def analyser_loader(models: Models, settings: Settings) -> Callable[[], Analyser]:
    """Loads the morphology database and the contextual tagger; pickles."""
    return partial(
        load_analyser, str(models.morphology), str(models.pos_model), settings.analyse.backoff
    )


def tagger_loader(models: Models, settings: Settings) -> Callable[[], Tagger]:
    """Loads the tagger of names and its word vectors; pickles."""
    return partial(
        load_tagger, str(models.ner_model), str(models.ner_vectors), settings.tag.precision
    )
