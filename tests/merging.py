"""Analyses as camel-tools puts them together, to compare ours with."""

from types import SimpleNamespace

from camel_tools.morphology.utils import merge_features


def merge(lexicon, candidate):
    """All features of an analysis as camel-tools gives them, and `lex_id`, the raw `lex`."""
    rules = lexicon._tables.rules
    defines = SimpleNamespace(
        defines=frozenset(rules["defines"]), compute_feats=frozenset(rules["compute_feats"])
    )
    return merge_features(defines, *candidate.parts())
