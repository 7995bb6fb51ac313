"""The naive script and Warraq over the same articles, by turns, several times."""

from __future__ import annotations

import json
import os
import shutil
import statistics
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

from tqdm import tqdm

from pipeline.models import find_models
from schemas.settings import Settings
from tests.bench.articles import ArticleSet
from tests.bench.measure import Measured, measure

NAIVE = "naive script"
_ROOT = Path(__file__).resolve().parents[2]
_SCRIPT = Path(__file__).with_name("naive.py")
_STAGE = "seconds."


@dataclass(frozen=True)
class Told:
    """What the manifest of a run tells: of the naive script's nothing.

    Attributes:
        tokens: how many were annotated.
        stages: processor seconds by transform, over all workers.
        idle: how long the worker that had least to do stood still at the end, as a share of what
            the one that had most did, 0 to 1.
    """

    tokens: int = 0
    stages: Mapping[str, float] = field(default_factory=dict)
    idle: float = 0.0


_Run: TypeAlias = tuple[Measured, Told]


@dataclass(frozen=True)
class Runs:
    """All runs of one contestant over one set, in the order in which they were made.

    `told` is of the run of median time.
    """

    contestant: str
    workers: int
    runs: tuple[Measured, ...]
    told: Told = Told()

    @property
    def median(self) -> Measured:
        """The run of median time; of an even number of runs the slower one of the middle."""
        return sorted(self.runs, key=lambda run: run.seconds)[len(self.runs) // 2]


def compare(
    articles: ArticleSet, workers: Sequence[int], rounds: int, folder: Path, with_naive: bool = True
) -> list[Runs]:
    """Measure the naive script (if asked for) and Warraq with each number of workers.

    One run of each, then again one of each, so that whatever else the machine does falls on all.
    """
    commands: dict[str, tuple[int, list[str]]] = {}
    if with_naive:
        commands[NAIVE] = (1, _naive_command(articles, folder))
    for number in workers:
        name = f"Warraq, {number} worker{'s' if number > 1 else ''}"
        commands[name] = (number, _our_command(articles, folder / "corpus", number))
    measured: dict[str, list[_Run]] = {name: [] for name in commands}
    turns = [name for _ in range(rounds) for name in commands]
    for name in tqdm(turns, desc=f"{articles.articles} articles", unit=" runs", disable=None):
        shutil.rmtree(folder / "corpus", ignore_errors=True)
        run = measure(commands[name][1], _environment())
        told = Told() if name == NAIVE else told_by(folder / "corpus" / "manifest.json")
        measured[name].append((run, told))
    return [_runs(name, commands[name][0], found) for name, found in measured.items()]


def _runs(name: str, workers: int, found: Sequence[_Run]) -> Runs:
    middle = sorted(found, key=lambda pair: pair[0].seconds)[len(found) // 2]
    return Runs(name, workers, tuple(run for run, _ in found), middle[1])


def _naive_command(articles: ArticleSet, folder: Path) -> list[str]:
    models = find_models(Settings())
    files = (models.morphology, models.ner_model, models.ner_vectors)
    output = folder / "naive.parquet"
    return [sys.executable, str(_SCRIPT), str(articles.path), str(output), *map(str, files)]


def _our_command(articles: ArticleSet, output: Path, workers: int) -> list[str]:
    # Everything is annotated, as the naive script does: no duplicate left out, no line taken out.
    told = ["--workers", str(workers), "--keep-duplicates", "--repeated-in", "0"]
    return [
        sys.executable, "-m", "pipeline", "run", str(articles.path), "--output", str(output), *told
    ]  # fmt: skip


def _environment() -> dict[str, str]:
    return {
        **os.environ,
        "PYTHONPATH": str(_ROOT),
        "CAMELTOOLS_DATA": str(find_models(Settings()).morphology.parent),
        "OMP_NUM_THREADS": "1",
    }


def told_by(manifest: Path) -> Told:
    """What a manifest tells of the cost of its run."""
    content = json.loads(manifest.read_text(encoding="utf-8"))
    stages = _seconds(content["metrics"])
    busy: Counter[str] = Counter()
    for shard in content["shards"]:
        # The survey shares its work out by itself.
        seconds = {**_seconds(shard["metrics"]), "survey": 0.0, "read": 0.0}
        busy[shard["worker"]] += sum(seconds.values())
    idle = 1 - min(busy.values()) / max(busy.values())
    return Told(content["counts"]["tokens"], stages, round(idle, 4))


def _seconds(metrics: Mapping[str, float]) -> dict[str, float]:
    return {
        name.removeprefix(_STAGE): seconds
        for name, seconds in metrics.items()
        if name.startswith(_STAGE)
    }


def ratio(runs: Sequence[Runs], of: Runs) -> float | None:
    """How many times as long the naive script takes: the median over the pairs of runs."""
    naive = next((each for each in runs if each.contestant == NAIVE), None)
    if naive is None or of is naive:
        return None
    pairs = zip(naive.runs, of.runs, strict=True)
    return statistics.median(slow.seconds / fast.seconds for slow, fast in pairs)


def as_data(articles: ArticleSet, runs: Sequence[Runs]) -> dict[str, Any]:
    """All figures of a set, for JSON."""
    return {
        "set": {**asdict(articles), "path": articles.path.name},
        "contestants": [_as_data(articles, each, ratio(runs, each)) for each in runs],
    }


def _as_data(articles: ArticleSet, runs: Runs, times: float | None) -> dict[str, Any]:
    median = runs.median
    stages = dict(sorted(runs.told.stages.items(), key=lambda pair: -pair[1]))
    rest = median.processor_seconds - sum(stages.values())
    return {
        "contestant": runs.contestant,
        "workers": runs.workers,
        "seconds": round(median.seconds, 2),
        "articles_per_second": round(articles.articles / median.seconds, 2),
        "words_per_second": round(articles.words / median.seconds),
        "processor_seconds": round(median.processor_seconds, 2),
        "largest_process_bytes": median.largest,
        "all_processes_bytes": median.together,
        "naive_over_this": None if times is None else round(times, 2),
        "stages": {**stages, "start-up, Beam and the rest": round(rest, 2)} if stages else {},
        "stage_words_per_second": {
            name: round(runs.told.tokens / seconds) for name, seconds in stages.items() if seconds
        },
        "idle": runs.told.idle,
        "runs": [asdict(run) for run in runs.runs],
    }
