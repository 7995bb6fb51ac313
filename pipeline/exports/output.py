"""Where an export or an answer goes: a file, a folder or standard output, whole or not at all."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from pipeline.error_codes import ErrorCode
from pipeline.errors import UsageError

STANDARD_OUTPUT = "-"


@contextmanager
def writing(output: str) -> Iterator[TextIO]:
    """A file that is there whole or not at all; or standard output, whose reader may go away.

    Raises:
        UsageError: the file cannot be written.
    """
    if output == STANDARD_OUTPUT:
        try:
            with open(
                sys.stdout.fileno(), "w", encoding="utf-8", newline="\n", closefd=False
            ) as out:
                yield out
        except BrokenPipeError:
            # Python would try again at its end: there, what is left goes nowhere.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return
    path = Path(output)
    if path.is_dir():
        raise UsageError(
            ErrorCode.OUTPUT_TAKEN, "it is a folder", "name a file with --output", output
        )
    unfinished = path.with_name(f"_{path.name}.{os.getpid()}")
    try:
        file = unfinished.open("w", encoding="utf-8", newline="\n")
    except OSError as error:
        raise UsageError(
            ErrorCode.CANNOT_WRITE, f"cannot be written: {error.strerror}", file=output
        ) from error
    try:
        with file:
            yield file
        unfinished.replace(path)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise


@contextmanager
def writing_folder(output: str) -> Iterator[Path]:
    """A folder that is there whole or not at all.

    Raises:
        UsageError: it cannot be written, or is there and holds something already.
    """
    path = Path(output)
    if output == STANDARD_OUTPUT:
        raise UsageError(
            ErrorCode.BAD_ARGUMENTS, "this format is a folder", "name one with --output"
        )
    if path.exists() and (not path.is_dir() or any(path.iterdir())):
        raise UsageError(
            ErrorCode.OUTPUT_TAKEN, "it is there already", "name a new folder, or remove it", output
        )
    unfinished = path.with_name(f"_{path.name}.{os.getpid()}")
    try:
        unfinished.mkdir(parents=True)
    except OSError as error:
        raise UsageError(
            ErrorCode.CANNOT_WRITE, f"cannot be written: {error.strerror}", file=output
        ) from error
    try:
        yield unfinished
        if path.exists():
            path.rmdir()
        unfinished.rename(path)
    except BaseException:
        shutil.rmtree(unfinished, ignore_errors=True)
        raise
