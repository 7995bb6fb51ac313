import pytest

from pipeline import known_words
from pipeline.known_words import make_known_words
from pipeline.morphology import convert
from tests.databases import database_of_2020, stems
from tests.taggers import tagger
from transforms.known_words import FILE_NAME, fingerprint, open_known_words


@pytest.fixture
def models(tmp_path, monkeypatch):
    """A small database, a file that stands for a tagger, and three common words."""
    (tmp_path / "catalogue.json").write_text('{"version": "", "packages": {}, "components": {}}')
    (tmp_path / "tiny.db").write_text(convert(database_of_2020(stems())))
    (tmp_path / "tagger.npz").write_text("weights")
    (tmp_path / "words.txt").write_text("كتاب\nولد\nان\n")
    monkeypatch.setattr(known_words, "_WORDS", tmp_path / "words.txt")
    monkeypatch.setattr(known_words, "_WORDS_AT_ONCE", 2)
    monkeypatch.setattr(known_words, "load_context_model", lambda path: tagger())
    return tmp_path / "tiny.db", tmp_path / "tagger.npz", "CONTEXT"


def test_the_common_words_are_made_once(models):
    make_known_words(*models)
    file = models[0].parent / FILE_NAME
    assert len(open_known_words(file, fingerprint(*models))) == 3
    written = file.stat().st_mtime_ns
    make_known_words(*models)
    assert file.stat().st_mtime_ns == written


def test_they_are_made_anew_when_a_model_changes(models):
    make_known_words(*models)
    models[1].write_text("other weights")
    file = models[0].parent / FILE_NAME
    assert open_known_words(file, fingerprint(*models)) is None
    make_known_words(*models)
    assert open_known_words(file, fingerprint(*models)) is not None


def test_they_are_made_anew_when_the_list_of_words_changes(models, tmp_path):
    make_known_words(*models)
    (tmp_path / "words.txt").write_text("كتاب\nولد\n")
    make_known_words(*models)
    file = models[0].parent / FILE_NAME
    assert len(open_known_words(file, fingerprint(*models))) == 2
