"""What others have published of UD Arabic-PADT, to stand beside our figures. Not run here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

# Names of systems and their figures.
Published: TypeAlias = tuple[tuple[str, float], ...]

_SYSTEMS = ("Stanza 1.5.1", "UDPipe 2")
PADT: Mapping[str, Published] = {
    measure: tuple(zip(_SYSTEMS, figures, strict=True))
    for measure, figures in {
        "Words": (98.03, 94.58),
        "UPOS": (95.18, 91.74),
        "Lemmas": (93.54, 90.30),
    }.items()
}

NOTE = (
    "**Published** figures were not run here. They are F1 of the CoNLL 2018 scorer on the whole "
    "test part of UD Arabic-PADT, from raw text, with sentences and tokens as the system finds "
    "them: Stanza 1.5.1 on UD 2.12 (its page on performance) and UDPipe 2 on UD 2.17 "
    "(`EVALUATION-server.txt` of its models). Both were trained on PADT's train part and write as "
    "it does. Ours have PADT's units and a space "
    "between any two tokens; our tagger was trained on the same part, but analyses are CAMeL's, "
    "with its own lemmas and PROPN; lemmas are compared in one notation, on the units of which "
    "the data folder has them. The columns are no race."
)
