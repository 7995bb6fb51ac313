"""Analyses in parts, as `transforms.lexicon` finds them, made by hand."""

from transforms.lexicon import Candidate


def stem(diac, lemma, pos, log_probability, **values):
    """The features of a stem."""
    forms = {"diac": diac, "lex": lemma, "lex_id": f"{lemma}_1", "bw": f"{diac}/{pos}", "pos": pos}
    counted = {"pos_lex_logprob": log_probability, "lex_logprob": "-99", "pos_logprob": "-1"}
    return dict.fromkeys("prc3 prc2 prc1 prc0 enc0".split(), "0") | forms | counted | values


def candidate(*given, prefix=None, suffix=None, is_guess=False, **values):
    """An analysis with these features of its stem."""
    return Candidate(prefix or {}, stem(*given, **values), suffix or {}, is_guess)


def merge(candidate):
    """All features of an analysis, as camel-tools' merge gives them."""
    parts = candidate.prefix, candidate.stem, candidate.suffix
    diac = "".join(part.get("diac", "") for part in parts)
    names = "prc3 prc2 prc1 prc0 enc0 asp cas gen num per mod stt vox rat pos lex lex_id bw".split()
    features = {name: candidate.value(name) for name in names}
    root = candidate.stem.get("root", "NTWS")
    return features | {"diac": diac, "d3tok": diac, "atbtok": diac, "root": root, "pattern": "1ا2"}
