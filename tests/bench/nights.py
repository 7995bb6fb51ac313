"""What a night costs in a large corpus, and what a year of nights costs readers.

python -m tests.bench.nights growth --corpus 30000 --new 500 --data FOLDER
python -m tests.bench.nights year --nights 365 --articles 6
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

import pandas as pd

from pipeline.history import read_runs
from tests.bench.articles import make_articles
from tests.bench.measure import Measured, measure
from tests.conftest import environment

_READINGS = 5


def main() -> None:
    """Measure, and print what was found."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.nights", description=__doc__)
    kinds = parser.add_subparsers(dest="kind", required=True)
    growth = kinds.add_parser("growth", help="a night of new articles in a large corpus")
    growth.add_argument("--corpus", type=int, default=30_000, help="files that are there already")
    growth.add_argument("--words", type=int, default=32, help="words of each of them")
    growth.add_argument("--new", type=int, default=500, help="files that are new, each whole")
    growth.set_defaults(act=_growth)
    year = kinds.add_parser("year", help="many nights of few articles beside one run")
    year.add_argument("--nights", type=int, default=365)
    year.add_argument("--articles", type=int, default=6, help="new files a night")
    year.add_argument("--words", type=int, default=60, help="words of each")
    year.set_defaults(act=_year)
    for kind in (growth, year):
        kind.add_argument("--data", type=Path, help="folder of articles (default: our own pages)")
        kind.add_argument("--folder", type=Path, help="where to work, and to leave everything")
    told = parser.parse_args()
    folder = told.folder or Path(tempfile.mkdtemp(prefix="warraq-nights-"))
    folder.mkdir(parents=True, exist_ok=True)
    told.act(told, folder)
    if not told.folder:
        shutil.rmtree(folder)


def _growth(told: argparse.Namespace, folder: Path) -> None:
    texts = _texts(told.data, told.corpus + told.new, folder)
    fresh, there = texts[: told.new], texts[told.new :]
    inputs, alone, corpus = folder / "in", folder / "new", folder / "corpus"
    _write(inputs, "old", _first(there, told.words))
    _tell(f"first night, {told.corpus} files of {told.words} words", _night(inputs, corpus))
    _tell("nothing new", _night(inputs, corpus))
    for target in (inputs, alone):
        _write(target, "new", fresh)
    run = _command("run", alone, folder / "alone")
    night = _night(inputs, corpus)
    _tell(f"{told.new} new files of {sum(len(text.split()) for text in fresh)} words", night)
    _tell("a run over these alone", run)
    for what in ("processor_seconds", "seconds"):
        took, allowed = getattr(night, what), 1.3 * getattr(run, what) + 2
        verdict = "holds" if took <= allowed else "does not hold"
        print(f"{what}: {took:.1f}, 1.3 x the run + 2 = {allowed:.1f}: {verdict}")


def _year(told: argparse.Namespace, folder: Path) -> None:
    from tests.chaos import runs

    runs.warm_up()
    texts = iter(_texts(told.data, told.nights * told.articles, folder))
    for night in range(told.nights):
        some = islice(texts, told.articles)
        _write(
            folder / "in", f"{night:05}", (" ".join(text.split()[: told.words]) for text in some)
        )
        code = runs.wait(runs.start(folder))
        if code != 0:
            raise RuntimeError(f"night {night} ended with {code}: see {folder}/log")
    _command("run", folder / "in", folder / "once")
    nights = [run for run in read_runs(folder / "corpus") if run["state"] == "done"]
    print(f"{len(nights)} nights, {nights[-1]['corpus']['documents']} documents in the end")
    for corpus in ("corpus", "once"):
        table = folder / corpus / "sentences"
        files = len(list(table.iterdir()))
        print(f"{corpus}: {files} files of sentences, read in {_seconds_to_read(table):.3f} s")


def _texts(data: Path | None, count: int, folder: Path) -> list[str]:
    with make_articles(data, count, folder).path.open(encoding="utf-8") as file:
        return [json.loads(line)["text"] for line in file]


def _first(texts: Iterable[str], words: int) -> Iterator[str]:
    return (" ".join(text.split()[:words]) for text in texts)


def _write(folder: Path, name: str, texts: Iterable[str]) -> None:
    folder.mkdir(exist_ok=True)
    for number, text in enumerate(texts):
        (folder / f"{name}-{number:06}.txt").write_text(text, encoding="utf-8")


def _night(inputs: Path, corpus: Path) -> Measured:
    return _command("nightly", inputs, corpus)


def _command(name: str, inputs: Path, output: Path) -> Measured:
    command = [sys.executable, "-m", "pipeline", name, str(inputs), "--output", str(output)]
    return measure([*command, "--workers", "1", "--max-rejected", "100%"], environment())


def _tell(what: str, took: Measured) -> None:
    print(f"{what}: {took.seconds:.1f} s, {took.processor_seconds:.1f} s of processors", flush=True)


def _seconds_to_read(table: Path) -> float:
    """The least of a few times that pandas takes."""
    taken = []
    for _ in range(_READINGS):
        began = time.perf_counter()
        pd.read_parquet(table)
        taken.append(time.perf_counter() - began)
    return min(taken)


if __name__ == "__main__":
    main()
