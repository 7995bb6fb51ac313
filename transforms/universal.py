"""CAMeL's parts of speech and features as Universal Dependencies v2: one table each.

They describe the main word of a token; its clitics are in `prc3` … `enc0`. Where UD leaves a choice
to the language, the practice of the Arabic treebank PADT is followed, as its train part shows it:
demonstratives and relatives are determiners, perfective verbs have neither mood nor `VerbForm`. UD
goes first where PADT is at odds with it: names are PROPN (PADT has hardly any: it tags names X or
NOUN), `كيف` and `أين` are adverbs (PADT: DET), numerals have a `NumType` (PADT: none), nouns a
gender.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from transforms.tokens import MARKS

# CAMeL `pos` → UPOS, and the UD features that follow from the part of speech alone.
PARTS_OF_SPEECH: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "abbrev": ("X", {"Abbr": "Yes"}),
    "adj": ("ADJ", {}),
    "adj_comp": ("ADJ", {"Degree": "Cmp"}),
    "adj_num": ("ADJ", {"NumForm": "Word", "NumType": "Ord"}),
    "adv": ("ADV", {}),
    "adv_interrog": ("ADV", {"PronType": "Int"}),
    "adv_rel": ("ADV", {"PronType": "Rel"}),
    "conj": ("CCONJ", {}),
    "conj_sub": ("SCONJ", {}),
    "digit": ("NUM", {"NumForm": "Digit", "NumType": "Card"}),
    "foreign": ("X", {"Foreign": "Yes"}),
    "interj": ("INTJ", {}),
    "latin": ("X", {"Foreign": "Yes"}),
    "noun": ("NOUN", {}),
    "noun_num": ("NUM", {"NumForm": "Word", "NumType": "Card"}),
    "noun_prop": ("PROPN", {}),
    "noun_quant": ("NOUN", {}),
    "part": ("PART", {}),
    "part_det": ("PART", {}),
    "part_focus": ("PART", {}),
    "part_fut": ("AUX", {}),
    "part_interrog": ("PART", {}),
    "part_neg": ("PART", {"Polarity": "Neg"}),
    "part_restrict": ("PART", {}),
    "part_verb": ("AUX", {}),
    "part_voc": ("PART", {}),
    "prep": ("ADP", {"AdpType": "Prep"}),
    "pron": ("PRON", {"PronType": "Prs"}),
    "pron_dem": ("DET", {"PronType": "Dem"}),
    "pron_exclam": ("PRON", {"PronType": "Exc"}),
    "pron_interrog": ("PRON", {"PronType": "Int"}),
    "pron_rel": ("DET", {"PronType": "Rel"}),
    "punc": ("PUNCT", {}),
    "verb": ("VERB", {}),
    "verb_pseudo": ("SCONJ", {}),
}

# Nouns to CAMeL, as their accusative shows, prepositions to UD; with the article they are nouns.
_PREPOSITIONS = frozenset({
    "أثناء", "إثر", "إزاء", "أمام", "بعد", "بعيد", "بين", "تجاه", "تحت", "جراء", "حسب", "حول",
    "حوالي", "حيال", "حين", "خارج", "خلال", "داخل", "دون", "رغم", "سوى", "ضد", "ضمن", "طوال",
    "طيلة", "عبر", "عقب", "عند", "فوق", "قبالة", "قبل", "قبيل", "قرابة", "قرب", "لدى", "مثل", "مع",
    "مقابل", "نحو", "وراء", "وسط", "وفق",
})  # fmt: skip
# Those of them that PADT takes for nouns after another preposition: من قبل, على الرغم.
_NOUNS_IN_THE_GENITIVE = frozenset({"بعد", "رغم", "عقب", "قبل", "وسط"})
# With an enclitic ما they are one conjunction: عندما, مما.
_WITH_MA = frozenset({"بعد", "بعدما", "بين", "حين", "طال", "عند", "كل", "من"})

# Numerals that the database, or the treebank's counts, tag otherwise.
_CARDINALS = frozenset({"عشرة", "عشرون", "عشرات", "اثنان", "اثنتان", "اثنتا"})

# Part of speech and bare lemma whose UPOS in PADT is not that of the part of speech.
_EXCEPTIONS: Mapping[tuple[str, str], str] = {
    ("adv", "ربما"): "PART",
    ("adv", "لذلك"): "CCONJ",
    ("adv_rel", "أينما"): "CCONJ",
    ("adv_rel", "حيث"): "CCONJ",
    ("adv_rel", "كلما"): "CCONJ",
    ("conj_sub", "إذ"): "CCONJ",
    ("conj_sub", "إذا"): "CCONJ",
    ("conj_sub", "بينما"): "CCONJ",
    ("conj_sub", "حتى"): "CCONJ",
    ("conj_sub", "طالما"): "CCONJ",
    ("conj_sub", "فيما"): "CCONJ",
    ("conj_sub", "كي"): "CCONJ",
    ("conj_sub", "لو"): "CCONJ",
    ("conj_sub", "ما"): "CCONJ",  # its tokens are فيما and the like
    ("noun", "أمس"): "ADV",
    ("noun_num", "واحد"): "ADJ",
    ("noun_quant", "أي"): "ADJ",
    ("part", "أي"): "CCONJ",
    ("part", "ما"): "AUX",
    ("part_neg", "ما"): "AUX",
    ("part_restrict", "إنما"): "CCONJ",
    ("pron_rel", "مهما"): "CCONJ",
    ("verb", "ليس"): "AUX",
    ("verb_pseudo", "لكن"): "CCONJ",
}
# What follows from a UPOS that is not that of the part of speech.
_FOLLOWS: Mapping[str, Mapping[str, str]] = {
    "ADP": {"AdpType": "Prep"},
    "NUM": {"NumForm": "Word", "NumType": "Card"},
}

# CAMeL feature and value → UD feature and value. What is not here (`u`, undefined) says nothing.
FEATURES: Mapping[tuple[str, str], tuple[str, str]] = {
    ("asp", "p"): ("Aspect", "Perf"),
    ("asp", "i"): ("Aspect", "Imp"),
    ("asp", "c"): ("Mood", "Imp"),
    ("cas", "n"): ("Case", "Nom"),
    ("cas", "a"): ("Case", "Acc"),
    ("cas", "g"): ("Case", "Gen"),
    ("gen", "m"): ("Gender", "Masc"),
    ("gen", "f"): ("Gender", "Fem"),
    ("num", "s"): ("Number", "Sing"),
    ("num", "d"): ("Number", "Dual"),
    ("num", "p"): ("Number", "Plur"),
    ("per", "1"): ("Person", "1"),
    ("per", "2"): ("Person", "2"),
    ("per", "3"): ("Person", "3"),
    ("stt", "c"): ("Definite", "Cons"),
    ("stt", "d"): ("Definite", "Def"),
    ("stt", "i"): ("Definite", "Ind"),
    ("vox", "a"): ("Voice", "Act"),
    ("vox", "p"): ("Voice", "Pass"),
}

# The moods of an imperfective verb; CAMeL calls all perfectives indicative, PADT gives them none.
MOODS: Mapping[str, str] = {"i": "Ind", "s": "Sub", "j": "Jus"}

# What inflects for what. CAMeL has a gender for ما and an aspect for إن, which show none.
_NOMINAL = frozenset({"Case", "Definite", "Gender", "Number"})
_VERBAL = frozenset({"Aspect", "Gender", "Mood", "Number", "Person", "Voice"})
_INFLECTION: Mapping[str, frozenset[str]] = {
    **dict.fromkeys(("ADJ", "NOUN", "NUM", "PROPN"), _NOMINAL),
    "ADP": frozenset({"Case"}),
    "AUX": _VERBAL,
    "DET": frozenset({"Case", "Gender", "Number"}),
    "PRON": frozenset({"Case", "Gender", "Number", "Person"}),
    "VERB": _VERBAL,
}
_UNINFLECTED = frozenset({"ما", "من", "ماذا", "مهما", "كم"})
_BECAUSE = re.compile("[وف]?لأن")
_AN, _INNA = "أن", "إن"
_DECISIVE = (
    {lemma for _, lemma in _EXCEPTIONS} | _PREPOSITIONS | _WITH_MA | _CARDINALS | _UNINFLECTED
) | {_AN, _INNA}


def decisive(lemma: str) -> str:
    """A lemma without diacritics if some rule here asks for it; else nothing, which does as well.

    Words of thousands of lemmas have the same part of speech and features: who remembers what the
    functions below say of them need not tell their lemmas apart.
    """
    bare = _bare(lemma)
    return bare if bare in _DECISIVE else ""


def universal_pos(
    pos: str, lemma: str = "", features: Mapping[str, str | None] | None = None
) -> str:
    """The UPOS of a CAMeL part of speech; `X` for one that the table lacks.

    Args:
        pos: CAMeL's part of speech.
        lemma: with or without diacritics: CAMeL calls مَع a noun, UD a preposition.
        features: CAMeL's features by name: with the article, such a word is a noun. `diac` tells
            لأن, which is a conjunction, from أن.
    """
    bare = _bare(lemma)
    given = features or {}
    if bare in _WITH_MA and (given.get("enc0") or "").startswith(("mA_", "ma_")):
        return "CCONJ"
    if pos in ("noun", "noun_quant") and bare in _PREPOSITIONS:
        return "NOUN" if _is_really_noun(bare, given) else "ADP"
    if bare in _CARDINALS and pos in ("noun", "adj", "adj_num", "noun_num"):
        return "NUM"
    if pos == "conj_sub" and bare == _AN and _BECAUSE.match(_bare(given.get("diac") or "")):
        return "CCONJ"
    if pos == "verb_pseudo" and bare == _INNA and (given.get("prc2") or "").startswith("fa_"):
        return "PART"
    return _EXCEPTIONS.get((pos, bare)) or PARTS_OF_SPEECH.get(pos, ("X", {}))[0]


def _is_really_noun(bare: str, given: Mapping[str, str | None]) -> bool:
    """Whether a noun that may be a preposition is none: الداخل, وفقا, من قبل."""
    if given.get("prc0") == "Al_det" or (given.get("stt"), given.get("cas")) == ("i", "a"):
        return True
    return given.get("cas") == "g" and bare in _NOUNS_IN_THE_GENITIVE


def universal_features(pos: str, features: Mapping[str, str | None], lemma: str = "") -> str | None:
    """UD features of a word, `Name=Value` joined by `|` and sorted as UD demands.

    Args:
        pos: CAMeL's part of speech.
        features: CAMeL's features by name (`asp`, `cas`, `gen`, …); others are passed over.
        lemma: as of `universal_pos`.

    Returns:
        None when there are none.
    """
    upos = universal_pos(pos, lemma, features)
    usual, follow = PARTS_OF_SPEECH.get(pos, ("X", {}))
    found = dict(follow if upos == usual else _FOLLOWS.get(upos, {}))
    if _bare(lemma) not in _UNINFLECTED:
        found |= _inflection(pos, upos, features)
    return "|".join(f"{name}={found[name]}" for name in sorted(found, key=str.lower)) or None


def _inflection(pos: str, upos: str, features: Mapping[str, str | None]) -> dict[str, str]:
    """The features of `FEATURES` that a word of this part of speech inflects for."""
    found = {}
    for given in features.items():
        name, value = FEATURES.get(given, ("", ""))  # type: ignore[arg-type]
        if name in _INFLECTION.get(upos, frozenset()):
            found[name] = value
    if upos in ("VERB", "AUX") and pos != "verb":
        return {}
    if upos in ("VERB", "AUX"):
        mood = MOODS.get(features.get("mod") or "")
        if mood is not None and features.get("asp") == "i":
            found["Mood"] = mood
        if features.get("asp") in ("i", "c"):
            found["VerbForm"] = "Fin"
    if upos == "ADP" and pos != "prep":
        found.setdefault("Case", "Acc")
    if features.get("stt") == "i" and features.get("cas") == "u":
        found.pop("Definite", None)  # CAMeL's default for a bare form: it may be construct
    return found


@lru_cache(maxsize=20_000)
def _bare(form: str) -> str:
    return MARKS.sub("", form).replace("ٱ", "ا")
