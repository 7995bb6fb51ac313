"""Word vectors that know every word: a table of common words, and n-grams for all the others.

The file is a Stanza pretrain file (`vocab`, `emb`), so Stanza's own loader reads the table. Beside
it stand the hashed character n-grams of the same fastText model, as bytes with one scale a row.
From them a word outside the table gets its vector, as two in five words of person names must.
The last numbers of each row are marks (`transforms.word_marks`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from transforms.tokens import MARKS
from transforms.word_marks import LISTS, RankedWords

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
    """Known words with their vectors and marks, and n-grams for the rest.

    Attributes:
        words: V words, the first `ranked` of them by falling count, then other names of lists.
        table: a row a word, V x (D + marks).
        ngrams: B x D bytes, to be multiplied with their `scales` (B).
        shortest: letters of the shortest n-grams, the word's edges counted.
        longest: letters of the longest.
    """

    words: tuple[str, ...]
    ranked: int
    table: npt.NDArray[np.float16]
    ngrams: npt.NDArray[np.int8]
    scales: npt.NDArray[np.float16]
    shortest: int
    longest: int

    @property
    def listed_words(self) -> int:
        """How many words stand in a list of names."""
        return int(self._listed.any(axis=1).sum())

    @property
    def _listed(self) -> npt.NDArray[np.bool_]:
        # Below 1, the word itself is in no list, only what remains of it without its clitics.
        listed: npt.NDArray[np.bool_] = self.table[:, -len(LISTS) :] == 1
        return listed

    @cached_property
    def _known(self) -> RankedWords:
        return RankedWords(self.words, self.ranked, self._listed)

    def compose(self, word: str) -> Matrix:
        """The vector and the marks of a word outside the table, D + marks numbers."""
        mean = mean_of_ngrams(word, self.ngrams, self.scales, self.shortest, self.longest)
        return np.concatenate([mean, self._known.marks(word)])

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
            "ranked": self.ranked,
        }
        torch.save(content, path)


def load_word_vectors(path: Path) -> WordVectors:
    """Read a file that `WordVectors.save` wrote.

    Raises:
        FileNotFoundError: there is no such file.
        ValueError: a pretrain file without n-grams, or of another version of the recipe.
    """
    import torch

    from transforms.stanza_modules import VOCAB_PREFIX

    content = torch.load(path, map_location="cpu", weights_only=True)
    if "ngrams" not in content or "ranked" not in content:
        raise ValueError(
            f"{path} has no n-grams or no ranks: `python -m models train-ner` makes such files"
        )
    shortest, longest = content["ngram_lengths"]
    return WordVectors(
        words=tuple(content["vocab"]["_id2unit"][len(VOCAB_PREFIX) :]),
        ranked=content["ranked"],
        table=content["emb"].numpy()[len(VOCAB_PREFIX) :],
        ngrams=content["ngrams"].numpy(),
        scales=content["ngram_scales"].numpy(),
        shortest=shortest,
        longest=longest,
    )


def mean_of_ngrams(
    word: str,
    ngrams: npt.NDArray[np.int8],
    scales: npt.NDArray[np.float16],
    shortest: int,
    longest: int,
) -> Matrix:
    """The mean of the vectors of a word's n-grams, as fastText does for words it never saw."""
    rows = ngram_buckets(word, shortest, longest, len(ngrams))
    if not rows:
        return np.zeros(ngrams.shape[1], dtype=np.float32)
    scaled = ngrams[rows].astype(np.float32) * scales[rows, None].astype(np.float32)
    mean: Matrix = scaled.mean(axis=0)
    return mean
