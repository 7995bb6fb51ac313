"""`python -m tests.evaluation [DATA]`: every layer of the annotation, each beside a baseline.

Without a data folder, what the repository owns is measured: sentence breaks and entities of the
gold articles, and boilerplate. With one, PADT, IAHLT, ANERcorp and prose are, too.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable
from pathlib import Path

from tqdm import tqdm

from pipeline.models import find_models
from tests.cleaning.pages import load as load_pages
from tests.cleaning.report import evaluate as evaluate_cleaning
from tests.cleaning.systems import WARRAQ
from tests.evaluation import breaks, entities, gold_entities, morphology
from tests.evaluation.annotate import SETTINGS
from tests.evaluation.gate import pin
from tests.evaluation.measures import Row
from tests.evaluation.report import Report
from tests.evaluation.sources import Source, check_folder
from tests.gold.load import LICENCE, GoldSet
from tests.gold.load import load as load_gold

BOILERPLATE_BASELINE = "trafilatura"


def main() -> None:
    """Measures, prints the report, and writes it as Markdown and JSON if asked to."""
    parser = _parser()
    arguments = parser.parse_args()
    if arguments.data:
        try:
            check_folder(arguments.data)
        except FileNotFoundError as error:
            parser.error(str(error))
    began = time.perf_counter()
    gold = load_gold()
    steps: list[tuple[str, Callable[[], tuple[list[Row], list[Source]]]]] = [
        ("gold articles", lambda: (gold_rows(gold), [_gold_source(gold)]))
    ]
    if not arguments.pin:
        steps.append(("boilerplate", _boilerplate))
    if arguments.data and not arguments.pin:
        folder = arguments.data
        steps += [
            ("prose", lambda: breaks.prose_rows(folder)),
            ("PADT", lambda: morphology.padt_rows(folder)),
            ("IAHLT", lambda: morphology.iahlt_rows(folder)),
            ("ANERcorp", lambda: entities.anercorp_rows(folder)),
        ]
    rows: list[Row] = []
    sources: list[Source] = []
    for name, measure in (progress := tqdm(steps, unit="set", disable=arguments.quiet)):
        progress.set_description(name)
        found, named = measure()
        rows += found
        sources += named
    if arguments.pin:
        pin(rows, gold.digest)
    report = Report(
        tuple(rows),
        tuple(sources),
        find_models(SETTINGS).described,
        time.perf_counter() - began,
    )
    print(report.as_markdown(), end="")
    if arguments.output:
        _write(report, arguments.output)


def gold_rows(gold: GoldSet) -> list[Row]:
    """All that is measured on the gold articles, and pinned."""
    return [*breaks.gold_rows(gold), *gold_entities.gold_rows(gold)]


def _gold_source(gold: GoldSet) -> Source:
    size = f"{len(gold.articles)} articles, {gold.sentences} sentences, {gold.entities} entities"
    return Source("own gold", LICENCE, size, gold.digest)


def _boilerplate() -> tuple[list[Row], list[Source]]:
    pages = load_pages()
    results = evaluate_cleaning(pages, [WARRAQ, BOILERPLATE_BASELINE])
    rows = []
    for medium, systems in results.items():
        summaries = {system.system: system.summary for system in systems}
        mine, other = summaries[WARRAQ], summaries[BOILERPLATE_BASELINE]
        source = f"cleaning benchmark, {medium}"
        count = len(systems[0].pages)
        for measure, name in (("F1 of words of body", "f1"), ("exact titles", "titles")):
            values = (100 * getattr(mine, name), 100 * getattr(other, name))
            rows.append(Row("boilerplate", measure, source, count, *values, BOILERPLATE_BASELINE))
    size = f"{len(pages.pages)} pages"
    return rows, [Source("cleaning benchmark", pages.licence, size, pages.digest)]


def _write(report: Report, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    data = json.dumps(report.as_data(), ensure_ascii=False, indent=1)
    (folder / "evaluation.json").write_text(data + "\n", encoding="utf-8")
    (folder / "evaluation.md").write_text(report.as_markdown(), encoding="utf-8")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.evaluation", description=__doc__)
    parser.add_argument(
        "data", nargs="?", type=Path, help="folder with sentences/, treebank/ and ner/"
    )
    parser.add_argument(
        "--output", type=Path, metavar="FOLDER", help="write evaluation.md and evaluation.json"
    )
    parser.add_argument(
        "--pin", action="store_true", help="set the floor of the gold articles to what is reached"
    )
    parser.add_argument("--quiet", action="store_true", help="show no progress")
    return parser


if __name__ == "__main__":
    main()
