"""The syntactic words of a token as UD wants them: `وبموقفها` → `و ب موقف ها`.

As in the treebank PADT: conjunctions, prepositions, particles and pronouns are words of their own,
the article stays on its noun, and `لأن`, `عندما` and `مما` are one word. The words of a token are
spelled as the analysis spells them: without diacritics, with the letters that joining changed
(`للأزمة` → `ل الأزمة`, `شقيقته` → `شقيقة ه`, `عما` → `عن ما`) and with the hamzas and dots that the
author left out (`واضاف` → `و أضاف`, `وهذا` → `و هٰذا`). A token of one word stays as it is written.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from pipeline.exports.clitics import CLITIC_UPOS, ENCLITICS, PROCLITICS, Clitic
from transforms.tokens import MARKS
from transforms.universal import universal_features, universal_pos


class Word(NamedTuple):
    """A syntactic word; `vocalised` is its form with diacritics, `feats` are UD's."""

    form: str
    lemma: str
    upos: str
    xpos: str
    feats: str | None
    vocalised: str | None
    is_main: bool


# The end of a word before an enclitic, and how the word ends without it.
_ENDINGS = frozenset({"تة", "اى", "ئء", "ؤء"})
# What the end of a word loses to an enclitic: كتبوا, من, إلى (in إليّ).
_LOST = frozenset("انيى")
_LETTERS = str.maketrans({"ٱ": "ا", "أ": "ا", "إ": "ا", "آ": "ا"})
_LAST_LETTERS = str.maketrans({"ى": "ي", "ه": "ة"})
_VOWELS = re.compile("[\u064b-\u0652\u0640]")  # the dagger alef of هٰذا is a letter to PADT


def syntactic_words(token: str, analysis: Mapping[str, Any]) -> list[Word]:
    """The words of a token, in order, one of which is its main word.

    A clitic that the analysis sees but the token's letters do not show stays on the main word.

    Args:
        token: a surface word.
        analysis: its values by the names of the columns of `sentences`.
    """
    rest, diac = token, str(analysis["diac"])
    before: list[Word] = []
    for slot in ("prc3", "prc2", "prc1", "prc0"):
        clitic = PROCLITICS.get(analysis[slot] or "")
        end = _length_at_start(rest, clitic)
        if clitic is None or end == 0:
            continue
        before.append(_clitic_word(clitic, rest[:end], None, _clitic_upos(analysis, slot)))
        rest, diac = rest[end:], diac[_length_at_start(diac, clitic) :]
        if analysis["prc0"] == "Al_det" and (analysis[slot] or "").startswith(("li_", "la_")):
            rest = _with_article(rest, analysis)
    after: list[Word] = []
    clitic = None if _is_one_conjunction(analysis) else ENCLITICS.get(analysis["enc0"] or "")
    start = _start_at_end(rest, clitic)
    if clitic is not None and start < len(rest):
        upos = _clitic_upos(analysis, "enc0")
        after.append(_clitic_word(clitic, rest[start:], _pronoun_features(analysis), upos))
        rest, diac = rest[:start], diac[: _start_at_end(diac, clitic)]
        rest = _as_written_alone(rest, analysis)
    if before or after:
        return [*before, _main_word(rest, diac, analysis, ends=not after), *after]
    return [_only_word(token, analysis)]


def _is_one_conjunction(analysis: Mapping[str, Any]) -> bool:
    """Whether an enclitic ما is no word of its own: in عندما and مما."""
    return analysis["upos"] == "CCONJ" and (analysis["enc0"] or "").startswith(("mA_", "ma_"))


def _clitic_upos(analysis: Mapping[str, Any], slot: str) -> str | None:
    """The UPOS of a clitic, where it is not that of its part of speech."""
    value = str(analysis[slot])
    if value == "li_prep" and analysis["pos"] == "verb":  # ليكتب
        return "CCONJ"
    return CLITIC_UPOS.get(value)


def _only_word(token: str, analysis: Mapping[str, Any]) -> Word:
    vocalised = str(analysis["diac"])
    lemma = vocalised if _is_one_conjunction(analysis) else analysis["lemma"]
    return _word(token, lemma, analysis, vocalised)


def _main_word(form: str, diac: str, analysis: Mapping[str, Any], ends: bool) -> Word:
    """The word that clitics are joined to; `ends` says that nothing follows it."""
    for vocalised in (_stem(analysis), diac):
        if _letters(vocalised, ends) == _letters(form, ends):
            form = _VOWELS.sub("", vocalised).replace("ٱ", "ا")
            lemma = vocalised if _is_one_conjunction(analysis) else analysis["lemma"]
            return _word(form, lemma, analysis, vocalised)
    return _word(form, analysis["lemma"], analysis, None)


def _word(form: str, lemma: str, analysis: Mapping[str, Any], vocalised: str | None) -> Word:
    upos, pos, feats = (analysis[name] for name in ("upos", "pos", "feats"))
    return Word(form, lemma, upos, pos, feats, vocalised, is_main=True)


def _letters(form: str, ends: bool) -> str:
    """What spellings of a form have in common: not its hamzas, nor the dots at its end."""
    bare = _bare(form)
    return bare[:-1] + bare[-1:].translate(_LAST_LETTERS) if ends else bare


def _clitic_word(clitic: Clitic, form: str, feats: str | None, upos: str | None) -> Word:
    pos = clitic.pos
    found = universal_features(pos, {}) if feats is None or pos != "pron" else feats
    if upos is not None:
        found = universal_features("pron_rel", {}) if upos == "DET" else None
    form = _VOWELS.sub("", form)
    return Word(
        form, clitic.lemma, upos or universal_pos(pos), pos, found, clitic.form, is_main=False
    )


def _pronoun_features(analysis: Mapping[str, Any]) -> str | None:
    """Features of a pronoun such as `3fs_poss`: a genitive on nouns and prepositions."""
    person, _, use = str(analysis["enc0"]).partition("_")
    governed = analysis["pos"] == "prep" or analysis["upos"] == "ADP"  # بينها
    genitive = use == "poss" or (use == "pron" and governed)
    values: dict[str, str | None] = {"per": person[:1], "num": person[-1:]}
    values |= {"gen": person[1:-1] or None, "cas": "g" if genitive else "a"}
    return universal_features("pron", values)


def _stem(analysis: Mapping[str, Any]) -> str:
    """The main word of the tokenisation `atb`, with its diacritics; empty if it has none."""
    parts = str(analysis["atb"]).split("_")
    return next((part for part in parts if part and "+" not in (part[0], part[-1])), "")


def _with_article(rest: str, analysis: Mapping[str, Any]) -> str:
    """What follows the preposition ل, with the article as it is elsewhere: `لأزمة` → `الأزمة`."""
    if not rest.startswith("ل"):
        return rest
    whole = "ال" + rest  # of للجنة and لله, what begins with ل too
    return whole if _bare(_stem(analysis)) == _bare(whole) else "ا" + rest


def _as_written_alone(rest: str, analysis: Mapping[str, Any]) -> str:
    """What precedes an enclitic, as it is written without one: `شقيقت` → `شقيقة`, `م` → `من`."""
    bare, stem = MARKS.sub("", rest), MARKS.sub("", _stem(analysis))
    if stem[:-1].translate(_LETTERS) == bare.translate(_LETTERS) and stem[-1:] in _LOST:
        return rest + stem[-1]
    same = stem[:-1].translate(_LETTERS) == bare[:-1].translate(_LETTERS)
    if same and bare[-1:] + stem[-1:] in _ENDINGS:
        at = rest.rindex(bare[-1])
        return rest[:at] + stem[-1]
    return rest


def _bare(form: str) -> str:
    return MARKS.sub("", form).translate(_LETTERS)


def _length_at_start(form: str, clitic: Clitic | None) -> int:
    """How many characters of `form` are the clitic, with the marks on it; 0 if it is not there."""
    if clitic is None:
        return 0
    end = 0
    for letter in _bare(clitic.form):
        if _bare(form[end : end + 1]) != letter:
            return 0
        end += 1
        while end < len(form) and MARKS.match(form[end]):
            end += 1
    return end if end < len(form) else 0


def _start_at_end(form: str, clitic: Clitic | None) -> int:
    """Where the clitic starts at the end of `form`; its length if it is not there."""
    if clitic is None:
        return len(form)
    start = len(form)
    for letter in reversed(_bare(clitic.form)):
        while start > 0 and MARKS.match(form[start - 1]):
            start -= 1
        if start == 0 or _bare(form[start - 1]) != letter:
            return len(form)
        start -= 1
    return start if start > 0 else len(form)
