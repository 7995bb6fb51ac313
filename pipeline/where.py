"""`python -m pipeline where`: the place that readers of a corpus open, which on a store changes."""

from __future__ import annotations

from pathlib import Path

from pipeline.error_codes import ErrorCode
from pipeline.errors import UsageError
from pipeline.places import is_store, place, unreachable
from pipeline.publish import MANIFEST, current_version


def readers_open(output: str) -> str:
    """What readers of a corpus name: the folder; on a store the version that is published."""
    corpus = place(output)
    return str(published(corpus)) if is_store(corpus) else output


def published(corpus: Path) -> Path:
    """The version of a corpus that is published; the folder itself, where it holds one.

    Raises:
        UsageError: there is none, or it cannot be read.
    """
    try:
        version = current_version(corpus)
    except UsageError:
        raise
    except Exception as error:  # a store may raise anything
        raise unreachable(corpus, error) from error
    if version is None and not is_store(corpus) and (corpus / MANIFEST).exists():
        return corpus  # a copy that did not take the links along
    if version is None:
        raise UsageError(ErrorCode.NO_CORPUS, "there is no corpus", file=corpus)
    return version
