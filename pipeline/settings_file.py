"""The settings file that `init` writes: every setting with its help, range and default."""

from __future__ import annotations

import json
import textwrap
from dataclasses import fields
from pathlib import Path
from typing import Any

from pipeline.error_codes import ErrorCode
from pipeline.errors import UsageError
from pipeline.options import sections

_HEAD = """\
# Settings of Warraq. Every setting is here with its default: change what you like, remove what you
# do not care about. On the command line each is a flag, which has the last word:
# `--max-sentence-tokens 80` for max_sentence_tokens.
"""
_WIDTH = 98


def settings_text() -> str:
    """A TOML file that changes nothing: every setting has the value it has without."""
    parts = [_HEAD]
    for title, defaults in sections().items():
        what = (type(defaults).__doc__ or "").partition(": ")[2].partition(".")[0]
        parts.append(f"\n[{title}]  # {what}\n")
        parts += [_setting(each, getattr(defaults, each.name)) for each in fields(defaults)]
    return "\n".join(parts)


def write_settings(path: Path, force: bool) -> None:
    """Write the settings file.

    Args:
        path: the file.
        force: whether a file that is there is replaced.

    Raises:
        UsageError: it is there already, or cannot be written.
    """
    try:
        with path.open("w" if force else "x", encoding="utf-8", newline="\n") as file:
            file.write(settings_text())
    except FileExistsError as error:
        raise UsageError(
            ErrorCode.OUTPUT_TAKEN, "it is there already", "--force replaces it", path
        ) from error
    except OSError as error:
        cause = f"cannot be written: {error.strerror}"
        raise UsageError(ErrorCode.CANNOT_WRITE, cause, file=path) from error


def _setting(described: Any, default: Any) -> str:
    # Text, numbers, true and false look in TOML as they do in JSON.
    value = json.dumps(default, ensure_ascii=False)
    bounds = {"at least": described.metadata["least"], "at most": described.metadata["most"]}
    told = [f"{which} {bound}" for which, bound in bounds.items() if bound is not None]
    text = "; ".join([described.metadata["help"], *told, f"default: {value}"])
    comment = textwrap.fill(text, _WIDTH, initial_indent="# ", subsequent_indent="# ")
    return f"{comment}\n{described.name} = {value}\n"
