import pytest

from models.pos_scores import calibration, calibration_error, camel_gold, measure
from models.pos_treebank import Gold
from tests.articles import analysis
from transforms.lemma_priors import Count, LemmaPriors, lemma_key

PRIORS = LemmaPriors(
    {
        lemma_key("كُلّ"): (Count("noun_quant", -5.0),),
        lemma_key("مَع"): (Count("noun", -5.0),),
        lemma_key("مِصْر"): (Count("noun_prop", -6.0),),
        lemma_key("حَتَّى"): (Count("prep", -7.0), Count("conj_sub", -9.0)),
    },
    {},
    {},
)


@pytest.mark.parametrize(
    ("upos", "lemma", "pos"),
    [
        ("NOUN", "كُلّ", "noun_quant"),
        ("ADP", "مَعَ", "noun"),
        ("NOUN", "مِصر", "noun_prop"),
        ("CCONJ", "حَتَّى", "conj_sub"),
        ("ADP", "حَتَّى", "prep"),
        ("VERB", "قَال", "verb"),
    ],
)
def test_the_substitute_gold_is_what_the_counts_say_of_the_lemma(upos, lemma, pos):
    assert camel_gold(Gold("x", 0, 0, upos, lemma=lemma), PRIORS) == (pos, lemma)


def test_there_is_no_substitute_where_it_cannot_be_told():
    assert camel_gold(Gold("x", 0, 0, "PRON", lemma="هُوَ"), PRIORS) is None
    assert camel_gold(Gold("x", 0, 0, "PART", lemma="لَم"), PRIORS) is None
    assert camel_gold(Gold("x", 0, 0, "NOUN"), PRIORS) is None


def test_shares_are_of_the_words_that_have_the_gold():
    gold = Gold("كل", 0, 0, "NOUN", lemma="كُلّ", feats={"cas": "g"})
    right = analysis("كل", lemma="كُلّ", pos="noun_quant", cas="g")
    wrong = analysis("كل", lemma="أَكَل", pos="verb", upos="VERB", cas=None)
    found = measure([(gold, right), (gold, wrong), (Gold("و", 0, 0, "CCONJ"), wrong)], PRIORS)
    assert found["CAMeL both"] == {"per_cent": 50.0, "words": 2}
    assert found["cas"] == {"per_cent": 50.0, "words": 2}
    assert found["upos"]["words"] == 3


def test_scores_are_compared_with_what_was_right():
    gold = Gold("قال", 0, 0, "VERB", lemma="قَال")
    rows = [
        analysis("قال", lemma=lemma, pos="verb", analysis_score=0.75)
        for lemma in ("قال", "قال", "قال", "قَلَى")
    ]
    found = [(gold, row) for row in rows]
    assert calibration(found, PRIORS) == [{"from": 0.7, "words": 4, "score": 0.75, "right": 0.75}]
    assert calibration_error(found, PRIORS) == 0.0
