"""The records that travel from one transform to the next.

An article passes through five forms, each holding the one before it:
`RawArticle` → `CleanArticle` → `SplitArticle` → `AnalysedArticle` → `AnnotatedArticle`.
They travel in shards: one Beam element is one `Shard`, so that nothing large is ever shuffled.
"""

from __future__ import annotations

import datetime
from array import array
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Generic, Literal, NamedTuple, TypeVar

Stage = Literal["read", "clean", "split", "analyse", "tag", "write"]

BlockKind = Literal[
    "title",
    "heading",
    "paragraph",
    "list",
    "quotation",
    "dateline",
    "byline",
    "agency",
    "caption",
]

# What gave a removed line away: the page's HTML, its wording, length and place in the article, its
# coming back across the articles of its site, or its language.
RemovalWay = Literal["structure", "line", "corpus", "language"]

EntityType = Literal["PER", "LOC", "ORG", "MISC"]

AnalysisSource = Literal[
    "lexicon", "spelling_variant", "backoff", "punctuation", "digit", "foreign"
]

SplitReason = Literal[
    "full_stop",
    "question",
    "exclamation",
    "ellipsis",
    "block_end",
    "length_comma",
    "length_conjunction",
    "length_space",
]


@dataclass(frozen=True, slots=True)
class Rejection:
    """An input that did not become a document: one row of `quarantine`."""

    path: str
    record: int | None
    source_sha256: str | None
    stage: Stage
    reason: str
    message: str


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an article came from and how its bytes became characters."""

    doc_id: str
    path: str
    record: int | None
    source_sha256: str
    media_type: str
    encoding: str
    encoding_source: str
    encoding_confidence: float
    encoding_evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the source says about the article; `None` where it says nothing."""

    source_id: str | None = None
    title: str | None = None
    author: str | None = None
    site: str | None = None
    url: str | None = None
    published: datetime.datetime | None = None
    published_as_given: str | None = None


@dataclass(frozen=True, slots=True)
class Markup:
    """What a page's HTML says of the line `[start, end)` of the text extracted from it.

    `kind` is what its tags make of it, if they say; `reason` why its place in the page shows it to
    be furniture, if it does; `main` whether the extractor counts it to the article.
    """

    start: int
    end: int
    kind: BlockKind | None
    reason: str | None
    main: bool


@dataclass(frozen=True, slots=True)
class RawArticle:
    """An article as decoded: `source` is what all source offsets count in.

    The source of an HTML page is all its visible text, one block a line, each line with its
    `markup`; other sources have none.
    """

    origin: Origin
    metadata: Metadata
    source: str
    markup: tuple[Markup, ...] = ()
    alone: CleanedAlone | None = None


@dataclass(frozen=True, slots=True)
class Alignment:
    """For each character of a cleaned text, the stretch of the source that it was made from.

    `starts[i]` and `ends[i]` are half-open source offsets of character `i`; both never fall.
    """

    starts: array[int]
    ends: array[int]

    def source_span(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the source behind the non-empty clean span `[start, end)`.

        Raises:
            ValueError: the span is empty.
        """
        if start >= end:
            raise ValueError(f"empty span [{start}, {end}) has no source")
        return self.starts[start], self.ends[end - 1]


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch `[start, end)` of the article's clean text with one role and one language."""

    kind: BlockKind
    start: int
    end: int
    language: str = "ar"


@dataclass(frozen=True, slots=True)
class Removed:
    """A stretch of the source that cleaning took out, as it stood, in which way and why."""

    text: str
    way: RemovalWay
    reason: str
    source_start: int
    source_end: int


@dataclass(frozen=True, slots=True)
class CleanArticle:
    """An article after cleaning: `text` is its blocks, one a line, joined by a line feed.

    `duplicate_of` is the article that it repeats, `similarity` how alike they are, 0 to 1.
    """

    origin: Origin
    metadata: Metadata
    source_length: int
    text: str
    alignment: Alignment
    blocks: tuple[Block, ...]
    removed: tuple[Removed, ...]
    language: str
    arabic_share: float
    duplicate_of: str | None = None
    similarity: float | None = None


@dataclass(frozen=True, slots=True)
class CleanedAlone:
    """How an article was cleaned when nothing was known of others.

    `lines` are the hashes of its lines: as long as none of them is known to come back in other
    articles, to clean it again would come to the same.
    """

    article: CleanArticle
    lines: frozenset[int]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence: `text` is `article.text[start:end]`; token offsets count in `text`."""

    index: int
    paragraph_index: int
    block: BlockKind
    start: int
    end: int
    source_start: int
    source_end: int
    text: str
    split_reason: SplitReason
    tokens: tuple[str, ...]
    token_start: tuple[int, ...]
    token_end: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class SplitArticle:
    """A clean article with its sentences, in the order of the text."""

    article: CleanArticle
    sentences: tuple[Sentence, ...]


class TokenAnalysis(NamedTuple):
    """The best analysis of a word; the names are the columns of `sentences`.

    `None` where a feature does not apply. One object serves all tokens of a word type.
    """

    lemma: str
    lemma_id: str
    root: str | None
    pattern: str | None
    pos: str
    upos: str
    feats: str | None
    diac: str
    gloss: str | None
    bw: str | None
    d3: str
    atb: str
    prc3: str | None
    prc2: str | None
    prc1: str | None
    prc0: str | None
    enc0: str | None
    asp: str | None
    cas: str | None
    gen: str | None
    num: str | None
    per: str | None
    mod: str | None
    stt: str | None
    vox: str | None
    rat: str | None
    analysis_source: AnalysisSource
    analysis_score: float
    analysis_count: int


@dataclass(frozen=True, slots=True)
class AnalysedArticle:
    """A split article with one analysis a token: `analyses[sentence][token]`."""

    article: CleanArticle
    sentences: tuple[Sentence, ...]
    analyses: tuple[tuple[TokenAnalysis, ...], ...]


@dataclass(frozen=True, slots=True)
class Entity:
    """A named entity: half-open spans into the sentence's `text` and `tokens`.

    `id` is who or what it names: the same number for all mentions of one in the article.
    """

    text: str
    type: EntityType
    start: int
    end: int
    token_start: int
    token_end: int
    name: str
    score: float
    id: int = 0


@dataclass(frozen=True, slots=True)
class AnnotatedArticle:
    """An article ready to be written: `entities[sentence]` in the order of the text."""

    article: CleanArticle
    sentences: tuple[Sentence, ...]
    analyses: tuple[tuple[TokenAnalysis, ...], ...]
    entities: tuple[tuple[Entity, ...], ...]


ArticleT = TypeVar("ArticleT")


@dataclass(frozen=True, slots=True)
class Shard(Generic[ArticleT]):
    """The unit of work: some articles in one of the forms above, and what was rejected so far.

    `metrics` holds what the shard has cost and counted so far, summed over shards in the manifest:
    `seconds.<stage>`, `analyse.tokens`, `analyse.misses` and the like.
    """

    index: int
    articles: tuple[ArticleT, ...]
    rejections: tuple[Rejection, ...] = ()
    metrics: Mapping[str, float] = field(default_factory=dict)
