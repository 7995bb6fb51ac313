"""The gold articles: news as it is scraped, with sentence breaks and entities, from `articles/`."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from schemas.records import BlockKind, EntityType

HERE = Path(__file__).parent
LICENCE = "Apache-2.0"

_KINDS: dict[str, BlockKind] = {kind: kind for kind in get_args(BlockKind)}
_TYPES: dict[str, EntityType] = {kind: kind for kind in get_args(EntityType)}
_MARKUP = re.compile(r"\{(?P<type>\w+) (?P<text>[^{}|]+?)(?: = (?P<name>[^{}|]+))?\}|(?P<break>\|)")
_LEFT_OVER = re.compile(r"[{}|]")


@dataclass(frozen=True)
class GoldEntity:
    """An entity `[start, end)` of its block's text; `name` is one for all its mentions."""

    type: EntityType
    start: int
    end: int
    name: str


@dataclass(frozen=True)
class GoldBlock:
    """A block of an article; `breaks` are the places where a sentence begins, but for the first."""

    kind: BlockKind
    text: str
    breaks: tuple[int, ...]
    entities: tuple[GoldEntity, ...]

    @property
    def sentences(self) -> tuple[tuple[int, int], ...]:
        """Half-open spans of the sentences, without the white space between them."""
        starts = (0, *self.breaks)
        ends = (*self.breaks, len(self.text))
        return tuple(
            (start, start + len(self.text[start:end].rstrip()))
            for start, end in zip(starts, ends, strict=True)
        )


@dataclass(frozen=True)
class GoldArticle:
    """An article; its text is that of its blocks, one a line."""

    name: str
    blocks: tuple[GoldBlock, ...]

    @property
    def text(self) -> str:
        """What the pipeline is given."""
        return "\n".join(block.text for block in self.blocks)


@dataclass(frozen=True)
class GoldSet:
    """Articles by name; `digest` is the sha256 over the names and bytes of their files."""

    articles: tuple[GoldArticle, ...]
    digest: str

    @property
    def sentences(self) -> int:
        """How many sentences there are."""
        return sum(len(block.breaks) + 1 for article in self.articles for block in article.blocks)

    @property
    def entities(self) -> int:
        """How many mentions of entities there are."""
        return sum(len(block.entities) for article in self.articles for block in article.blocks)


def load(folder: Path = HERE / "articles") -> GoldSet:
    """All articles of a folder.

    Raises:
        ValueError: a line that breaks the rules of the format, with its file and number.
    """
    digest = hashlib.sha256()
    articles = []
    for path in sorted(folder.glob("*.txt")):
        data = path.read_bytes()
        digest.update(f"{path.name}\0{len(data)}\0".encode() + data)
        blocks = []
        for number, line in enumerate(data.decode("utf-8").split("\n"), start=1):
            if line:
                try:
                    blocks.append(read_block(line))
                except ValueError as error:
                    raise ValueError(f"{path.name}, line {number}: {error}") from error
        articles.append(GoldArticle(path.stem, tuple(blocks)))
    if not articles:
        raise ValueError(f"no articles in {folder}")
    return GoldSet(tuple(articles), digest.hexdigest())


def read_block(line: str) -> GoldBlock:
    """A block from its line, `kind: text`, where `|` begins a sentence and `{…}` is an entity.

    Raises:
        ValueError: the line breaks the rules of the format; the message says how.
    """
    kind, colon, marked = line.partition(": ")
    if not colon or kind not in _KINDS:
        raise ValueError(f"begins with no kind of block: {line[:20]!r}")
    text = ""
    breaks: list[int] = []
    entities: list[GoldEntity] = []
    done = 0
    for match in _MARKUP.finditer(marked):
        text += marked[done : match.start()]
        done = match.end()
        if match["break"]:
            breaks.append(len(text))
            continue
        if match["type"] not in _TYPES:
            raise ValueError(f"{match['type']} is no type of entity")
        entity, name = match["text"], match["name"] or match["text"]
        if entity != entity.strip() or name != name.strip():
            raise ValueError(f"white space at the edge of {match.group()}")
        kind_of = _TYPES[match["type"]]
        entities.append(GoldEntity(kind_of, len(text), len(text) + len(entity), name))
        text += entity
    text += marked[done:]
    if _LEFT_OVER.search(text):
        raise ValueError("a brace or bar that is no markup")
    if text != text.strip() or not text:
        raise ValueError("white space at the edge of the block, or no text")
    for place in breaks:
        if not 0 < place < len(text) or text[place].isspace():
            before = text[max(0, place - 20) : place]
            raise ValueError(f"a bar that no sentence follows: {before!r}")
    return GoldBlock(_KINDS[kind], text, tuple(breaks), tuple(entities))
