import json
import os
import socket
import subprocess
import sys
import uuid

import pytest

from pipeline import store_lock
from pipeline.errors import LockedError
from pipeline.objects import names_below, put, read_tagged
from pipeline.places import place
from pipeline.store_lock import holding, is_held, is_holder
from tests.stores import REQUESTS


@pytest.fixture(params=REQUESTS)
def output(request):
    """A place without a corpus on each store that puts an object on a condition."""
    return place(f"{request.getfixturevalue(request.param)}/{uuid.uuid4().hex}")


@pytest.fixture
def soon(monkeypatch):
    """What takes seconds takes hundredths of them."""
    monkeypatch.setattr(store_lock, "_LOOK_SECONDS", 0.02)
    monkeypatch.setattr(store_lock, "_BEAT_SECONDS", 0.02)
    monkeypatch.setattr(store_lock, "_SILENT_SECONDS", 10.0)


def leave(output, owner="gone", **told):
    """A lock whose holder is gone."""
    held = {"token": owner, "process": os.getpid(), "host": socket.gethostname(), **told}
    put(output / "lock.json", json.dumps(held).encode())


def test_lock_is_given_back(output):
    with holding(output, "one"):
        assert is_holder(output, "one")
        assert not is_holder(output, "other")
    assert names_below(output) == set()


def test_holder_that_lives_is_not_disturbed(output, soon):
    with holding(output, "one"):
        with pytest.raises(LockedError, match=rf"another run.*process {os.getpid()} on "):
            holding(output, "other").__enter__()
        assert is_holder(output, "one")


def test_holder_of_this_machine_that_is_dead_is_found_out_at_once(output):
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    leave(output, process=ended.pid)
    with holding(output, "other"):
        assert is_holder(output, "other")


def test_lock_that_this_process_held_before_it_became_another_is_no_hindrance(output, monkeypatch):
    """A night whose worker died goes on by `exec`, with the same number."""
    monkeypatch.setenv("WARRAQ_HELD", "before")
    leave(output, owner="before")
    with holding(output, "after"):
        assert is_holder(output, "after")


def test_who_asks_sees_whether_a_run_is_going_on(output, soon, monkeypatch):
    assert not is_held(output)
    with holding(output, "one"):
        assert is_held(output)
        monkeypatch.setattr(store_lock, "_held_here", set())  # as if it were another's
        monkeypatch.setattr(socket, "gethostname", lambda: "elsewhere")
        assert is_held(output)
    monkeypatch.setattr(store_lock, "_SECONDS_TO_SEE", 0.1)
    leave(output, host="gone")
    assert not is_held(output)


def test_holder_of_another_machine_is_dead_when_it_is_silent(output, soon, monkeypatch):
    monkeypatch.setattr(store_lock, "_SILENT_SECONDS", 0.1)
    leave(output, host="elsewhere")
    with holding(output, "other"):
        assert is_holder(output, "other")


def test_lock_that_was_taken_over_is_left_to_the_other(output, soon):
    with holding(output, "one"):
        leave(output, owner="other")
        before = read_tagged(output / "lock.json")
    assert read_tagged(output / "lock.json") == before


def test_lock_that_is_no_lock_is_taken_over(output, soon, monkeypatch):
    monkeypatch.setattr(store_lock, "_SILENT_SECONDS", 0.0)
    put(output / "lock.json", b"")
    with holding(output, "one"):
        assert is_holder(output, "one")
