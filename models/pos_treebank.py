"""Sentences of the treebanks as surface words, each with what its annotators say of it."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from transforms.tokens import MARKS, tokenise

_PROCLITICS = frozenset("وفبلكسأا")
_PROCLITIC_UPOS = frozenset({"CCONJ", "ADP", "AUX", "PART", "SCONJ"})

# A word before a pronoun is spelled otherwise: سيارة, سيارته; على, عليه.
_FOLDED = str.maketrans("أإآىة", "اااي" + "ت")

# Positions of PADT's tag, what CAMeL calls them, and PADT's letters in CAMeL's.
_CASES = {"1": "n", "2": "g", "4": "a"}
_STATES = {"D": "d", "C": "d", "R": "c", "I": "i"}
_MOODS = {"I": "i", "S": "s", "J": "j"}
_UNIMORPH: Mapping[str, tuple[str, str]] = {
    "NOM": ("cas", "n"), "GEN": ("cas", "g"), "ACC": ("cas", "a"),
    "DEF": ("stt", "d"), "INDF": ("stt", "i"), "PSSD": ("stt", "c"),
    "SG": ("num", "s"), "DU": ("num", "d"), "PL": ("num", "p"),
    "MASC": ("gen", "m"), "FEM": ("gen", "f"),
    "PFV": ("asp", "p"), "IPFV": ("asp", "i"),
    "ACT": ("vox", "a"), "PASS": ("vox", "p"),
    "IND": ("mod", "i"), "SBJV": ("mod", "s"),
    "1": ("per", "1"), "2": ("per", "2"), "3": ("per", "3"),
}  # fmt: skip


@dataclass(frozen=True)
class Gold:
    """What a treebank says of a surface word; of what it does not say, nothing is held.

    `feats` are CAMeL's features of the main word with CAMeL's values.
    """

    word: str
    proclitics: int
    enclitics: int
    upos: str
    lemma: str | None = None
    vocalised: str | None = None
    xpos: str | None = None
    feats: Mapping[str, str] = field(default_factory=dict)
    pieces: tuple[tuple[str, str], ...] = ()
    treebank: str = "padt"


Sentence = tuple[Gold, ...]


def read_padt(path: Path) -> list[Sentence]:
    """The units of a part of UD Arabic-PADT in JSON lines."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [tuple(_padt_words(json.loads(line))) for line in lines]


def _padt_words(unit: Mapping[str, Any]) -> Iterator[Gold]:
    words, spans = unit["words"], {start: (end, form) for start, end, form in unit["mwt"]}
    index = 0
    while index < len(words):
        end, form = spans.get(index, (index + 1, words[index]["form"]))
        yield _gold(form, words[index:end], "padt")
        index = end


def read_iahlt(path: Path) -> list[Sentence]:
    """The sentences of a part of UD Arabic-IAHLT in CoNLL-U, each text once.

    Sentences whose words cannot be told from their pieces, a few in a hundred, are left out.
    """
    found: dict[str, Sentence] = {}
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        lines = block.strip().split("\n")
        text = next((line for line in lines if line.startswith("# text = ")), "")
        rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
        if rows and text not in found:
            words = _iahlt_words(rows, text.removeprefix("# text = "))
            if words is not None:
                found[text] = tuple(words)
    return list(found.values())


def _iahlt_words(rows: Sequence[Sequence[str]], text: str) -> list[Gold] | None:
    """Surface words and their pieces, without the article as a word; None if they do not meet."""
    pieces = [{"form": row[1], "upos": row[3], "lemma": row[2]} for row in rows if row[0].isdigit()]
    found, index = [], 0
    for word in tokenise(text).words:
        group: list[dict[str, Any]] = []
        while index < len(pieces) and len(_joined(group)) < len(_spelling(word)):
            group.append(pieces[index])
            index += 1
        if not group or _joined(group) != _spelling(word):
            return None
        found.append(_gold(word, _without_article(group), "iahlt"))
    return found if index == len(pieces) else None


def _joined(pieces: Sequence[Mapping[str, Any]]) -> str:
    """The spelling of pieces written together: the article loses its alef after ل."""
    whole = ""
    for piece in pieces:
        form = _spelling(piece["form"])
        whole += "ل" if piece["form"] == "ال" and whole.endswith("ل") else form
    return whole


def _spelling(form: str) -> str:
    return MARKS.sub("", form).translate(_FOLDED)


def _without_article(group: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    rest = [p for p in group if not (p["upos"] == "DET" and p["form"] in ("ال", "ل"))]
    return rest or list(group)


def _gold(form: str, pieces: Sequence[Mapping[str, Any]], treebank: str) -> Gold:
    first, last = 0, len(pieces)
    while last > 1 and pieces[last - 1]["upos"] == "PRON" and pieces[last - 2]["upos"] != "CCONJ":
        last -= 1
    while first < last - 1 and _is_proclitic(pieces[first]):
        first += 1
    main = pieces[first]
    lemma = main.get("lemma")
    return Gold(
        word=form,
        proclitics=first,
        enclitics=len(pieces) - last,
        upos=main["upos"],
        lemma=lemma if lemma and lemma != "_" else None,
        vocalised=main.get("vform"),
        xpos=main.get("xpos"),
        feats=_features(main),
        pieces=tuple((piece["form"], piece["upos"]) for piece in pieces),
        treebank=treebank,
    )


def _is_proclitic(piece: Mapping[str, Any]) -> bool:
    return piece["form"] in _PROCLITICS and piece["upos"] in _PROCLITIC_UPOS


def _features(word: Mapping[str, Any]) -> dict[str, str]:
    if "xpos" in word:
        return _of_tag(word["xpos"])
    return dict(
        _UNIMORPH[value] for value in word.get("unimorph", "").split(";") if value in _UNIMORPH
    )


def _of_tag(tag: str) -> dict[str, str]:
    """CAMeL's features of PADT's tag of ten places: `VIIA-3MS--` is an imperfective of 3ms."""
    found = {}
    if tag[0] == "V":
        found["asp"] = {"P": "p", "I": "i", "C": "c"}.get(tag[1], "")
        found["mod"] = _MOODS.get(tag[2], "") if tag[1] == "I" else ""
        found["vox"] = {"A": "a", "P": "p"}.get(tag[3], "")
    found["per"] = tag[5] if tag[5] in "123" else ""
    found["gen"] = {"M": "m", "F": "f"}.get(tag[6], "")
    found["num"] = {"S": "s", "D": "d", "P": "p"}.get(tag[7], "")
    found["cas"] = _CASES.get(tag[8], "")
    found["stt"] = _STATES.get(tag[9], "")
    if tag[0] not in "VNAQ":
        return {}
    return {name: value for name, value in found.items() if value}


def words_of(sentences: Iterable[Sentence]) -> list[str]:
    """The distinct surface words, sorted."""
    return sorted({gold.word for sentence in sentences for gold in sentence})
