"""Errors that end a command in one line, by what they mean for the exit code."""

from __future__ import annotations

from os import PathLike

from pipeline.error_codes import ErrorCode


class WarraqError(Exception):
    """An error with its code, the file it is about, its cause and the way out."""

    def __init__(
        self,
        code: ErrorCode,
        cause: str,
        way_out: str = "",
        file: str | PathLike[str] = "",
    ) -> None:
        """Say what is wrong.

        Args:
            code: which of the closed list.
            cause: what is wrong here.
            way_out: what to do about it; the code's own advice if that is all there is to say.
            file: what it is about: a file, a folder, an address; empty where there is none.
        """
        super().__init__(code, cause, way_out, file)  # all of them: workers hand errors over
        self.code = code
        self.file = str(file)
        self.problem = _one_line(f"{self.file}: {cause}" if self.file else cause)
        self.way_out = way_out or code.way_out

    def __str__(self) -> str:
        """The file, the cause and the way out, in one line."""
        return f"{self.problem}; {_one_line(self.way_out)}"

    @property
    def line(self) -> str:
        """What is printed."""
        return f"warraq: error {self.code.number}: {self}"


class UsageError(WarraqError):
    """A bad argument, setting or set-up, found before any work: exit code 2."""


class RunError(WarraqError):
    """A run that could not be finished; nothing of it was published: exit code 1."""


class LockedError(RunError):
    """Another run is writing to the corpus: exit code 4."""


def _one_line(text: str) -> str:
    return " ".join(text.split())
