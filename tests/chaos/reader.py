"""A reader that knows nothing of runs: it reads the corpus again and again, and notes what it saw.

`python -m tests.chaos.reader CORPUS LOG`: a line a reading, the digest of all rows or an error.
"""

from __future__ import annotations

import hashlib
import random
import sys
import time
from pathlib import Path

import pandas as pd


def digest(folder: Path) -> str:
    """What stands for all rows of the sentences in a folder."""
    rows = pd.read_parquet(folder)
    lines = sorted(
        f"{row.sentence_id} {row.text} {' '.join(row.lemma)}" for row in rows.itertuples()
    )
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def main(corpus: str, log: str) -> None:
    """Read for ever."""
    with Path(log).open("a", encoding="utf-8") as file:
        while True:
            try:
                seen = digest(Path(corpus) / "sentences")
            except Exception as error:  # whatever it is, a reader should not have seen it
                seen = f"{type(error).__name__}: {str(error)[:300]!r}"
            print(seen, file=file, flush=True)
            time.sleep(random.uniform(0.15, 0.4))  # noqa: S311


if __name__ == "__main__":
    main(*sys.argv[1:])
