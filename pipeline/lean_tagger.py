"""Copies of the entity tagger's two files that load at once: set-up makes them, workers load them.

Torch reads weights safely, with an unpickler in Python, and both files list 55,968 words twice:
that is .7 s of every start. A copy of the tagger has no words, which it needs in training alone;
the copy of the vectors has them once, as one text. Nothing depends on the copies but time.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias
from zipfile import is_zipfile

from pipeline.digests import file_sha256
from pipeline.model_folders import model_folder
from pipeline.morphology import write_whole

_Content: TypeAlias = dict[str, Any]


def lean_copy(path: Path, sha256: str) -> Path | None:
    """This machine's copy of a file of the tagger, if it has a whole one.

    Args:
        path: of the file itself, wherever it was: only its name matters.
        sha256: the file's. A copy names what it was made of.
    """
    copy = _place(path, sha256)
    # What torch writes is a zip file, with its directory at the end: it tells one that was cut off.
    return copy if is_zipfile(copy) else None


def make_lean_copies(tagger: Path, vectors: Path) -> None:
    """Write the copies of both files, and remove those of others; quick if they are there."""
    made = {_make(tagger, _without_words), _make(vectors, _with_one_text)}
    for copy in set(model_folder("morphology").glob("*-lean-*.pt")) - made:
        copy.unlink(missing_ok=True)


def _place(path: Path, sha256: str) -> Path:
    # To change what a copy holds, change this name: those that were made before are found by it.
    return model_folder("morphology") / f"{path.stem}-lean-{sha256}.pt"


def _make(path: Path, lean: Callable[[_Content], _Content]) -> Path:
    sha256 = file_sha256(path)
    copy = _place(path, sha256)
    if lean_copy(path, sha256) is None:
        import torch

        content = torch.load(path, map_location="cpu", weights_only=True)
        written = io.BytesIO()
        torch.save(lean(content), written)
        write_whole(copy, written.getvalue())
    return copy


def _without_words(checkpoint: _Content) -> _Content:
    """What Stanza's trainer saved, with no words but Stanza's own marks."""
    from transforms.stanza_modules import VOCAB_PREFIX

    marks = {
        "_id2unit": list(VOCAB_PREFIX),
        "_unit2id": {mark: row for row, mark in enumerate(VOCAB_PREFIX)},
    }
    vocabularies = checkpoint["vocab"]
    return {**checkpoint, "vocab": {**vocabularies, "word": {**vocabularies["word"], **marks}}}


def _with_one_text(vectors: _Content) -> _Content:
    """What `WordVectors.save` wrote, with the words of its table as lines instead."""
    from transforms.stanza_modules import VOCAB_PREFIX_SIZE

    words = vectors["vocab"]["_id2unit"][VOCAB_PREFIX_SIZE:]
    rest = {name: value for name, value in vectors.items() if name != "vocab"}
    return {**rest, "words": "\n".join(words)}
