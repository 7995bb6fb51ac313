"""Contextual taggers made by hand, for tests without the trained one."""

import numpy as np

from transforms.context_model import ContextModel
from transforms.context_network import Network
from transforms.lemma_priors import LemmaPriors
from transforms.reading_numbers import NUMBERS
from transforms.values import ValueTable
from transforms.word_features import Vocabulary

# What readings' own numbers weigh when only frequency and spelling are to matter.
OWN_WEIGHTS = {
    "lemma_and_pos": 0.5,
    "database": 0.5,
    "hamzas_changed": -2.0,
    "letters_changed": -4.0,
    "guess": -6.0,
    "guessed_with_article": 3.0,
    "marks_denied": -4.0,
}


def network(forms=0, affixes=0, values=1, width=4, layers=(3,), dimensions=2):
    """A network of zeros: to it all words and all values are equal."""
    rows = {"form": forms + 1, "affix": affixes + 1, "vector": dimensions}
    weights = {name: np.zeros((count, width)) for name, count in rows.items()}
    weights |= {name: np.zeros((values, width)) for name in ("possible", "share")}
    weights |= {"lexical_bias": np.zeros(width), "word_bias": np.zeros(width)}
    weights |= {"word": np.eye(width), "values": np.zeros((width, values))}
    weights["values_bias"] = np.zeros(values)
    for number, span in enumerate(layers):
        weights[f"layer{number}"] = np.zeros((span, width, width))
        weights[f"layer{number}_bias"] = np.zeros(width)
    return weights


def tagger(priors=None, values=(), after=None, own=None, temperature=1.0):
    """A tagger to which only frequency and spelling matter, and what a word comes after.

    `after` maps a word form to values that are so much more probable in the word that follows.
    """
    after = after or {}
    forms = list(after)
    width = max(len(forms), 1)
    weights = network(len(forms), 0, len(values) + 1, width)
    for place, (_, favoured) in enumerate(after.items()):
        weights["form"][place + 1, place] = 1.0
        weights["layer0"][0, place, place] = 1.0
        for value, gain in favoured.items():
            weights["values"][place, list(values).index(value) + 1] = gain
    return ContextModel(
        priors or LemmaPriors({}, {}, {}),
        ValueTable(values),
        Vocabulary(forms, []),
        Network(weights),
        np.array([(own or OWN_WEIGHTS).get(name, 0.0) for name in NUMBERS]),
        temperature,
        {},
        np.zeros((1, 2), dtype=np.int8),
    )
