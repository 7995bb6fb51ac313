"""The step of set-up that analyses the commonest words ahead."""

from __future__ import annotations

import gc
import hashlib
from pathlib import Path

from tqdm import tqdm

from pipeline.morphology import write_whole
from transforms.camel_analyser import CamelAnalyser
from transforms.context_model import load_context_model
from transforms.known_words import FILE_NAME, fingerprint, known_word_bytes
from transforms.lexicon import load_lexicon
from transforms.mapped_files import open_mapped

_WORDS = Path(__file__).resolve().parent.parent / "models" / "pos" / "words.txt"
_WORDS_AT_ONCE = 1000


def make_known_words(database: Path, tagger: Path, backoff: str) -> None:
    """Write what is known of the commonest words beside the database; quick if it is there.

    It takes a fifth of a millisecond a word. Nothing depends on the file but time.
    """
    made_of = {
        "fingerprint": fingerprint(database, tagger, backoff),
        "words": hashlib.sha256(_WORDS.read_bytes()).hexdigest(),
    }
    file = database.parent / FILE_NAME
    if open_mapped(file, made_of) is not None:
        return
    analyser = CamelAnalyser(load_lexicon(database), load_context_model(tagger), backoff)
    words = _WORDS.read_text(encoding="utf-8").split()
    known = []
    gc.disable()  # a million small objects without cycles
    with tqdm(
        total=len(words), desc="analysing common words ahead", unit=" words", disable=None
    ) as progress:
        for start in range(0, len(words), _WORDS_AT_ONCE):
            some = words[start : start + _WORDS_AT_ONCE]
            known += analyser.know(some)
            progress.update(len(some))
    gc.enable()
    write_whole(file, known_word_bytes(known, analyser.claims, made_of))
