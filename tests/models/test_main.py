from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from models.__main__ import main


def test_help_loads_nothing_heavy() -> None:
    code = (
        "import sys\n"
        "from models.__main__ import main\n"
        "try: main(['train-ner', '--help'])\n"
        "except SystemExit: pass\n"
        "sys.exit(any(name in sys.modules for name in ('torch', 'stanza', 'gensim')))"
    )
    subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)


@pytest.mark.parametrize("made", [[], ["ner"]])
def test_a_missing_folder_is_one_line_and_exit_status_2(
    tmp_path: Path, made: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    for name in made:
        (tmp_path / name).mkdir()
    missing = tmp_path / ("news" if made else "ner")
    assert main(["train-ner", "--data", str(tmp_path)]) == 2
    assert capsys.readouterr().err == f"python -m models: no folder {missing}\n"


@pytest.mark.parametrize("made", [["ner", "news"], ["ner", "news", "treebank"]])
def test_the_contextual_tagger_needs_treebank_and_prior(
    tmp_path: Path, made: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    for name in made:
        (tmp_path / name).mkdir()
    database = tmp_path / "some.db"
    database.touch()
    arguments = ["train-pos", "--data", str(tmp_path), "--database", str(database)]
    assert main(arguments) == 2
    missing = tmp_path / ("prior" if "treebank" in made else "treebank")
    assert capsys.readouterr().err == f"python -m models: no folder {missing}\n"
    database.unlink()
    assert main(arguments) == 2
    assert "make models" in capsys.readouterr().err


@pytest.mark.parametrize("option", ["--vectors", "--network"])
def test_a_missing_file_of_an_earlier_run_is_named(
    tmp_path: Path, option: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("ner", "news", "gazetteers"):
        (tmp_path / name).mkdir()
    missing = tmp_path / "none.pt"
    assert main(["train-ner", "--data", str(tmp_path), option, str(missing)]) == 2
    assert capsys.readouterr().err == f"python -m models: no file {missing}\n"


def test_training_files_that_are_missing_are_named_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for folder in ("ner", "news"):
        (tmp_path / folder).mkdir()
    vectors = tmp_path / "vectors.pt"
    vectors.touch()
    given = ["train-ner", "--data", str(tmp_path), "--vectors", str(vectors)]
    assert main([*given, "--output", str(tmp_path / "out")]) == 2
    assert str(tmp_path / "ner") in capsys.readouterr().err
