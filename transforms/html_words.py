"""What the tag, the classes and the identifier of an element say of what is in it."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from pathlib import Path

from lxml import etree

from schemas.removals import REMOVAL_REASONS

_NAMES = Path(__file__).with_name("html_words.txt")
_ROLES = frozenset({"body", "lead", "headline", "quotation", "post", "hidden", "label"})
# The most telling come first: in a `comment-author`, the author is no author of the article.
_REASONS = (
    "hidden quotation ad_blocker cookies advertisement comments related sharing subscription tags "
    "player copyright caption byline timestamp navigation aside post body lead headline label"
)
_ORDER = _REASONS.split()
_MAX_WORDS = 5
_MAX_NAME = 80
_MAX_NAMES = 1000
_MAX_NAME_WORDS = 10
_PARTS = re.compile(r"[-_]+")
_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")
# A builder's own prefix says nothing, and WordPress writes an article's categories into its class.
_PREFIX = re.compile(
    r"^(?:elementor-(?:(?:widget|element|location)(?:-|$))?|(?:wp-block|widget_text|jeg|jnews|tie|td)[-_])"
)
_OF_THE_ARTICLE = re.compile(
    r"^(?:(?:post_)?tag|tagged|category|term|postid|status|format|type|author|menu-item-type"
    r"|has|no|with|is|without|hide|show|single|col|row|ts|js)-(?!(?:list|links|box|name|info|bio|caption)\b)"
)
_WHOLE_PAGE = frozenset({"html", "body", "form"})

_TAG_REASONS = {
    "nav": "navigation",
    "menu": "navigation",
    "footer": "navigation",
    "aside": "aside",
    "dialog": "aside",
    "time": "timestamp",
    "address": "byline",
    "figcaption": "caption",
    "caption": "caption",
    "button": "sharing",
    "label": "subscription",
    "legend": "subscription",
    "amp-sidebar": "navigation",
    "amp-ad": "advertisement",
    "amp-embed": "advertisement",
    "amp-social-share": "sharing",
    "amp-user-notification": "cookies",
    "amp-consent": "cookies",
    "ins": "",
}
# What `itemprop` says.
_ITEMS = {
    "articleBody": "body",
    "headline": "headline",
    "author": "byline",
    "datePublished": "timestamp",
    "dateModified": "timestamp",
    "keywords": "tags",
    "caption": "caption",
    "alternativeHeadline": "lead",
    "breadcrumb": "navigation",
    "commentCount": "comments",
}
_LANDMARKS = {
    "navigation": "navigation",
    "menu": "navigation",
    "menubar": "navigation",
    "search": "navigation",
    "complementary": "aside",
    "contentinfo": "copyright",
    "dialog": "aside",
    "alertdialog": "aside",
}


@functools.cache
def load_words() -> tuple[Mapping[str, frozenset[str]], Mapping[str, frozenset[str]]]:
    """The names of `html_words.txt` and their sections: those of words, those that are whole.

    Raises:
        ValueError: an unknown section, or a name before the first one.
    """
    phrases: dict[str, set[str]] = {}
    wholes: dict[str, set[str]] = {}
    section = ""
    for number, line in enumerate(_NAMES.read_text(encoding="utf-8").splitlines(), 1):
        name = line.strip()
        if not name or name.startswith("#"):
            continue
        if name.startswith("["):
            section = name.strip("[]")
            if section not in REMOVAL_REASONS and section not in _ROLES:
                raise ValueError(f"{_NAMES.name}:{number}: unknown section {section!r}")
        elif not section:
            raise ValueError(f"{_NAMES.name}:{number}: a name before the first [section]")
        elif name.startswith("="):
            wholes.setdefault(name[1:], set()).add(section)
        else:
            phrases.setdefault(name, set()).add(section)
    return (
        {name: frozenset(sections) for name, sections in phrases.items()},
        {name: frozenset(sections) for name, sections in wholes.items()},
    )


@functools.cache
def _first_words() -> frozenset[str]:
    """The words that a name of `html_words.txt` begins with; most words of classes are none."""
    return frozenset(name.split(" ", 1)[0] for name in load_words()[0])


@functools.lru_cache(maxsize=20_000)
def sections_of(name: str) -> frozenset[str]:
    """The sections of `html_words.txt` in which one class or identifier is found."""
    phrases, wholes = load_words()
    bare = _PREFIX.sub("", name)
    found = set(wholes.get(name, ())) | set(wholes.get(bare, ()))
    innocent = _OF_THE_ARTICLE.match(bare) and bare.replace("-", " ") not in phrases
    if len(name) > _MAX_NAME or innocent:
        return frozenset(found)
    words = [word.lower() for word in _WORD.findall(bare)][:_MAX_NAME_WORDS]
    firsts = _first_words()
    for spelling in (words, _PARTS.split(bare.lower())[:_MAX_NAME_WORDS]):
        for start in range(len(spelling)):
            if spelling[start] not in firsts:
                continue
            for end in range(start + 1, min(len(spelling), start + _MAX_WORDS) + 1):
                found |= phrases.get(" ".join(spelling[start:end]), frozenset())
    last = phrases.get(words[-1], frozenset()) if words else frozenset()
    if last & REMOVAL_REASONS.keys():  # `article-content-share` holds what its last word says
        found -= {"body", "post"}
    return frozenset(found)


def roles(element: etree._Element) -> frozenset[str]:
    """All that an element's classes and identifier say: reasons and the other sections."""
    if element.tag in _WHOLE_PAGE:
        return frozenset()
    names = (element.get(name, "")[:_MAX_NAMES] for name in ("class", "id", "itemprop"))
    return _roles(*names)


@functools.lru_cache(maxsize=20_000)
def _roles(classes: str, identifier: str, item: str) -> frozenset[str]:
    return _item_roles(item).union(*map(sections_of, f"{classes} {identifier}".split()))


def _item_roles(item: str) -> frozenset[str]:
    return frozenset(_ITEMS[word] for word in item.split() if word in _ITEMS)


def is_apart(found: frozenset[str]) -> bool:
    """Whether what is named so inside a heading is no part of what the heading says."""
    if found & {"headline", "quotation"}:
        return False
    return not found.isdisjoint({"label", "lead"} | REMOVAL_REASONS.keys())


def reason_of(element: etree._Element, found: frozenset[str]) -> str | None:
    """Why an element is furniture, judged by itself; `found` are its `roles`."""
    if element.tag in _WHOLE_PAGE or "quotation" in found:
        return None
    if found & {"body", "post"} and not found & {"comments", "related", "advertisement"}:
        return None
    for section in _ORDER:
        if section in found and section in REMOVAL_REASONS:
            return section
    rel = element.get("rel")
    if rel:
        if "tag" in rel.split():
            return "navigation" if "category" in rel else "tags"
        if "author" in rel.split():
            return "byline"
    role = element.get("role")
    if role in _LANDMARKS:
        return _LANDMARKS[role]
    return _TAG_REASONS.get(str(element.tag)) or None
