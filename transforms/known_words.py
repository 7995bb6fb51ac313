"""What is known of words before their sentences are, and a file of it for the commonest words.

To look a word up in the lexicon, weigh its readings and make the tagger's view of it takes a fifth
of a millisecond, and most words of a text are among the commonest of the language. For those it is
done once, when models are made; processes then map one file. The file is a copy of what the code
would find: it names all that went into it, and is passed over where anything differs.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa

from schemas.records import TokenAnalysis
from transforms.claim_table import ClaimTable
from transforms.mapped_files import file_bytes, metadata, open_mapped
from transforms.ranking import Choices

FILE_NAME = "known-words.arrow"
_CLAIMS = "claims"  # in the metadata
_REMEMBERED = ("vector", "claimed", "own")


class KnownWord(NamedTuple):
    """All that is known of a word before its sentence is: it depends on the word alone.

    `vector` is the tagger's view of it, as `context_network.packed` has it. A word has `choices`,
    or else the one `row` that it has in every sentence. `codes` say what the choices stand for; of
    a word of a file it is None: `KnownWords.codes` has them. `rows` are those that were made of
    them so far, by place.
    """

    word: str
    vector: bytes
    choices: Choices | None
    codes: bytes | None
    row: TokenAnalysis | None
    rows: dict[int, TokenAnalysis]


class KnownWords:
    """The words of a file, each made anew when it is asked for."""

    def __init__(self, batch: pa.RecordBatch) -> None:
        """Use `open_known_words`."""
        words = batch.column("word").to_pylist()
        self._places = {word: place for place, word in enumerate(words)}
        self._offered = batch.column("offered").to_numpy()
        self._bytes = [_slices(batch.column(name)) for name in _REMEMBERED]
        self._codes = _slices(batch.column("codes"))
        self.claims = ClaimTable(base64.b64decode(metadata(batch)[_CLAIMS]))

    def __len__(self) -> int:
        """How many there are."""
        return len(self._places)

    def get(self, word: str) -> KnownWord | None:
        """What is known of a word; None if it is not among them."""
        place = self._places.get(word)
        if place is None:
            return None
        vector, claimed, own = (
            content[starts[place] : starts[place + 1]].tobytes() for starts, content in self._bytes
        )
        choices = Choices(claimed, own, int(self._offered[place]))
        return KnownWord(word, vector, choices, None, None, {})

    def codes(self, word: str) -> bytes:
        """The codes of one of the words."""
        place = self._places[word]
        starts, content = self._codes
        return content[starts[place] : starts[place + 1]].tobytes()


def _slices(column: pa.LargeBinaryArray) -> tuple[Any, memoryview]:
    """Where each value of a column starts, and all their bytes."""
    _, offsets, content = column.buffers()
    starts = memoryview(offsets).cast("q")
    return starts, memoryview(content)


def known_word_bytes(
    words: Sequence[KnownWord], claims: ClaimTable, about: Mapping[str, str]
) -> bytes:
    """The content of a file of those words that have choices.

    Args:
        words: what is known of each.
        claims: the table that their choices were made with.
        about: what the file is made of; a `fingerprint` at least.
    """
    chosen = [(word, word.choices) for word in words if word.choices is not None]
    columns = {
        "word": pa.array([word.word for word, _ in chosen], pa.string()),
        "offered": pa.array([choices.offered for _, choices in chosen], pa.int32()),
        "vector": pa.array([word.vector for word, _ in chosen], pa.large_binary()),
        "claimed": pa.array([choices.claimed for _, choices in chosen], pa.large_binary()),
        "own": pa.array([choices.own for _, choices in chosen], pa.large_binary()),
        "codes": pa.array([word.codes for word, _ in chosen], pa.large_binary()),
    }
    return file_bytes(columns, {**about, _CLAIMS: base64.b64encode(claims.rows).decode()})


def open_known_words(path: Path, fingerprint: str) -> KnownWords | None:
    """The words of a file; None if there is none, it is damaged, or made of something else."""
    batch = open_mapped(path, {"fingerprint": fingerprint})
    return None if batch is None else KnownWords(batch)


def fingerprint(database: Path, tagger: Path, backoff: str) -> str:
    """All that decides what is known of a word: two models, a setting, and the code here."""
    digest = hashlib.sha256(f"{backoff}\n{_code()}\n".encode())
    for path in (database, tagger):
        with path.open("rb") as stream:
            digest.update(hashlib.file_digest(stream, "sha256").digest())
    return digest.hexdigest()


@cache
def _code() -> str:
    """A digest of the modules of this folder: one more than needed does no harm."""
    digest = hashlib.sha256()
    for path in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()
