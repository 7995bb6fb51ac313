import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.universal import FEATURES, PARTS_OF_SPEECH, universal_features, universal_pos

UPOS = set("ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X".split())
# What CAMeL's databases define for `pos` (calima-msa-r13 and almor-msa-r13), and its own foreign.
CAMEL_POS = set(
    "abbrev adj adj_comp adj_num adv adv_interrog adv_rel conj conj_sub digit foreign interj latin "
    "noun noun_num noun_prop noun_quant part part_det part_focus part_fut part_interrog part_neg "
    "part_restrict part_verb part_voc prep pron pron_dem pron_exclam pron_interrog pron_rel punc "
    "verb verb_pseudo".split()
)


def test_every_camel_part_of_speech_has_one_of_the_17_upos():
    assert set(PARTS_OF_SPEECH) == CAMEL_POS
    assert {universal_pos(pos) for pos in CAMEL_POS} <= UPOS
    assert universal_pos("unheard_of") == "X"


@pytest.mark.parametrize(
    ("pos", "lemma", "features", "expected"),
    [
        ("noun", "مَع", {}, "ADP"),
        ("noun", "خِلال", {"enc0": "3fs_poss"}, "ADP"),
        ("noun", "داخِل", {"prc0": "Al_det"}, "NOUN"),
        ("noun", "عِنْد", {"enc0": "mA_sub"}, "CCONJ"),
        ("noun", "كِتاب", {}, "NOUN"),
        ("noun_quant", "كُلّ", {}, "NOUN"),
        ("conj_sub", "إِذا", {}, "CCONJ"),
        ("conj_sub", "أَنَّ", {}, "SCONJ"),
        ("verb", "لَيْسَ", {}, "AUX"),
        ("noun", "قَبْل", {"cas": "g"}, "NOUN"),
        ("noun", "قَبْل", {"cas": "a"}, "ADP"),
        ("noun", "وَفْق", {"cas": "a", "stt": "i"}, "NOUN"),
        ("prep", "مِن", {"enc0": "mA_rel"}, "CCONJ"),
        ("prep", "عَن", {"enc0": "mA_rel"}, "ADP"),
        ("adj", "ٱثْنانِ", {}, "NUM"),
        ("adj_num", "عِشْرُونَ", {}, "NUM"),
        ("noun_num", "واحِد", {}, "ADJ"),
        ("part_neg", "ما", {}, "AUX"),
        ("part_neg", "لا", {}, "PART"),
        ("verb_pseudo", "إِنَّ", {"prc2": "fa_conj"}, "PART"),
        ("verb_pseudo", "إِنَّ", {"prc2": "wa_conj"}, "SCONJ"),
        ("conj_sub", "أَنَّ", {"diac": "وَلِأَنَّ"}, "CCONJ"),
        ("conj_sub", "أَنَّ", {"diac": "أَنَّ"}, "SCONJ"),
    ],
)
def test_words_that_ud_tags_by_themselves_follow_padt(pos, lemma, features, expected):
    assert universal_pos(pos, lemma, features) == expected


@pytest.mark.parametrize(
    ("pos", "features", "expected"),
    [
        (
            "verb",
            {"asp": "i", "gen": "m", "mod": "s", "num": "s", "per": "3", "vox": "a"},
            "Aspect=Imp|Gender=Masc|Mood=Sub|Number=Sing|Person=3|VerbForm=Fin|Voice=Act",
        ),
        (
            "verb",
            {"asp": "p", "gen": "f", "mod": "i", "num": "s", "per": "3", "vox": "p"},
            "Aspect=Perf|Gender=Fem|Number=Sing|Person=3|Voice=Pass",
        ),
        ("verb", {"asp": "c", "mod": "i", "per": "2"}, "Mood=Imp|Person=2|VerbForm=Fin"),
        (
            "noun",
            {"cas": "n", "gen": "f", "num": "d", "stt": "d"},
            "Case=Nom|Definite=Def|Gender=Fem|Number=Dual",
        ),
        ("noun", {"cas": "a", "stt": "c"}, "Case=Acc|Definite=Cons"),
        ("part_neg", {}, "Polarity=Neg"),
        ("pron", {"per": "3", "num": "s"}, "Number=Sing|Person=3|PronType=Prs"),
        ("digit", {}, "NumForm=Digit|NumType=Card"),
        ("foreign", {}, "Foreign=Yes"),
        ("punc", {}, None),
        ("conj", {"gen": None, "num": None}, None),
    ],
)
def test_features_are_those_of_universal_dependencies(pos, features, expected):
    assert universal_features(pos, features) == expected


def test_the_default_state_of_a_bare_noun_says_nothing():
    bare = {"cas": "u", "gen": "m", "num": "s", "stt": "i"}
    assert universal_features("noun", bare) == "Gender=Masc|Number=Sing"
    assert universal_features("noun", {**bare, "cas": "g"}) == (
        "Case=Gen|Definite=Ind|Gender=Masc|Number=Sing"
    )


@pytest.mark.parametrize(
    ("pos", "lemma", "features", "expected"),
    [
        ("noun", "بَعْد", {"cas": "a", "gen": "m", "num": "s", "stt": "c"}, "AdpType=Prep|Case=Acc"),
        ("noun", "مَع", {"cas": "u", "stt": "i"}, "AdpType=Prep|Case=Acc"),
        ("prep", "مِن", {}, "AdpType=Prep"),
        ("verb_pseudo", "إِنَّ", {"asp": "i", "vox": "a", "per": "3"}, None),
        ("part_verb", "قَد", {"asp": "p"}, None),
        ("adv", "أَيْضاً", {"cas": "a", "stt": "i"}, None),
        ("noun", "أَمْس", {"cas": "g", "gen": "m", "num": "s"}, None),
        ("pron", "هُوَ", {"stt": "i", "per": "3"}, "Person=3|PronType=Prs"),
        ("pron_rel", "ما", {"gen": "m", "num": "s"}, "PronType=Rel"),
        ("adj_num", "عِشْرُونَ", {"cas": "n"}, "Case=Nom|NumForm=Word|NumType=Card"),
        ("noun_num", "واحِد", {"cas": "g", "gen": "m"}, "Case=Gen|Gender=Masc"),
        ("verb", "لَيْسَ", {"asp": "p", "per": "3"}, "Aspect=Perf|Person=3"),
    ],
)
def test_a_word_has_the_features_that_its_upos_inflects_for(pos, lemma, features, expected):
    assert universal_features(pos, features, lemma) == expected


@given(
    st.sampled_from([*PARTS_OF_SPEECH, "unheard_of"]),
    st.dictionaries(
        st.sampled_from("asp cas gen num per mod stt vox rat enc0".split()),
        st.one_of(st.none(), st.sampled_from("acdfgijmnpsuy123"), st.text(max_size=3)),
    ),
)
def test_features_are_well_formed_and_sorted(pos, features):
    found = universal_features(pos, features)
    assert found != ""
    if found is not None:
        names = [feature.partition("=")[0] for feature in found.split("|")]
        assert names == sorted(set(names), key=str.lower)
        assert all(re.fullmatch(r"[A-Z][A-Za-z]*=[A-Z0-9][a-z]*", f) for f in found.split("|"))


def test_no_feature_is_mapped_from_an_undefined_value():
    assert not {value for _, value in FEATURES} & {"u", "na", "-", "0", ""}
