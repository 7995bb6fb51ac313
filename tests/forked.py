"""The program, run in processes that are forked from one that has loaded what they need.

Before a run annotates its first article, its process takes five processor seconds to import Beam
and torch and to read the models. A fork takes none of them, and is otherwise the process that a
user would start: its own number, arguments, folder, environment and exit code. Only the seed of
hashes is the same in all forks of one process, and what they would import late is there.

    python -m tests.forked DESCRIPTOR

is that one process. It runs what it is asked for over the socket of that number, one after the
other, until the other end is closed.
"""

import gc
import json
import os
import runpy
import signal
import socket
import struct
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

_ROOT = Path(__file__).resolve().parent.parent
_NUMBER = struct.Struct("!i")


class Forks:
    """Runs of the program. The process that they are forked from starts with the first."""

    def __init__(self, environment):
        """Take the function that gives the environment of a run."""
        self._environment = environment
        self._process = self._control = None

    def run(self, arguments, cwd):
        """Run the program to its end, as `subprocess.run` would with its output captured."""
        if self._process is None:
            self._start()
        try:
            with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
                self._ask(arguments, cwd, [output.fileno(), errors.fileno()])
                (code,) = _NUMBER.unpack(_received(self._control, _NUMBER.size))
                told = [_text(file) for file in (output, errors)]
        except BaseException:  # no run outlives its test, not even one that took too long
            os.killpg(self._process.pid, signal.SIGKILL)
            self.end()
            raise
        return subprocess.CompletedProcess(arguments, code, *told)

    def end(self):
        """End the process that they are forked from, if it was started."""
        if self._process is not None:
            self._control.close()
            self._process.wait()
            self._process = self._control = None

    def _start(self):
        self._control, theirs = socket.socketpair()
        with theirs:
            number = theirs.fileno()
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tests.forked", str(number)],
                cwd=_ROOT, env={**self._environment(), "OMP_NUM_THREADS": "1"},
                stdin=subprocess.DEVNULL, pass_fds=[number], start_new_session=True,
            )  # fmt: skip

    def _ask(self, arguments, cwd, files):
        asked = {"arguments": arguments, "cwd": str(cwd), "environment": self._environment()}
        message = json.dumps(asked).encode()
        socket.send_fds(self._control, [_NUMBER.pack(len(message))], files)
        self._control.sendall(message)


def _text(file):
    file.seek(0)
    return file.read().decode()


def _received(control, size):
    data = b""
    while len(data) < size:
        more = control.recv(size - len(data))
        if not more:
            raise EOFError("the process to fork from has ended")
        data += more
    return data


def _load():
    """Import what runs import, and read the models of the settings as they are by default."""
    from pipeline.run import prepare_process

    prepare_process("info")
    import pipeline.graph
    import pipeline.nightly  # noqa: F401
    from pipeline.errors import UsageError
    from pipeline.loaders import analyser_loader, tagger_loader
    from pipeline.models import find_models
    from schemas.settings import Settings

    settings = Settings()
    with suppress(UsageError):  # what is missing is for the run to say
        models = find_models(settings)
        analyser_loader(models, settings)()
        tagger_loader(models, settings)()


def _serve(control):
    """Fork whenever a run is asked for.

    Returns:
        What is asked for, in each fork; at the end, in this process, nothing.
    """
    while True:
        length, files, _, _ = socket.recv_fds(control, _NUMBER.size, 2)
        if not length:
            return None
        asked = json.loads(_received(control, *_NUMBER.unpack(length)))
        child = os.fork()
        if not child:
            control.close()
            for number, file in enumerate(files, start=1):
                os.dup2(file, number)
        for file in files:
            os.close(file)
        if not child:
            return asked
        _, status = os.waitpid(child, 0)
        control.sendall(_NUMBER.pack(os.waitstatus_to_exitcode(status)))


def _become(asked):
    """Be the process that `python -m pipeline` with these arguments starts."""
    os.chdir(asked["cwd"])
    os.environ.clear()
    os.environ.update(asked["environment"])
    sys.path[0] = asked["cwd"]
    sys.argv = [str(_ROOT / "pipeline" / "__main__.py"), *asked["arguments"]]
    sys.orig_argv = [sys.executable, "-m", "pipeline", *asked["arguments"]]
    runpy.run_module("pipeline", run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    _load()
    gc.freeze()  # or each fork would look through all of it before it ends: a second
    if (asked := _serve(socket.socket(fileno=int(sys.argv[1])))) is not None:
        _become(asked)
