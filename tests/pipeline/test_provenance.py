import json
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline import models, provenance
from pipeline.doctor import package_problems
from pipeline.errors import UsageError
from pipeline.model_folders import model_folder
from pipeline.models import Models, find_models, model_problems
from pipeline.options import Options, RunOptions
from pipeline.plan import Plan
from schemas.manifest import Model
from schemas.settings import Settings, SplitSettings, TagSettings

OPTIONS = Options(("seeds",))
PLAN = Plan((), 1, 1, 1, "inputs")
MODELS = Models(
    Path("a"), Path("d"), Path("b"), Path("c"), (Model("ALMOR", "r13", "a" * 64, "GPL-2.0"),)
)


def made(options=OPTIONS, models=MODELS, plan=PLAN):
    return provenance.make_provenance(options, models, plan)


def test_same_run_has_the_same_identity():
    assert made() == made()


def test_workers_and_output_are_not_part_of_the_configuration():
    elsewhere = replace(OPTIONS, run=RunOptions(output="x", workers=7, shards=9))
    assert made(elsewhere) == made()


@pytest.mark.parametrize(
    ("options", "used"),
    [
        (replace(OPTIONS, settings=Settings(split=SplitSettings(max_sentence_tokens=50))), MODELS),
        (OPTIONS, replace(MODELS, described=(Model("ALMOR", "r13", "b" * 64, "GPL-2.0"),))),
    ],
    ids=["a setting", "a model"],
)
def test_another_configuration_has_another_fingerprint(options, used):
    assert made(options, used).fingerprint != made().fingerprint
    assert made(options, used).run_id != made().run_id


@pytest.fixture
def code(tmp_path, monkeypatch):
    for folder in provenance._CODE:
        (tmp_path / folder).mkdir()
    monkeypatch.setattr(provenance, "_ROOT", tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    "name",
    ["transforms/clean.py", "transforms/furniture.txt", "schemas/records.py", "pipeline/feeds.py"],
)
def test_changed_code_is_another_configuration(code, name):
    before = made().fingerprint
    (code / name).write_text("1", encoding="utf-8")
    assert made().fingerprint != before


def test_changed_messages_are_the_same_configuration(code):
    before = made().fingerprint
    (code / "pipeline/summary.py").write_text("1", encoding="utf-8")
    assert made().fingerprint == before


def test_code_without_effect_on_the_rows_is_named_as_it_is():
    assert all((provenance._ROOT / name).is_file() for name in provenance._WITHOUT_EFFECT)


def test_other_inputs_are_another_run_of_the_same_configuration():
    other = made(plan=replace(PLAN, digest="others"))
    assert other.fingerprint == made().fingerprint
    assert other.run_id != made().run_id


@pytest.mark.models
def test_missing_or_damaged_model_is_refused_with_the_command_that_mends_it(tmp_path, monkeypatch):
    monkeypatch.setenv("WARRAQ_MODELS", str(tmp_path))
    with pytest.raises(UsageError, match=r"r13\.db: the model file is missing; make models"):
        find_models(Settings())
    (tmp_path / "morphology").mkdir()
    (tmp_path / "morphology" / models.morphology.DATABASE_NAME).touch()
    with pytest.raises(UsageError, match=r"r13\.db: .* is damaged .*; make models"):
        find_models(Settings())
    monkeypatch.undo()
    with pytest.raises(UsageError, match=r"none\.pt: the model file is missing; check the setting"):
        find_models(Settings(tag=TagSettings(ner_model="none.pt")))


@pytest.mark.models
def test_committed_tagger_is_the_one_that_its_description_names(tmp_path, monkeypatch):
    assert model_problems() == []
    names = {model.name for model in find_models(Settings()).described}
    assert len(names) == 5
    folder, other = model_folder("ner"), tmp_path / "ner"
    other.mkdir()
    for file in folder.iterdir():
        (other / file.name).write_bytes(file.read_bytes()[:1000])
    described = json.loads((folder / "model.json").read_text(encoding="utf-8"))
    (other / "model.json").write_text(json.dumps(described), encoding="utf-8")
    (tmp_path / "morphology").symlink_to(model_folder("morphology"))
    monkeypatch.setenv("WARRAQ_MODELS", str(tmp_path))
    assert ["damaged" in problem for problem, _ in model_problems()] == [True, True]
    assert {mend for _, mend in model_problems()} == {"git checkout models/ner"}


@pytest.mark.models
def test_model_of_ones_own_is_named_by_its_file(tmp_path):
    own = tmp_path / "own.pt"
    own.write_bytes(b"weights")
    described = find_models(Settings(tag=TagSettings(ner_model=str(own)))).described
    assert ("own.pt", "unknown") in [(model.name, model.licence) for model in described]


@pytest.mark.models
def test_language_model_of_the_package_is_described_or_its_absence_refused(tmp_path, monkeypatch):
    language = find_models(Settings()).described[-1]
    assert (language.name, language.licence) == ("lid.176.ftz", "CC BY-SA 3.0")
    monkeypatch.setattr(models, "model_file", lambda: tmp_path / "lid.176.ftz")
    with pytest.raises(UsageError, match=r"lid\.176\.ftz: .* missing.*; make setup"):
        find_models(Settings())


def test_packages_that_differ_from_their_pins_are_named():
    problems = package_problems("# pins\npytest==0.0.1\nno-such-package==1\n")
    assert problems[0].endswith(", not 0.0.1")
    assert problems[1] == "package no-such-package 1 is not installed"
