"""What a page declares of itself to machines: JSON-LD, Open Graph and other `meta` elements."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import lxml.html

_MAX_JSON_CHARACTERS = 2_000_000
_MAX_JSON_NODES = 5000
_ARTICLE_TYPE = re.compile(r"(?:Article|BlogPosting|Posting|NewsItem|Report)$")
_BROKEN_JSON_FIELD = re.compile(
    r'"(headline|datePublished|articleBody|articleSection|description)"\s*:\s*"((?:[^"\\]|\\.)*+)"'
)
_TAG = re.compile(r"<[^<>]{1,300}>")
# In UTF-8 that was read as Latin-1, two kinds of white space are the second half of a letter, such
# as meem; who repairs that needs them.
_SPACE = re.compile(r"(?:[^\S\x85\xa0]|(?<![\xd8-\xdb])[\x85\xa0])+")


@dataclass(slots=True)
class Declared:
    """What the machine-readable parts of a page say; `article` is JSON-LD of its article."""

    article: Mapping[str, Any] = field(default_factory=dict)
    nodes: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    site_name: str | None = None
    meta: dict[str, str] = field(default_factory=dict)
    title: str | None = None
    canonical: str | None = None

    def text(self, name: str) -> str | None:
        """A field of the article in JSON-LD as plain text."""
        value = self.article.get(name)
        if isinstance(value, list):
            value = next((item for item in value if isinstance(item, str)), None)
        return plain(value) if isinstance(value, str) else None

    def first_meta(self, *names: str) -> str | None:
        """The first of the named `meta` elements that says something."""
        return next((self.meta[name] for name in names if self.meta.get(name)), None)

    def names(self, field_name: str) -> list[str]:
        """The names of the persons or organisations in a field of the article in JSON-LD."""
        value = self.article.get(field_name)
        found = []
        for item in value if isinstance(value, list) else [value]:
            entity = item
            if isinstance(entity, dict) and "name" not in entity:
                entity = self.nodes.get(str(entity.get("@id")), entity)
            name = entity.get("name") if isinstance(entity, dict) else entity
            if isinstance(name, list) and name:
                name = name[0]
            if isinstance(name, str) and plain(name):
                found.append(plain(name))
        return list(dict.fromkeys(found))


def plain(text: str) -> str:
    """Text without tags and escapes, its white space single."""
    unescaped = html.unescape(html.unescape(text)) if "&" in text else text
    return _SPACE.sub(" ", _TAG.sub(" ", unescaped)).strip(" ")


def declared_by(root: lxml.html.HtmlElement) -> Declared:
    """Reads all that a page declares; what is broken is passed over."""
    found = Declared()
    for element in root.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop")
        content = element.get("content")
        if name and content and content.strip():
            found.meta.setdefault(name.strip().lower(), plain(content))
    for element in root.iter("title"):
        if found.title is None and element.text and element.text.strip():
            found.title = plain(element.text)
    for element in root.iter("link"):
        if (element.get("rel") or "").lower() == "canonical" and element.get("href"):
            found.canonical = found.canonical or element.get("href").strip()
    _read_json(root, found)
    return found


def _read_json(root: lxml.html.HtmlElement, found: Declared) -> None:
    left = _MAX_JSON_CHARACTERS
    for element in root.iter("script"):
        if "ld+json" not in (element.get("type") or "").lower() or not element.text:
            continue
        left -= len(element.text)
        if left < 0:
            return
        for node in _nodes(element.text):
            if isinstance(node.get("@id"), str):
                known = found.nodes.get(node["@id"], {})
                found.nodes[node["@id"]] = node if len(node) > len(known) else known
            types = node.get("@type")
            names = [str(name) for name in (types if isinstance(types, list) else [types])]
            if "WebSite" in names and isinstance(node.get("name"), str):
                found.site_name = found.site_name or plain(node["name"])
            is_article = any(_ARTICLE_TYPE.search(name) for name in names)
            if is_article and len(node.keys()) > len(found.article.keys()):
                found.article = {**node}


def _nodes(text: str) -> Iterator[Mapping[str, Any]]:
    """All objects in a piece of JSON-LD, or the plain fields of one that is broken."""
    bare = text.strip().removeprefix("<!--").removeprefix("//<![CDATA[").strip()
    bare = bare.removesuffix("-->").removesuffix("//]]>").rstrip(" \r\n;")
    try:
        waiting = [json.loads(bare, strict=False)]
    except (ValueError, RecursionError):
        fields = dict(reversed(_BROKEN_JSON_FIELD.findall(text)))
        if "headline" in fields:
            yield {"@type": "NewsArticle", **{k: _unescaped(v) for k, v in fields.items()}}
        return
    for _ in range(_MAX_JSON_NODES):
        if not waiting:
            return
        node = waiting.pop(0)
        if isinstance(node, list):
            waiting += node[:_MAX_JSON_NODES]
        elif isinstance(node, dict):
            yield node
            waiting += [value for value in node.values() if isinstance(value, (dict, list))]


def _unescaped(value: str) -> str:
    try:
        return str(json.loads(f'"{value}"', strict=False))
    except ValueError:
        return value
