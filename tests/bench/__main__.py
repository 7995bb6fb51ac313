"""`python -m tests.bench`: Warraq beside what one would write without it, on the same articles."""

from __future__ import annotations

import argparse
import json
import platform
from pathlib import Path
from typing import Any

import psutil

from tests.bench.articles import make_articles
from tests.bench.compare import NAIVE, as_data, compare
from tests.bench.report import as_markdown, draw

_GIB = 1024**3


def main() -> None:
    """Writes bench.json, bench.md and bench.svg, and prints bench.md."""
    told = _parser().parse_args()
    told.output.mkdir(parents=True, exist_ok=True)
    workers = sorted({1, told.workers or psutil.cpu_count() or 1})
    sets = []
    for count in sorted(told.articles):
        articles = make_articles(told.data, count, told.output)
        with_naive = count <= max(told.naive_articles, min(told.articles))
        runs = compare(articles, workers, told.rounds, told.output, with_naive)
        sets.append(as_data(articles, runs))
    report = {
        "ratio": _ratio(sets),
        "workers": workers[-1],
        "rounds": told.rounds,
        "machine": _machine(),
        "sets": sets,
    }
    (told.output / "bench.json").write_text(
        json.dumps(report, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
    )
    (told.output / "bench.md").write_text(as_markdown(report), encoding="utf-8")
    draw(report, told.output / "bench.svg")
    print(as_markdown(report), end="")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument(
        "--articles",
        type=_counts,
        default=[1000],
        metavar="N[,N...]",
        help="how many articles, or several numbers of them (default: 1000)",
    )
    parser.add_argument(
        "--data", type=Path, help="folder of articles (default: put together from our own pages)"
    )
    parser.add_argument(
        "--workers", type=int, default=0, help="most worker processes (default: one a core)"
    )
    parser.add_argument("--rounds", type=int, default=3, help="runs of each (default: 3)")
    parser.add_argument(
        "--naive-articles",
        type=int,
        default=1000,
        metavar="N",
        help="the naive script runs on the smallest set and those of up to N (default: 1000)",
    )
    parser.add_argument(
        "--output", type=Path, default=Path("bench"), help="folder for the report (default: bench)"
    )
    return parser


def _counts(text: str) -> list[int]:
    counts = [int(part) for part in text.replace(" ", ",").split(",") if part]
    if not counts or min(counts) < 1:
        raise ValueError(text)
    return counts


def _ratio(sets: list[dict[str, Any]]) -> float | None:
    """Naive seconds over Warraq's with all workers, on the largest set that both ran on."""
    for measured in reversed(sets):
        rows = measured["contestants"]
        if rows[0]["contestant"] == NAIVE:
            ratio: float | None = rows[-1]["naive_over_this"]
            return ratio
    return None


def _machine() -> dict[str, Any]:
    return {
        "processor": _processor(),
        "cores": psutil.cpu_count(),
        "memory_gib": round(psutil.virtual_memory().total / _GIB),
        "python": platform.python_version(),
        "system": platform.platform(),
    }


def _processor() -> str:
    about = Path("/proc/cpuinfo")
    if about.exists():
        for line in about.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


if __name__ == "__main__":
    main()
