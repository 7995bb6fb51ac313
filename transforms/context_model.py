"""The file of the contextual tagger: what it knows of lemmas and words, its weights, its scales."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from transforms.context_network import Network
from transforms.lemma_priors import Count, LemmaPriors
from transforms.reading_numbers import NUMBERS
from transforms.values import ValueTable
from transforms.word_features import Vocabulary, folded

FORMAT = 1
_TEXTS = (
    "value_names",
    "forms",
    "affixes",
    "vector_words",
    "lemmas",
    "name_spellings",
    "name_lemmas",
    "stem_spellings",
    "stem_lemmas",
)


class ContextModel(NamedTuple):
    """Everything of the tagger that is loaded; nothing of it changes."""

    priors: LemmaPriors
    table: ValueTable
    vocabulary: Vocabulary
    network: Network
    number_weights: NDArray[np.float64]
    temperature: float
    vector_rows: Mapping[str, int]
    vectors: NDArray[np.int8]

    def vector(self, word: str) -> NDArray[np.int8]:
        """The word vector of a word without diacritics, zeros if it has none."""
        row: NDArray[np.int8] = self.vectors[self.vector_rows.get(folded(word), 0)]
        return row


def load_context_model(path: Path) -> ContextModel:
    """Read the file that `python -m models train-pos` writes.

    Raises:
        FileNotFoundError: there is none.
        ValueError: it is no such file, or of another format.
    """
    if not path.is_file():
        raise FileNotFoundError(
            f"no contextual tagger {path}; `python -m models train-pos` makes it"
        )
    with np.load(path, allow_pickle=False) as held:
        arrays = {name: held[name] for name in held.files}
    if int(arrays.get("format", 0)) != FORMAT or list(_text(arrays["numbers"])) != list(NUMBERS):
        raise ValueError(f"{path} is no contextual tagger of format {FORMAT}: train it again")
    texts = {name: _text(arrays[name]) for name in _TEXTS}
    return ContextModel(
        LemmaPriors(
            _counts(texts["lemmas"]),
            dict(zip(texts["name_spellings"], texts["name_lemmas"], strict=True)),
            dict(zip(texts["stem_spellings"], texts["stem_lemmas"], strict=True)),
        ),
        ValueTable(texts["value_names"]),
        Vocabulary(texts["forms"], texts["affixes"]),
        Network({name[2:]: given for name, given in arrays.items() if name.startswith("w.")}),
        arrays["number_weights"].astype(np.float64),
        float(arrays["temperature"]),
        {word: row for row, word in enumerate(texts["vector_words"], 1)},
        np.concatenate([np.zeros_like(arrays["vectors"][:1]), arrays["vectors"]]),
    )


def save_context_model(
    path: Path,
    texts: Mapping[str, list[str]],
    priors: Mapping[str, tuple[Count, ...]],
    arrays: Mapping[str, NDArray[np.generic]],
) -> None:
    """Write what `load_context_model` reads; the same model gives the same bytes.

    Args:
        path: where to.
        texts: the lists that the format names, but for the lemmas.
        priors: counts of the lemmas by key.
        arrays: `vectors`, `number_weights`, `temperature` and the weights, as `w.` and a name.
    """
    lines = [
        "\t".join((key, *(f"{count.pos} {count.log_probability:.3f}" for count in counts)))
        for key, counts in sorted(priors.items())
    ]
    whole = {**texts, "lemmas": lines, "numbers": list(NUMBERS)}
    written = {
        name: np.frombuffer("\n".join(rows).encode(), np.uint8) for name, rows in whole.items()
    }
    np.savez_compressed(path, format=np.array(FORMAT), **written, **arrays)  # type: ignore[arg-type]


def _text(array: NDArray[np.generic]) -> list[str]:
    whole = array.tobytes().decode()
    return whole.split("\n") if whole else []


def _counts(lines: list[str]) -> dict[str, tuple[Count, ...]]:
    found = {}
    for line in lines:
        key, *counts = line.split("\t")
        found[key] = tuple(
            Count(pos, float(value)) for pos, _, value in (count.partition(" ") for count in counts)
        )
    return found
