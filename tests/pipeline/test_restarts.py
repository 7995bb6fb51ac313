import os
import sys
import time

import pytest

from pipeline.restarts import Restarts, restarts


@pytest.fixture
def executed(monkeypatch):
    """What this process would become."""
    calls = []
    monkeypatch.setattr(os, "execv", lambda path, arguments: calls.append((path, arguments)))
    monkeypatch.setattr(sys, "orig_argv", ["python", "-m", "pipeline", "nightly", "in"])
    monkeypatch.setattr(os, "environ", dict(os.environ))
    return calls


def test_new_process_has_the_command_and_the_deadline_of_the_old_one(executed):
    first = restarts(3600.0)
    first.begin_anew()
    assert executed == [(sys.executable, [sys.executable, "-m", "pipeline", "nightly", "in"])]
    # It is past the time of the day by now: the next one of that name would be tomorrow's.
    second = restarts(24 * 3600.0)
    assert second == Restarts(1, first.end)
    assert 3500 < second.seconds_left <= 3600
    assert restarts(60.0).count == 0  # what was handed on is for one process alone


def test_without_a_deadline_there_is_none_afterwards(executed):
    restarts(None).begin_anew()
    assert restarts(None) == Restarts(1, None)
    assert restarts(None).seconds_left is None


@pytest.mark.parametrize("one", [Restarts(8, None), Restarts(0, time.monotonic() - 1)])
def test_night_is_not_begun_anew_for_ever_nor_after_its_deadline(one, executed):
    one.begin_anew()
    assert one.exhausted
    assert executed == []
