"""The plan of a run: which articles make up which shard.

A shard is a stretch of consecutive articles, cut so that all shards hold about as many bytes. The
plan depends on the inputs and the settings alone, never on the number of workers.
"""

from __future__ import annotations

import bisect
import hashlib
from array import array
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import NamedTuple

from pipeline.files import Stamp, open_file, sha256_of
from pipeline.formats import read_records
from pipeline.inputs import InputFile
from pipeline.records import BrokenRecord, Item, Record, Resume
from schemas.settings import ReadSettings

# Small shards balance the workers, keep memory flat and the progress bar moving: 256 KiB of text
# are about 25,000 words. Beyond a thousand shards, fewer and larger files are easier to read.
_SHARD_BYTES = 256 * 1024
_MANY_SHARDS = 1024
_TOGETHER = 4
_LARGEST_SHARD_BYTES = 4 * 1024 * 1024
UNREADABLE = "unreadable"
# What a file stands for that ended every process that read it.
REFUSED = (BrokenRecord(None, "worker_died", "every process that read it was ended by it"),)
# What an article costs besides its words, in bytes of text.
_ARTICLE_BYTES = 512
# Places to read on from are kept so far apart that a plan of many millions of articles is small,
# and so near that little of a file is read in vain.
_RESUME_BYTES = 64 * 1024
# How often a file is read, at most, that cannot be read from within: on average to its middle. To
# clean an article takes several hundred times as long as to unfold it.
_MOST_SKIPPING = 32
# What is not larger is read at once.
_SMALL_BYTES = 64 * 1024


@dataclass(frozen=True, slots=True)
class Slice:
    """The records `[first, stop)` of a file, counted from 0 in its order.

    They are the file's records from `begin` on after the first `skip`. A file that is `refused` is
    not read: it stands for one record, which is rejected.
    """

    file: InputFile
    stamp: Stamp | None
    first: int
    stop: int
    begin: Resume | None
    skip: int
    refused: bool = False


@dataclass(frozen=True, slots=True)
class ShardPlan:
    """The articles of one shard."""

    index: int
    slices: tuple[Slice, ...]

    @property
    def articles(self) -> int:
        """How many records the shard holds, broken ones included."""
        return sum(part.stop - part.first for part in self.slices)


@dataclass(frozen=True, slots=True)
class PlannedFile:
    """A file as it was planned: the sha256 of its bytes, and how many records it was found to hold.

    The sha256 of a file that cannot be read is the word `unreadable`.
    """

    file: InputFile
    sha256: str
    articles: int


@dataclass(frozen=True, slots=True)
class Plan:
    """All shards of a run; `digest` identifies the inputs: their keys and contents."""

    shards: tuple[ShardPlan, ...]
    files: int
    articles: int
    bytes: int
    digest: str
    inputs: tuple[PlannedFile, ...] = ()


def make_plan(
    files: Sequence[InputFile],
    settings: ReadSettings,
    shards: int = 0,
    watch: Callable[[Sequence[InputFile]], Iterable[InputFile]] = iter,
    refused: Collection[str] = (),
) -> Plan:
    """Read all inputs once, to count, measure and fingerprint them, and share them out.

    Args:
        files: what to read, in the order in which the corpus will hold it.
        settings: the limits, and what the reading of tables depends on.
        shards: how many shards to make; 0 to choose by size. There are never more than articles.
        watch: wraps the files as they are read, to show progress.
        refused: the sha256 of files that are not to be read.
    """
    digest = hashlib.sha256()
    sizes = array("q")
    starts = array("q")
    stamps = []
    places = []
    planned = []
    for file in watch(files):
        starts.append(len(sizes))
        stamps.append(Stamp.of(file.location))
        data = _small_file(file.location, stamps[-1])
        sha256 = content_sha256(file.location) if data is None else hashlib.sha256(data).hexdigest()
        digest.update(f"{file.path}\0{file.key}\0{sha256}\n".encode())
        records = REFUSED if sha256 in refused else read_records(file.location, settings, data=data)
        places.append(_measure(records, sizes) or _NO_PLACES)
        planned.append(PlannedFile(file, sha256, len(sizes) - starts[-1]))
    starts.append(len(sizes))
    total = sum(sizes)
    plans = []
    for index, (first, stop) in enumerate(_cut(sizes, total, shards or _shard_count(total))):
        slices = tuple(
            replace(
                _slice(files[number], stamps[number], places[number], start, end),
                refused=planned[number].sha256 in refused,
            )
            for number, start, end in _within_files(starts, first, stop)
        )
        plans.append(ShardPlan(index, slices))
    return Plan(tuple(plans), len(files), len(sizes), total, digest.hexdigest(), tuple(planned))


def chains(shards: Iterable[ShardPlan]) -> list[tuple[ShardPlan, ...]]:
    """The shards in stretches, each best read by one worker from its start to its end.

    Of a file that cannot be read from within, all before a shard has to be unfolded again and
    skipped: of such shards that begin in one file a few make a stretch.
    """
    found: list[list[ShardPlan]] = []
    for shard in shards:
        if found and _reading(shard.slices[0]) == _reading(found[-1][-1].slices[0]):
            found[-1].append(shard)
        else:
            found.append([shard])
    return [
        tuple(chain[start : start + length])
        for chain in found
        for length in [-(-len(chain) // _MOST_SKIPPING)]
        for start in range(0, len(chain), length)
    ]


def _reading(part: Slice) -> tuple[str, Resume | None]:
    return part.file.location, part.begin


def record_bytes(record: Item) -> int:
    """What a record counts for when work is shared out."""
    return _ARTICLE_BYTES + (len(record.data) if isinstance(record, Record) else 0)


class _Place(NamedTuple):
    item: int
    resume: Resume


_NO_PLACES: Sequence[_Place] = ()  # there may be millions of files: not a list for each


def _measure(records: Iterable[Item], sizes: array[int]) -> list[_Place]:
    """Append the sizes of a file's records; some places from which the file can be read on."""
    places: list[_Place] = []
    passed = 0
    for item, record in enumerate(records):
        size = record_bytes(record)
        if record.resume is not None and item and passed >= _RESUME_BYTES:
            places.append(_Place(item, record.resume))
            passed = 0
        passed += size
        sizes.append(size)
        if not isinstance(record, Record) and record.reason == "archive_limit":
            # How much has been unfolded depends on where reading began: always begin at the start.
            places, passed = [], -(1 << 62)
    return places


def _slice(
    file: InputFile, stamp: Stamp | None, places: Sequence[_Place], first: int, stop: int
) -> Slice:
    before = bisect.bisect_right(places, first, key=lambda place: place.item) - 1
    if before < 0:
        return Slice(file, stamp, first, stop, None, first)
    place = places[before]
    return Slice(file, stamp, first, stop, place.resume, first - place.item)


def _small_file(location: str, stamp: Stamp | None) -> bytes | None:
    """What is in a file, if that is little: of millions of files, each is opened once."""
    if stamp is None or stamp.size > _SMALL_BYTES:
        return None
    try:
        with open_file(location) as file:
            data = file.read(_SMALL_BYTES + 1)
    except Exception:  # a store may raise anything; whoever reads it next tells of it
        return None
    return data if len(data) <= _SMALL_BYTES else None


def content_sha256(location: str) -> str:
    """The sha256 of a file; the word `unreadable` if it cannot be read."""
    try:
        return sha256_of(location)
    except Exception:  # a store may raise anything
        return UNREADABLE


def _shard_count(total: int) -> int:
    by_size = -(-total // _SHARD_BYTES)
    if by_size > _MANY_SHARDS:
        return max(_MANY_SHARDS, -(-total // _LARGEST_SHARD_BYTES))
    # Two or four workers end together: with 17 shards, one of two would wait for the last.
    return by_size if by_size < _TOGETHER else -(-by_size // _TOGETHER) * _TOGETHER


def _cut(sizes: Sequence[int], total: int, wanted: int) -> list[tuple[int, int]]:
    """Cut the articles into `wanted` stretches of about equal size; fewer if some are huge."""
    shard_of = []
    before = 0
    for size in sizes:
        shard_of.append((before + size // 2) * wanted // total)
        before += size
    cuts = []
    first = 0
    for _, members in groupby(shard_of):
        stop = first + sum(1 for _ in members)
        cuts.append((first, stop))
        first = stop
    return cuts


def _within_files(starts: Sequence[int], first: int, stop: int) -> Iterator[tuple[int, int, int]]:
    """Cut the stretch `[first, stop)` of all articles where files meet.

    Args:
        starts: for each file the place of its first article among all, and the end of the last.
        first: where the stretch starts.
        stop: where it ends, exclusive.

    Yields:
        The number of a file and the stretch of its own articles, counted from 0.
    """
    number = bisect.bisect_right(starts, first) - 1
    while first < stop:
        end = min(stop, starts[number + 1])
        yield number, first - starts[number], end - starts[number]
        first = end
        number += 1
