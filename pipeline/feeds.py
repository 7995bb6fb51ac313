"""RSS and Atom: each item of a feed becomes the JSON object of what is known of its article."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

from pipeline.records import (
    ATOM,
    HTML,
    RSS,
    FileEncoding,
    Item,
    Record,
    Source,
    as_json,
    nothing_found,
    read_bounded,
)
from transforms.shards import RejectedArticleError

# Above any feed in use, and above a site's export of a thousand articles. What the parser takes
# grows with the tags, at worst with their square: with so many it is done within ten seconds.
_LARGEST_FEED = 16 * 1024 * 1024
_MOST_TAGS = 300_000
_HEAD_BYTES = 4096
_NO_ELEMENT = re.compile(
    r"<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>\[]*(?:\[.*?\])?[^>]*>|\s+", re.S | re.I
)
_ELEMENT = re.compile(r"<(?:[\w.-]+:)?([\w.-]+)")
# An entity made of others: a few lines of them unfold to gigabytes. No feed needs one.
_NESTED_ENTITY = re.compile(rb"<!ENTITY[^>]*&\w", re.I)
_FEED_ROOTS = frozenset({"rss", "feed", "rdf"})


def read_xml(source: Source) -> Iterator[Item]:
    """One record an item of a feed; the page, if it is XHTML.

    Raises:
        RejectedArticleError: `unsupported`, any other XML; `mislabelled`, not XML; `too_large`;
            `archive_limit`, entities within entities.
    """
    data = read_bounded(source)
    root = _root(data)
    if root == "html":
        yield Record(None, data, HTML)
        return
    if root not in _FEED_ROOTS:
        raise RejectedArticleError("unsupported", f"XML that is no feed: its root is {root}")
    if len(data) > _LARGEST_FEED:
        raise RejectedArticleError("too_large", f"a feed of more than {_LARGEST_FEED} bytes")
    if data.count(b"<") > _MOST_TAGS:
        raise RejectedArticleError("too_large", f"a feed of more than {_MOST_TAGS} tags")
    if _NESTED_ENTITY.search(data[:_HEAD_BYTES].replace(b"\0", b"")):
        raise RejectedArticleError("archive_limit", "entities that unfold to entities")
    yield from _items(data)


def _root(data: bytes) -> str:
    """The local name of the root element, in small letters."""
    head = data[:_HEAD_BYTES].replace(b"\0", b"").decode("latin-1").lstrip("\xef\xbb\xbf\xfe\xff")
    if not head.strip():
        raise RejectedArticleError("empty", "no character in it")
    place = 0
    while skipped := _NO_ELEMENT.match(head, place):
        place = skipped.end()
    if not (element := _ELEMENT.match(head, place)):
        raise RejectedArticleError("mislabelled", f"not XML: {head[place : place + 40]!r}")
    return element[1].lower()


def _items(data: bytes) -> Iterator[Item]:
    import feedparser

    try:
        feed = feedparser.parse(io.BytesIO(data), sanitize_html=False, resolve_relative_uris=False)
    except Exception as error:  # the library fails in many ways on what is no XML
        raise RejectedArticleError("truncated", f"{type(error).__name__}: {error}") from error
    media_type = ATOM if str(feed.get("version", "")).startswith("atom") else RSS
    name = feed.get("encoding") or "utf-8"
    encoding = FileEncoding(name, "declared", 1.0, (f"xml: {name}",))
    for number, entry in enumerate(feed.entries, 1):
        yield Record(number, as_json(_fields(entry)), media_type, encoding=encoding)
    if not feed.entries:
        problem = feed.get("bozo_exception")
        if problem is not None:
            raise RejectedArticleError("truncated", f"no item in it: {problem}")
        yield nothing_found("item")


def _fields(entry: Any) -> dict[str, str]:
    """What an item says, under the names that such fields have by default."""
    known = {
        "id": entry.get("id"),
        "title": entry.get("title"),
        "author": entry.get("author"),
        "published": entry.get("published") or entry.get("updated"),
        "url": entry.get("link"),
    }
    body = next((part for part in entry.get("content", ()) if part.get("value")), None)
    kind = body.get("type") if body else entry.get("summary_detail", {}).get("type")
    known["text" if kind == "text/plain" else "html"] = (
        body.get("value") if body else entry.get("summary")
    )
    return {name: str(value) for name, value in known.items() if value}
