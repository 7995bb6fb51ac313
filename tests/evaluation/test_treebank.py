"""The treebank's units as text and CoNLL-U, and vocalised forms in one notation."""

import io
import json

import pytest
from udtools import udeval

from tests.evaluation.sources import DataFile, data_file
from tests.evaluation.treebank import Columns, conllu, read_units
from tests.evaluation.vocalisation import (
    same_lemma,
    same_notation,
    vocalised_token,
    without_case_ending,
)

UNIT = {
    "words": [
        {"form": "و", "upos": "CCONJ", "lemma": "وَ", "vform": "وَ", "xpos": "C-", "feats": "_"},
        {"form": "قال", "upos": "VERB", "lemma": "قَال", "vform": "قَالَ", "xpos": "VP", "feats": "_"},
        {"form": "ل", "upos": "ADP", "lemma": "لِ", "vform": "لِ", "xpos": "P-", "feats": "_"},
        {
            "form": "الوزير",
            "upos": "NOUN",
            "lemma": "وَزِير",
            "vform": "اَلوَزِيرِ",
            "xpos": "N-",
            "feats": "Case=Gen",
        },
        {"form": "بشار", "upos": "X", "lemma": "بشار", "vform": "بشار", "xpos": "U-", "feats": "_"},
    ],
    "mwt": [[0, 2, "وقال"], [2, 4, "للوزير"]],
}


@pytest.fixture
def unit(tmp_path):
    path = tmp_path / "units.jsonl"
    path.write_text(json.dumps(UNIT, ensure_ascii=False) + "\n", encoding="utf-8")
    return read_units(DataFile(path, "units", "ours"))[0]


def test_a_unit_has_surface_words_with_their_syntactic_words(unit):
    assert unit.text == "وقال للوزير بشار"
    assert [len(token.words) for token in unit.tokens] == [2, 2, 1]
    assert unit.has("vocalised")


def test_conllu_is_read_by_the_official_scorer():
    sentence = [
        ("وقال", [Columns("و", "وَ", "CCONJ", "C", "_"), Columns("قال", "قال", "VERB", "V", "_")]),
        (".", [Columns(".", ".", "PUNCT", "G", "_")]),
    ]
    whole = [("وقال", [Columns("وقال", "قال", "VERB", "V", "_")]), sentence[1]]
    gold, same, other = (
        udeval.load_conllu(io.StringIO(conllu([one, one])), "memory", {})
        for one in (sentence, sentence, whole)
    )
    assert udeval.evaluate(gold, same)["Words"].f1 == 1.0
    assert udeval.evaluate(gold, other)["Words"].f1 == pytest.approx(2 * 2 / (6 + 4))


def test_the_vocalised_token_joins_its_words(unit):
    assert [vocalised_token(token) for token in unit.tokens] == ["وَقَالَ", "لِلوَزِيرِ", None]


@pytest.mark.parametrize(
    ("padt", "camel"),
    [
        ("اَلرَّئِيسُ", "الرَّئِيسُ"),
        ("وِزَارَةُ", "وِزارَةُ"),
        ("مَنصِبٌ", "مَنْصِبٌ"),
        ("تَعدِيلًا", "تَعْدِيلاً"),
        ("اَللِّيبِرَالِيُّ", "اللِيبِرالِيُّ"),
    ],
)
def test_two_notations_of_a_form_are_one(padt, camel):
    assert same_notation(padt) == same_notation(camel)


def test_lemmas_lose_their_last_vowel():
    assert same_lemma("بَينَ") == same_lemma("بَيْن")
    assert same_lemma("اَلَّذِي") == same_lemma("الَّذِي")
    assert same_lemma("١٥") == "15"
    assert same_lemma("ـ") == "_"
    assert same_lemma("عَلِم") != same_lemma("عَلَّم")


@pytest.mark.parametrize(
    ("form", "without"),
    [("وَزِيرُ", "وَزِير"), ("وَزِيرًا", "وَزِيرا"), ("قَالَ", "قَال"), ("سُورِيٌّ", "سُورِيٌّ")],
)
def test_the_case_ending_is_the_last_vowel(form, without):
    assert without_case_ending(form) == without


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(FileNotFoundError, match="padt"):
        data_file(tmp_path, "padt")
