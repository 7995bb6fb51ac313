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
    return Part(0, features, "", zlib.crc32(repr(sorted(features.items())).encode()))


def candidate(*given, prefix=None, suffix=None, is_guess=False, **values):
    """An analysis with these features of its stem."""
    parts = part(prefix or {}), part(stem(*given, **values)), part(suffix or {})
    return Candidate(*parts, given[0] if is_guess else "")


def merge(candidate):
    """All features of an analysis, as camel-tools' merge gives them."""
    parts = candidate.parts()
    diac = "".join(part.get("diac", "") for part in parts)
    names = "prc3 prc2 prc1 prc0 enc0 asp cas gen num per mod stt vox rat pos lex lex_id bw".split()
    features = {name: candidate.value(name) for name in names}
    root = parts[1].get("root", "NTWS")
    return features | {"diac": diac, "d3tok": diac, "atbtok": diac, "root": root, "pattern": "1ا2"}
