import pytest

from pipeline.exports.syntactic_words import syntactic_words
from tests.articles import analysis


def words(token, **values):
    return syntactic_words(token, analysis(token, **values)._asdict())


def forms(token, **values):
    return " ".join(word.form for word in words(token, **values))


@pytest.mark.parametrize(
    ("token", "expected", "values"),
    [
        ("القمة", "القمة", {"prc0": "Al_det", "atb": "القِمَّة"}),
        ("والقمة", "و القمة", {"prc2": "wa_conj", "prc0": "Al_det", "atb": "وَ+_القِمَّة"}),
        ("بالقمة", "ب القمة", {"prc1": "bi_prep", "prc0": "Al_det", "atb": "بِ+_القِمَّة"}),
        ("للأزمة", "ل الأزمة", {"prc1": "li_prep", "prc0": "Al_det", "atb": "لِ+_الأَزْمَة"}),
        ("للجنة", "ل اللجنة", {"prc1": "li_prep", "prc0": "Al_det", "atb": "لِ+_اللَّجْنَة"}),
        ("لله", "ل الله", {"prc1": "li_prep", "prc0": "Al_det", "atb": "لِ+_الله"}),
        ("للاذاعة", "ل الإذاعة", {"prc1": "li_prep", "prc0": "Al_det", "atb": "لِ+_الإِذاعَة"}),
        ("وبموقفها", "و ب موقف ها", {"prc2": "wa_conj", "prc1": "bi_prep", "enc0": "3fs_poss",
                                     "atb": "وَ+_بِ+_مَوْقِف_+ها"}),
        ("شقيقته", "شقيقة ه", {"enc0": "3ms_poss", "atb": "شَقِيقَة_+هُ"}),
        ("كتبته", "كتبت ه", {"enc0": "3ms_dobj", "atb": "كَتَبَتْ_+هُ"}),
        ("لقائه", "لقاء ه", {"enc0": "3ms_poss", "atb": "لِقاء_+هُ"}),
        ("رآه", "رآ ه", {"enc0": "3ms_dobj", "atb": ""}),
        ("كتبوه", "كتبوا ه", {"enc0": "3ms_dobj", "atb": "كَتَبُوا_+هُ"}),
        ("عليها", "علي ها", {"enc0": "3fs_pron", "atb": "عَلَى_+ها"}),
        ("لها", "ل ها", {"enc0": "3fs_pron", "atb": "لِ_+ها"}),
        ("عما", "عن ما", {"enc0": "mA_rel", "atb": "عَن_+ما"}),
        ("مما", "مما", {"enc0": "mA_rel", "upos": "CCONJ", "atb": "مِن_+ما"}),
        ("وعندما", "و عندما", {"prc2": "wa_conj", "enc0": "mA_sub", "upos": "CCONJ",
                              "atb": "وَ+_عِنْدَ_+ما", "diac": "وَعِنْدَما"}),
        ("واضاف", "و أضاف", {"prc2": "wa_conj", "atb": "وَ+_أَضافَ", "diac": "وَأَضافَ"}),
        ("اضاف", "اضاف", {"atb": "أَضافَ", "diac": "أَضافَ"}),
        ("وهذا", "و هٰذا", {"prc2": "wa_conj", "atb": "وَ+_هٰذا", "diac": "وَهٰذا"}),
        ("وفى", "و في", {"prc2": "wa_conj", "atb": "وَ+_فِي", "diac": "وَفِي"}),
        ("ورداً", "و ردا", {"prc2": "wa_conj", "atb": "وَ+_رَدّاً", "diac": "وَرَدّاً"}),
        ("ألا", "أن لا", {"enc0": "lA_neg", "atb": "أَنَّ_+لا"}),
        ("بما", "ب ما", {"prc1": "bi_prep", "atb": "بِما"}),
        ("ستنتهي", "س تنتهي", {"prc1": "sa_fut", "atb": "سَ+_تَنْتَهِي"}),
        ("هجماتهم", "هجمات هم", {"enc0": "3mp_poss", "atb": "هَجَم", "diac": "هَجَماتهم"}),
        ("وَقالَ", "و قال", {"prc2": "wa_conj", "atb": "وَ+_قالَ"}),
        ("كتابــه", "كتاب ه", {"enc0": "3ms_poss", "atb": "كِتاب_+هُ"}),
        ("أكتب", "أ كتب", {"prc3": ">a_ques", "atb": "أَ+_كَتَبَ"}),
        ("و", "و", {"prc2": "wa_conj", "atb": "و"}),
        ("قمة", "قمة", {"prc1": "bi_prep", "enc0": "3ms_poss", "atb": "قِمَّة"}),
    ],
)  # fmt: skip
def test_clitics_are_words_and_the_article_is_not(token, expected, values):
    assert forms(token, **values) == expected


def test_a_word_has_the_values_of_what_it_is():
    values = {"prc2": "wa_conj", "enc0": "3fs_poss", "pos": "noun", "upos": "NOUN"}
    values |= {"atb": "وَ+_إِدارَة_+ها", "lemma": "إِدارَة", "feats": "Gender=Fem|Number=Sing"}
    conjunction, noun, pronoun = words("وإدارتها", **values)
    assert (conjunction.upos, conjunction.xpos, conjunction.lemma) == ("CCONJ", "conj", "وَ")
    assert noun == ("إدارة", "إِدارَة", "NOUN", "noun", "Gender=Fem|Number=Sing", "إِدارَة", True)
    assert (pronoun.upos, pronoun.lemma, pronoun.vocalised) == ("PRON", "هُوَ", "ها")
    assert pronoun.feats == "Case=Gen|Gender=Fem|Number=Sing|Person=3|PronType=Prs"


@pytest.mark.parametrize(
    ("enclitic", "pos", "case"),
    [("3ms_poss", "noun", "Gen"), ("3ms_pron", "prep", "Gen"), ("3ms_dobj", "verb", "Acc"),
     ("3ms_pron", "conj_sub", "Acc")],
)  # fmt: skip
def test_case_of_a_pronoun(enclitic, pos, case):
    assert f"Case={case}" in words("كتابه", enc0=enclitic, pos=pos)[-1].feats


@pytest.mark.parametrize(
    ("token", "values", "expected"),
    [
        ("ليكتب", {"prc1": "li_prep", "pos": "verb", "upos": "VERB"}, "CCONJ"),
        ("لكتاب", {"prc1": "li_prep", "pos": "noun", "upos": "NOUN"}, "ADP"),
        ("مافعل", {"prc1": "mA_neg", "pos": "verb", "upos": "VERB"}, "AUX"),
    ],
)
def test_clitics_have_the_tag_that_padt_gives_them(token, values, expected):
    assert words(token, **values)[0].upos == expected


def test_a_conjunction_with_ma_is_its_own_lemma():
    values = {"prc2": "wa_conj", "enc0": "mA_sub", "upos": "CCONJ", "lemma": "عِنْد"}
    _, word = words("وعندما", **values, atb="وَ+_عِنْدَ_+ما", diac="وَعِنْدَما")
    assert word.lemma == "عِنْدَما"


def test_an_enclitic_ma_that_stays_a_word_is_a_relative():
    assert words("مثلما", enc0="mA_sub", atb="مِثْلَ_+ما")[-1].upos == "DET"
    assert words("مثلما", enc0="mA_sub", atb="مِثْلَ_+ما")[-1].feats == "PronType=Rel"


def test_a_pronoun_after_a_noun_that_is_a_preposition_is_a_genitive():
    assert "Case=Gen" in words("بينها", enc0="3fs_pron", pos="noun", upos="ADP")[-1].feats


def test_a_token_without_clitics_keeps_its_vocalised_form():
    (word,) = words("المتحدة", diac="المُتَّحِدَة", atb="المُتَّحِدَة")
    assert word.vocalised == "المُتَّحِدَة"


def test_where_the_tokenisation_lost_letters_the_vocalised_form_is_cut_out_of_the_whole():
    word, _ = words("هجماتهم", enc0="3mp_poss", atb="هَجَم", diac="هَجَماتهم")
    assert word.vocalised == "هَجَمات"
