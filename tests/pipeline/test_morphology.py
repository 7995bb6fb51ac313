import hashlib
import subprocess
import sys
import zipfile

import pytest

from pipeline import morphology
from pipeline.error_codes import ErrorCode
from pipeline.errors import RunError
from pipeline.morphology import (
    MorphologyError,
    convert,
    fetch_wheel,
    main,
    make_morphology,
    read_member,
    verify_morphology,
)
from tests.databases import database_of_2020


def sha256(content):
    return hashlib.sha256(content).hexdigest()


def a_wheel(folder, members):
    path = folder / "camel_tools-0.whl"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, content in members.items():
            zipped.writestr(name, content)
    return path


@pytest.fixture
def small_release(tmp_path, monkeypatch):
    """A release with a small database in place of the real one; its wheel is fetched by copying."""
    database = database_of_2020().encode()
    wheel = a_wheel(
        tmp_path,
        {
            morphology.DATABASE_MEMBER: database,
            morphology.LICENCE_MEMBER: "GNU GENERAL PUBLIC LICENSE Version 2",
            "camel_tools/calima_star/databases/calima-msa-1.0.db": "not ours to take",
            "../escape.txt": "out of the folder",
        },
    )
    fetched = []

    def fetch(folder):
        fetched.append(folder)
        return wheel

    monkeypatch.setattr(morphology, "fetch_wheel", fetch)
    monkeypatch.setattr(morphology, "DATABASE_SHA256", sha256(database))
    monkeypatch.setattr(
        morphology, "LICENCE_SHA256", sha256(b"GNU GENERAL PUBLIC LICENSE Version 2")
    )
    converted = convert(database.decode()).encode()
    monkeypatch.setattr(morphology, "CONVERTED_SHA256", sha256(converted))
    return fetched


def test_frequencies_are_renamed_and_nothing_else_is():
    old = database_of_2020()
    new = convert(old)
    assert "_freq" not in new
    for name in ("pos", "lex", "pos_lex"):
        assert new.count(f" {name}_logprob:") == old.count(f" {name}_freq:")
        assert f"DEFINE {name}_logprob {name}_logprob:*open*\n" in new
    restored = new.replace("_logprob", "_freq")
    section = "###TOKENIZATIONS###\nTOKENIZATION d1tok d2tok atbtok d3tok\n"
    assert restored.replace(section, "") == old


def test_a_value_that_looks_like_a_feature_is_left_alone():
    gloss = "gloss:lex_freq_of_a_word"
    old = database_of_2020().replace("gloss:كِتاب_1_gloss", gloss)
    assert gloss in convert(old)


def test_tokenisations_come_between_order_and_backoff():
    new = convert(database_of_2020())
    places = [new.index(f"###{name}###") for name in ("ORDER", "TOKENIZATIONS", "STEMBACKOFF")]
    assert places == sorted(places)


@pytest.mark.parametrize("text", ["", "###DEFINES###\n", convert(database_of_2020())])
def test_what_is_not_the_old_format_is_refused(text):
    with pytest.raises(MorphologyError, match="format of 2020"):
        convert(text)


def test_only_the_named_member_is_read(tmp_path):
    wheel = a_wheel(tmp_path, {"a/b.db": "text", "b.db": "other", "../b.db": "outside"})
    assert read_member(wheel, "a/b.db", sha256(b"text")) == b"text"
    with pytest.raises(MorphologyError, match=r"holds no c\.db"):
        read_member(wheel, "c.db", sha256(b"text"))


def test_a_member_that_unpacks_to_too_much_is_refused(tmp_path):
    wheel = a_wheel(tmp_path, {"a.db": b"0" * 100_000})
    with pytest.raises(MorphologyError, match="larger than 1000 bytes"):
        read_member(wheel, "a.db", sha256(b"0" * 100_000), max_bytes=1000)


def test_a_member_with_another_checksum_is_refused(tmp_path):
    wheel = a_wheel(tmp_path, {"a.db": "changed"})
    with pytest.raises(MorphologyError, match="not the expected file"):
        read_member(wheel, "a.db", sha256(b"text"))


def test_what_is_no_archive_is_refused(tmp_path):
    broken = tmp_path / "camel.whl"
    broken.write_bytes(b"not a zip")
    with pytest.raises(MorphologyError, match="holds no"):
        read_member(broken, "a.db", "")


def test_made_once_then_found_ready(tmp_path, small_release):
    folder = tmp_path / "models" / "morphology"
    database = make_morphology(folder)
    assert verify_morphology(folder) == []
    assert sorted(path.name for path in folder.iterdir()) == [
        "LICENSE.txt",
        "almor-msa-r13.arrow",
        "almor-msa-r13.db",
        "catalogue.json",
    ]
    licence = (folder / "LICENSE.txt").read_text()
    assert "GNU General Public License, version 2" in licence
    assert morphology.DATABASE_MEMBER in licence
    written = database.stat().st_mtime_ns
    assert make_morphology(folder) == database
    assert database.stat().st_mtime_ns == written
    assert len(small_release) == 1


def test_a_damaged_database_is_reported_and_made_anew(tmp_path, small_release):
    database = make_morphology(tmp_path / "m")
    database.write_text("damaged")
    (problem,) = verify_morphology(tmp_path / "m")
    assert "almor-msa-r13.db is not the expected file" in problem
    make_morphology(tmp_path / "m")
    assert verify_morphology(tmp_path / "m") == []


def test_tables_that_are_missing_are_made_of_the_database_that_is_there(tmp_path, small_release):
    database = make_morphology(tmp_path / "m")
    database.with_suffix(".arrow").unlink()
    (problem,) = verify_morphology(tmp_path / "m")
    assert "almor-msa-r13.arrow, the database as tables, is missing" in problem
    make_morphology(tmp_path / "m")
    assert verify_morphology(tmp_path / "m") == []
    assert len(small_release) == 1


def test_every_missing_file_is_reported(tmp_path):
    problems = verify_morphology(tmp_path / "none")
    assert len(problems) == 3
    assert all(problem.endswith("is missing") for problem in problems)


@pytest.mark.parametrize(
    ("stderr", "reason"),
    [
        ("WARNING: x\nERROR: No matching distribution found\n", "No matching distribution found"),
        ("/usr/bin/python3: No module named pip\n", "No module named pip"),
    ],
)
def test_without_pip_or_index_the_error_says_what_to_do(tmp_path, monkeypatch, stderr, reason):
    def fail(command, **options):
        return subprocess.CompletedProcess(command, 1, "", stderr)

    monkeypatch.setattr(subprocess, "run", fail)
    with pytest.raises(MorphologyError) as caught:
        fetch_wheel(tmp_path)
    assert reason in str(caught.value)
    assert "PIP_FIND_LINKS" in str(caught.value)
    assert "\n" not in str(caught.value)
    assert isinstance(caught.value, RunError)


def test_pip_that_never_answers_ends_with_an_error(tmp_path, monkeypatch):
    def hang(command, **options):
        raise subprocess.TimeoutExpired(command, options["timeout"])

    monkeypatch.setattr(subprocess, "run", hang)
    with pytest.raises(MorphologyError, match="no answer in 600 s"):
        fetch_wheel(tmp_path)


def test_another_wheel_than_the_pinned_one_is_refused(tmp_path, monkeypatch):
    def fetch(command, **options):
        assert command[:3] == [sys.executable, "-m", "pip"]
        a_wheel(tmp_path, {morphology.DATABASE_MEMBER: "evil"})
        return subprocess.CompletedProcess(command, 0, "", "")

    monkeypatch.setattr(subprocess, "run", fetch)
    with pytest.raises(MorphologyError, match="downloaded wheel is not the expected file"):
        fetch_wheel(tmp_path)


def test_main_says_where_the_database_is(tmp_path, small_release, capsys):
    assert main([str(tmp_path / "m")]) == 0
    assert capsys.readouterr().out.strip() == str(tmp_path / "m" / "almor-msa-r13.db")
    assert main(["--help-me"]) == 2


def test_main_reports_an_error_in_one_line(tmp_path, monkeypatch, capsys):
    def fail(folder):
        raise MorphologyError(ErrorCode.CANNOT_FETCH, "no index", "make one")

    monkeypatch.setattr(morphology, "fetch_wheel", fail)
    assert main([str(tmp_path / "m")]) == 1
    assert capsys.readouterr().err == "warraq: error W403: no index; make one\n"


@pytest.mark.models
def test_the_database_of_set_up_is_ready():
    assert verify_morphology() == []
