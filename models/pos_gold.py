"""How far a reading of a word is from what a treebank says of the word.

The treebanks' tags are Universal Dependencies', a reading's are CAMeL's: a part of speech is taken
for right where UD's annotators give such words that tag (0), passable where they do now and then.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from models.pos_treebank import Gold
from transforms.lemma_priors import bare_lemma, lemma_key
from transforms.readings import Reading
from transforms.values import CLAIMED

# CAMeL's part of speech: UD's that it is, and UD's that it may pass for.
_UNIVERSAL: Mapping[str, tuple[str, str]] = {
    "noun": ("NOUN", "ADP ADV DET NUM"),
    "adj": ("ADJ", "NOUN ADV NUM"),
    "adj_comp": ("ADJ", "NOUN ADV"),
    "adj_num": ("ADJ NUM", "NOUN"),
    "noun_num": ("NUM", "NOUN ADJ X"),
    "noun_quant": ("NOUN DET", "ADP ADV ADJ"),
    "noun_prop": ("X PROPN", "NOUN ADJ"),
    "verb": ("VERB AUX", ""),
    "verb_pseudo": ("SCONJ PART CCONJ", "AUX VERB"),
    "part_verb": ("AUX PART", "ADV"),
    "part_fut": ("AUX", "PART"),
    "part_neg": ("PART AUX", "DET CCONJ"),
    "prep": ("ADP", "PART CCONJ SCONJ"),
    "conj": ("CCONJ", "SCONJ PART ADV ADP"),
    "conj_sub": ("SCONJ CCONJ", "PART ADP ADV DET"),
    "adv": ("ADV", "NOUN PART CCONJ ADP DET AUX"),
    "adv_rel": ("ADV CCONJ", "DET SCONJ"),
    "adv_interrog": ("ADV DET", "CCONJ SCONJ"),
    "pron": ("PRON", ""),
    "pron_dem": ("DET PRON", "ADV"),
    "pron_rel": ("DET PRON", "SCONJ CCONJ"),
    "pron_interrog": ("DET PRON", "PART ADV"),
    "abbrev": ("X", "NOUN"),
    "interj": ("INTJ", "PART"),
    "digit": ("NUM", ""),
    "punc": ("PUNCT SYM", ""),
}
_PARTICLE = ("PART AUX", "CCONJ SCONJ ADP ADV INTJ DET")

_SEGMENTS, _POS, _PASSABLE, _LEMMA, _BARE_LEMMA, _FEATURE = 4.0, 4.0, 1.5, 3.0, 1.0, 1.0
_RARE = 0.3
_UNDEFINED = 0.6  # a feature that the reading leaves open
# The treebank's own tag is what is wanted of مَع, which UD and the database call a preposition.
_UNCOUNTED = 2.0
# A reading that has other segments, or another part of speech, is not what the annotators meant.
_FAR = 4.0
_PROCLITICS = ("prc3", "prc2", "prc1")
_NO_VALUE = frozenset({"0", "na", "-", "u", ""})
_OPEN = frozenset({"na", "-", "u", "", "b"})


def agreeing(
    gold: Gold,
    readings: Sequence[Reading],
    features: Sequence[tuple[str, ...]],
    uncounted: Sequence[bool],
) -> list[bool]:
    """Which readings are those that the treebank means, if it can be told.

    Args:
        gold: what the treebank says of the word.
        readings: all readings of the word.
        features: of each reading, its values of `CLAIMED`.
        uncounted: of each reading, whether its lemma was counted, but never as this part of speech.

    Returns:
        As many truth values as readings: none is true where all readings are far from the gold.
    """
    named = [dict(zip(CLAIMED, values, strict=True)) for values in features]
    kind = [
        _segments(gold, values) + _part_of_speech(gold, reading, values)
        for reading, values in zip(readings, named, strict=True)
    ]
    if min(kind) >= _FAR or _is_unsure(gold, readings):
        return [False] * len(readings)
    costs = [
        cost
        + _lemma(gold, reading)
        + _features(gold, values)
        + _proclitics(gold, values)
        + _UNCOUNTED * strange
        for cost, reading, values, strange in zip(kind, readings, named, uncounted, strict=True)
    ]
    best = min(cost for cost, far in zip(costs, kind, strict=True) if far < _FAR)
    return [cost <= best + 1e-6 and far < _FAR for cost, far in zip(costs, kind, strict=True)]


def _is_unsure(gold: Gold, readings: Sequence[Reading]) -> bool:
    """PADT says X of names, and of words that its lexicon lacked: نرفض, نستطيع."""
    known = [reading.pos for reading in readings if not reading.candidate.is_guess]
    return gold.upos == "X" and bool(known) and not {"noun_prop", "abbrev"} & set(known)


def _segments(gold: Gold, values: Mapping[str, str]) -> float:
    before = sum(values[name] not in _NO_VALUE for name in _PROCLITICS)
    after = int(values["enc0"] not in _NO_VALUE and not _is_with_ma(values))
    return 0.0 if (before, after) == (gold.proclitics, gold.enclitics) else _SEGMENTS


def _proclitics(gold: Gold, values: Mapping[str, str]) -> float:
    """ل before a noun is a preposition where UD says so; و is taken for what it is most often."""
    cost = _RARE * (values["prc2"].startswith(("wa_", "fa_")) and values["prc2"][3:] != "conj")
    if values["prc1"] not in _NO_VALUE and 0 < gold.proclitics < len(gold.pieces):
        is_preposition = values["prc1"].endswith("_prep")
        upos = gold.pieces[gold.proclitics - 1][1]
        cost += _FEATURE * (is_preposition != (upos == "ADP"))
    return cost


def _is_with_ma(values: Mapping[str, str]) -> bool:
    """عندما is a noun with a particle in CAMeL's eyes, a conjunction in PADT's."""
    return values["enc0"].startswith(("mA_", "ma_"))


def _part_of_speech(gold: Gold, reading: Reading, values: Mapping[str, str]) -> float:
    if _is_with_ma(values) and gold.upos in ("CCONJ", "SCONJ"):
        return 0.0
    usual, passable = universal_tags(reading.pos)
    if gold.upos in usual or gold.upos == "_":
        return 0.0
    return _PASSABLE if gold.upos in passable else _POS


def universal_tags(pos: str) -> tuple[list[str], list[str]]:
    """UD's tags that a part of speech of CAMeL's is, and those that it may pass for."""
    usual, passable = _UNIVERSAL.get(pos, _PARTICLE)
    return usual.split(), passable.split()


def _lemma(gold: Gold, reading: Reading) -> float:
    if gold.lemma is None or lemma_key(gold.lemma) == lemma_key(reading.lemma):
        return 0.0
    same = fold_lemma(gold.lemma) == fold_lemma(reading.lemma)
    return _BARE_LEMMA if same else _LEMMA


def fold_lemma(lemma: str) -> str:
    """A lemma without diacritics, with one alef: what spellings of it have in common."""
    return bare_lemma(lemma).translate(str.maketrans("أإآى", "اااي"))


def _features(gold: Gold, values: Mapping[str, str]) -> float:
    cost = 0.0
    for name, wanted in gold.feats.items():
        given = values[name]
        if given != wanted:
            cost += _FEATURE * (_UNDEFINED if given in _OPEN else 1.0)
    return cost
