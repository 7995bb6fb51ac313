import shutil
import subprocess

import pytest

from pipeline.cli import make_parser
from pipeline.completion import SHELLS, completion
from schemas.settings import TagSettings
from tests.conftest import ROOT, warraq

# What bash does when the tabulator is pressed after these words.
_PRESS = """
eval "$1"; shift
COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1))
complete=$(complete -p "$1"); function=${complete##*-F }; ${function% *} "$1" "${@: -1}"
printf '%s\\n' "${COMPREPLY[@]}"
"""


@pytest.fixture(scope="module")
def script():
    return warraq("completion", "bash").stdout


def completed(script, *words, cwd=ROOT):
    done = subprocess.run(
        ["bash", "--norc", "-c", _PRESS, "bash", script, "warraq", *words],
        cwd=cwd,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stderr == ""
    return done.stdout.split()


def test_bash_completes_commands(script):
    assert completed(script, "ni") == ["nightly"]
    assert {"run", "init", "runs", "completion"} <= set(completed(script, ""))


def test_bash_completes_the_options_of_the_command(script):
    assert completed(script, "run", "--max-sen") == ["--max-sentence-tokens"]
    assert completed(script, "export", "--max-sen") == []
    assert "--json" in completed(script, "audit", "--")


def test_bash_completes_the_words_that_a_setting_may_be(script):
    (precision,) = (
        described
        for name, described in TagSettings.__dataclass_fields__.items()
        if name == "precision"
    )
    assert completed(script, "run", "--precision", "") == list(precision.metadata["choices"])
    assert completed(script, "completion", "z") == ["zsh"]


def test_bash_completes_files_and_folders(script, tmp_path):
    (tmp_path / "أخبار").mkdir()
    (tmp_path / "أخبار.toml").touch()
    assert completed(script, "run", "--config", "أخ", cwd=tmp_path) == ["أخبار", "أخبار.toml"]
    assert completed(script, "runs", "--output", "أخ", cwd=tmp_path) == ["أخبار"]


@pytest.mark.skipif(not shutil.which("fish"), reason="fish is not installed")
def test_fish_completes_what_bash_does():
    command = f'{completion(make_parser(), "fish")}\ncomplete -C "warraq run --max-sen"'
    done = subprocess.run(["fish", "-c", command], capture_output=True, text=True, check=True)
    assert done.stdout.split("\t")[0] == "--max-sentence-tokens"


def test_the_command_that_is_completed_runs_the_program_from_anywhere(script, tmp_path):
    command = f"{script}\nwarraq --version"
    done = subprocess.run(
        ["bash", "--norc", "-c", command], cwd=tmp_path, capture_output=True, text=True
    )
    assert done.stdout.startswith("warraq "), done.stderr


@pytest.mark.parametrize("shell", SHELLS)
def test_every_shell_gets_a_script_with_every_command(shell):
    told = completion(make_parser(), shell)
    assert "warraq" in told.splitlines()[0]
    for command in ("run", "nightly", "export", "doctor"):
        assert command in told
