"""Rounds of chaos: nights that are disturbed, run again, and compared with undisturbed ones."""

from __future__ import annotations

import argparse
import os
import random
import shutil
import subprocess
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
    parser.add_argument(
        "--worlds", type=int, default=1,
        help="so many processes share the rounds, each with a folder of its own; 0: one a core",
    )  # fmt: skip
    arguments = parser.parse_args()
    seed = arguments.seed
    if seed is None:
        seed = random.randrange(10**6)  # noqa: S311
    worlds = min(arguments.worlds or os.cpu_count() or 1, arguments.rounds)
    if worlds > 1:
        return _in_worlds(worlds, arguments.rounds, seed, arguments.folder)
    folder = Path(arguments.folder or tempfile.mkdtemp(prefix="warraq-chaos-"))
    done = _in_one(folder, arguments.rounds, seed)
    if done and not arguments.folder:
        shutil.rmtree(folder)
    return 0 if done else 1


def _in_worlds(worlds: int, rounds: int, seed: int, folder: str | None) -> int:
    """Share the rounds out; 0 if all went well."""
    began = time.monotonic()
    running = []
    for number in range(worlds):
        share = len(range(number, rounds, worlds))
        command = [sys.executable, "-m", "tests.chaos", "--rounds", str(share)]
        command += ["--seed", str(seed + number)]
        command += ["--folder", str(Path(folder, str(number)))] if folder else []
        running.append(subprocess.Popen(command))
    failed = sum(one.wait() != 0 for one in running)
    told = f"{failed} of the worlds FAILED" if failed else "all as it must be"
    print(f"chaos: {rounds} rounds in {worlds} worlds, {time.monotonic() - began:.0f} s: {told}")
    return 1 if failed else 0


def _in_one(folder: Path, rounds: int, seed: int) -> bool:
    """Run the rounds in a folder; whether all went well."""
    print(f"chaos: seed {seed}, in {folder}", flush=True)
    began = time.monotonic()
    chaos = Chaos(folder, seed)
    met: Counter[str] = Counter()
    try:
        for number in range(rounds):
            met.update(chaos.round(number))
            if number % 25 == 24:
                print(
                    f"chaos: seed {seed}, {number + 1} rounds, {time.monotonic() - began:.0f} s, "
                    f"{chaos.readings} readings",
                    flush=True,
                )
    except AssertionError as error:
        print(f"chaos: FAILED with seed {seed}: {error}", file=sys.stderr)
        return False
    finally:
        chaos.close()
    told = ", ".join(f"{count} {what}" for what, count in sorted(met.items()))
    print(
        f"chaos: seed {seed}, {rounds} rounds in {time.monotonic() - began:.0f} s: {told}; "
        f"{chaos.readings} readings, each of a published state",
        flush=True,
    )
    return True


if __name__ == "__main__":
    sys.exit(main())
