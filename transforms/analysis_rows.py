"""The row of a word's analysis, once it is chosen."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from functools import lru_cache

from schemas.records import AnalysisSource, TokenAnalysis
from transforms.analysis_forms import Forms, forms_of
from transforms.lexicon import Features
from transforms.reading_numbers import letters_changed
from transforms.readings import Reading, plain_lemma
from transforms.universal import decisive, universal_features, universal_pos
from transforms.values import CLAIMED

_NO_VALUE = frozenset({"", "-", "0", "na"})
_NO_ROOT = frozenset({"", "NTWS", "O", "U"})  # of a guess of one letter it is empty
# The database has وَ as conjunction, particle and `while`. No data at hand tells them apart, and
# nearly all are conjunctions.
_CONJUNCTION = "wa_conj"
_OTHER_WA = {"wa_part": ("PART", "[part.]"), "wa_sub": ("SUB_CONJ", "while")}
_PRC2 = CLAIMED.index("prc2")

_SCORE = TokenAnalysis._fields.index("analysis_score")

Values = tuple[str, ...]


def analysis_row(
    word: str, reading: Reading, features: Values, score: float, count: int
) -> TokenAnalysis:
    """All columns of a reading of a word.

    Args:
        word: without diacritics.
        reading: the one that was chosen.
        features: the values of `CLAIMED` of its analysis, as camel-tools has them.
        score: how sure the choice is, over 0 to 1.
        count: among how many readings it was made.
    """
    candidate, pos, lemma = reading
    parts = candidate.parts()
    forms, features = _with_conjunction(forms_of(*parts), features)
    given = _known_values(features)
    deciding = decisive(lemma)
    upos, feats = _universal(pos, deciding, given, forms.diac if deciding else "")
    has_root = forms.root not in _NO_ROOT
    same_lemma = lemma == plain_lemma(forms.lex_id)
    # Workers remember many rows. What words of one lemma have in common is held once; the forms
    # of a word are its own, but those that are cut mostly equal the whole.
    diac = forms.diac
    return TokenAnalysis._make(  # in the order of its fields, as `given` is in that of `CLAIMED`
        (
            sys.intern(lemma),
            sys.intern(forms.lex_id if same_lemma else f"{lemma}_0"),
            forms.root if has_root else None,
            sys.intern(forms.pattern) if has_root else None,
            pos,
            upos,
            feats,
            diac,
            _shared(forms.gloss),
            None if forms.bw in _NO_VALUE else forms.bw,
            diac if forms.d3tok == diac else forms.d3tok,
            diac if forms.atbtok == diac else forms.atbtok,
            *given,
            None if forms.rat in _NO_VALUE else forms.rat,
            "backoff" if candidate.is_guess else _known_source(word, parts),
            score,
            count,
        )
    )


def with_score(row: TokenAnalysis, score: float) -> TokenAnalysis:
    """The same row with another score."""
    return TokenAnalysis._make((*row[:_SCORE], score, *row[_SCORE + 1 :]))


def _with_conjunction(forms: Forms, features: Values) -> tuple[Forms, Values]:
    """An analysis with any other reading of a proclitic و as the conjunction."""
    other = _OTHER_WA.get(features[_PRC2])
    if other is None:
        return forms, features
    tag, gloss = other
    forms = forms._replace(
        bw=forms.bw.replace(f"/{tag}", "/CONJ", 1), gloss=forms.gloss.replace(gloss, "and", 1)
    )
    return forms, (*features[:_PRC2], _CONJUNCTION, *features[_PRC2 + 1 :])


# Some thousand tuples of values are all there are; a few of them make up most of a text.
@lru_cache(maxsize=20_000)
def _known_values(features: Values) -> tuple[str | None, ...]:
    """CAMeL's values, but None where one says that the feature does not apply; `u` is kept."""
    return tuple(None if value in _NO_VALUE else value for value in features)


@lru_cache(maxsize=20_000)
def _universal(
    pos: str, deciding: str, given: tuple[str | None, ...], diac: str
) -> tuple[str, str | None]:
    """UPOS and UD features; `deciding` is what `decisive` says of the lemma."""
    features = {**dict(zip(CLAIMED, given, strict=True)), "diac": diac}
    return (
        universal_pos(pos, deciding, features),
        universal_features(pos, features, deciding),
    )


def _known_source(word: str, parts: Sequence[Features]) -> AnalysisSource:
    return "spelling_variant" if letters_changed(word, parts) else "lexicon"


def _shared(form: str) -> str | None:
    return None if form in _NO_VALUE else sys.intern(form)
