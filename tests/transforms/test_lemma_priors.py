import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.lemma_priors import Count, LemmaPriors, bare_lemma, lemma_key


def priors(counts=(), names=None, respelled=None):
    by_key = {
        lemma_key(lemma): tuple(Count(pos, -5.0 - place) for place, pos in enumerate(tags))
        for lemma, tags in dict(counts).items()
    }
    return LemmaPriors(by_key, names or {}, respelled or {})


@pytest.mark.parametrize(
    ("treebank", "database"),
    [
        ("كِتَاب", "كِتاب"),
        ("يَوْم", "يَوم"),
        ("ٱِعْتِرَاض", "ٱعْتِراض"),
        ("ثُمَّ", "ثُمّ"),
        ("هَٰذَا", "هٰذا"),
        ("إِلَى", "إلى"),
        ("ثَقَافَة", "ثَقافَة"),
    ],
)
def test_spellings_of_a_lemma_have_one_key(treebank, database):
    assert lemma_key(treebank) == lemma_key(database)


@pytest.mark.parametrize(
    ("one", "other"), [("عَلَم", "عِلْم"), ("عَلِم", "عَلَّم"), ("دُوَلِيّ", "دَوْلِيّ"), ("أُمّ", "أَمّ")]
)
def test_other_lemmas_have_other_keys(one, other):
    assert lemma_key(one) != lemma_key(other)


@given(st.text("كتابعلمويإأآى\u064b\u064c\u064e\u064f\u0650\u0651\u0652\u0670", max_size=10))
def test_a_key_is_its_own_key_and_keeps_the_letters(lemma):
    assert bare_lemma(lemma_key(lemma)) == bare_lemma(lemma)


def test_a_nominal_may_be_what_its_lemma_was_counted_as():
    known = priors({"كُلّ": ["noun_quant"], "أَكْبَر": ["adj_comp"], "كَثِير": ["adj", "noun"]})
    assert known.parts_of_speech("كُلّ", "noun", "") == ("noun", "noun_quant")
    assert known.parts_of_speech("أَكْبَر", "adj", "") == ("adj", "adj_comp")
    assert known.parts_of_speech("كَثِير", "adv", "") == ("adv", "noun")


def test_a_verb_stays_a_verb_and_no_particle_becomes_one():
    known = priors({"أَكْثَر": ["adj_comp", "noun_quant"], "لَيْسَ": ["verb", "part_neg"]})
    assert known.parts_of_speech("أَكْثَر", "verb", "") == ("verb",)
    assert known.parts_of_speech("لَيْسَ", "verb", "") == ("verb", "part_neg")
    assert "verb" not in known.parts_of_speech("لَيْسَ", "part_neg", "")


def test_a_preposition_of_the_database_may_be_a_noun_of_the_treebank():
    known = priors({"مَع": ["noun"], "حَيْثُ": ["adv_rel"]})
    assert known.parts_of_speech("مَع", "prep", "") == ("prep", "noun")
    assert known.parts_of_speech("حَيْثُ", "conj", "") == ("conj", "adv_rel")


def test_an_uncounted_participle_is_a_noun_or_an_adjective():
    assert set(priors().parts_of_speech("مُراسِل", "noun", "مُ1ا2ِ3")) == {"noun", "adj"}
    assert priors().parts_of_speech("جِدار", "noun", "1ِ2ا3") == ("noun",)


def test_names_and_respelled_stems_are_looked_up_by_their_bare_spelling():
    known = priors(names={"نتنياهو": "نِتَنْيَاهُو"}, respelled={"أميركي": "أَمِيرْكِيّ"})
    assert known.name("نتنياهو") == "نِتَنْيَاهُو"
    assert known.name("لافروف") is None
    assert known.lemma("أَمْرِيكِيّ", "adj", "أَمِيرِكِيّ") == "أَمِيرْكِيّ"
    assert known.lemma("أَمْرِيكِيّ", "adj", "أَمْرِيكِيّ") == "أَمْرِيكِيّ"
    assert known.lemma("أَمَر", "verb", "أَمِيرِكِيّ") == "أَمَر"


def test_of_two_lemmas_with_the_same_letters_a_stem_has_its_own_if_that_is_commoner():
    known = priors({"دُوَلِيّ": ["adj"]})
    assert known.lemma("دَوْلِيّ", "adj", "دُوَلِيّ") == "دُوَلِيّ"
    assert known.lemma("دَوْلِيّ", "adj", "دَوْلِيّ") == "دَوْلِيّ"
    assert known.lemma("كاتِب", "noun", "كُتّاب") == "كاتِب"
    assert known.lemma("دَوْلِيّ", "verb", "دُوَلِيّ") == "دَوْلِيّ"


def test_a_misnamed_lemma_is_given_its_name():
    assert priors().lemma("راوَنْد", "verb", "رَأَى") == "رَأَى"
    assert priors().lemma("راوَنْد", "noun", "راوَنْد") == "راوَنْد"
