from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.records import AnalysisSource, EntityType, TokenAnalysis
from tests.transforms.builders import analysis, sentence
from transforms.entities import (
    Heard,
    Span,
    TokenTag,
    bare,
    entities_of,
    hear,
    name_of,
    spans_of,
)

NOTHING_HEARD = Heard(frozenset(), frozenset())


def heard(words: str = "", openers: str = "") -> Heard:
    return Heard(frozenset(map(bare, words.split())), frozenset(map(bare, openers.split())))


@pytest.mark.parametrize(
    ("labels", "spans"),
    [
        ("B-PER I-PER O B-LOC", [(0, 2, "PER"), (3, 4, "LOC")]),
        ("B-PER B-PER", [(0, 1, "PER"), (1, 2, "PER")]),
        ("S-LOC B-ORG I-ORG E-ORG", [(0, 1, "LOC"), (1, 4, "ORG")]),
        ("O I-PER I-PER", [(1, 3, "PER")]),
        ("B-PER I-LOC", [(0, 1, "PER"), (1, 2, "LOC")]),
        ("S-PER I-PER", [(0, 1, "PER"), (1, 2, "PER")]),
        ("B-PER E-PER E-PER", [(0, 2, "PER"), (2, 3, "PER")]),
        ("B- X-PER nonsense", []),
        ("", []),
    ],
)
def test_any_label_sequence_yields_spans(labels: str, spans: list[tuple[int, int, str]]) -> None:
    assert spans_of(labels.split()) == [Span(*span) for span in spans]


LABELS = st.sampled_from(
    ["O", *(f"{mark}-{kind}" for mark in "BIES" for kind in ("PER", "LOC", "ORG", "MISC", "GPE"))]
)
WORDS = st.sampled_from(["وموسكو", "في", "(", "جون", "كيري", "3.5", "«", "المتّحدة", "NATO"])


@given(st.lists(st.tuples(WORDS, LABELS, st.floats(0, 1)), min_size=1, max_size=12))
def test_entities_slice_back_to_the_sentence(tagged: list[tuple[str, str, float]]) -> None:
    given_sentence = sentence(" ".join(word for word, _, _ in tagged))
    tags = [TokenTag(label, score) for _, label, score in tagged]
    found = entities_of(given_sentence, [analysis()] * len(tags), tags, NOTHING_HEARD)
    at = 0
    for entity in found:
        assert at <= entity.start < entity.end <= len(given_sentence.text)
        assert given_sentence.text[entity.start : entity.end] == entity.text
        assert given_sentence.token_start[entity.token_start] == entity.start
        assert given_sentence.token_end[entity.token_end - 1] == entity.end
        assert entity.text.endswith(entity.name)
        assert entity.type in ("PER", "LOC", "ORG", "MISC")
        assert 0 <= entity.score <= 1
        at = entity.end


def test_score_is_the_mean_over_the_tokens() -> None:
    tags = [TokenTag("O", 1.0), TokenTag("B-PER", 0.5), TokenTag("E-PER", 1.0)]
    (entity,) = entities_of(sentence("قال جون كيري"), [analysis()] * 3, tags, NOTHING_HEARD)
    assert (entity.text, entity.score) == ("جون كيري", 0.75)


def test_a_tag_too_few_is_an_error() -> None:
    with pytest.raises(ValueError, match="zip"):
        entities_of(sentence("قال كيري"), [analysis()] * 2, [TokenTag("O", 1.0)], NOTHING_HEARD)


@pytest.mark.parametrize(
    ("word", "kind", "given_analysis", "name"),
    [
        ("وموسكو", "LOC", analysis(prc2="wa_conj"), "موسكو"),
        ("وَموسكو", "LOC", analysis(prc2="wa_conj"), "موسكو"),
        ("بالقاهرة", "LOC", analysis(prc1="bi_prep", prc0="Al_det"), "القاهرة"),
        ("وبالقاهرة", "LOC", analysis(prc2="wa_conj", prc1="bi_prep"), "القاهرة"),
        ("فلبنان", "LOC", analysis(prc2="fa_conj"), "لبنان"),
        ("للبنان", "LOC", analysis(prc1="li_prep", d3="لِ+_لُبْنان"), "لبنان"),
        (
            "للأمم",
            "ORG",
            analysis("noun", prc1="li_prep", prc0="Al_det", d3="لِ+_ال+_أُمَم"),
            "الأمم",
        ),
        (
            "وللأمم",
            "ORG",
            analysis("noun", prc2="wa_conj", prc1="li_prep", prc0="Al_det", d3="وَ+_لِ+_ال+_أُمَم"),
            "الأمم",
        ),
        (
            "للجنة",
            "ORG",
            analysis("noun", prc1="li_prep", prc0="Al_det", d3="لِ+_ال+_لَجْنَة"),
            "اللجنة",
        ),
        ("كمصر", "LOC", analysis(prc1="ka_prep"), "مصر"),
        ("القاهرة", "LOC", analysis(prc0="Al_det"), "القاهرة"),
    ],
)
def test_analysed_proclitics_are_taken_off(
    word: str, kind: EntityType, given_analysis: TokenAnalysis, name: str
) -> None:
    assert name_of(word, given_analysis, kind, NOTHING_HEARD) == name


KEPT = "بوتين لافروف كيري باولو فرانك وليد لبنان بغداد سوريا فلسطين كندا واشنطن فالتر وادي بون"


@pytest.mark.parametrize("word", KEPT.split())
@pytest.mark.parametrize("source", ["lexicon", "backoff"])
def test_first_letter_of_a_name_is_no_proclitic(word: str, source: AnalysisSource) -> None:
    everything = heard("في مدينة يرى لي ال")
    for kind in ("PER", "LOC"):
        assert name_of(word, analysis(source=source), kind, everything) == word


def test_a_preposition_with_a_pronoun_is_no_name_with_a_conjunction() -> None:
    prince = analysis("prep", prc2="wa_conj", enc0="1s_pron")
    assert name_of("ولي", prince, "PER", heard("لي العهد", "لي")) == "ولي"


def test_a_person_read_as_a_common_word_keeps_the_name() -> None:
    hand = analysis("noun", prc2="wa_conj", prc1="li_prep")
    assert name_of("وليد", hand, "PER", heard("يد")) == "وليد"
    name = analysis("noun", prc1="bi_prep")
    assert name_of("باسم", name, "PER", heard("اسم")) == "باسم"


def test_a_person_heard_elsewhere_loses_the_proclitic() -> None:
    happy = analysis("adj", prc2="wa_conj")
    assert name_of("وسعيد", happy, "PER", heard("سعيد", openers="سعيد")) == "سعيد"


def test_an_unknown_word_loses_letters_only_if_the_rest_is_heard() -> None:
    unknown = analysis(source="backoff")
    assert name_of("ولافروف", unknown, "PER", heard("لافروف")) == "لافروف"
    assert name_of("ولافروف", unknown, "PER", NOTHING_HEARD) == "ولافروف"
    assert name_of("ولجنتيلوني", unknown, "PER", heard("جنتيلوني")) == "جنتيلوني"
    assert name_of("كيري", unknown, "PER", heard("يرى")) == "كيري"
    assert name_of("باريس", unknown, "LOC", heard("في من")) == "باريس"


@pytest.mark.parametrize("word", ["لأوباما", "وأوباما", "ولأوباما", "بأوباما"])
def test_hamza_on_alef_begins_an_unknown_name(word: str) -> None:
    assert name_of(word, analysis(source="backoff"), "PER", NOTHING_HEARD) == "أوباما"


def test_a_person_with_the_article_loses_the_conjunction() -> None:
    given_analysis = analysis("adj", prc2="wa_conj", prc0="Al_det")
    assert name_of("والبرادعي", given_analysis, "PER", NOTHING_HEARD) == "البرادعي"


def test_foreign_words_keep_all_letters() -> None:
    assert name_of("BBC", analysis(source="foreign"), "ORG", heard("BC")) == "BBC"


def test_the_rest_of_a_name_of_several_words_stays() -> None:
    text = "للأمم المتحدة"
    tags = [TokenTag("B-ORG", 1.0), TokenTag("E-ORG", 1.0)]
    nations = analysis("noun", prc1="li_prep", prc0="Al_det", d3="ل+_ال+_أمم")
    (entity,) = entities_of(sentence(text), [nations, analysis("adj")], tags, NOTHING_HEARD)
    assert (entity.text, entity.name) == (text, "الأمم المتحدة")


def test_an_article_is_heard_by_words_and_openers() -> None:
    said = hear([sentence("زار أوباما موسكو")], [["O", "B-PER", "O"]])
    assert said == Heard(frozenset({"زار", "اوباما", "موسكو"}), frozenset({"اوباما"}))
