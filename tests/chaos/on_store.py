"""Nights on a store that are killed between two changes of it, run again, and compared.

`python -m tests.chaos.on_store` kills a night at each of its changes, one after the other.
"""

from __future__ import annotations

import argparse
import itertools
import os
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import pytest

from pipeline import cli, store_lock
from pipeline.history import read_runs
from pipeline.places import place
from pipeline.row_digest import corpus_digest, total
from pipeline.storage import copy_below, file_names
from tests.chaos.runs import warm_up
from tests.pipeline.killing import Kill
from tests.pipeline.nights import write
from tests.transforms.news import body, edited

_MOST_VERSIONS = 4  # `keep_versions` and the current one
# Where the night is killed that takes up the work: there it copies what it takes up.
_FIRST_OF_THE_NEXT = 3
_SOME_OF_THE_NEXT = 17
_SETTINGS = "--shards 3 --workers 1 --prune --max-pruned 100% --keep-hours 0".split()


class Seen(NamedTuple):
    """What was seen of two nights that were killed and the one that went on from there.

    `changes` is after how many changes the first was killed; `finished` is how many shards were
    done then and not published, `resumed` how many of them the last night had not to do.
    """

    changes: int
    finished: int
    resumed: int


def night(folder: Path, output: str) -> int:
    """A night over the inputs `in` below a folder, in this process; its exit code."""
    before = Path.cwd()
    os.chdir(folder)
    try:
        return cli.main(["nightly", "in", "--output", output, *_SETTINGS])
    finally:
        os.chdir(before)


def digest(output: str) -> str:
    """What identifies the rows that readers see."""
    return total(corpus_digest(place(output)))


def first_inputs(folder: Path) -> None:
    """What the first night finds."""
    write(folder / "in", "a", body(1, 30), body(2, 30))
    write(folder / "in", "b", body(3, 30))
    write(folder / "in", "c", body(4, 30))


def next_inputs(folder: Path) -> None:
    """A file changes, one goes, and two come, of which one repeats an article."""
    write(folder / "in", "b", body(5, 30))
    (folder / "in" / "c.jsonl").unlink()
    write(folder / "in", "d", body(6, 30), body(7, 30))
    write(folder / "in", "e", edited(body(1, 30), 0.03))


def kill_nights(folder: Path, output: str, after: Iterable[int]) -> list[Seen]:
    """Kill the second night after so many changes of the store, each time from the same state.

    The night that takes up its work is killed soon after it has begun, and the next one is not.

    Args:
        folder: where the inputs are to lie.
        output: a place on S3 below which nothing is.
        after: after how many changes, ascending; it ends when a night comes to its end by then.

    Raises:
        AssertionError: readers saw what was never published, or the last night made other rows.
    """
    first_inputs(folder)
    assert night(folder, f"{output}/base") == 0
    before = digest(f"{output}/base")
    next_inputs(folder)
    copy_below(place(f"{output}/base"), place(f"{output}/undisturbed"), but="lock.json")
    assert night(folder, f"{output}/undisturbed") == 0
    expected = digest(f"{output}/undisturbed")
    seen = []
    for changes in after:
        corpus, told = f"{output}/{changes}", f"killed after {changes} changes"
        copy_below(place(f"{output}/base"), place(corpus), but="lock.json")
        if not _killed_night(folder, corpus, changes):
            break
        assert digest(corpus) in (before, expected), told
        _killed_night(folder, corpus, _FIRST_OF_THE_NEXT + changes % _SOME_OF_THE_NEXT)
        visible = digest(corpus)
        assert visible in (before, expected), told
        finished = _finished(place(corpus)) if visible == before else 0
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(store_lock, "_SILENT_SECONDS", 0.0)  # the dead process is this one
            assert night(folder, corpus) == 0, told
        assert digest(corpus) == expected, told
        assert not file_names(place(corpus) / ".work"), told
        assert len(file_names(place(corpus) / "versions")) <= _MOST_VERSIONS, told
        seen.append(Seen(changes, finished, read_runs(place(corpus))[-1]["shards_resumed"]))
    return seen


def _killed_night(folder: Path, corpus: str, after: int) -> bool:
    """A night that is killed after so many changes of the store; whether it came to that."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(store_lock, "_BEAT_SECONDS", 3600.0)  # beats come at any moment
        patch.setattr(store_lock, "_SILENT_SECONDS", 0.0)
        kill = Kill(patch, after)
        code = night(folder, corpus)
    assert code == 0 or kill.changes > after
    return kill.changes > after


def _finished(corpus: Path) -> int:
    """How many shards of the work in hand are done."""
    works = [corpus / ".work" / name for name in file_names(corpus / ".work")]
    known = [work for work in works if "batch" in file_names(work)]
    return max((len(file_names(work / "reports")) for work in known), default=0)


def main() -> int:
    """Kill a night at each of its changes; 0 if each time the next one made the same rows."""
    parser = argparse.ArgumentParser(prog="python -m tests.chaos.on_store", description=__doc__)
    parser.add_argument("--first", type=int, default=0, help="begin after so many changes")
    parser.add_argument("--step", type=int, default=1, help="pass over all but each so-manieth")
    asked = parser.parse_args()
    from tests.s3_server import s3_server

    began = time.monotonic()
    warm_up()
    with s3_server() as bucket, tempfile.TemporaryDirectory() as folder:
        seen = kill_nights(
            Path(folder), f"{bucket}/chaos", itertools.count(asked.first, asked.step)
        )
    print(
        f"chaos on a store: killed at {len(seen)} changes in {time.monotonic() - began:.0f} s, "
        f"{sum(one.resumed for one in seen)} shards taken up; the same rows each time"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
