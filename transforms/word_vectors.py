"""Word vectors that know every word: a table of common words, and n-grams for all the others.

The file is a Stanza pretrain file (`vocab`, `emb`), so Stanza's own loader reads the table. Beside
it stand the hashed character n-grams of the same fastText model, as bytes with one scale a row.
From them a word outside the table gets its vector, as two in five words of person names must.
The last numbers of each row are marks (`transforms.word_marks`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from transforms.tokens import MARKS
from transforms.word_marks import LISTS, RankedWords
from transforms.word_ngrams import Matrix, Ngrams

_DIGIT = re.compile(r"\d")
_FOLD = str.maketrans("أإآٱىةیکۀە", "اااايهيكهه")


def vector_view(word: str) -> str:
    """The form of a word that the entity tagger and its vectors see; never empty.

    Short vowels and tatweel go, spellings that writers mix are one (hamza on alef, ى/ي, ة/ه,
    Persian keyboards), every digit is a 0, Latin is lower case.
    """
    return _DIGIT.sub("0", MARKS.sub("", word)).translate(_FOLD).lower() or word


@dataclass(frozen=True)
class WordVectors:
    """Known words with their vectors and marks, and n-grams for the rest.

    Attributes:
        words: V words, the first `ranked` of them by falling count, then other names of lists.
        table: a row a word, V x (D + marks).
        ngrams: what other words are made of.
    """

    words: tuple[str, ...]
    ranked: int
    table: npt.NDArray[np.float16]
    ngrams: Ngrams

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

    def compose(self, words: Sequence[str]) -> Matrix:
        """The vectors and the marks of words outside the table, words x (D + marks)."""
        means = self.ngrams.means(words)
        composed = np.zeros((len(words), self.table.shape[1]), dtype=np.float32)
        composed[:, : means.shape[1]] = means
        for row, word in zip(composed, words, strict=True):
            row[means.shape[1] :] = self._known.marks(word)
        return composed

    def save(self, path: Path) -> None:
        """Write a Stanza pretrain file: its first four rows are Stanza's own marks, all zero."""
        import torch
        from stanza.models.common.pretrain import PretrainedWordVocab
        from stanza.models.common.vocab import VOCAB_PREFIX

        marks = np.zeros((len(VOCAB_PREFIX), self.table.shape[1]), dtype=np.float16)
        content: dict[str, Any] = {
            "vocab": PretrainedWordVocab(list(self.words)).state_dict(),
            "emb": torch.from_numpy(np.concatenate([marks, self.table])),
            "ngrams": torch.from_numpy(self.ngrams.vectors),
            "ngram_scales": torch.from_numpy(self.ngrams.scales),
            "ngram_lengths": [self.ngrams.shortest, self.ngrams.longest],
            "ranked": self.ranked,
        }
        torch.save(content, path)


def load_word_vectors(path: Path) -> WordVectors:
    """Read a file that `WordVectors.save` wrote, or a copy that has its words as one text.

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
    if "words" in content:
        words = content["words"].split("\n")
    else:
        words = content["vocab"]["_id2unit"][len(VOCAB_PREFIX) :]
    return WordVectors(
        words=tuple(words),
        ranked=content["ranked"],
        table=content["emb"].numpy()[len(VOCAB_PREFIX) :],
        ngrams=Ngrams(
            content["ngrams"].numpy(), content["ngram_scales"].numpy(), *content["ngram_lengths"]
        ),
    )
