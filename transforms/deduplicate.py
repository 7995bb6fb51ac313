"""Articles that repeat another: found among all signatures, marked where the article is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

import apache_beam as beam

from schemas.records import CleanArticle, Shard
from transforms.shards import with_metrics
from transforms.signatures import Signature, load_minhash, make_index


class Duplicate(NamedTuple):
    """The article that one repeats, by its `doc_id`, and how alike they are, 0 to 1."""

    of: str
    similarity: float


class Known(NamedTuple):
    """An article and what was found of it: `None` if it repeats no other."""

    signature: Signature
    duplicate: Duplicate | None


class Deduplicate(beam.PTransform):
    """`Shard[CleanArticle]` → `Shard[CleanArticle]`, by `mark_shard`."""

    def __init__(self, load: Callable[[], Mapping[str, Duplicate]]) -> None:
        """`load` gives the duplicates of the run, by `doc_id`."""
        super().__init__()
        self._load = load

    def expand(self, shards: Any) -> Any:
        """Marks each shard where it is."""
        return shards | beam.Map(_load_and_mark, self._load)


def _load_and_mark(
    shard: Shard[CleanArticle], load: Callable[[], Mapping[str, Duplicate]]
) -> Shard[CleanArticle]:
    return mark_shard(shard, load())


def mark_shard(
    shard: Shard[CleanArticle], duplicates: Mapping[str, Duplicate]
) -> Shard[CleanArticle]:
    """Name the article that each repeats; counts `deduplicate.duplicates`."""
    articles = tuple(_mark(article, duplicates) for article in shard.articles)
    marked = sum(article.duplicate_of is not None for article in articles)
    return with_metrics(replace(shard, articles=articles), {"deduplicate.duplicates": marked})


def find_duplicates(
    known: Iterable[Known], found: Iterable[Signature], threshold: float
) -> list[Known]:
    """Decide for each article of a run whether it repeats another that is kept.

    What was decided before stays so, if the threshold still allows it. The new ones are gone
    through by date, earliest first (those without one last) and then by `doc_id`: each repeats the
    kept article that it is most like, if they are alike enough, or else is kept itself. So no
    duplicate names a duplicate.

    An article that was edited where it stood takes the place of its older form.

    Args:
        known: articles of earlier runs.
        found: the articles of this run, those known before among them.
        threshold: how alike two articles are, at least, of which one repeats the other.

    Returns:
        All articles, known and new, by `doc_id`.
    """
    present = {signature.doc_id: signature for signature in found}
    before = {one.signature.doc_id: one for one in known}
    new = sorted((one for doc_id, one in present.items() if doc_id not in before), key=_order)
    for older in _edited(before, present, new, threshold):
        del before[older]
    undecided = [
        doc_id
        for doc_id, one in before.items()
        if one.duplicate
        and (one.duplicate.of not in before or one.duplicate.similarity < threshold)
    ]
    for doc_id in undecided:
        del before[doc_id]
    again = [present[doc_id] for doc_id in undecided if doc_id in present]
    kept = _Kept(threshold)
    originals = (one.signature for one in before.values() if one.duplicate is None)
    for signature in sorted(originals, key=_order):
        kept.add(signature)
    for signature in sorted([*new, *again], key=_order):
        duplicate = kept.find(signature)
        before[signature.doc_id] = Known(signature, duplicate)
        if duplicate is None:
            kept.add(signature)
    return [before[doc_id] for doc_id in sorted(before)]


class _Kept:
    """The articles that repeat no other, in the order in which they were added."""

    def __init__(self, threshold: float) -> None:
        self._threshold = threshold
        self._index = make_index(threshold)
        self._doc_ids: list[str] = []
        self._minhashes: dict[int, Any] = {}
        self._exact: dict[bytes, str] = {}

    def add(self, signature: Signature) -> None:
        self._exact.setdefault(signature.exact, signature.doc_id)
        if signature.minhash is not None:
            minhash = load_minhash(signature.minhash)
            self._index.insert(len(self._doc_ids), minhash)
            self._minhashes[len(self._doc_ids)] = minhash
        self._doc_ids.append(signature.doc_id)

    def find(self, signature: Signature) -> Duplicate | None:
        """The kept article that this one repeats; of several the most alike, then the first."""
        if signature.exact in self._exact:
            return Duplicate(self._exact[signature.exact], 1.0)
        if signature.minhash is None:
            return None
        minhash = load_minhash(signature.minhash)
        candidates = (
            (minhash.jaccard(self._minhashes[number]), -number)
            for number in self._index.query(minhash)
        )
        similarity, number = max(candidates, default=(-1.0, 0))
        if similarity < self._threshold:
            return None
        return Duplicate(self._doc_ids[-number], similarity)


def _edited(
    before: Mapping[str, Known],
    present: Mapping[str, Signature],
    new: Sequence[Signature],
    threshold: float,
) -> list[str]:
    """The known articles in whose place the inputs now have another form of them."""
    places = {
        (one.signature.path, one.signature.record): one.signature
        for doc_id, one in before.items()
        if doc_id not in present
    }
    pairs = ((places.get((one.path, one.record)), one) for one in new)
    return [
        older.doc_id
        for older, newer in pairs
        if older is not None and _similarity(older, newer) >= threshold
    ]


def _similarity(one: Signature, other: Signature) -> float:
    if one.exact == other.exact:
        return 1.0
    if one.minhash is None or other.minhash is None:
        return 0.0
    similarity: float = load_minhash(one.minhash).jaccard(load_minhash(other.minhash))
    return similarity


def _order(signature: Signature) -> tuple[bool, int, str]:
    return signature.published is None, signature.published or 0, signature.doc_id


def _mark(article: CleanArticle, duplicates: Mapping[str, Duplicate]) -> CleanArticle:
    duplicate = duplicates.get(article.origin.doc_id)
    if duplicate is None:
        return article
    return replace(article, duplicate_of=duplicate.of, similarity=duplicate.similarity)
