"""Rounds of chaos: nights that are disturbed, run again, and compared with undisturbed ones."""

from __future__ import annotations

import argparse
import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests.chaos.rounds import Chaos


def main() -> int:
    """Run the rounds; 0 if nothing was lost, nothing is twice and no reader was surprised."""
    parser = argparse.ArgumentParser(prog="python -m tests.chaos", description=__doc__)
    parser.add_argument("--rounds", type=int, default=25)
    parser.add_argument("--seed", type=int, help="for the same chaos again")
    parser.add_argument("--folder", help="where to work, and to leave everything")
    arguments = parser.parse_args()
    seed = arguments.seed
    if seed is None:
        seed = random.randrange(10**6)  # noqa: S311
    folder = Path(arguments.folder or tempfile.mkdtemp(prefix="warraq-chaos-"))
    print(f"chaos: seed {seed}, in {folder}", flush=True)
    began = time.monotonic()
    chaos = Chaos(folder, seed)
    met: Counter[str] = Counter()
    try:
        for number in range(arguments.rounds):
            met.update(chaos.round(number))
            if number % 25 == 24:
                print(
                    f"chaos: {number + 1} rounds, {time.monotonic() - began:.0f} s, "
                    f"{chaos.readings} readings",
                    flush=True,
                )
    except AssertionError as error:
        print(f"chaos: FAILED with seed {seed}: {error}", file=sys.stderr)
        return 1
    finally:
        chaos.close()
    told = ", ".join(f"{count} {what}" for what, count in sorted(met.items()))
    print(
        f"chaos: {arguments.rounds} rounds in {time.monotonic() - began:.0f} s: {told}; "
        f"{chaos.readings} readings, each of a published state"
    )
    if not arguments.folder:
        shutil.rmtree(folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
