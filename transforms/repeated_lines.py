"""Lines that come back in many articles of one site: furniture, whatever they say.

A first pass over all articles takes down where each short line was seen, as hashes only. A line is
furniture if it was seen in enough articles of its site that are unlike each other: a wire story
that a site tells forty times does not make its lines furniture.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain, islice, pairwise
from pathlib import PurePosixPath
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from rensa import RMinHash

from schemas.records import CleanArticle, RawArticle
from transforms.folding import fold_words

# Longer lines are running text; of furniture only notices of copyright come near.
_MAX_WORDS = 40
_MAX_CHARACTERS = 800
_RUNNING_TEXT_WORDS = 15
# Between paragraphs a line that comes back is as likely a standing heading: ask for more of it.
_MIDDLE_FACTOR = 3
# So many sightings of a line are kept, for each article asked for.
_KEPT_FACTOR = 4

# Of an article of more lines, those between the first and the last are not looked at.
_MAX_LINES = 1000

_SKETCH = 8
_SKETCHED_WORDS = 200
_SEED = 1
# Two articles are alike if so many values of their sketches agree. Measured on 1,000 news articles:
# 0.2 % of copies with a word in ten changed pass for unlike their original, 4 % for unlike another
# such copy; 0.01 % of the pairs of distinct articles pass for alike.
_ALIKE = 2

_NUMBER = re.compile(r"\d+")
_ENDS_IN_QUESTION = re.compile(r"[:؟?]\W*$")

# One line in one article: hashes of 64 bits, and the sketch of the article's running text.
SIGHTING = np.dtype([("line", "<u8"), ("article", "<u8"), ("sketch", "<u2", (_SKETCH,))])
Sightings = npt.NDArray[np.void]


class KnownLines(NamedTuple):
    """In how many unlike articles each known line was seen, by its hash, and how many count."""

    counts: Mapping[int, int]
    least: int


NO_LINES = KnownLines({}, 0)


def no_lines() -> KnownLines:
    """Nothing known of other articles."""
    return NO_LINES


def site_of(article: RawArticle | CleanArticle) -> str:
    """Whose furniture an article wears: its site (reading puts a host there), else its folder."""
    return article.metadata.site or str(PurePosixPath(article.origin.path).parent)


def line_hash(text: str, site: str) -> int | None:
    """64 bits that stand for a line of a site, its numbers left open; `None` for a long one."""
    return None if len(text) > _MAX_CHARACTERS else _short_line_hash(text, site)


# What an article keeps of a line, and is hashed anew, is mostly all of it; a line takes 700 bytes.
@lru_cache(maxsize=2000)
def _short_line_hash(text: str, site: str) -> int | None:
    if len(text.split()) > _MAX_WORDS:
        return None
    words = fold_words(text)
    if not any(word.isalpha() for word in words):
        return None
    return _hash(f"{site}\n{_NUMBER.sub('0', ' '.join(words))}")


def line_hashes(texts: Iterable[str], site: str) -> frozenset[int]:
    """The hashes of all lines but the long ones."""
    return frozenset(known for text in texts if (known := line_hash(text, site)) is not None)


def sightings(article: CleanArticle, title_given: bool) -> Sightings:
    """The lines of an article that was cleaned without knowledge of others, as hashes.

    Args:
        article: what was kept of it counts, and what was taken out.
        title_given: its title is the source's word, not a line found in the text: no furniture.
    """
    site = site_of(article)
    blocks = [
        article.text[block.start : block.end]
        for block in article.blocks
        if not (title_given and block.kind == "title")
    ]
    lines = [*blocks, *(removed.text for removed in article.removed)]
    if len(lines) > _MAX_LINES:
        lines = lines[: _MAX_LINES // 2] + lines[-_MAX_LINES // 2 :]
    hashes = sorted(line_hashes(lines, site))
    found = np.zeros(len(hashes), dtype=SIGHTING)
    found["line"] = hashes
    found["article"] = _hash(article.origin.doc_id)
    found["sketch"] = _sketch(blocks)
    return found


def merge_sightings(parts: Iterable[Sightings], least: int) -> Sightings:
    """All sightings in one array, by line and article, each once.

    Of a line seen very often only some sightings are kept, those of the smallest article hashes:
    the same whatever the order and the grouping of the parts.

    Args:
        parts: arrays of dtype `SIGHTING`.
        least: in how many unlike articles a line must be seen to be furniture.
    """
    seen = np.concatenate([np.zeros(0, dtype=SIGHTING), *parts])
    seen = seen[np.lexsort((*seen["sketch"].T, seen["article"], seen["line"]))]
    line, article = seen["line"], seen["article"]
    again = np.zeros(len(seen), dtype=bool)
    again[1:] = (line[1:] == line[:-1]) & (article[1:] == article[:-1])
    seen = seen[~again]
    starts = _starts(seen)
    rank = np.arange(len(seen)) - np.repeat(starts, np.diff(starts, append=len(seen)))
    return seen[rank < max(_KEPT_FACTOR * least, 2)]


def seen_again(seen: Sightings) -> Sightings:
    """The sightings of lines that were seen in at least two articles."""
    starts = _starts(seen)
    sizes = np.diff(starts, append=len(seen))
    return seen[np.repeat(sizes >= 2, sizes)]


def known_lines(seen: Sightings, least: int) -> KnownLines:
    """The lines that were seen in at least `least` articles unlike each other; none if it is 0.

    Args:
        seen: sightings as `merge_sightings` leaves them.
        least: how many unlike articles make a line furniture.
    """
    counts: dict[int, int] = {}
    if least:
        for group in _groups(seen, least):
            unlike = _unlike(group["sketch"])
            if unlike >= least:
                counts[int(group["line"][0])] = unlike
    return KnownLines(counts, least)


def repeated_lines(texts: Sequence[str], site: str, known: KnownLines) -> list[bool]:
    """Which lines of an article are furniture of its site, as the corpus shows.

    Before the first and after the last line of running text a known line goes; between them only
    one known three times as well, and none that asks or introduces something.

    Args:
        texts: the normalised lines in order; without the title if the source names it.
        site: the article's, by `site_of`.
        known: from all articles.
    """
    if not known.counts:
        return [False] * len(texts)
    hashes = [line_hash(text, site) for text in texts]
    seen = [known.counts.get(one, 0) if one is not None else 0 for one in hashes]
    if not any(seen):
        return [False] * len(texts)
    running = [
        index
        for index, (text, count) in enumerate(zip(texts, seen, strict=True))
        if not count and len(text.split()) >= _RUNNING_TEXT_WORDS
    ]
    first, last = (running[0], running[-1]) if running else (0, len(texts) - 1)
    return [
        count > 0
        and (
            not first <= index <= last
            or (count >= _MIDDLE_FACTOR * known.least and not _ENDS_IN_QUESTION.search(text))
        )
        for index, (text, count) in enumerate(zip(texts, seen, strict=True))
    ]


def _groups(seen: Sightings, least: int) -> Iterator[Sightings]:
    """The sightings of each line that has at least `least` of them."""
    starts = _starts(seen)
    for start, size in zip(starts, np.diff(starts, append=len(seen)), strict=True):
        if size >= least:
            yield seen[start : start + size]


def _starts(seen: Sightings) -> npt.NDArray[np.intp]:
    """Where the sightings of each line begin; they are ordered by line."""
    line = seen["line"]
    return np.flatnonzero(np.concatenate([[True], line[1:] != line[:-1]])[: len(seen)])


def _unlike(sketches: npt.NDArray[np.uint16]) -> int:
    """How many of the articles are unlike all that were counted before them."""
    counted: list[npt.NDArray[np.uint16]] = []
    for sketch in sketches:
        if all(np.count_nonzero(sketch == other) < _ALIKE for other in counted):
            counted.append(sketch)
    return len(counted)


def _sketch(lines: Sequence[str]) -> list[int]:
    """Small values that agree between articles as their running text does."""
    split = [line.split() for line in lines]
    running = [line for line in split if len(line) >= _RUNNING_TEXT_WORDS] or split
    words = fold_words(" ".join(islice(chain.from_iterable(running), _SKETCHED_WORDS)))
    minhash = RMinHash(_SKETCH, _SEED)
    minhash.update([" ".join(pair) for pair in pairwise(words)])
    return [value & 0xFFFF for value in minhash.digest()]


def _hash(text: str) -> int:
    digest = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "little")
