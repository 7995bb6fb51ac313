"""Moods of imperfective verbs, by what stands before them."""

import pytest

from tests.articles import analysis
from transforms.moods import with_moods

VERB = {"pos": "verb", "upos": "VERB", "asp": "i", "mod": "u"}
FEATS = "Aspect=Imp|Number=Sing|Person=3|VerbForm=Fin"


def verb(**values):
    return analysis("يكتب", **{**VERB, "feats": FEATS, **values})


@pytest.mark.parametrize(
    ("before", "values", "expected"),
    [
        ([], {}, "i"),
        (["الوزير"], {}, "i"),
        (["لا"], {}, "i"),
        (["لَم"], {}, "j"),
        (["أَنْ"], {}, "s"),
        (["لَن"], {}, "s"),
        (["أَنْ", "لا"], {}, "s"),
        ([], {"prc1": "li_prep"}, "s"),
        ([], {"prc1": "li_jus"}, "s"),
        ([], {"prc1": "li_jus", "prc2": "wa_conj"}, "j"),
        (["أَنْ"], {"prc1": "sa_fut"}, "i"),
        (["لَم"], {"mod": "s"}, "s"),
    ],
)
def test_what_stands_before_a_verb_governs_its_mood(before, values, expected):
    *_, row = with_moods([*map(analysis, before), verb(**values)])
    assert row.mod == expected


def test_a_particle_with_a_pronoun_governs_no_verb():
    *_, row = with_moods([analysis("أَنَّ", enc0="3ms_pron"), verb()])
    assert row.mod == "i"


def test_the_features_name_the_mood_in_their_order():
    (row,) = with_moods([verb()])
    assert row.feats == "Aspect=Imp|Mood=Ind|Number=Sing|Person=3|VerbForm=Fin"


def test_other_words_stay_as_they_are():
    pseudo = analysis("إِنَّ", pos="verb_pseudo", asp="i", mod="u")
    rows = (pseudo, analysis("لَم"), analysis("كَتَب", pos="verb", asp="p", mod="i"), analysis("كِتاب"))
    assert with_moods(rows) == rows
