"""What a night has to do: the input files whose content or configuration the corpus lacks."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.files import Stamp
from pipeline.inputs import InputFile
from pipeline.ledger import Entry, owner
from pipeline.memory import memory_folder
from pipeline.parquet_files import read_table
from pipeline.plan import UNREADABLE, content_sha256

_DAY = 24 * 60 * 60


@dataclass(frozen=True, slots=True)
class Changes:
    """The inputs beside the ledger; each kind in the order in which it is to be worked on.

    `outdated` files have rows of another configuration that are to be made anew; of those that are
    not old enough for that `waiting` is the number. `removed` are keys of files that are gone;
    `unreadable` files are there and have rows, but could not be read now: these rows stay.
    """

    new: tuple[InputFile, ...]
    changed: tuple[InputFile, ...]
    outdated: tuple[InputFile, ...]
    removed: tuple[str, ...]
    unreadable: tuple[InputFile, ...]
    unchanged: int
    waiting: int

    @property
    def to_do(self) -> list[InputFile]:
        """All to be read: what readers lack before what they have in an older form."""
        fresh = sorted((*self.new, *self.changed), key=lambda file: file.key)
        return [*fresh, *self.outdated]


def find_changes(
    files: Sequence[InputFile],
    entries: Mapping[str, Entry],
    fingerprint: str,
    now: int,
    max_age_days: int = 0,
    again: Collection[str] = (),
) -> Changes:
    """Compare the contents of the inputs with what the corpus holds.

    Args:
        files: all inputs. Each is read, for its sha256: neither name nor time tells of a change.
        entries: the ledger of the corpus.
        fingerprint: the configuration's.
        now: seconds since 1970.
        max_age_days: rows of another configuration stay until they are so old.
        again: keys of files to be annotated again in any case.
    """
    present = {file.key for file in files}
    by_path = {one.path: one for one in entries.values() if one.key not in present}
    new: list[InputFile] = []
    changed: list[InputFile] = []
    outdated: list[InputFile] = []
    unreadable: list[InputFile] = []
    unchanged = waiting = 0
    for file in files:
        entry = entries.get(file.key)
        if entry is None:
            (changed if file.path in by_path else new).append(file)
        elif (sha256 := content_sha256(file.location)) != entry.sha256:
            (unreadable if sha256 == UNREADABLE else changed).append(file)
        elif file.key in again:
            outdated.append(file)
        elif entry.fingerprint == fingerprint:
            unchanged += 1
        elif now - entry.annotated >= max_age_days * _DAY:
            outdated.append(file)
        else:
            waiting += 1
    outdated.sort(key=lambda file: (entries[file.key].annotated, file.key))
    renamed = {file.path for file in changed}
    removed = tuple(sorted(one.key for one in by_path.values() if one.path not in renamed))
    return Changes(
        tuple(new), tuple(changed), tuple(outdated), removed, tuple(unreadable),
        unchanged + waiting, waiting,
    )  # fmt: skip


def superseded_by(files: Iterable[InputFile], entries: Mapping[str, Entry]) -> dict[str, set[str]]:
    """For each file the keys of the ledger whose rows go when its rows come.

    A file that is found under another key than before, but by the same path, is the same file.
    """
    by_path: dict[str, set[str]] = {}
    for entry in entries.values():
        by_path.setdefault(entry.path, set()).add(entry.key)
    return {
        file.key: ({file.key} & entries.keys()) | by_path.get(file.path, set()) for file in files
    }


@dataclass(frozen=True, slots=True)
class Departures:
    """Articles whose rows go, by `doc_id`, and the keys of files with articles that repeat them."""

    doc_ids: frozenset[str]
    repeated_in: frozenset[str]


def departures(
    version: Path | None, keys: Collection[str], entries: Mapping[str, Entry]
) -> Departures:
    """What the memory of a version knows of the articles in some files.

    An article that repeats one of them has no sentences; it must be looked at again, or its words
    would be lost with those that it repeats.
    """
    path = memory_folder(version) / "articles.parquet" if version else None
    if not keys or path is None or not path.exists():
        return Departures(frozenset(), frozenset())
    rows = read_table(path, ["doc_id", "path", "duplicate_of"]).to_pydict()
    going = {entries[key].path for key in keys}
    paths = {entry.path: entry.key for entry in entries.values()}
    gone = {
        doc_id
        for doc_id, place in zip(rows["doc_id"], rows["path"], strict=True)
        if owner(place, going) is not None
    }
    repeating = {
        paths[file]
        for place, original in zip(rows["path"], rows["duplicate_of"], strict=True)
        if original in gone and (file := owner(place, paths)) is not None
    }
    return Departures(frozenset(gone), frozenset(repeating))


def published_between(
    version: Path | None,
    entries: Mapping[str, Entry],
    first: datetime.date,
    last: datetime.date,
) -> set[str]:
    """Keys of the files with an article that was published from `first` to `last`, in UTC."""
    paths = {entry.path: entry.key for entry in entries.values()}
    found: set[str] = set()
    for file in sorted((version / "documents").glob("*.parquet")) if version else []:
        rows = read_table(file, ["path", "published"]).to_pydict()
        for place, published in zip(rows["path"], rows["published"], strict=True):
            if published is not None and first <= published.date() <= last:
                file_path = owner(place, paths)
                found |= {paths[file_path]} if file_path is not None else set()
    return found


def first_megabytes(files: Sequence[InputFile], megabytes: int) -> list[InputFile]:
    """The first of the files, at least one, that together are not larger than that."""
    taken: list[InputFile] = []
    left = megabytes * 1024 * 1024
    for file in files:
        left -= _size(file.location)
        if taken and left < 0:
            break
        taken.append(file)
    return taken


def _size(location: str) -> int:
    stamp = Stamp.of(location)
    return stamp.size if stamp is not None else 0  # gone: reading will tell
