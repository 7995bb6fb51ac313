import random

import pytest

from transforms.lexicon import Candidate
from transforms.ranking import best_analysis


def stem(diac, lemma, pos, log_probability, **values):
    forms = {"diac": diac, "lex": lemma, "lex_id": f"{lemma}_1", "bw": f"{diac}/{pos}", "pos": pos}
    counted = {"pos_lex_logprob": log_probability, "lex_logprob": "-99", "pos_logprob": "-1"}
    return dict.fromkeys("prc3 prc2 prc1 prc0 enc0".split(), "0") | forms | counted | values


def candidate(*given, prefix=None, suffix=None, is_guess=False, **values):
    return Candidate(prefix or {}, stem(*given, **values), suffix or {}, is_guess)


def merge(candidate):
    parts = candidate.prefix, candidate.stem, candidate.suffix
    diac = "".join(part.get("diac", "") for part in parts)
    names = "prc3 prc2 prc1 prc0 enc0 asp cas gen num per mod stt vox rat pos lex lex_id bw".split()
    features = {name: candidate.value(name) for name in names}
    root = candidate.stem.get("root", "NTWS")
    return features | {"diac": diac, "d3tok": diac, "atbtok": diac, "root": root, "pattern": "1ا2"}


def best(word, *candidates):
    return best_analysis(word, candidates, merge)


def test_the_most_probable_lemma_and_part_of_speech_wins():
    found = best(
        "كتب",
        candidate("كُتُب", "كِتاب", "noun", "-3.5"),
        candidate("كَتَبَ", "كَتَب", "verb", "-3.1"),
    )
    assert found.lemma == "كَتَب"
    assert found.analysis_count == 2


def test_a_word_is_taken_as_it_is_spelled_when_that_is_about_as_probable():
    exact = candidate("عَلَم", "عَلَم", "noun", "-4.0")
    variant = candidate("أَلَم", "أَلَم", "noun", "-3.0")
    assert best("علم", exact, variant).lemma == "عَلَم"


def test_a_word_without_its_hamza_is_read_with_it_when_that_is_far_more_probable():
    found = best(
        "ان",
        candidate("ان", "ان", "abbrev", "-99"),
        candidate("أَنَّ", "أَنَّ", "conj_sub", "-1.8"),
    )
    assert (found.diac, found.analysis_source) == ("أَنَّ", "spelling_variant")


def test_an_exact_spelling_is_from_the_lexicon():
    assert best("أن", candidate("أَنَّ", "أَنَّ", "conj_sub", "-1.8")).analysis_source == "lexicon"


@pytest.mark.parametrize(
    ("usual", "rare"),
    [
        ({"per": "3"}, {"per": "2"}),
        ({"per": "3"}, {"per": "1"}),
        ({"vox": "a"}, {"vox": "p"}),
        ({"asp": "p"}, {"asp": "c"}),
        ({"num": "p"}, {"num": "d"}),
        ({"prc1": "li_prep"}, {"prc1": "la_emph"}),
        ({"prc1": "li_prep"}, {"prc1": "li_jus"}),
        ({"enc0": "0"}, {"enc0": "3ms_poss"}),
        ({"prc2": "0"}, {"prc2": "wa_conj"}),
        ({"cas": "u", "stt": "i"}, {"cas": "a", "stt": "i"}),
        ({"gen": "m", "num": "p"}, {"gen": "f", "num": "p"}),
    ],
)
def test_among_equals_the_usual_inflection_wins(usual, rare):
    common = ("تكتب", "كَتَب", "verb", "-3.0")
    found = best("تكتب", candidate(*common, **rare), candidate(*common, **usual))
    assert all(getattr(found, name) == (None if v == "0" else v) for name, v in usual.items())


def test_a_bare_form_beats_one_with_a_case_ending():
    bare = candidate("كِتاب", "كِتاب", "noun", "-3.5", cas="u")
    nominative = candidate("كِتاب", "كِتاب", "noun", "-3.5", suffix={"diac": "ُ", "cas": "n"})
    assert best("كتاب", nominative, bare).diac == "كِتاب"


def test_an_entry_that_was_never_counted_is_not_taken_for_rare():
    unseen = candidate("لِيس", "أَلْيَس", "noun", "-99")
    uncounted = candidate("لَيْسَ", "لَيْسَ", "verb", "-99", pos_logprob="-99")
    assert best("ليس", unseen, uncounted).lemma == "لَيْسَ"


def test_an_unknown_word_keeps_its_first_letter_but_not_its_article():
    prefix = {"diac": "بِ", "prc1": "bi_prep"}
    article = {"diac": "بِال", "prc1": "bi_prep", "prc0": "Al_det"}
    whole = candidate("باركليز", "باركليز", "noun_prop", "-99", is_guess=True)
    cut = candidate("اركليز", "اركليز", "noun_prop", "-99", prefix=prefix, is_guess=True)
    found = best("باركليز", cut, whole)
    assert (found.lemma, found.analysis_source) == ("باركليز", "backoff")
    whole = candidate("بالفلوجة", "بالفلوجة", "noun_prop", "-99", is_guess=True)
    cut = candidate("فلوجة", "فلوجة", "noun_prop", "-99", prefix=article, is_guess=True)
    assert best("بالفلوجة", whole, cut).lemma == "فلوجة"


def test_the_score_is_the_share_among_readings_not_among_forms():
    noun = candidate("كُتُب", "كِتاب", "noun", "-3.0")
    inflected = candidate("كُتُب", "كِتاب", "noun", "-3.0", suffix={"diac": "ُ", "cas": "n"})
    verb = candidate("كَتَبَ", "كَتَب", "verb", "-4.0")
    assert best("كتب", noun, inflected, verb).analysis_score == pytest.approx(10 / 11)
    assert best("كتب", noun, inflected).analysis_score == 1.0


def test_the_order_of_the_candidates_never_matters():
    candidates = [
        candidate("كِتاب", f"كِتاب{number % 3}", "noun", "-3.5", gloss=f"{number}", rat=value)
        for number in range(6)
        for value in "ir"
    ]
    expected = best("كتاب", *candidates)
    for seed in range(20):
        random.Random(seed).shuffle(candidates)  # noqa: S311
        assert best("كتاب", *candidates) == expected


def test_what_does_not_apply_is_none_and_what_is_undefined_is_kept():
    found = best("كتاب", candidate("كِتاب", "كِتاب", "noun", "-3", asp="na", cas="u", root="NTWS"))
    assert (found.asp, found.prc0, found.cas) == (None, None, "u")
    assert found.root is found.pattern is None
