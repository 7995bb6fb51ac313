import pickle
import re

import pytest

from pipeline import cli
from pipeline.error_codes import ErrorCode
from pipeline.errors import LockedError, RunError, UsageError
from schemas.quarantine import REASONS, REMEDIES
from tests.conftest import ROOT

RAISED = re.compile(r"ErrorCode\.([A-Z_]+)")


def test_line_has_code_file_cause_and_way_out():
    error = UsageError(ErrorCode.BAD_VALUE, "workers is -1", "it must be 0 or more", "أخبار.toml")
    line = "warraq: error W113: أخبار.toml: workers is -1; it must be 0 or more"
    assert error.line == line


def test_without_a_file_or_a_way_out_the_code_advises():
    error = RunError(ErrorCode.RUN_FAILED, "the disk is gone")
    assert str(error) == f"the disk is gone; {ErrorCode.RUN_FAILED.way_out}"


def test_line_is_one_line_whatever_the_names_hold():
    error = RunError(ErrorCode.SYSTEM, "first\nsecond", file="news/a\nwarraq: done\r.txt")
    assert error.line.splitlines() == [error.line]


@pytest.mark.parametrize("kind", [UsageError, RunError, LockedError])
def test_error_survives_the_way_between_processes(kind, tmp_path):
    error = kind(ErrorCode.LOCKED, "another run is writing to it", file=tmp_path)
    again = pickle.loads(pickle.dumps(error))
    assert (type(again), again.line, again.code) == (kind, error.line, error.code)


def test_every_code_has_a_number_of_its_own_and_is_used():
    numbers = [code.number for code in ErrorCode]
    assert numbers == sorted(set(numbers))
    assert all(re.fullmatch(r"W[1-59]\d\d", number) for number in numbers)
    sources = [path for path in (ROOT / "pipeline").rglob("*.py") if path.stem != "error_codes"]
    used = {name for path in sources for name in RAISED.findall(path.read_text(encoding="utf-8"))}
    assert used == {code.name for code in ErrorCode}


def test_every_reason_for_a_rejection_has_its_remedy():
    assert REMEDIES.keys() == REASONS.keys()


@pytest.mark.parametrize(
    ("raised", "line"),
    [
        (PermissionError(13, "Permission denied", "أخبار"), "W504: أخبار: Permission denied; look"),
        (ZeroDivisionError("of ours"), "W901: ZeroDivisionError: of ours; please report"),
    ],
)
def test_what_nobody_foresaw_ends_in_a_line_with_code_1(monkeypatch, capsys, raised, line):
    def fail():
        raise raised

    monkeypatch.setattr("pipeline.dictionary.data_dictionary", fail)
    assert cli.main(["dictionary"]) == 1
    assert f"warraq: error {line}" in capsys.readouterr().err.splitlines()[-1]
