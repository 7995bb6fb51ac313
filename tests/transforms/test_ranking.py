import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.candidates import candidate
from tests.taggers import OWN_WEIGHTS
from transforms.claim_table import ClaimTable
from transforms.lemma_priors import LemmaPriors
from transforms.ranking import choices, choose, own_weights
from transforms.reading_numbers import NUMBERS
from transforms.readings import Reader
from transforms.values import ValueTable

VALUES = ["pos=noun", "pos=verb", "cas=n", "cas=g"]
CLAIMS = ClaimTable()
WEIGHTS = np.array([OWN_WEIGHTS.get(name, 0.0) for name in NUMBERS])


def offered(word, *candidates, temperature=1.0, author=None):
    reader = Reader(LemmaPriors({}, {}, {}), ValueTable(VALUES))
    readings = reader.readings(author or word, word, candidates)
    (weights,) = own_weights([readings], WEIGHTS)
    given, kept = choices(readings, weights, temperature, CLAIMS)
    return given, [readings.reading(index) for index in kept]


def best(given, **logits):
    row = np.zeros((1, len(VALUES) + 1))
    for name, value in logits.items():
        row[0, VALUES.index(name.replace("_", "=")) + 1] = value
    offered, kept = given
    places, scores = choose([offered], row, 1.0, CLAIMS)
    reading = kept[places[0]]
    return reading.pos, reading.lemma, float(scores[0])


NOUN = candidate("كُتُب", "كِتاب", "noun", "-3.5")
VERB = candidate("كَتَبَ", "كَتَب", "verb", "-3.1")


def test_the_most_frequent_reading_wins_where_the_sentence_says_nothing():
    assert best(offered("كتب", NOUN, VERB))[:2] == ("verb", "كَتَب")


def test_the_sentence_outweighs_frequency():
    assert best(offered("كتب", NOUN, VERB), pos_noun=2.0)[:2] == ("noun", "كِتاب")


def test_diacritics_of_the_author_decide():
    assert best(offered("كتب", NOUN, VERB, author="كُتب"))[:2] == ("noun", "كِتاب")


def test_a_word_is_taken_as_it_is_spelled_when_that_is_about_as_probable():
    exact = candidate("عَلَم", "عَلَم", "noun", "-3.3")
    variant = candidate("أَلَم", "أَلَم", "noun", "-3.0")
    assert best(offered("علم", exact, variant))[1] == "عَلَم"


def test_an_unknown_word_keeps_its_first_letter_but_not_its_article():
    prefix = {"diac": "بِ", "prc1": "bi_prep"}
    article = {"diac": "بِال", "prc1": "bi_prep", "prc0": "Al_det"}
    whole = candidate("بالفلوجة", "بالفلوجة", "noun_prop", "-99", is_guess=True)
    cut = candidate("فلوجة", "فلوجة", "noun_prop", "-99", prefix=article, is_guess=True)
    assert best(offered("بالفلوجة", whole, cut))[1] == "فلوجة"
    short = candidate("نك", "نك", "noun_prop", "-99", prefix=prefix, is_guess=True)
    whole = candidate("بنك", "بنك", "noun_prop", "-99", is_guess=True)
    assert best(offered("بنك", short, whole), cas_g=0.0)[1] in ("بنك", "نك")


def test_the_score_is_the_share_of_lemma_and_part_of_speech_not_of_the_form():
    inflected = [candidate("كُتُبُ", "كِتاب", "noun", "-3.5", cas=case) for case in "nga"]
    pos, _, score = best(offered("كتب", *inflected, VERB), pos_noun=5.0)
    assert pos == "noun"
    odds = 3 * math.exp(5.0 - 0.4 * 0.5 * math.log(10))
    assert score == pytest.approx(odds / (1 + odds), abs=0.01)
    assert best(offered("كتب", *inflected))[2] == 1.0


def test_readings_that_no_sentence_tells_apart_leave_the_heavier_and_count_in_its_score():
    rare = candidate("عَقْد", "عَقْد_خرز", "noun", "-3.5")
    common = candidate("عِقْد", "عِقْد", "noun", "-3.5")
    given_choices, kept = offered("عقد", rare, common)
    assert len(kept) == len(given_choices) == 1
    assert given_choices.offered == 2
    assert best((given_choices, kept))[2] == 0.5


def test_a_higher_temperature_makes_less_sure():
    cool, hot = (offered("كتب", NOUN, VERB, temperature=t)[0] for t in (1.0, 3.0))
    row = np.zeros((1, len(VALUES) + 1))
    assert choose([cool], row, 1.0, CLAIMS)[1] > choose([hot], row, 3.0, CLAIMS)[1] > 0.5


@given(st.lists(st.tuples(st.integers(0, 2), st.integers(-3, 3)), min_size=1, max_size=12))
def test_a_choice_never_depends_on_the_words_beside_it(given_words):
    kinds = [offered("كتب", *found)[0] for found in ((NOUN, VERB), (NOUN,), (VERB, NOUN))]
    rows = np.zeros((len(given_words), len(VALUES) + 1))
    rows[:, 1] = [logit for _, logit in given_words]
    words = [kinds[kind] for kind, _ in given_words]
    places, scores = choose(words, rows, 1.0, CLAIMS)
    for index, word in enumerate(words):
        alone = choose([word], rows[index : index + 1], 1.0, CLAIMS)
        assert (places[index], scores[index]) == (alone[0][0], alone[1][0])
