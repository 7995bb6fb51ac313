"""Analyses in parts, as `transforms.lexicon` finds them, made by hand."""

import zlib

from transforms.lexicon import Candidate, Part


def stem(diac, lemma, pos, log_probability, **values):
    """The features of a stem."""
    forms = {"diac": diac, "lex": lemma, "lex_id": f"{lemma}_1", "bw": f"{diac}/{pos}", "pos": pos}
    counted = {"pos_lex_logprob": log_probability, "lex_logprob": "-99", "pos_logprob": "-1"}
    return dict.fromkeys("prc3 prc2 prc1 prc0 enc0".split(), "0") | forms | counted | values


def part(features):
    """A part of a database with these features."""
    return Part(0, lambda _: features, "", zlib.crc32(repr(sorted(features.items())).encode()))


def candidate(*given, prefix=None, suffix=None, is_guess=False, **values):
    """An analysis with these features of its stem."""
    parts = part(prefix or {}), part(stem(*given, **values)), part(suffix or {})
    return Candidate(*parts, given[0] if is_guess else "")
