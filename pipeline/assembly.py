"""A version of the corpus from the one before: what stays is linked, what is new is added."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from pipeline.error_codes import ErrorCode
from pipeline.errors import RunError, UsageError
from pipeline.ledger import Entry, Part, read_entries, read_parts, write_entries, write_parts
from pipeline.memory import keep_memory, memory_digest
from pipeline.parquet_files import count_rows
from pipeline.parts import NOTHING, Source, link_parts, merge_groups, write_empty, write_part
from pipeline.publish import MANIFEST, begin_version, current_version, publish
from pipeline.storage import write_text
from schemas.columns import SCHEMA_VERSION
from schemas.manifest import TABLES, Provenance

_COUNTS = ("documents", "rejected", "sentences", "tokens", "entities")


@dataclass(frozen=True, slots=True)
class Addition:
    """New parts, the folder that they lie in, and the files whose rows they hold."""

    folder: Path
    parts: tuple[Part, ...]
    entries: tuple[Entry, ...]


def assemble(
    folder: Path,
    base: Path | None,
    drop: Collection[str],
    addition: Addition | None,
    merge_all: bool = False,
) -> None:
    """Make a version out of another: tables, ledger and list of parts; not its memory.

    Args:
        folder: the new version.
        base: the version that it goes on from.
        drop: keys of files whose rows go.
        addition: what comes.
        merge_all: make as few parts as there can be; else only what has become many small ones.
    """
    entries = read_entries(base)
    touched: dict[str, set[str]] = {}
    for key in drop:
        if key in entries:
            entry = entries.pop(key)
            for name in entry.parts:
                touched.setdefault(name, set()).add(entry.path)
    sources = [
        Source(part, base, frozenset(touched.get(part.name, ())))
        for part in read_parts(base)
        if base is not None
    ]
    if addition:
        sources += [Source(part, addition.folder, fresh=True) for part in addition.parts]
        entries |= {entry.key: entry for entry in addition.entries}
    left = {name for entry in entries.values() for name in entry.parts}
    sources = [one for one in sources if one.part.name in left or one.part.fingerprint == NOTHING]
    moved = _write_parts(folder, sources, _number(folder), merge_all)
    write_entries(folder, (_moved(entry, moved) for entry in entries.values()))


def compact(output: Path, provenance: Provenance, patience: float, token: str) -> str | None:
    """Make one part of all parts of a configuration, and publish that.

    Args:
        output: where the corpus lies, which must be ours alone.
        provenance: of the run that does it.
        patience: how many seconds to wait for readers.
        token: what `exclusive` gave.

    Returns:
        The name of the new version; `None` if there was nothing to merge.

    Raises:
        UsageError: there is no corpus, or one made before there was a ledger.
    """
    base = current_version(output)
    if base is None:
        raise UsageError(ErrorCode.NO_CORPUS, "there is no corpus", file=output)
    if not read_entries(base):
        raise UsageError(ErrorCode.OTHER_VERSION, "the corpus has no ledger", file=output)
    if not _by_fingerprint([Source(part, base) for part in read_parts(base)]):
        return None
    folder = begin_version(output, provenance.run_id, token)
    assemble(folder, base, (), None, merge_all=True)
    keep_memory(base, folder)
    write_corpus_manifest(folder, provenance, "")
    publish(output, folder, patience)
    return folder.name


def write_corpus_manifest(folder: Path, provenance: Provenance, digest: str) -> dict[str, Any]:
    """Write the manifest of a version that is otherwise complete, once it was checked.

    Args:
        folder: the version.
        provenance: of the run that makes it.
        digest: identifies the inputs of that run.

    Raises:
        RunError: a file does not hold the rows that were counted, or they do not add up.
    """
    parts = read_parts(folder)
    counts = verify(folder, parts, read_entries(folder))
    manifest = {
        "schema_version": SCHEMA_VERSION,
        **asdict(provenance),
        "inputs_digest": digest,
        "memory_digest": memory_digest(folder),
        "counts": counts,
        "fingerprints": dict(Counter(part.fingerprint for part in parts)),
    }
    write_text(folder / MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1) + "\n")
    return manifest


def verify(folder: Path, parts: Iterable[Part], entries: Mapping[str, Entry]) -> dict[str, int]:
    """Check that every article is accounted for and every row is where the list of parts says.

    Returns:
        How many rows of each kind there are in all.

    Raises:
        RunError: they do not add up.
    """
    parts = list(parts)
    found = count_rows(folder, [file.name for part in parts for file in part.files])
    for part in parts:
        for file in part.files:
            if found[file.name] != file.rows:
                cause = f"holds {found[file.name]} rows, {file.rows} were written"
                raise RunError(ErrorCode.COUNTS_DIFFER, cause, file=folder / file.name)
    counts = {name: sum(getattr(part, name) for part in parts) for name in _COUNTS}
    articles = sum(entry.articles for entry in entries.values())
    if articles != counts["documents"] + counts["rejected"]:
        raise RunError(
            ErrorCode.COUNTS_DIFFER,
            f"{articles} articles in, but {counts['documents']} documents and "
            f"{counts['rejected']} rejections out",
            file=folder,
        )
    return {"planned": articles, **counts}


def _write_parts(
    folder: Path, sources: list[Source], number: str, merge_all: bool
) -> dict[str, str]:
    """Link, cut or merge the parts; what became of each name that is no more."""
    groups = _by_fingerprint(sources) if merge_all else merge_groups(sources)
    merging = {source.part.name for group in groups for source in group}
    moved: dict[str, str] = {}
    made = []
    for count, group in enumerate(groups):
        name = f"{number}-merged-{count:05d}"
        made.append(write_part(group, folder, name))
        moved |= {source.part.name: name for source in group}
    there = {file.table for source in sources for file in source.part.files if file.rows} | {
        file.table
        for source in sources
        if not source.fresh and source.part.name not in merging
        for file in source.part.files
    }
    staying = []
    for count, source in enumerate(one for one in sources if one.part.name not in merging):
        if source.dropped:
            name = f"{number}-left-{count:05d}"
            made.append(write_part([source], folder, name))
            moved[source.part.name] = name
        else:
            staying.append(_without_empty(source, there))
    made += link_parts(staying, folder)
    write_parts(folder, _with_every_table(folder, made, sources, number))
    return moved


def _by_fingerprint(sources: list[Source]) -> list[list[Source]]:
    """All parts of a configuration that are more than one."""
    groups = [
        [one for one in sources if one.part.fingerprint == fingerprint]
        for fingerprint in sorted({source.part.fingerprint for source in sources} - {NOTHING})
    ]
    return [sorted(one, key=lambda source: source.part.name) for one in groups if len(one) > 1]


def _without_empty(source: Source, there: Collection[str]) -> Source:
    """A new part without its tables that hold no rows, if readers find such a table anyway."""
    if not source.fresh:
        return source
    files = tuple(file for file in source.part.files if file.rows or file.table not in there)
    return replace(source, part=replace(source.part, files=files))


def _with_every_table(
    folder: Path, parts: list[Part], sources: list[Source], number: str
) -> list[Part]:
    """The parts, and one of tables without rows where no part has such a table."""
    found = {file.table for part in parts for file in part.files}
    missing = [table for table in TABLES if table not in found]
    if not missing:
        return parts
    like = sources[0] if sources else None
    files = [write_empty(table, like, folder, f"{number}-empty") for table in missing]
    return [*parts, Part(f"{number}-empty", NOTHING, 0, 0, 0, 0, 0, tuple(files))]


def _moved(entry: Entry, moved: Mapping[str, str]) -> Entry:
    if not any(name in moved for name in entry.parts):
        return entry
    return replace(entry, parts=tuple(sorted({moved.get(name, name) for name in entry.parts})))


def _number(folder: Path) -> str:
    return folder.name.partition("-")[0]
