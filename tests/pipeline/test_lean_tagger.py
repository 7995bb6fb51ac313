import pytest

from pipeline import loaders
from pipeline.digests import file_sha256
from pipeline.lean_tagger import lean_copy, make_lean_copies
from pipeline.model_folders import MODELS, model_folder
from pipeline.models import Models
from schemas.manifest import Model
from schemas.settings import Settings
from transforms.stanza_tagger import StanzaTagger

SENTENCES = [
    ["وصل", "المستشار", "الألماني", "أولاف", "شولتس", "إلى", "الرياض", "."],
    ["شكيلتسوف", "يلتقي", "وفد", "الأمم", "المتحدة"],
]


@pytest.fixture
def files(tmp_path, monkeypatch):
    """The tagger that comes with the code, and a folder for what set-up makes."""
    found = [model_folder("ner") / name for name in ("tagger.pt", "vectors.pt")]
    monkeypatch.setenv(MODELS, str(tmp_path))
    (tmp_path / "morphology").mkdir()
    return found


def copies(files):
    return [lean_copy(file, file_sha256(file)) for file in files]


@pytest.mark.models
def test_copies_tag_as_the_files_do(files):
    assert copies(files) == [None, None]
    make_lean_copies(*files)
    lean, whole = StanzaTagger(*copies(files)), StanzaTagger(*files)
    assert lean._rows == whole._rows
    assert lean.tag(SENTENCES) == whole.tag(SENTENCES)


@pytest.mark.models
def test_copies_are_made_once_and_those_of_other_files_go(files):
    folder = model_folder("morphology")
    (folder / "tagger-lean-of-another.pt").touch()
    (folder / "almor-msa-r13.arrow").touch()
    make_lean_copies(*files)
    written = {file: file.stat().st_mtime_ns for file in copies(files)}
    make_lean_copies(*files)
    assert {file: file.stat().st_mtime_ns for file in copies(files)} == written
    assert {file.name for file in folder.iterdir()} == {
        "almor-msa-r13.arrow",
        *(file.name for file in written),
    }


@pytest.mark.models
def test_copy_that_was_cut_off_is_passed_over_and_made_anew(files):
    make_lean_copies(*files)
    tagger, vectors = copies(files)
    whole = tagger.read_bytes()
    tagger.write_bytes(whole[:-1000])
    assert copies(files) == [None, vectors]
    make_lean_copies(*files)
    assert tagger.read_bytes() == whole


@pytest.mark.models
def test_worker_loads_the_copies_where_there_are_some(files, monkeypatch):
    monkeypatch.setattr(loaders, "load_tagger", lambda *paths: paths[:2])
    described = [Model(file.name, "1", file_sha256(file), "CC0") for file in files]
    models = Models(*files, *files, (*described, *described))
    load = loaders.tagger_loader(models, Settings())
    assert load() == tuple(map(str, files))
    make_lean_copies(*files)
    assert load() == tuple(map(str, copies(files)))
