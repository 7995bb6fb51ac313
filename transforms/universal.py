"""CAMeL's parts of speech and features as Universal Dependencies v2: one table each.

They describe the main word of a token; its clitics are in `prc3` … `enc0`. Where UD leaves a choice
to the language, the practice of the Arabic treebank PADT is followed: demonstratives and relatives
are determiners, names are what UD calls them (PADT has hardly any PROPN: it tags names X or NOUN).
"""

from __future__ import annotations

from collections.abc import Mapping

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
    "digit": ("NUM", {"NumForm": "Digit"}),
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
    "part_interrog": ("PART", {"PronType": "Int"}),
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
    "verb": ("VERB", {"VerbForm": "Fin"}),
    "verb_pseudo": ("SCONJ", {}),
}

# Nouns to CAMeL, as their accusative shows, prepositions to UD; with the article they are nouns.
_PREPOSITIONS = frozenset({
    "أثناء", "إثر", "إزاء", "أمام", "بعد", "بعيد", "بين", "تجاه", "تحت", "جراء", "حسب", "حول",
    "حوالي", "حيال", "حين", "خارج", "خلال", "داخل", "دون", "رغم", "سوى", "ضد", "ضمن", "طوال",
    "طيلة", "عبر", "عقب", "عند", "فوق", "قبالة", "قبل", "قبيل", "قرب", "لدى", "مثل", "مع",
    "مقابل", "نحو", "وراء", "وسط", "وفق",
})  # fmt: skip

# Part of speech and bare lemma whose UPOS in PADT is not that of the part of speech.
_EXCEPTIONS: Mapping[tuple[str, str], str] = {
    ("adv", "ربما"): "PART",
    ("adv_rel", "حيث"): "CCONJ",
    ("conj_sub", "إذ"): "CCONJ",
    ("conj_sub", "إذا"): "CCONJ",
    ("conj_sub", "بينما"): "CCONJ",
    ("conj_sub", "حتى"): "CCONJ",
    ("conj_sub", "فيما"): "CCONJ",
    ("conj_sub", "كي"): "CCONJ",
    ("conj_sub", "لو"): "CCONJ",
    ("noun", "أمس"): "ADV",
    ("noun_quant", "أي"): "ADJ",
    ("part_restrict", "إنما"): "CCONJ",
    ("verb", "ليس"): "AUX",
    ("verb_pseudo", "لكن"): "CCONJ",
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

# Only an imperfective verb has a mood that its form shows; CAMeL calls all perfectives indicative.
_MOODS = {"i": "Ind", "s": "Sub", "j": "Jus"}


def universal_pos(
    pos: str, lemma: str = "", features: Mapping[str, str | None] | None = None
) -> str:
    """The UPOS of a CAMeL part of speech; `X` for one that the table lacks.

    Args:
        pos: CAMeL's part of speech.
        lemma: with or without diacritics: CAMeL calls مَع a noun, UD a preposition.
        features: CAMeL's features by name: with the article, such a word is a noun.
    """
    bare = MARKS.sub("", lemma)
    given = features or {}
    if pos in ("noun", "noun_quant") and bare in _PREPOSITIONS:
        if (given.get("enc0") or "").startswith("mA_"):  # عندما
            return "CCONJ"
        return "NOUN" if given.get("prc0") == "Al_det" else "ADP"
    return _EXCEPTIONS.get((pos, bare)) or PARTS_OF_SPEECH.get(pos, ("X", {}))[0]


def universal_features(pos: str, features: Mapping[str, str | None]) -> str | None:
    """UD features of a word, `Name=Value` joined by `|` and sorted as UD demands.

    Args:
        pos: CAMeL's part of speech.
        features: CAMeL's features by name (`asp`, `cas`, `gen`, …); others are passed over.

    Returns:
        None when there are none.
    """
    found = dict(PARTS_OF_SPEECH.get(pos, ("X", {}))[1])
    for name, value in features.items():
        if value is not None and (name, value) in FEATURES:
            universal, universal_value = FEATURES[name, value]
            found[universal] = universal_value
    mood = _MOODS.get(features.get("mod") or "")
    if mood is not None and features.get("asp") == "i":
        found["Mood"] = mood
    if features.get("stt") == "i" and features.get("cas") == "u":
        del found["Definite"]  # CAMeL's default for a bare form, which may as well be construct
    return "|".join(f"{name}={found[name]}" for name in sorted(found, key=str.lower)) or None
