"""Thousands of hostile files through reading, survey and cleaning, with what became of them.

The folder that it writes keeps the files that failed, `accounts.jsonl`, one line a file, and
`summary.json`.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import random
import resource
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, given, seed, settings

from schemas.settings import Settings
from tests.fuzz.account import check, read_and_clean
from tests.fuzz.files import ENDINGS, HARMS, INSERTED, HostileFile, harmed, hostile_files
from tests.fuzz.large import write_large

_SLOWEST = 10
_COPIES = 4
_PARTS = 8


def main() -> int:
    """Make the files, take each through all of it, print the figures; 0 if nothing failed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--files", type=int, default=10_000, help="how many files to make")
    parser.add_argument("--seed", type=int, default=1, help="which files")
    parser.add_argument("--workers", type=int, default=1, help="processes")
    parser.add_argument("--no-large", action="store_true", help="leave out the large files")
    parser.add_argument("--output", type=Path, required=True, help="an empty folder")
    options = parser.parse_args()
    files = options.output / "files"
    files.mkdir(parents=True)
    paths = [] if options.no_large else write_large(files)
    paths += _write_parts(files, options.files - len(paths), options.seed, options.workers)
    began = time.perf_counter()
    accounts = []
    with (options.output / "accounts.jsonl").open("w", encoding="utf-8") as log:
        for account in _accounts(paths, options.workers):
            log.write(json.dumps(account, ensure_ascii=False) + "\n")
            log.flush()
            accounts.append(account)
            if not account["failure"]:
                Path(account["path"]).unlink()
    summary = _summary(accounts, len(paths), time.perf_counter() - began)
    text = json.dumps(summary, indent=2, ensure_ascii=False)
    (options.output / "summary.json").write_text(text, encoding="utf-8")
    print(text)
    return 1 if summary["failed"] or summary["lost"] else 0


def _write_parts(folder: Path, count: int, number: int, workers: int) -> list[Path]:
    counts = [count // _PARTS + (part < count % _PARTS) for part in range(_PARTS)]
    seeds = [number * _PARTS + part for part in range(_PARTS)]
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, context) as pool:
        parts = pool.map(_write_small, [folder] * _PARTS, counts, seeds)
        return [path for part in parts for path in part]


def _write_small(folder: Path, count: int, number: int) -> list[Path]:
    """Files drawn from the strategies, and damaged copies of each, which cost less to make."""
    paths: list[Path] = []
    chance = random.Random(number)  # noqa: S311 which files, not a secret

    @seed(number)
    @settings(
        max_examples=-(-count // (1 + _COPIES)),
        phases=[Phase.generate],
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(file=hostile_files)
    def write(file: HostileFile) -> None:
        for copy in range(1 + _COPIES):
            one = _harmed_by(chance, file) if copy else file
            path = folder / f"{number:03d}-{len(paths):06d}{one.ending}"
            path.write_bytes(one.data)
            paths.append(path)

    write()
    for path in paths[count:]:
        path.unlink()
    return paths[:count]


def _harmed_by(chance: random.Random, file: HostileFile) -> HostileFile:
    more = chance.choice([*INSERTED, chance.randbytes(chance.randint(0, 60))])
    return harmed(file, chance.choice(HARMS), chance.random(), more, chance.choice(ENDINGS))


def _accounts(paths: list[Path], workers: int) -> Iterator[dict[str, Any]]:
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, context) as pool:  # a worker that dies ends the run
        yield from pool.map(_account, map(str, paths))


def _account(name: str) -> dict[str, Any]:
    path = Path(name)
    size = path.stat().st_size
    memory = _peak_megabytes()
    began = time.perf_counter()
    found: dict[str, Any] = {"planned": 0, "accounted": 0, "reasons": {}, "failure": None}
    try:
        with tempfile.TemporaryDirectory() as folder:
            account = read_and_clean(path, Settings(), Path(folder))
            found["planned"] = account.planned
            found["accounted"] = len(account.cleaned) + len(account.rejected)
            found["reasons"] = account.reasons
            check(account)
    except Exception:  # what this run is to find
        found["failure"] = traceback.format_exc()
    return {
        "path": name,
        "bytes": size,
        **found,
        "seconds": round(time.perf_counter() - began, 3),
        "peak_megabytes_before": memory,
        "peak_megabytes": _peak_megabytes(),
    }


def _peak_megabytes() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def _summary(accounts: list[dict[str, Any]], files: int, seconds: float) -> dict[str, Any]:
    slowest = sorted(accounts, key=lambda one: -one["seconds"])[:_SLOWEST]
    heaviest = max(accounts, key=lambda one: one["peak_megabytes"] - one["peak_megabytes_before"])
    reasons: Counter[str] = Counter()
    for one in accounts:
        reasons.update(one["reasons"])
    times = sorted(one["seconds"] for one in accounts)
    return {
        "files": files,
        "lost": files - sum(one["accounted"] == one["planned"] >= 1 for one in accounts),
        "failed": sum(one["failure"] is not None for one in accounts),
        "articles": sum(one["planned"] for one in accounts),
        "reasons": dict(reasons.most_common()),
        "megabytes": round(sum(one["bytes"] for one in accounts) / 1e6),
        "seconds": round(seconds, 1),
        "median_seconds": times[len(times) // 2],
        "slowest": {Path(one["path"]).name: one["seconds"] for one in slowest},
        "peak_megabytes": max(one["peak_megabytes"] for one in accounts),
        "heaviest": Path(heaviest["path"]).name,
    }
