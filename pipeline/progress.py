"""A progress bar that works on any runner: it counts the reports of finished shards."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tqdm import tqdm

from pipeline.plan import Plan

_SECONDS = 0.5


@contextmanager
def progress(plan: Plan, reports: Path) -> Iterator[None]:
    """Show articles done, articles a second and time left while the block runs.

    Nothing is shown where standard error is not a terminal.
    """
    bar = tqdm(total=plan.articles, unit=" articles", desc="annotating", disable=None)
    articles = {f"{shard.index:05d}.json": shard.articles for shard in plan.shards}
    done = threading.Event()

    def update() -> None:
        finished = {path.name for path in reports.glob("*.json")} if reports.is_dir() else set()
        bar.update(sum(articles.get(name, 0) for name in finished) - bar.n)

    def watch() -> None:
        while not done.wait(_SECONDS):
            update()

    watcher = threading.Thread(target=watch, daemon=True)
    if not bar.disable:
        watcher.start()
    try:
        yield
    finally:
        done.set()
        if not bar.disable:
            watcher.join()
            update()
        bar.close()
