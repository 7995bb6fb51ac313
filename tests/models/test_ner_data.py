from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.ner_data import (
    LabelledSentence,
    labels_of,
    read_conll,
    retokenise,
    score,
    split_by_position,
)
from transforms.entities import spans_of
from transforms.tokens import tokenise


def labelled(text: str) -> LabelledSentence:
    words, labels = zip(*(word.rsplit("/", 1) for word in text.split()), strict=True)
    return LabelledSentence(tuple(words), tuple(labels))


def test_reads_sentences_between_blank_lines(tmp_path: Path) -> None:
    file = tmp_path / "a.conll"
    file.write_text("زار O\nجون B-PERS\n\n\nموسكو B-LOC\n", encoding="utf-8")
    assert read_conll(file) == [labelled("زار/O جون/B-PERS"), labelled("موسكو/B-LOC")]


def test_a_line_without_a_tag_is_named(tmp_path: Path) -> None:
    file = tmp_path / "a.conll"
    file.write_text("زار O\nجون\n", encoding="utf-8")
    with pytest.raises(ValueError, match="line 2"):
        read_conll(file)


@pytest.mark.parametrize(
    ("given_sentence", "tokens"),
    [
        ("(د/O ب/O أ)/O", "(/O د/O ب/O أ/O )/O"),
        ("(د/B-ORG ب/I-ORG أ)/I-ORG", "(/O د/B-ORG ب/I-ORG أ/I-ORG )/O"),
        ("«بوش»/B-PERS", "«/O بوش/B-PER »/O"),
        ("جون/B-PERS كيري،/I-PERS", "جون/B-PER كيري/I-PER ،/O"),
        ("سيرفي-لافروف/B-PERS", "سيرفي/B-PER -/I-PER لافروف/I-PER"),
        ("لوس/B-LOC -/I-LOC أنجلوس/I-LOC", "لوس/B-LOC -/I-LOC أنجلوس/I-LOC"),
        ("الدستور/B-MISC العقل/I-MISC", "الدستور/B-MISC العقل/I-MISC"),
        ("إيران/I-LOC", "إيران/B-LOC"),
        ("واحد/B-NUMBER", "واحد/O"),
    ],
)
def test_labels_follow_their_words_into_the_tokens_of_run_time(
    given_sentence: str, tokens: str
) -> None:
    assert retokenise(labelled(given_sentence)) == labelled(tokens)


WORDS = st.sampled_from(["جون", "(كيري)", "،", "...", "15%", "سيرفي-لافروف", "«موسكو»،"])
LABELS = st.sampled_from(["O", "B-PERS", "I-PERS", "B-LOC", "I-LOC", "B-MISC"])


@given(st.lists(st.tuples(WORDS, LABELS), min_size=1, max_size=10))
def test_no_word_and_no_entity_is_lost(tagged: list[tuple[str, str]]) -> None:
    words, labels = zip(*tagged, strict=True)
    made = retokenise(LabelledSentence(words, labels))
    assert made.words == tokenise(" ".join(words)).words
    assert len(spans_of(made.labels)) == len(spans_of(labels))


@given(st.lists(LABELS, max_size=10))
def test_labels_of_spans_are_those_that_give_the_spans(labels: list[str]) -> None:
    spans = spans_of(labels)
    assert spans_of(labels_of(spans, len(labels))) == spans


def test_the_development_set_is_the_whole_tail() -> None:
    sentences = [labelled(f"{number}/O") for number in range(10)]
    training, development = split_by_position(sentences, 0.25)
    assert training == sentences[:7]
    assert development == sentences[7:]


@pytest.mark.parametrize("share", [0.0, 1.0])
def test_a_split_without_a_side_is_refused(share: float) -> None:
    with pytest.raises(ValueError, match="no split"):
        split_by_position([labelled("a/O"), labelled("b/O")], share)


def test_score_counts_only_spans_that_agree_wholly() -> None:
    gold = [["B-PER", "I-PER", "O", "B-LOC"]]
    guessed = [["B-PER", "O", "O", "B-LOC"]]
    scores = score(gold, guessed)
    assert scores["ALL"] == (50.0, 50.0, 50.0, 2)
    assert scores["LOC"] == (100.0, 100.0, 100.0, 1)
    assert scores["PER"] == (0.0, 0.0, 0.0, 1)
