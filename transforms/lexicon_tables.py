"""A CAMeL morphology database as arrays: read with camel-tools once, then mapped from a file.

camel-tools reads the text of ALMOR MSA in two seconds, into hundreds of megabytes of dictionaries.
The same as arrays beside the text opens in a few hundredths of a second, and all processes of a
machine share the pages.
"""

from __future__ import annotations

import gc
import hashlib
import json
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from transforms.mapped_files import file_bytes, metadata, open_mapped

FORMAT = 1
KINDS = ("prefix", "stem", "suffix")

# The features of a database that are kept: no column needs the others.
CLITICS = ("prc3", "prc2", "prc1", "prc0", "enc0")
INFLECTION = ("asp", "cas", "gen", "num", "per", "mod", "stt", "vox", "rat")
LOG_PROBABILITIES = ("pos_lex_logprob", "lex_logprob", "pos_logprob")
_FORMS = ("diac", "lex", "bw", "gloss", "pos", "root", "pattern", "d3tok", "atbtok")
_READ = (*_FORMS, *CLITICS, *INFLECTION, *LOG_PROBABILITIES, "form_gen", "form_num")
FEATURES = (*_READ, "lex_id")  # camel-tools strips its number from `lex`; `lex_id` is the raw one

# Sorts entries, whatever their order in the database: a bare ending before a case.
_ORDERED_BY = (
    "diac", "lex_id", "bw", "gloss", "gen", "num", "rat", "stt", "cas", "root", "pattern"
)  # fmt: skip

Entry = tuple[str, Mapping[str, str]]  # category and features


class Tables(NamedTuple):
    """All prefixes, stems and suffixes of a database, numbered in this order.

    `values` has a row for each and a column for each of `FEATURES`: the number of a string, or -1.
    `categories` numbers into `rules["categories"]`; `ranks` are places in an order that does not
    depend on the database's. The entries of form `forms[kind][i]` are those from `starts[kind][i]`
    to the next start. `rules` says which categories go together, as camel-tools' database does.
    """

    strings: list[str]
    values: NDArray[np.int32]
    categories: NDArray[np.int32]
    ranks: NDArray[np.int32]
    forms: Mapping[str, list[str]]
    starts: Mapping[str, NDArray[np.int32]]
    rules: Mapping[str, Any]


def load_tables(database: Path) -> Tables:
    """The tables of a database: those beside it if they were made of it, else made anew.

    Raises:
        FileNotFoundError: there is no database; the message says how to make one.
    """
    if not database.is_file():
        raise FileNotFoundError(
            f"no morphology database {database}; `python -m pipeline.morphology` makes it"
        )
    return _mapped(tables_path(database), _sha256(database)) or read_database(database)


def tables_path(database: Path) -> Path:
    """Where the tables of a database lie."""
    return database.with_suffix(".arrow")


def tables_are_made(database: Path) -> bool:
    """Whether the tables beside a database were made of it, in this format."""
    return _mapped(tables_path(database), _sha256(database)) is not None


def table_bytes(database: Path) -> bytes:
    """The content of the file of tables: an Arrow IPC file of one row, a list a column."""
    tables = read_database(database)
    columns: dict[str, Any] = {
        "strings": pa.array(tables.strings),
        "values": pa.array(tables.values.ravel()),
        "categories": pa.array(tables.categories),
        "ranks": pa.array(tables.ranks),
    }
    for kind in KINDS:
        columns[f"{kind}_forms"] = pa.array(tables.forms[kind])
        columns[f"{kind}_starts"] = pa.array(tables.starts[kind])
    rows = {
        name: pa.ListArray.from_arrays([0, len(column)], column) for name, column in columns.items()
    }
    rules = json.dumps(tables.rules, ensure_ascii=False)
    return file_bytes(rows, {**_version(_sha256(database)), "rules": rules})


def _mapped(path: Path, sha256: str) -> Tables | None:
    batch = open_mapped(path, _version(sha256))
    if batch is None:
        return None
    columns = {name: batch.column(name).values for name in batch.schema.names}
    return Tables(
        columns["strings"].to_pylist(),
        columns["values"].to_numpy().reshape(-1, len(FEATURES)),
        columns["categories"].to_numpy(),
        columns["ranks"].to_numpy(),
        {kind: columns[f"{kind}_forms"].to_pylist() for kind in KINDS},
        {kind: columns[f"{kind}_starts"].to_numpy() for kind in KINDS},
        json.loads(metadata(batch)["rules"]),
    )


def _version(sha256: str) -> dict[str, str]:
    return {"format": str(FORMAT), "features": " ".join(FEATURES), "database_sha256": sha256}


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def read_database(path: Path) -> Tables:
    """The tables of a database in camel-tools' format, read with camel-tools."""
    database = _camel_database(path)
    hashes: dict[str, Mapping[str, Sequence[Entry]]] = {
        kind: getattr(database, f"{kind}_hash") for kind in KINDS
    }
    entries = [entry for kind in KINDS for found in hashes[kind].values() for entry in found]
    strings = _Numbered()
    values = np.array(
        [
            [strings.number(features[name]) if name in features else -1 for name in FEATURES]
            for _, features in entries
        ],
        dtype=np.int32,
    )
    categories = _Numbered()
    return Tables(
        strings.given(),
        values,
        np.array([categories.number(category) for category, _ in entries], dtype=np.int32),
        _ranks([features for _, features in entries]),
        {kind: list(hashes[kind]) for kind in KINDS},
        dict(zip(KINDS, _starts(hashes), strict=True)),
        _rules(database, categories.given()),
    )


class _Numbered:
    """Strings numbered from 0 on, in the order of their first use."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def number(self, string: str) -> int:
        return self._numbers.setdefault(string, len(self._numbers))

    def given(self) -> list[str]:
        return list(self._numbers)


def _ranks(entries: Sequence[Mapping[str, str]]) -> NDArray[np.int32]:
    keys = [tuple(features.get(name, "") for name in _ORDERED_BY) for features in entries]
    ranks = {key: rank for rank, key in enumerate(sorted(set(keys)))}
    return np.array([ranks[key] for key in keys], dtype=np.int32)


def _starts(hashes: Mapping[str, Mapping[str, Sequence[Entry]]]) -> Iterator[NDArray[np.int32]]:
    """For each kind, where the entries of each form start, and where those of the last end."""
    start = 0
    for kind in KINDS:
        sizes = [len(entries) for entries in hashes[kind].values()]
        starts = start + np.cumsum([0, *sizes], dtype=np.int32)
        yield starts
        start = int(starts[-1])


def _rules(database: Any, categories: list[str]) -> dict[str, Any]:
    pairs = ("prefix_stem_compat", "prefix_suffix_compat", "stem_suffix_compat")
    return {
        **{name: _sorted_lists(getattr(database, name)) for name in pairs},
        "categories": categories,
        "stem_backoffs": _sorted_lists(database.stem_backoffs),
        "defines": sorted(set(database.defines) & set(FEATURES)),
        "compute_feats": sorted(database.compute_feats),
    }


def _sorted_lists(given: Mapping[str, Any]) -> dict[str, list[str]]:
    return {name: sorted(values) for name, values in given.items()}


def _camel_database(path: Path) -> Any:
    if (path.parent / "catalogue.json").is_file():
        # Without a catalogue camel-tools goes to the network as soon as it is imported.
        os.environ["CAMELTOOLS_DATA"] = str(path.parent.resolve())
    from camel_tools.morphology.database import MorphologyDB

    class LeanDatabase(MorphologyDB):
        """Keeps one copy of each string, drops what no column needs, and keeps the raw `lex`."""

        def _parse_analysis_line_toks(self, tokens: list[str]) -> dict[str, str]:
            features = {}
            for token in tokens:
                name, _, value = token.partition(":")
                if name in _READ:
                    features[name] = sys.intern(value)
            if "lex" in features:
                features["lex_id"] = features["lex"]
            return features

    was_enabled = gc.isenabled()
    gc.disable()  # a million new objects, none of them garbage: collecting doubles the time
    try:
        return LeanDatabase(str(path), "a")
    finally:
        if was_enabled:
            gc.enable()
