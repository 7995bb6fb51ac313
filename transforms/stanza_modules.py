"""The modules of Stanza that tagging needs.

Stanza's first import brings all its processors, and one of them imports `transformers` if it is
installed, as camel-tools demands: half a second of every start, for models of a kind that none here
is. Another imports IPython, to show things in notebooks.
"""

from __future__ import annotations

from transforms.passed_over import passed_over

with passed_over("transformers", "IPython"):
    from stanza.models.common.vocab import VOCAB_PREFIX, VOCAB_PREFIX_SIZE
    from stanza.models.ner.model import NERTagger
    from stanza.models.ner.vocab import MultiVocab

__all__ = ["VOCAB_PREFIX", "VOCAB_PREFIX_SIZE", "MultiVocab", "NERTagger"]
