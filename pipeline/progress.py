"""A progress bar that works on any runner: it counts the files of finished shards."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tqdm import tqdm

from pipeline.places import is_store
from pipeline.plan import Plan
from pipeline.storage import file_names

_SECONDS = 0.5
_SECONDS_STORE = 5.0


@contextmanager
def progress(plan: Plan, finished: Path, doing: str) -> Iterator[None]:
    """Show articles done, articles a second and time left while the block runs.

    Nothing is shown where standard error is not a terminal.

    Args:
        plan: all that there is to do.
        finished: the folder that gets a file for each finished shard: `00000`, `00001.json`.
        doing: what is being done.
    """
    bar = tqdm(total=plan.articles, unit=" articles", desc=doing, disable=None)
    articles = {f"{shard.index:05d}": shard.articles for shard in plan.shards}
    done = threading.Event()

    def update() -> None:
        shards = {name.partition(".")[0] for name in file_names(finished)}
        bar.update(sum(articles.get(shard, 0) for shard in shards) - bar.n)

    def watch() -> None:
        while not done.wait(_SECONDS_STORE if is_store(finished) else _SECONDS):
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
