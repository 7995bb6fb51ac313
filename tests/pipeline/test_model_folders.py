import hashlib

import pytest

from pipeline import model_folders
from pipeline.errors import RunError
from pipeline.model_folders import local_file, model_folder

DATA = b"weights"
SHA256 = hashlib.sha256(DATA).hexdigest()


def write(path, data=DATA):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


@pytest.fixture
def installed(tmp_path, monkeypatch):
    """What is installed on a worker, and the folder that it names for models."""
    monkeypatch.setattr(model_folders, "_INSTALLED", tmp_path / "installed")
    monkeypatch.setenv("WARRAQ_MODELS", str(tmp_path / "named"))
    local_file.cache_clear()
    yield tmp_path / "installed"
    local_file.cache_clear()


def test_models_are_looked_for_in_the_folder_named_and_then_with_the_code(installed, tmp_path):
    named = tmp_path / "named"
    assert model_folder("morphology") == named / "morphology"  # where set-up is to make it
    assert model_folder("ner") == installed / "ner"
    (named / "ner").mkdir(parents=True)
    assert model_folder("ner") == named / "ner"


def test_worker_finds_the_model_where_it_has_it(installed, tmp_path):
    theirs = tmp_path / "theirs" / "ner" / "tagger.pt"
    mine = write(installed / "ner" / "tagger.pt")
    assert local_file(theirs, SHA256) == mine
    local_file.cache_clear()
    write(theirs)
    assert local_file(theirs, SHA256) == theirs
    local_file.cache_clear()
    named = write(tmp_path / "named" / "ner" / "tagger.pt")
    assert local_file(theirs, SHA256) == named


def test_worker_takes_no_other_model_for_the_one_of_the_run(installed, tmp_path):
    other = write(installed / "ner" / "tagger.pt", b"other weights")
    with pytest.raises(RunError, match=f"{other} is another file.*WARRAQ_MODELS"):
        local_file(tmp_path / "theirs" / "ner" / "tagger.pt", SHA256)
    same = write(tmp_path / "theirs" / "ner" / "tagger.pt")
    assert local_file(same, SHA256) == same
