"""How the process of a command ends."""

import subprocess
import sys

import pytest

_ABORT_AT_THE_END = """
import ctypes, sys
libc = ctypes.CDLL(None)
libc.__cxa_atexit(libc.abort, None, None)
"""
_WORK = """
import atexit, sys, threading, time
from pipeline import __main__

def work():
    atexit.register(print, "cleared up")
    threading.Thread(target=lambda: (time.sleep(0.3), print("written"))).start()
    return 3

__main__.main = work
__main__.program()
"""


def ended(code, *arguments):
    return subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True)


@pytest.mark.parametrize(("argument", "code"), [("--version", 0), ("--help", 0), ("rnu", 2)])
def test_exit_code_is_that_of_the_command_even_if_a_library_aborts_at_the_end(argument, code):
    assert ended(f"{_ABORT_AT_THE_END}sys.exit(0)").returncode < 0
    program = f"{_ABORT_AT_THE_END}from pipeline.__main__ import program; program()"
    assert ended(program, argument).returncode == code


def test_what_the_command_left_for_the_end_is_done():
    done = ended(_WORK)
    assert done.returncode == 3, done.stderr
    assert done.stdout.split("\n")[:2] == ["written", "cleared up"]


def test_failure_that_nobody_foresaw_is_a_failure():
    script = "from pipeline import __main__ as m; m.main = lambda: 1 / 0; m.program()"
    done = ended(script)
    assert done.returncode == 1
    assert "ZeroDivisionError" in done.stderr
