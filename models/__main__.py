"""The recipes that made the embedded models: `python -m models RECIPE --data FOLDER`."""

from __future__ import annotations

import argparse
import logging
import sys
from collections.abc import Sequence
from pathlib import Path

_MODELS = Path(__file__).parent


def parser() -> argparse.ArgumentParser:
    """The command line; it loads nothing heavy."""
    whole = argparse.ArgumentParser(prog="python -m models", description=__doc__)
    recipes = whole.add_subparsers(dest="recipe", required=True, metavar="RECIPE")
    _entity_options(
        recipes.add_parser(
            "train-ner",
            help="train the entity tagger and its word vectors",
            description="Train the entity tagger and its word vectors, measure the recipe on the "
            "tail of the labelled text, train on all of it, and write weights, scores and model "
            "card.",
        )
    )
    _context_options(
        recipes.add_parser(
            "train-pos",
            help="train the contextual tagger, which chooses among the analyses of a word",
            description="Train the contextual tagger on treebanks, measure it, and write weights, "
            "scores and model card.",
        )
    )
    return whole


def _entity_options(recipe: argparse.ArgumentParser) -> None:
    _folders(
        recipe, "ner", "ner/ (CoNLL files), news/ (*.jsonl.gz) and gazetteers/, as the model card"
    )
    recipe.add_argument(
        "--vectors",
        type=Path,
        metavar="FILE",
        help="word vectors of an earlier run, instead of training them again",
    )
    recipe.add_argument(
        "--network",
        type=Path,
        metavar="FILE",
        help="network.pt that an earlier run kept, instead of reading the news again; it must be "
        "of the same vectors",
    )
    recipe.add_argument(
        "--keep",
        type=Path,
        metavar="FOLDER",
        help="keep here what is made on the way: network.pt, the network before it sees a label, "
        "and measured.pt, the tagger that the scores are of",
    )


def _context_options(recipe: argparse.ArgumentParser) -> None:
    _folders(recipe, "pos", "treebank/, prior/, ner/ and news/, as the model card")
    recipe.add_argument(
        "--database",
        type=Path,
        default=_MODELS / "morphology" / "almor-msa-r13.db",
        metavar="FILE",
        help="morphology database (default: the one that set-up makes)",
    )
    recipe.add_argument(
        "--vectors",
        type=Path,
        metavar="FILE",
        help="tagger.npz of an earlier run, whose word vectors are taken",
    )


def _folders(recipe: argparse.ArgumentParser, model: str, data: str) -> None:
    recipe.add_argument(
        "--data",
        type=Path,
        required=True,
        metavar="FOLDER",
        help=f"holds {data} describes them",
    )
    recipe.add_argument(
        "--output",
        type=Path,
        default=_MODELS / model,
        metavar="FOLDER",
        help=f"where the files go (default: models/{model})",
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a recipe; exit status 0, or 2 with one line on stderr where its input is wrong."""
    given = parser().parse_args(arguments)
    problem = _problem(given)
    if problem is None:
        logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", force=True)
        try:
            _train(given)
        except (OSError, ValueError) as error:  # training files that are missing or not as they say
            problem = str(error)
    if problem is not None:
        print(f"python -m models: {problem}", file=sys.stderr)
        return 2
    return 0


def _train(given: argparse.Namespace) -> None:
    if given.recipe == "train-pos":
        from models.pos_recipe import train_pos
        from models.pos_settings import PosSettings

        train_pos(given.data, given.database, given.output, PosSettings(), given.vectors)
    else:
        from models.ner_recipe import train_ner
        from models.ner_settings import NerSettings

        train_ner(given.data, given.output, NerSettings(), given.vectors, given.network, given.keep)


def _problem(given: argparse.Namespace) -> str | None:
    needed = ["ner", "news"]
    if given.recipe == "train-pos":
        needed += ["treebank", "prior"]
        if not given.database.is_file():
            return f"no file {given.database}: `make models` makes it"
    elif given.vectors is None:
        needed.append("gazetteers")
    for folder in (given.data, *(given.data / name for name in needed)):
        if not folder.is_dir():
            return f"no folder {folder}"
    for file in (given.vectors, vars(given).get("network")):
        if file is not None and not file.is_file():
            return f"no file {file}"
    return None


if __name__ == "__main__":
    sys.exit(main())
