"""The pages of the benchmark and what an editor keeps of each: `pages/` and `gold/` of a folder."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import lxml.html

from schemas.records import BlockKind

HERE = Path(__file__).parent
# Kinds that gold names, so that one can see whether they are recognised, but that are no body.
NOT_BODY: frozenset[BlockKind] = frozenset({"byline", "agency", "caption"})

_UNSEEN = ("head", "script", "style", "noscript", "template", "iframe", "svg", "textarea", "select")
# Tags inside a line; every other tag begins a new one.
_INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark q s samp "
    "small span strike strong sub sup time tt u var wbr".split()
)


@dataclass(frozen=True)
class GoldBlock:
    """A stretch of the article and its role."""

    kind: BlockKind
    text: str


@dataclass(frozen=True)
class Page:
    """A page as it was fetched, and its gold."""

    path: Path
    title: str | None
    author: str | None
    published: str | None
    site: str
    family: str
    blocks: tuple[GoldBlock, ...]

    @property
    def name(self) -> str:
        """The name of its two files, without their endings."""
        return self.path.stem

    @property
    def is_html(self) -> bool:
        """Whether the page is HTML; else it is plain text."""
        return self.path.suffix in (".html", ".htm")

    @property
    def body(self) -> str:
        """What is left when an editor is done, one block a line."""
        return "\n".join(block.text for block in self.blocks if block.kind not in NOT_BODY)

    @cached_property
    def decoded(self) -> str:
        """The page's characters: UTF-8 or else windows-1256, the only two encodings in the set."""
        data = self.path.read_bytes()
        try:
            return data.decode("utf-8-sig")
        except UnicodeDecodeError:
            return data.decode("windows-1256")

    @cached_property
    def visible(self) -> str:
        """All text that a reader of the page can see, one block a line."""
        return visible_text(self.decoded) if self.is_html else self.decoded


@dataclass(frozen=True)
class PageSet:
    """A folder of pages; `digest` is the sha256 over the names and bytes of all their files.

    `licence` is the first line of the folder's `licence.txt`.
    """

    pages: tuple[Page, ...]
    digest: str
    licence: str


def load(folder: Path = HERE) -> PageSet:
    """All pages of a folder, by name.

    Raises:
        ValueError: a page without gold, gold without a page, or no page at all.
    """
    sources = sorted(path for path in (folder / "pages").iterdir() if path.is_file())
    golds = {path.stem: path for path in sorted((folder / "gold").glob("*.json"))}
    if not sources or sorted(path.stem for path in sources) != sorted(golds):
        odd = {path.stem for path in sources} ^ set(golds)
        raise ValueError(f"{folder}: pages and gold must come in pairs; alone: {sorted(odd)}")
    digest = hashlib.sha256()
    pages = []
    for source in sources:
        gold = golds[source.stem]
        for path in (source, gold):
            data = path.read_bytes()
            digest.update(f"{path.parent.name}/{path.name}\0{len(data)}\0".encode() + data)
        pages.append(_page(source, json.loads(gold.read_text(encoding="utf-8"))))
    licence = folder / "licence.txt"
    terms = (
        licence.read_text(encoding="utf-8").splitlines()[0] if licence.exists() else "not stated"
    )
    return PageSet(tuple(pages), digest.hexdigest(), terms)


def _page(source: Path, gold: dict[str, Any]) -> Page:
    blocks = tuple(GoldBlock(**block) for block in gold["blocks"])
    return Page(source, **{**gold, "blocks": blocks})


def visible_text(html: str) -> str:
    """The text of an HTML page without its scripts and styles, one block a line."""
    root = lxml.html.document_fromstring(html.encode(), lxml.html.HTMLParser(encoding="utf-8"))
    lines: list[str] = []

    def walk(element: lxml.html.HtmlElement) -> None:
        if isinstance(element.tag, str) and element.tag not in _UNSEEN:
            edge = "" if element.tag in _INLINE else "\n"
            lines.append(edge + (element.text or ""))
            for child in element:
                walk(child)
            lines.append(edge)
        lines.append(element.tail or "")

    walk(root)
    return "\n".join(line for line in map(str.strip, "".join(lines).split("\n")) if line)
