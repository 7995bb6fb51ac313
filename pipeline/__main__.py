"""`python -m pipeline`, and `warraq` where the wheel is installed."""

import atexit
import os
import sys
from contextlib import suppress

from pipeline.cli import main
from pipeline.command_line.command import FAILED


def program() -> None:
    """Run the command of the command line, and end the process with its exit code.

    The process ends when Python has done all that is to be done at its end, before the libraries
    that are not Python's take themselves apart. There a thread of one that still waits for Python
    ends the process by an abort, and a scheduler would hear that a night has failed that had not.
    """
    code = FAILED
    # What was registered first is called last.
    atexit.register(lambda: _end(code))
    try:
        code = main()
    except SystemExit as asked:  # for help, or the version
        code = int(asked.code or 0)
    sys.exit(code)


def _end(code: int) -> None:
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):  # its reader has gone
            stream.flush()
    os._exit(code)


# Worker processes of a runner import this module by another name: they must not start a run.
if __name__ == "__main__":
    program()
