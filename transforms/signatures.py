"""What stands for an article when duplicates are looked for: short, and alike where it is alike."""

from __future__ import annotations

import datetime
import hashlib
from itertools import pairwise
from typing import NamedTuple

from rensa import RMinHash, RMinHashLSH

from schemas.records import CleanArticle
from transforms.folding import fold_words

# Pairs of words survive editing better than longer shingles: of 2,000 news articles with a word in
# ten changed, 99.3 % keep half of their pairs, 90 % half of their triples; and no more distinct
# articles share as many.
# Below that a few words in common look like much.
_MIN_WORDS = 20
# 42 bands of 3 values find a pair that is alike by half with a chance of 99.6 %.
_PERMUTATIONS = 126
_BANDS = 42
_SEED = 1

_EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)
_MICROSECOND = datetime.timedelta(microseconds=1)


class Signature(NamedTuple):
    """An article as duplicates are looked for.

    `path` and `record` say where it stands, `published` when it was, in microseconds since 1970.
    `exact` is equal for articles of the same words, `minhash` alike for articles that share pairs
    of words: the state of a `rensa.RMinHash`, `None` for a very short one.
    """

    doc_id: str
    path: str
    record: int | None
    published: int | None
    exact: bytes
    minhash: bytes | None


def make_signature(article: CleanArticle) -> Signature | None:
    """The signature of an article's text, in which its title counts only if the text is very short.

    `None` if there is no word in it.
    """
    body = "\n".join(
        article.text[block.start : block.end] for block in article.blocks if block.kind != "title"
    )
    words = fold_words(body)
    minhash = _minhash(words) if len(words) >= _MIN_WORDS else None
    if minhash is None:  # `شاهد الفيديو` is the whole text of many an article
        words = [*fold_words(article.metadata.title or ""), *words]
    if not words:
        return None
    return Signature(
        doc_id=article.origin.doc_id,
        path=article.origin.path,
        record=article.origin.record,
        published=_microseconds(article.metadata.published),
        exact=hashlib.blake2b(" ".join(words).encode(), digest_size=16).digest(),
        minhash=minhash,
    )


def load_minhash(state: bytes) -> RMinHash:
    """The sketch that a signature holds.

    Raises:
        ValueError: it is damaged, or of another version of the algorithm.
    """
    minhash = RMinHash(_PERMUTATIONS, _SEED)
    minhash.__setstate__(state)
    return minhash


def make_index(threshold: float) -> RMinHashLSH:
    """An empty index of sketches, to find those that may be alike."""
    return RMinHashLSH(threshold, _PERMUTATIONS, _BANDS)


def _minhash(words: list[str]) -> bytes:
    minhash = RMinHash(_PERMUTATIONS, _SEED)
    minhash.update([" ".join(pair) for pair in pairwise(words)])
    state: bytes = minhash.__getstate__()
    return state


def _microseconds(when: datetime.datetime | None) -> int | None:
    if when is None:
        return None
    return ((when if when.tzinfo else when.replace(tzinfo=datetime.UTC)) - _EPOCH) // _MICROSECOND
