"""Word vectors that know every word: a table of common words, and n-grams for all the others.

The file is a Stanza pretrain file (`vocab`, `emb`), so Stanza's own loader reads the table. Beside
it stand the hashed character n-grams of the same fastText model, as bytes with one scale a row.
From them a word outside the table gets its vector, as two in five words of person names must.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from transforms.tokens import MARKS

Matrix = npt.NDArray[np.float32]

_DIGIT = re.compile(r"\d")
_FOLD = str.maketrans("أإآٱىةیکۀە", "اااايهيكهه")


def vector_view(word: str) -> str:
    """The form of a word that the entity tagger and its vectors see; never empty.

    Short vowels and tatweel go, spellings that writers mix are one (hamza on alef, ى/ي, ة/ه,
    Persian keyboards), every digit is a 0, Latin is lower case.
    """
    return _DIGIT.sub("0", MARKS.sub("", word)).translate(_FOLD).lower() or word


def ngram_buckets(word: str, shortest: int, longest: int, buckets: int) -> list[int]:
    """Rows of fastText's n-gram table for a word, as gensim counts them (FNV-1a over UTF-8)."""
    bracketed = [letter.encode() for letter in f"<{word}>"]
    rows = []
    for start in range(len(bracketed)):
        hashed = 2166136261
        for length, letter in enumerate(bracketed[start : start + longest], start=1):
            for byte in letter:
                # fastText reads bytes as signed, so those above 127 carry ones into the hash
                hashed = (hashed ^ (byte if byte < 128 else byte | 0xFFFFFF00)) & 0xFFFFFFFF
                hashed = (hashed * 16777619) & 0xFFFFFFFF
            if length >= shortest:
                rows.append(hashed % buckets)
    return rows


@dataclass(frozen=True)
class WordVectors:
    """Common words with their vectors (V x D), and n-grams (B x D bytes, B scales) for the rest."""

    words: tuple[str, ...]
    table: npt.NDArray[np.float16]
    ngrams: npt.NDArray[np.int8]
    scales: npt.NDArray[np.float16]
    shortest: int
    longest: int

    def compose(self, word: str) -> Matrix:
        """The vector (D) of a word outside the table: the mean of its n-grams' vectors."""
        rows = ngram_buckets(word, self.shortest, self.longest, len(self.ngrams))
        if not rows:
            return np.zeros(self.ngrams.shape[1], dtype=np.float32)
        scaled = self.ngrams[rows].astype(np.float32) * self.scales[rows, None].astype(np.float32)
        mean: Matrix = scaled.mean(axis=0)
        return mean

    def save(self, path: Path) -> None:
        """Write a Stanza pretrain file: its first four rows are Stanza's own marks, all zero."""
        import torch
        from stanza.models.common.pretrain import PretrainedWordVocab
        from stanza.models.common.vocab import VOCAB_PREFIX

        marks = np.zeros((len(VOCAB_PREFIX), self.table.shape[1]), dtype=np.float16)
        content: dict[str, Any] = {
            "vocab": PretrainedWordVocab(list(self.words)).state_dict(),
            "emb": torch.from_numpy(np.concatenate([marks, self.table])),
            "ngrams": torch.from_numpy(self.ngrams),
            "ngram_scales": torch.from_numpy(self.scales),
            "ngram_lengths": [self.shortest, self.longest],
        }
        torch.save(content, path)


def load_word_vectors(path: Path) -> WordVectors:
    """Read a file that `WordVectors.save` wrote.

    Raises:
        FileNotFoundError: there is no such file.
        ValueError: a pretrain file without n-grams.
    """
    import torch
    from stanza.models.common.vocab import VOCAB_PREFIX

    content = torch.load(path, map_location="cpu", weights_only=True)
    if "ngrams" not in content:
        raise ValueError(f"{path} has no n-grams: `python -m models train-ner` makes such files")
    shortest, longest = content["ngram_lengths"]
    return WordVectors(
        words=tuple(content["vocab"]["_id2unit"][len(VOCAB_PREFIX) :]),
        table=content["emb"].numpy()[len(VOCAB_PREFIX) :],
        ngrams=content["ngrams"].numpy(),
        scales=content["ngram_scales"].numpy(),
        shortest=shortest,
        longest=longest,
    )
