from __future__ import annotations

import gzip
import json
from pathlib import Path

import numpy as np
import pytest

from models.ner_text import FIRST_WORD, News, Vocabulary, read_news
from transforms.word_marks import MARKS
from transforms.word_ngrams import Ngrams
from transforms.word_vectors import WordVectors


def write_news(folder: Path, *texts: str) -> None:
    with gzip.open(folder / "articles-00.jsonl.gz", "wt", encoding="utf-8") as file:
        for text in texts:
            file.write(json.dumps({"title": "عنوان", "text": text}) + "\n")


def words_of(news: News, sentence: int) -> list[str]:
    numbers = news.tokens[news.starts[sentence] : news.starts[sentence + 1]]
    return [news.words[number - FIRST_WORD] for number in numbers]


def test_sentences_end_at_lines_and_full_stops(tmp_path: Path) -> None:
    write_news(tmp_path, "زار موسكو. ثم عاد\nإلى القاهرة")
    news = read_news(tmp_path)
    assert [words_of(news, place) for place in range(4)] == [
        ["عنوان"],
        ["زار", "موسكو", "."],
        ["ثم", "عاد"],
        ["الي", "القاهره"],
    ]


def test_the_commonest_word_comes_first(tmp_path: Path) -> None:
    write_news(tmp_path, "ثم ثم ثم عاد")
    assert read_news(tmp_path).words[0] == "ثم"


def test_an_endless_sentence_is_cut(tmp_path: Path) -> None:
    write_news(tmp_path, "ثم " * 100)
    assert np.diff(read_news(tmp_path).starts).tolist() == [1, 80, 20]


def test_some_sentences_are_whole_and_the_same_every_time(tmp_path: Path) -> None:
    write_news(tmp_path, *(f"زار {number * 'ا'} موسكو." for number in range(1, 30)))
    news = read_news(tmp_path)
    some, again = (news.some(40, 7) for _ in range(2))
    assert all(np.array_equal(one, two) for one, two in zip(some, again, strict=True))
    assert 40 <= sum(map(len, some)) < 45
    assert {len(sentence) for sentence in some} <= {1, 4}


def test_a_folder_without_news_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="jsonl"):
        read_news(tmp_path)


def test_every_word_has_its_vector() -> None:
    rows = np.random.default_rng(1)
    vectors = WordVectors(
        words=("في", "موسكو"),
        ranked=2,
        table=rows.normal(size=(2, 4 + MARKS)).astype(np.float16),
        ngrams=Ngrams(
            rows.integers(-127, 127, size=(50, 4), dtype=np.int8),
            rows.uniform(0.01, 0.1, size=50).astype(np.float16),
            shortest=3,
            longest=5,
        ),
    )
    vocabulary = Vocabulary(("في", "موسكو", "كيري"), ["القاهرة"], vectors)
    first, second, third = vocabulary.numbers(["موسكو", "كيري", "القاهره"])
    np.testing.assert_array_equal(vocabulary.vectors[first], vectors.table[1].astype(np.float32))
    np.testing.assert_array_equal(vocabulary.vectors[second], vectors.compose(["كيري"])[0])
    np.testing.assert_array_equal(vocabulary.vectors[third], vectors.compose(["القاهره"])[0])
    assert not vocabulary.vectors[0].any()
