"""The syntactic words of a token as UD wants them: `وبموقفها` → `و ب موقف ها`.

As in the treebank PADT: conjunctions, prepositions, particles and pronouns are words of their own,
the article stays on its noun, and the letters are those of the text, but for those that joining
changed (`للأزمة` → `ل الأزمة`, `شقيقته` → `شقيقة ه`, `مما` → `من ما`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

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


class _Clitic(NamedTuple):
    """A clitic with its diacritics, its lemma, and its part of speech in CAMeL's tag set."""

    form: str
    lemma: str
    pos: str


def _pronouns() -> dict[str, _Clitic]:
    """The pronouns that CAMeL tells apart by their use; PADT gives all of them one lemma."""
    forms = {
        "1s": "ي", "1p": "نا", "2ms": "كَ", "2fs": "كِ", "2d": "كُما", "2mp": "كُم", "2fp": "كُنَّ",
        "3ms": "هُ", "3fs": "ها", "3d": "هُما", "3mp": "هُم", "3fp": "هُنَّ",
    }  # fmt: skip
    pronouns = {
        f"{person}_{use}": _Clitic(form, "هُوَ", "pron")
        for person, form in forms.items()
        for use in ("poss", "pron", "dobj")
    }
    return {**pronouns, "1s_dobj": _Clitic("نِي", "هُوَ", "pron")}


# What CAMeL's values of prc3, prc2, prc1 and prc0 stand for; the article is not among them.
_PROCLITICS: Mapping[str, _Clitic] = {
    ">a_ques": _Clitic("أَ", "أَ", "part_interrog"),
    "wa_conj": _Clitic("وَ", "وَ", "conj"),
    "wa_part": _Clitic("وَ", "وَ", "part"),
    "wa_sub": _Clitic("وَ", "وَ", "conj_sub"),
    "fa_conj": _Clitic("فَ", "فَ", "conj"),
    "fa_conn": _Clitic("فَ", "فَ", "conj"),
    "fa_rc": _Clitic("فَ", "فَ", "conj"),
    "fa_sub": _Clitic("فَ", "فَ", "conj_sub"),
    "bi_prep": _Clitic("بِ", "بِ", "prep"),
    "bi_part": _Clitic("بِ", "بِ", "prep"),
    "ka_prep": _Clitic("كَ", "كَ", "prep"),
    "li_prep": _Clitic("لِ", "لِ", "prep"),
    "la_prep": _Clitic("لَ", "لِ", "prep"),
    "ta_prep": _Clitic("تَ", "تَ", "prep"),
    "wa_prep": _Clitic("وَ", "وَ", "prep"),
    "fiy_prep": _Clitic("فِي", "فِي", "prep"),
    "li_jus": _Clitic("لِ", "لِ", "part"),
    "la_emph": _Clitic("لَ", "لَ", "part"),
    "la_rc": _Clitic("لَ", "لَ", "part"),
    "sa_fut": _Clitic("سَ", "سَ", "part_fut"),
    "wA_voc": _Clitic("وا", "وا", "part_voc"),
    "yA_voc": _Clitic("يا", "يا", "part_voc"),
    "hA_dem": _Clitic("ها", "ها", "pron_dem"),
    "lA_neg": _Clitic("لا", "لا", "part_neg"),
    "mA_neg": _Clitic("ما", "ما", "part_neg"),
    "mA_part": _Clitic("ما", "ما", "part"),
    "mA_rel": _Clitic("ما", "ما", "pron_rel"),
}
_ENCLITICS: Mapping[str, _Clitic] = {
    **_pronouns(),
    "lA_neg": _Clitic("لا", "لا", "part_neg"),
    "mA_rel": _Clitic("ما", "ما", "pron_rel"),
    "ma_rel": _Clitic("مَ", "ما", "pron_rel"),
    "mA_sub": _Clitic("ما", "ما", "conj_sub"),
    "ma_sub": _Clitic("مَ", "ما", "conj_sub"),
    "mA_interrog": _Clitic("ما", "ما", "pron_interrog"),
    "ma_interrog": _Clitic("مَ", "ما", "pron_interrog"),
    "man_rel": _Clitic("مَن", "مَن", "pron_rel"),
    "man_interrog": _Clitic("مَن", "مَن", "pron_interrog"),
    "Ah_voc": _Clitic("اه", "اه", "part_voc"),
}
# The end of a word before an enclitic, and how the word ends without it.
_ENDINGS = frozenset({"تة", "اى", "ئء", "ؤء"})
# What the end of a word loses to an enclitic: كتبوا, من, إلى (in إليّ).
_LOST = frozenset("انيى")
_LETTERS = str.maketrans({"ٱ": "ا", "أ": "ا", "إ": "ا", "آ": "ا"})


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
        clitic = _PROCLITICS.get(analysis[slot] or "")
        end = _length_at_start(rest, clitic)
        if clitic is None or end == 0:
            continue
        before.append(_clitic_word(clitic, rest[:end], None))
        rest, diac = rest[end:], diac[_length_at_start(diac, clitic) :]
        if analysis["prc0"] == "Al_det" and (analysis[slot] or "").startswith(("li_", "la_")):
            rest = _with_article(rest, analysis)
    after: list[Word] = []
    clitic = _ENCLITICS.get(analysis["enc0"] or "")
    start = _start_at_end(rest, clitic)
    if clitic is not None and start < len(rest):
        after.append(_clitic_word(clitic, rest[start:], _pronoun_features(analysis)))
        rest, diac = rest[:start], diac[: _start_at_end(diac, clitic)]
        rest = _as_written_alone(rest, analysis)
    return [*before, _main_word(rest, diac, analysis, alone=not before and not after), *after]


def _main_word(form: str, diac: str, analysis: Mapping[str, Any], alone: bool) -> Word:
    stem = _stem(analysis)
    vocalised: str | None = None
    for candidate in (str(analysis["diac"]),) if alone else (stem, diac):
        if alone or _bare(candidate) == _bare(form):
            vocalised = candidate
            break
    return Word(
        form,
        analysis["lemma"],
        analysis["upos"],
        analysis["pos"],
        analysis["feats"],
        vocalised,
        is_main=True,
    )


def _clitic_word(clitic: _Clitic, form: str, feats: str | None) -> Word:
    pos = clitic.pos
    found = universal_features(pos, {}) if feats is None or pos != "pron" else feats
    return Word(form, clitic.lemma, universal_pos(pos), pos, found, clitic.form, is_main=False)


def _pronoun_features(analysis: Mapping[str, Any]) -> str | None:
    """Features of a pronoun such as `3fs_poss`: a genitive on nouns and prepositions."""
    person, _, use = str(analysis["enc0"]).partition("_")
    genitive = use == "poss" or (use == "pron" and analysis["pos"] == "prep")
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


def _length_at_start(form: str, clitic: _Clitic | None) -> int:
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


def _start_at_end(form: str, clitic: _Clitic | None) -> int:
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
