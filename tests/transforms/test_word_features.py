import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tests.candidates import candidate
from transforms.lemma_priors import LemmaPriors
from transforms.readings import Reader
from transforms.values import ValueTable
from transforms.word_features import Vocabulary, affixes, folded, lexical_views


def test_words_are_folded_for_the_vocabulary():
    assert folded("إلى") == folded("الي") == "الي"
    assert folded("٢٠١٥") == "0000"


def test_beginnings_endings_and_the_kind_are_named():
    assert affixes("كتب") == ["^ك", "^كت", "^كتب", "ب$", "تب$", "كتب$", "kind=arabic"]
    assert [affixes(word)[-1] for word in ("،", "15", "NATO")] == [
        "kind=Po",
        "kind=digit",
        "kind=foreign",
    ]


def test_the_vocabulary_gives_zero_for_what_it_lacks():
    known = Vocabulary(["كتب"], ["^ك", "ب$"])
    assert (known.form("كتب"), known.form("قرأ")) == (1, 0)
    assert known.affix_numbers("كلب") == (1, 2)
    assert known.affix_numbers("قرأ") == ()


@given(st.text(min_size=1))
def test_any_word_has_affixes(word):
    assert affixes(word)[-1].startswith("kind=")


def test_the_lexical_view_has_each_possible_value_with_its_share():
    reader = Reader(LemmaPriors({}, {}, {}), ValueTable(["pos=noun", "pos=verb"]))
    found = reader.readings(
        "كتب",
        "كتب",
        [candidate("كُتُب", "كِتاب", "noun", "-3.0"), candidate("كَتَبَ", "كَتَب", "verb", "-3.0")],
    )
    alone, (possible, shares), nothing = lexical_views([found, found, None], 3)
    assert all((a == b).all() for a, b in zip(alone, (possible, shares), strict=True))
    assert possible.tolist() == [1, 2]
    assert shares.tolist() == [0.5, 0.5]
    assert all(np.size(part) == 0 for part in nothing)
