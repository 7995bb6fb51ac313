from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.records import Sentence, TokenAnalysis
from tests.transforms.builders import analysis, sentence
from transforms.article_names import FOUND_AGAIN, settle
from transforms.entities import Span, TokenTag, spans_of

Marked = tuple[Sentence, list[TokenAnalysis], list[TokenTag]]
NAME = analysis("noun_prop", source="backoff")
COMMON = {
    "قال": analysis("verb"),
    "في": analysis("prep"),
    "الأسد": analysis("noun"),
    "كريم": analysis("adj"),
    "مجلس": analysis("noun"),
    "الأمن": analysis("noun"),
    "وبوتين": analysis("noun_prop", source="backoff", prc2="wa_conj"),
    "لبوتين": analysis("noun_prop", prc1="li_prep"),
    "للهلال": analysis("noun_prop", prc1="li_prep", prc0="Al_det"),
}


def marked(text: str, names: str = "", score: float = 0.9, doubt: float = 0.0) -> Marked:
    """A sentence in which the words of `names` (`PER:بوتين`) are entities, one each."""
    given_sentence = sentence(text)
    kinds = {name: kind for kind, _, name in (part.partition(":") for part in names.split())}
    tags = [
        TokenTag(f"S-{kinds[word]}", score) if word in kinds else TokenTag("O", 1 - doubt)
        for word in given_sentence.tokens
    ]
    return given_sentence, [COMMON.get(word, NAME) for word in given_sentence.tokens], tags


def person(text: str, name: str, kind: str = "PER", score: float = 0.9) -> Marked:
    """A sentence in which the words of `name`, which stand together, are one entity."""
    given_sentence, analyses, tags = marked(text)
    words = name.split()
    at = given_sentence.tokens.index(words[0])
    for index in range(len(words)):
        tags[at + index] = TokenTag(f"{'BI'[index > 0]}-{kind}", score)
    return given_sentence, analyses, tags


def found(*rows: Marked) -> list[list[tuple[str, str]]]:
    sentences, analyses, tags = zip(*rows, strict=True)
    settled = settle(sentences, analyses, tags)
    return [
        [
            (" ".join(one.tokens[span.start : span.end]), span.type)
            for span in spans_of([tag.label for tag in row])
        ]
        for one, row in zip(sentences, settled, strict=True)
    ]


def test_a_confident_name_is_a_name_where_it_was_overlooked() -> None:
    rows = found(marked("قال لافروف", "PER:لافروف"), marked("قال لافروف في موسكو"))
    assert rows[1] == [("لافروف", "PER")]


def test_an_unsure_name_spreads_nowhere() -> None:
    rows = found(marked("قال لافروف", "PER:لافروف", score=0.5), marked("قال لافروف"))
    assert rows[1] == []


@pytest.mark.parametrize("word", ["الأسد", "كريم"])
def test_a_common_word_is_left_alone(word: str) -> None:
    assert found(marked(f"قال {word}", f"PER:{word}"), marked(f"في {word}"))[1] == []


@pytest.mark.parametrize(("doubt", "names"), [(0.5, [("مجلس الأمن", "ORG")]), (0.1, [])])
def test_common_words_together_are_a_name_if_the_tagger_suspected_it(
    doubt: float, names: list[tuple[str, str]]
) -> None:
    rows = found(
        person("قال مجلس الأمن", "مجلس الأمن", "ORG"), marked("في مجلس الأمن", doubt=doubt)
    )
    assert rows[1] == names


@pytest.mark.parametrize("word", ["بوتين", "وبوتين", "لبوتين"])
def test_the_last_name_alone_is_the_person(word: str) -> None:
    rows = found(person("قال فلاديمير بوتين", "فلاديمير بوتين"), marked(f"قال {word} في"))
    assert rows[1] == [(word, "PER")]


def test_the_end_of_a_compound_is_no_last_name() -> None:
    rows = found(person("قال محمد عبد الله", "محمد عبد الله"), marked("في كتاب الله"))
    assert rows[1] == []


def test_the_first_word_of_a_longer_unknown_name_is_left_alone() -> None:
    rows = found(marked("قال راؤول", "PER:راؤول"), marked("قال راؤول غونزاليس"))
    assert rows[1] == []


def test_the_article_comes_back_after_the_preposition() -> None:
    assert found(marked("فاز الهلال", "ORG:الهلال"), marked("هدف للهلال"))[1] == [("للهلال", "ORG")]


def test_spelling_does_not_matter() -> None:
    assert found(marked("قال أوباما", "PER:أوباما"), marked("قال اوباما"))[1] == [("اوباما", "PER")]


def test_types_of_a_name_follow_the_sum_of_scores() -> None:
    rows = found(
        marked("قال الناتو", "LOC:الناتو", score=0.8),
        marked("في الناتو", "ORG:الناتو", score=0.6),
        marked("مع الناتو", "ORG:الناتو", score=0.5),
    )
    assert rows == [[("الناتو", "ORG")]] * 3


def test_scores_of_nothing_do_no_harm() -> None:
    rows = found(
        marked("قال الناتو", "LOC:الناتو", score=0.0), marked("في الناتو", "ORG:الناتو", score=0.0)
    )
    assert rows == [[("الناتو", "LOC")]] * 2


@pytest.mark.parametrize(
    ("text", "long_form", "short"),
    [
        ("أعلنت منظمة الصحة العالمية (WHO) أن", "منظمة الصحة العالمية", "WHO"),
        ("قالت وكالة الأنباء الفرنسية (أ ف ب) إن", "وكالة الأنباء الفرنسية", "أ ف ب"),
        ("قالت وكالة الأنباء الفرنسية (أ.ف.ب) إن", "وكالة الأنباء الفرنسية", "أ . ف . ب"),
        ("قالت حركة المقاومة الإسلامية (حماس) إن", "حركة المقاومة الإسلامية", "حماس"),
        ("قالت حركة المقاومة الإسلامية «حماس» إن", "حركة المقاومة الإسلامية", "حماس"),
    ],
)
def test_an_abbreviation_is_what_its_long_form_is(text: str, long_form: str, short: str) -> None:
    assert found(person(text, long_form, "ORG")) == [[(long_form, "ORG"), (short, "ORG")]]


@pytest.mark.parametrize(
    ("text", "long_form"),
    [
        ("فاز نادي ريال مدريد (إسبانيا) على", "ريال مدريد"),
        ("أعلنت منظمة الصحة العالمية (في جنيف) أن", "منظمة الصحة العالمية"),
        ("أعلنت منظمة الصحة العالمية (WHO", "منظمة الصحة العالمية"),
        ("أعلنت منظمة الصحة العالمية (2016) أن", "منظمة الصحة العالمية"),
        ("أعلنت منظمة الصحة العالمية () أن", "منظمة الصحة العالمية"),
    ],
)
def test_what_else_stands_in_brackets_is_no_abbreviation(text: str, long_form: str) -> None:
    assert found(person(text, long_form, "ORG")) == [[(long_form, "ORG")]]


def test_an_abbreviation_is_found_again() -> None:
    first = person("أعلنت منظمة الصحة العالمية (WHO) أن", "منظمة الصحة العالمية", "ORG", 1.0)
    assert found(first, marked("قالت WHO إن"))[1] == [("WHO", "ORG")]


def test_a_name_found_again_says_that_it_is_less_sure() -> None:
    rows = [marked("قال لافروف", "PER:لافروف", score=0.8), marked("قال لافروف")]
    sentences, analyses, tags = zip(*rows, strict=True)
    settled = settle(sentences, analyses, tags)
    assert settled[0] == tags[0]
    assert settled[1] == [TokenTag("O", 1.0), TokenTag("S-PER", 0.8 * FOUND_AGAIN)]


def test_rows_that_do_not_match_are_an_error() -> None:
    one, analyses, tags = marked("قال لافروف")
    with pytest.raises(ValueError, match="zip"):
        settle([one], [analyses], [tags[:1]])


WORDS = st.sampled_from("قال في بوتين وبوتين الأسد ( ) WHO أ منظمة".split())
LABELS = st.sampled_from(["O", *(f"{mark}-{kind}" for mark in "BIES" for kind in ("PER", "ORG"))])


@given(st.lists(st.lists(st.tuples(WORDS, LABELS, st.floats(0, 1)), max_size=8), max_size=5))
def test_any_article_settles_without_losing_a_name(
    article: list[list[tuple[str, str, float]]],
) -> None:
    sentences = [sentence(" ".join(word for word, _, _ in row)) for row in article]
    analyses = [[COMMON.get(word, NAME) for word in one.tokens] for one in sentences]
    tags = [[TokenTag(label, score) for _, label, score in row] for row in article]
    settled = settle(sentences, analyses, tags)
    assert settled == settle(sentences, analyses, tags)
    for before, after in zip(tags, settled, strict=True):
        assert len(before) == len(after)
        assert all(0 <= tag.score <= 1 for tag in after)
        covered = {i for span in spans(after) for i in range(span.start, span.end)}
        assert all(set(range(span.start, span.end)) <= covered for span in spans(before))


def spans(tags: list[TokenTag]) -> list[Span]:
    return spans_of([tag.label for tag in tags])
