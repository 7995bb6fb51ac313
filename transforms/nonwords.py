"""Analyses of tokens that no lexicon of Arabic knows: punctuation, numbers, words of other scripts.

Tags are CAMeL's (`punc`, `digit`, `foreign`) with UD's beside them; lemma, diacritised form and
tokenisations are the token as it stands.
"""

from __future__ import annotations

import re
import unicodedata

from schemas.records import AnalysisSource, TokenAnalysis
from transforms.tokens import DIGITS
from transforms.universal import universal_features, universal_pos

_NUMBER = re.compile(rf"[+\-−]?[{DIGITS}]+(?:[.,،:/٫٬\-][{DIGITS}]+)*")
_ADDRESS = re.compile(r"https?://.+|www\..+|[^@\s]+@[^@\s]+\.[^@\s]+", re.DOTALL)
_PER_CENT = frozenset("%٪‰؉؊")


def analyse_nonword(token: str) -> TokenAnalysis:
    """The analysis of a token that is not an Arabic word; any string gets one."""
    if _NUMBER.fullmatch(token) or token.isnumeric():
        return _as_it_stands(token, "digit", "NOUN_NUM", "digit")
    if _ADDRESS.fullmatch(token):  # UD: addresses are symbols
        return _as_it_stands(token, "foreign", "FOREIGN", "foreign", upos="SYM", feats=None)
    if not any(character.isalnum() and character != "ـ" for character in token):
        upos = "SYM" if _is_symbol(token) else "PUNCT"
        return _as_it_stands(token, "punc", "PUNC", "punctuation", upos=upos)
    if any("ARABIC" in unicodedata.name(character, "") for character in token):  # #سوريا
        return _as_it_stands(token, "foreign", "FOREIGN", "foreign", feats=None)
    return _as_it_stands(token, "foreign", "FOREIGN", "foreign")


def unknown_word(word: str) -> TokenAnalysis:
    """The row of an Arabic word that neither the lexicon nor a back-off analyses."""
    return _as_it_stands(word, "unknown", "UNKNOWN", "backoff")


def _is_symbol(token: str) -> bool:
    """Whether a token without letters and digits stands for a word: %, $, +, an emoji."""
    return any(
        character in _PER_CENT or unicodedata.category(character) in ("Sc", "Sm", "So")
        for character in token
    )


def _as_it_stands(
    token: str,
    pos: str,
    buckwalter_tag: str,
    source: AnalysisSource,
    *,
    upos: str | None = None,
    feats: str | None = "",
) -> TokenAnalysis:
    """A row whose forms are all `token`; `upos` and `feats` follow from `pos` unless given."""
    return TokenAnalysis(
        lemma=token,
        lemma_id=token,
        root=None,
        pattern=None,
        pos=pos,
        upos=upos or universal_pos(pos),
        feats=universal_features(pos, {}) if feats == "" else feats,
        diac=token,
        gloss=None,
        bw=f"{token}/{buckwalter_tag}",
        d3=token,
        atb=token,
        prc3=None,
        prc2=None,
        prc1=None,
        prc0=None,
        enc0=None,
        asp=None,
        cas=None,
        gen=None,
        num=None,
        per=None,
        mod=None,
        stt=None,
        vox=None,
        rat=None,
        analysis_source=source,
        analysis_score=1.0,
        analysis_count=1,
    )
