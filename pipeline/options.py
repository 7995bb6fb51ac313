"""Options of a run: from defaults, then the configuration file, then the command line.

Every setting of `schemas.settings` is a key in its section of the file and a flag of its name.
Light on imports: `--help` shows what is here.
"""

from __future__ import annotations

import argparse
import codecs
import difflib
import os
import re
import tomllib
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import Field, dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from pipeline.error_codes import ErrorCode
from pipeline.errors import UsageError
from pipeline.option_sections import NightlyOptions, RunOptions
from schemas.settings import Settings
from transforms.precision import precision_of

NIGHTLY = "nightly"
_INPUTS = "inputs"
_KINDS = {
    bool: "true or false", int: "a whole number", float: "a number", str: "text in quotes",
}  # fmt: skip


@dataclass(frozen=True)
class Options:
    """All that a run was told."""

    inputs: tuple[str, ...]
    run: RunOptions = field(default_factory=RunOptions)
    settings: Settings = field(default_factory=Settings)
    dry_run: bool = False
    beam: tuple[str, ...] = ()
    nightly: NightlyOptions = field(default_factory=NightlyOptions)
    as_json: bool = False


def sections() -> dict[str, Any]:
    """The sections of a configuration file with their defaults, in the order of the help."""
    return {**_by_section(RunOptions(), Settings()), NIGHTLY: NightlyOptions()}


def add_flags(parser: argparse.ArgumentParser, without: Collection[str] = ()) -> None:
    """Give the parser one flag a setting, each absent unless it is used.

    Args:
        parser: a command's.
        without: the sections whose settings the command has no use for.
    """
    for title, defaults in sections().items():
        if title in without:
            continue
        group = parser.add_argument_group(f"[{title}]")
        for name, described in _fields(defaults):
            default = getattr(defaults, name)
            text = f"{described.metadata['help']} (default: {_shown(default)})".replace("%", "%%")
            shape: dict[str, Any] = {"dest": f"{title}.{name}", "default": None, "help": text}
            if isinstance(default, bool):
                shape["action"] = argparse.BooleanOptionalAction
            else:
                shape |= {"type": type(default), "metavar": _metavar(default)}
            group.add_argument(f"--{name.replace('_', '-')}", **shape)


def make_options(arguments: argparse.Namespace, beam: Iterable[str] = ()) -> Options:
    """The options that the parsed arguments and their configuration file amount to.

    Raises:
        UsageError: a key or section that does not exist, a value of another type or out of range.
    """
    given = read_config(Path(arguments.config)) if arguments.config else {}
    chosen = sections()
    for title, defaults in chosen.items():
        values = dict(given.get(title, {}))
        for name, _ in _fields(defaults):
            flag = getattr(arguments, f"{title}.{name}", None)
            if flag is not None:
                values[name] = flag
        chosen[title] = replace(defaults, **values)
        _check_values(chosen[title])
    run, nightly = chosen.pop("run"), chosen.pop(NIGHTLY)
    rejected_allowed(run.max_rejected, 0)
    rejected_allowed(nightly.max_pruned, 0)
    _check_encoding(chosen["read"].encoding)
    inputs = tuple(arguments.inputs) or tuple(filter(None, nightly.inputs.splitlines()))
    return Options(
        inputs,
        run,
        Settings(**chosen),
        dry_run=getattr(arguments, "dry_run", False),
        beam=tuple(beam),
        nightly=nightly,
        as_json=getattr(arguments, "as_json", False),
    )


def read_config(path: Path) -> dict[str, dict[str, Any]]:
    """The settings in a TOML file, by section.

    Raises:
        UsageError: the file cannot be read, or names what does not exist.
    """
    try:
        config = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise UsageError(
            ErrorCode.BAD_SETTINGS_FILE, f"cannot be read: {error.strerror}", file=path
        ) from error
    except UnicodeDecodeError as error:
        raise UsageError(ErrorCode.BAD_SETTINGS_FILE, "not UTF-8", file=path) from error
    except tomllib.TOMLDecodeError as error:
        raise UsageError(ErrorCode.BAD_SETTINGS_FILE, f"not TOML: {error}", file=path) from error
    known = sections()
    for title, values in config.items():
        if not isinstance(values, dict):
            sections_with = [f"[{each}]" for each, its in known.items() if hasattr(its, title)]
            way_out = f"put it below {' or '.join(sections_with)}" if sections_with else ""
            cause = f"{title} stands in no section"
            raise UsageError(ErrorCode.UNKNOWN_SETTING, cause, way_out, path)
        if title not in known:
            raise UsageError(
                ErrorCode.UNKNOWN_SETTING, f"no section [{title}]", similar(title, known), path
            )
        types = {name: type(getattr(known[title], name)) for name, _ in _fields(known[title])}
        for name, value in values.items():
            if name not in types:
                cause = f"[{title}] has no setting {name}"
                raise UsageError(ErrorCode.UNKNOWN_SETTING, cause, similar(name, types), path)
            values[name] = _of_kind(types[name], name, value, path)
    return config


def _of_kind(kind: type, name: str, value: Any, path: Path) -> Any:
    """A value as the setting of that name takes it; refused if it cannot."""
    if kind is float and type(value) is int:
        return float(value)
    if name == _INPUTS and _is_list_of_text(value):
        return "\n".join(value)
    if type(value) is not kind:
        cause = f"{name} = {value!r} must be {_KINDS[kind]}"
        raise UsageError(ErrorCode.BAD_VALUE, cause, file=path)
    return value


def _is_list_of_text(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def rejected_allowed(allowed: str, articles: int) -> int:
    """How many of so many articles may be rejected: `allowed` is a count, or a share with `%`.

    Raises:
        UsageError: it is neither.
    """
    match = re.fullmatch(r"(\d+)|(\d+(?:\.\d+)?)%", allowed.strip())
    if not match:
        raise UsageError(
            ErrorCode.BAD_VALUE,
            f"max_rejected is {allowed!r}",
            "give a count such as 10 or a share as 5%",
        )
    return int(match[1]) if match[1] else int(articles * float(match[2]) / 100)


def worker_count(asked: int, shards: int) -> int:
    """How many workers to start: never more than there are shards."""
    return max(1, min(asked or len(os.sched_getaffinity(0)), shards))


def annotating(options: Options) -> dict[str, Any]:
    """The settings that can change the corpus: what its fingerprint is taken from."""
    found = {
        title: {
            name: getattr(values, name)
            for name, described in _fields(values)
            if described.metadata["annotates"]
        }
        for title, values in _by_section(options.run, options.settings).items()
    }
    found["tag"]["precision"] = precision_of(options.settings.tag.precision)  # what `auto` is here
    return found


def similar(name: str, names: Iterable[str]) -> str:
    """The way out of an error: the known name that was meant, if one is close; else empty."""
    close = difflib.get_close_matches(name, list(names), n=1)
    return f"did you mean {close[0]}?" if close else ""


def choices_of(name: str) -> tuple[str, ...]:
    """The words that a setting can be, one at a time.

    Args:
        name: as `section.setting`; of anything else, nothing is known.
    """
    title, _, name = name.partition(".")
    for field_name, described in _fields(sections()[title]) if title in sections() else ():
        if field_name == name and not described.metadata["several"]:
            choices: tuple[str, ...] = described.metadata["choices"]
            return choices
    return ()


def _by_section(run: RunOptions, settings: Settings) -> dict[str, Any]:
    return {"run": run, **{part.name: getattr(settings, part.name) for part in fields(settings)}}


def _fields(values: Any) -> Iterator[tuple[str, Field[Any]]]:
    return ((each.name, each) for each in fields(values))


def _check_values(values: Any) -> None:
    for name, described in _fields(values):
        _check_range(name, getattr(values, name), described.metadata)
        _check_choice(name, getattr(values, name), described.metadata)


def _check_range(name: str, value: Any, allowed: Mapping[str, Any]) -> None:
    least, most = allowed["least"], allowed["most"]
    # Not "value < least": of a nan both comparisons are false.
    if least is not None and not value >= least:
        raise UsageError(ErrorCode.BAD_VALUE, f"{name} is {value}", f"it must be {least} or more")
    if most is not None and not value <= most:
        raise UsageError(ErrorCode.BAD_VALUE, f"{name} is {value}", f"it must be {most} or less")


def _check_choice(name: str, value: str, allowed: Mapping[str, Any]) -> None:
    choices = allowed["choices"]
    if not choices:
        return
    given = (
        [word.strip() for word in value.split(",") if word.strip()]
        if allowed["several"]
        else [value]
    )
    for word in given:
        if word not in choices:
            use = f"use {'any' if allowed['several'] else 'one'} of {', '.join(choices)}"
            way_out = "; ".join(filter(None, [use, similar(word, choices)]))
            raise UsageError(ErrorCode.BAD_VALUE, f"{name} is {value!r}", way_out)


def _check_encoding(name: str) -> None:
    try:
        codecs.lookup("utf-8" if name == "auto" else name)
    except LookupError as error:
        raise UsageError(
            ErrorCode.BAD_VALUE, f"encoding is {name!r}", "use auto or the name of a codec"
        ) from error


def _shown(default: object) -> str:
    if isinstance(default, bool):
        return "yes" if default else "no"
    return str(default) or "none"


def _metavar(default: object) -> str:
    return {int: "N", float: "X"}.get(type(default), "VALUE")
