import numpy as np
import pytest

from tests.taggers import network
from transforms.context_model import load_context_model, save_context_model
from transforms.lemma_priors import Count
from transforms.reading_numbers import NUMBERS

TEXTS = {
    "value_names": ["cas=g", "pos=noun"],
    "forms": ["في"],
    "affixes": [],
    "vector_words": ["في", "من"],
    "name_spellings": ["نتنياهو"],
    "name_lemmas": ["نِتَنْيَاهُو"],
    "stem_spellings": [],
    "stem_lemmas": [],
}
PRIORS = {"كُلّ": (Count("noun_quant", -5.125), Count("noun", -9.5))}


def save(path):
    weights = network(1, 0, 3)
    arrays = {
        "vectors": np.array([[1, 2], [3, 4]], dtype=np.int8),
        "number_weights": np.ones(len(NUMBERS), dtype=np.float32),
        "temperature": np.array(1.25),
        **{f"w.{name}": given.astype(np.float16) for name, given in weights.items()},
    }
    save_context_model(path, TEXTS, PRIORS, arrays)


def test_what_was_written_is_read(tmp_path):
    save(tmp_path / "t.npz")
    model = load_context_model(tmp_path / "t.npz")
    assert model.priors.counts("كُلّ") == PRIORS["كُلّ"]
    assert model.priors.name("نتنياهو") == "نِتَنْيَاهُو"
    assert model.table.names == ("cas=g", "pos=noun")
    assert (model.temperature, model.network.values) == (1.25, 3)
    assert model.vector("من").tolist() == [3, 4]
    assert model.vector("إلى").tolist() == [0, 0]


def test_the_same_model_gives_the_same_bytes(tmp_path):
    save(tmp_path / "one.npz")
    save(tmp_path / "two.npz")
    assert (tmp_path / "one.npz").read_bytes() == (tmp_path / "two.npz").read_bytes()


def test_a_missing_file_says_how_to_make_one(tmp_path):
    with pytest.raises(FileNotFoundError, match="train-pos"):
        load_context_model(tmp_path / "none.npz")


def test_another_file_is_refused(tmp_path):
    np.savez(tmp_path / "other.npz", numbers=np.zeros(2, dtype=np.uint8))
    with pytest.raises(ValueError, match="train it again"):
        load_context_model(tmp_path / "other.npz")
