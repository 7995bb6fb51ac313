"""A morphology database of a few entries, in the format of 2020, for tests without models."""

_FEATURES = (
    "source prc1 vox num stt cas prc3 gloss pos prc2 diac gen prc0 asp rat per bw mod enc0 lex "
    "form_gen form_num d1tok d2tok atbtok d3tok pos_freq pos_lex_freq lex_freq root pattern"
).split()
_OPEN = "".join(f"DEFINE {name} {name}:*open*\n" for name in _FEATURES)
_NOMINAL = (
    "prc3:0 prc2:0 prc1:0 prc0:0 per:na asp:na vox:na mod:na stt:i cas:u enc0:0 rat:i source:lex "
    "form_gen:m form_num:s gen:- num:-"
)


def _affix(form, category, diac, tag, *features):
    parts = f"diac:{diac} bw:{tag} gloss:affix d3tok:{diac} atbtok:{diac}"
    return "\t".join([form, category, " ".join([parts, *features])])


def _stem(form, category, diac, lex, pos, logprob, *features):
    parts = (
        f"diac:{diac} lex:{lex} bw:{diac}/{pos.upper()} gloss:{lex}_gloss pos:{pos} {_NOMINAL} "
        f"d3tok:{diac} atbtok:{diac} root:ك.ت.ب pattern:1ِ2ا3 "
        f"pos_lex_freq:{logprob} lex_freq:{logprob} pos_freq:-0.4"
    )
    return "\t".join([form, category, " ".join([parts, *features])])


_PREFIXES = [
    "\tPref-0\t",
    _affix("و", "Pref-Wa", "وَ", "وَ/CONJ", "prc2:wa_conj"),
    _affix("و", "Pref-Wa", "وَ", "وَ/PART", "prc2:wa_part"),
    _affix("ال", "NPref-Al", "ال", "ال/DET", "prc0:Al_det", "stt:d"),
    _affix("وال", "NPref-Al", "وَال", "وَ/CONJ+ال/DET", "prc2:wa_conj", "prc0:Al_det", "stt:d"),
]
_SUFFIXES = [
    "\tSuff-0\t",
    _affix("", "NSuff-u", "ُ", "ُ/CASE_DEF_NOM", "cas:n", "stt:c"),
    _affix("ه", "NSuff-h", "هُ", "هُ/POSS_PRON_3MS", "enc0:3ms_poss", "stt:c"),
]
_STEMS = [
    _stem("كتاب", "N", "كِتاب", "كِتاب_1", "noun", "-3.5"),
    _stem("كتاب", "N", "كُتّاب", "كاتِب_1", "noun", "-3.9"),
    _stem("ان", "FW", "أَنَّ", "أَنَّ_1", "conj_sub", "-1.8"),
    _stem("انا", "FW", "أَنا", "أَنا_1", "pron", "-2.0"),
    _stem("ولد", "N", "وَلَد", "وَلَد_1", "noun", "-3.7"),
    _stem("لد", "N", "لِد", "لِد_1", "noun", "-99"),
    _stem("NOAN", "N0", "NOAN", "NOAN_0", "noun_prop", "-99").replace("_freq:-0.4", "_freq:-99"),
]
_PREFIX_STEM = ["Pref-0 N", "Pref-Wa N", "NPref-Al N", "Pref-0 FW", "Pref-Wa FW"]
_PREFIX_STEM += ["Pref-0 N0", "Pref-Wa N0", "NPref-Al N0"]
_STEM_SUFFIX = ["N Suff-0", "N NSuff-u", "N NSuff-h", "FW Suff-0", "N0 Suff-0"]
_PREFIX_SUFFIX = [
    f"{prefix} {suffix}"
    for prefix in ("Pref-0", "Pref-Wa", "NPref-Al")
    for suffix in ("Suff-0", "NSuff-u", "NSuff-h")
    if (prefix, suffix) != ("NPref-Al", "NSuff-h")
]


def database_of_2020(stems=_STEMS):
    """The text of the database, its stems in the order given."""
    sections = [
        ("PREFIXES", _PREFIXES), ("SUFFIXES", _SUFFIXES), ("STEMS", stems),
        ("TABLE AB", _PREFIX_STEM), ("TABLE BC", _STEM_SUFFIX), ("TABLE AC", _PREFIX_SUFFIX),
    ]  # fmt: skip
    body = "".join(f"###{name}###\n" + "\n".join(lines) + "\n" for name, lines in sections)
    return (
        f"###DEFINES###\n{_OPEN}###DEFAULTS###\nDEFAULT pos:noun diac:* pos_freq:*\n"
        f"###ORDER###\nORDER {' '.join(_FEATURES)}\n"
        "###STEMBACKOFF###\nSTEMBACKOFF PROP N0\n"
        f"{body}"
    )


def stems():
    """The stem entries, for tests that put them in another order."""
    return list(_STEMS)
