from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.word_marks import LISTS, MARKS, RankedWords
from transforms.word_ngrams import Ngrams
from transforms.word_vectors import WordVectors, load_word_vectors, vector_view


@pytest.mark.parametrize(
    ("word", "view"),
    [
        ("مُحَمَّد", "محمد"),
        ("العـــراق", "العراق"),
        ("أحمد", "احمد"),
        ("إيطاليا", "ايطاليا"),
        ("مستشفى", "مستشفي"),
        ("القاهرة", "القاهره"),
        ("2016", "0000"),
        ("٢٠١٦", "0000"),
        ("NATO", "nato"),
        ("ـ", "ـ"),
    ],
)
def test_vector_view_joins_spellings(word: str, view: str) -> None:
    assert vector_view(word) == view


@given(st.text(min_size=1, max_size=20))
def test_vector_view_is_never_empty_and_settles(word: str) -> None:
    view = vector_view(word)
    assert view
    assert vector_view(view) == view


def vectors() -> WordVectors:
    rows = np.random.default_rng(1)
    return WordVectors(
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


def test_a_word_without_a_row_gets_the_mean_of_its_ngrams_and_its_marks() -> None:
    table = vectors()
    (composed,) = table.compose(["كيري"])
    np.testing.assert_array_equal(composed[:4], table.ngrams.means(["كيري"])[0])
    known = RankedWords(table.words, table.ranked, table.table[:, -len(LISTS) :] == 1)
    np.testing.assert_array_equal(composed[4:], known.marks("كيري"))


def test_every_word_has_a_vector() -> None:
    assert vectors().compose(["", "كيري"]).shape == (2, 4 + MARKS)


def test_what_is_saved_is_loaded_and_stanza_reads_it_too(tmp_path: Path) -> None:
    pretrain = pytest.importorskip("stanza.models.common.pretrain")
    table, path = vectors(), tmp_path / "vectors.pt"
    table.save(path)
    loaded = load_word_vectors(path)
    assert loaded.words == table.words
    np.testing.assert_array_equal(loaded.table, table.table)
    np.testing.assert_array_equal(loaded.compose(["كيري"]), table.compose(["كيري"]))
    stanza = pretrain.Pretrain(str(path))
    row = stanza.vocab.unit2id("موسكو")
    np.testing.assert_array_equal(stanza.emb[row].numpy(), table.table[1])


def test_a_missing_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        load_word_vectors(tmp_path / "none.pt")


def test_vectors_of_another_make_are_refused(tmp_path: Path) -> None:
    torch = pytest.importorskip("torch")
    path = tmp_path / "plain.pt"
    torch.save({"vocab": {}, "emb": torch.zeros(4, 2)}, path)
    with pytest.raises(ValueError, match="no n-grams"):
        load_word_vectors(path)
