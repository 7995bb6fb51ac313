from models.pos_gold import agreeing, fold_lemma
from models.pos_treebank import Gold
from tests.candidates import candidate
from transforms.lemma_priors import LemmaPriors
from transforms.readings import Reader, Reading
from transforms.values import ValueTable

READER = Reader(LemmaPriors({}, {}, {}), ValueTable([]))


def right(gold, *found, uncounted=()):
    """The places of the readings that agree with the gold."""
    readings = [
        Reading(analysis, analysis.stem.features["pos"], analysis.stem.features["lex"])
        for analysis in found
    ]
    features = [READER.features(analysis) for analysis in found]
    strange = [place in uncounted for place in range(len(found))]
    marks = agreeing(gold, readings, features, strange)
    return [place for place, is_right in enumerate(marks) if is_right]


NOUN = candidate("كُتُب", "كِتاب", "noun", "-3", cas="u", num="p")
VERB = candidate("كَتَبَ", "كَتَب", "verb", "-3", asp="p", vox="a")
PASSIVE = candidate("كُتِبَ", "كَتَب", "verb", "-3", asp="p", vox="p")


def test_the_part_of_speech_tells_readings_apart():
    assert right(Gold("كتب", 0, 0, "NOUN"), NOUN, VERB) == [0]
    assert right(Gold("كتب", 0, 0, "VERB"), NOUN, VERB, PASSIVE) == [1, 2]


def test_features_lemma_and_clitics_tell_more():
    assert right(Gold("كتب", 0, 0, "VERB", feats={"vox": "p"}), VERB, PASSIVE) == [1]
    other = candidate("كَتَّبَ", "كَتَّب", "verb", "-3")
    assert right(Gold("كتب", 0, 0, "VERB", lemma="كَتَب"), VERB, other) == [0]
    joined = candidate("كَتَب", "تَبّ", "noun", "-3", prefix={"prc1": "ka_prep"})
    assert right(Gold("كتب", 1, 0, "NOUN"), NOUN, joined) == [1]


def test_nothing_is_right_where_all_readings_are_far_from_the_gold():
    assert right(Gold("كتب", 0, 0, "ADP"), VERB, PASSIVE) == []
    assert right(Gold("كتب", 1, 0, "NOUN"), NOUN, VERB) == []


def test_a_bare_case_is_better_than_a_wrong_one():
    nominative = candidate("كُتُبُ", "كِتاب", "noun", "-3", cas="n")
    genitive = candidate("كُتُبِ", "كِتاب", "noun", "-3", cas="g")
    gold = Gold("كتب", 0, 0, "NOUN", feats={"cas": "g"})
    assert right(gold, NOUN, nominative) == [0]
    assert right(gold, NOUN, nominative, genitive) == [2]


def test_the_counted_part_of_speech_is_wanted():
    preposition = candidate("مَعَ", "مَع", "prep", "-3")
    noun = candidate("مَعَ", "مَع", "noun", "-3")
    assert right(Gold("مع", 0, 0, "ADP"), preposition, noun) == [0]
    assert right(Gold("مع", 0, 0, "ADP"), preposition, noun, uncounted={0}) == [1]


def test_x_says_nothing_of_a_word_that_the_lexicon_knows_as_no_name():
    guess = candidate("نرفض", "نرفض", "noun_prop", "-99", is_guess=True)
    refuse = candidate("نَرْفُض", "رَفَض", "verb", "-3")
    assert right(Gold("نرفض", 0, 0, "X"), refuse, guess) == []
    assert right(Gold("لافروف", 0, 0, "X"), guess) == [0]


def test_a_preposition_is_none_of_emphasis():
    preposition = candidate("لِحَرْب", "حَرْب", "noun", "-3", prefix={"prc1": "li_prep"})
    emphasis = candidate("لَحَرْب", "حَرْب", "noun", "-3", prefix={"prc1": "la_emph"})
    pieces = (("ل", "ADP"), ("حرب", "NOUN"))
    assert right(Gold("لحرب", 1, 0, "NOUN", pieces=pieces), preposition, emphasis) == [0]


def test_lemmas_are_folded_to_letters():
    assert fold_lemma("إِسْرَائِيل") == fold_lemma("اسرائيل")
