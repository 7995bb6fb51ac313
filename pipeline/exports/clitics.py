"""The clitics that CAMeL's values stand for: form, lemma, part of speech."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Clitic(NamedTuple):
    """A clitic with its diacritics, its lemma, and its part of speech in CAMeL's tag set."""

    form: str
    lemma: str
    pos: str


def _pronouns() -> dict[str, Clitic]:
    """The pronouns that CAMeL tells apart by their use; PADT gives all of them one lemma."""
    forms = {
        "1s": "ي", "1p": "نا", "2ms": "كَ", "2fs": "كِ", "2d": "كُما", "2mp": "كُم", "2fp": "كُنَّ",
        "3ms": "هُ", "3fs": "ها", "3d": "هُما", "3mp": "هُم", "3fp": "هُنَّ",
    }  # fmt: skip
    pronouns = {
        f"{person}_{use}": Clitic(form, "هُوَ", "pron")
        for person, form in forms.items()
        for use in ("poss", "pron", "dobj")
    }
    return {**pronouns, "1s_dobj": Clitic("نِي", "هُوَ", "pron")}


# What CAMeL's values of prc3, prc2, prc1 and prc0 stand for; the article is not among them.
PROCLITICS: Mapping[str, Clitic] = {
    ">a_ques": Clitic("أَ", "أَ", "part_interrog"),
    "wa_conj": Clitic("وَ", "وَ", "conj"),
    "wa_part": Clitic("وَ", "وَ", "part"),
    "wa_sub": Clitic("وَ", "وَ", "conj_sub"),
    "fa_conj": Clitic("فَ", "فَ", "conj"),
    "fa_conn": Clitic("فَ", "فَ", "conj"),
    "fa_rc": Clitic("فَ", "فَ", "conj"),
    "fa_sub": Clitic("فَ", "فَ", "conj_sub"),
    "bi_prep": Clitic("بِ", "بِ", "prep"),
    "bi_part": Clitic("بِ", "بِ", "prep"),
    "ka_prep": Clitic("كَ", "كَ", "prep"),
    "li_prep": Clitic("لِ", "لِ", "prep"),
    "la_prep": Clitic("لَ", "لِ", "prep"),
    "ta_prep": Clitic("تَ", "تَ", "prep"),
    "wa_prep": Clitic("وَ", "وَ", "prep"),
    "fiy_prep": Clitic("فِي", "فِي", "prep"),
    "li_jus": Clitic("لِ", "لِ", "part"),
    "la_emph": Clitic("لَ", "لَ", "part"),
    "la_rc": Clitic("لَ", "لَ", "part"),
    "sa_fut": Clitic("سَ", "سَ", "part_fut"),
    "wA_voc": Clitic("وا", "وا", "part_voc"),
    "yA_voc": Clitic("يا", "يا", "part_voc"),
    "hA_dem": Clitic("ها", "ها", "pron_dem"),
    "lA_neg": Clitic("لا", "لا", "part_neg"),
    "mA_neg": Clitic("ما", "ما", "part_neg"),
    "mA_part": Clitic("ما", "ما", "part"),
    "mA_rel": Clitic("ما", "ما", "pron_rel"),
}
ENCLITICS: Mapping[str, Clitic] = {
    **_pronouns(),
    "lA_neg": Clitic("لا", "لا", "part_neg"),
    "mA_rel": Clitic("ما", "ما", "pron_rel"),
    "ma_rel": Clitic("مَ", "ما", "pron_rel"),
    "mA_sub": Clitic("ما", "ما", "conj_sub"),
    "ma_sub": Clitic("مَ", "ما", "conj_sub"),
    "mA_interrog": Clitic("ما", "ما", "pron_interrog"),
    "ma_interrog": Clitic("مَ", "ما", "pron_interrog"),
    "man_rel": Clitic("مَن", "مَن", "pron_rel"),
    "man_interrog": Clitic("مَن", "مَن", "pron_interrog"),
    "Ah_voc": Clitic("اه", "اه", "part_voc"),
}
# Of clitics whose UPOS in PADT is not that of their part of speech.
CLITIC_UPOS: Mapping[str, str] = {
    "mA_neg": "AUX", "mA_part": "AUX", "mA_sub": "DET", "ma_sub": "DET"
}  # fmt: skip
