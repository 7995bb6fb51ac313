"""The modules of Stanza that tagging needs.

Stanza's first import brings all its processors, and one of them imports `transformers` if it is
installed, as camel-tools demands: half a second of every start, for models of a kind that none here
is. While Stanza is imported it is passed over.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def _passed_over(package: str) -> Iterator[None]:
    """Meanwhile nobody finds a package, unless it has been imported before."""
    if package in sys.modules:
        yield
        return
    sys.modules[package] = None  # type: ignore[assignment] # Python's own mark for that
    try:
        yield
    finally:
        del sys.modules[package]


with _passed_over("transformers"):
    from stanza.models.common.vocab import VOCAB_PREFIX, VOCAB_PREFIX_SIZE
    from stanza.models.ner.model import NERTagger
    from stanza.models.ner.vocab import MultiVocab

__all__ = ["VOCAB_PREFIX", "VOCAB_PREFIX_SIZE", "MultiVocab", "NERTagger"]
