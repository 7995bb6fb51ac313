"""`python -m tests.cleaning [FOLDER]`: compare cleaners on pages whose gold is known."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from tests.cleaning.pages import HERE, load
from tests.cleaning.report import as_data, as_floor, as_markdown, differences_of, evaluate
from tests.cleaning.systems import systems


def main() -> None:
    """Prints one Markdown table for the plain text pages and one for the HTML pages."""
    parser = argparse.ArgumentParser(prog="python -m tests.cleaning", description=__doc__)
    parser.add_argument(
        "folder", nargs="?", type=Path, default=HERE, help="holds pages/ and gold/ (default: ours)"
    )
    parser.add_argument("--pages", action="store_true", help="print the F1 of each page, too")
    parser.add_argument(
        "--differences", action="store_true", help="print what each system kept or lost wrongly"
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all figures to FILE")
    parser.add_argument(
        "--system", action="append", default=[], choices=list(systems()), help="only this one"
    )
    parser.add_argument(
        "--pin", action="store_true", help="set the floor of the folder to what ours reaches now"
    )
    arguments = parser.parse_args()
    pages = load(arguments.folder)
    results = evaluate(pages, arguments.system)
    if arguments.json:
        data = json.dumps(as_data(pages, results), ensure_ascii=False, indent=1)
        arguments.json.write_text(data + "\n", encoding="utf-8")
    if arguments.pin:
        floor = json.dumps(as_floor(results), indent=1, sort_keys=True)
        (arguments.folder / "floor.json").write_text(floor + "\n", encoding="utf-8")
    print(as_markdown(pages, results, arguments.pages), end="")
    if arguments.differences:
        for rows in results.values():
            print(f"\n{differences_of(rows)}")


if __name__ == "__main__":
    main()
