"""Characters of a page in, its tree of elements out; pages built to exhaust us are refused."""

from __future__ import annotations

import re

import lxml.html
from lxml import etree

from schemas.settings import ReadSettings
from transforms.shards import RejectedArticleError

# What XML allows of the control characters; a parser written in C may end its text at a null.
_CONTROLS = re.compile("[\x00-\x08\x0b\x0e-\x1f\ufffe\uffff]")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
# Comments and scripts can hold what only looks like a tag. Every alternative runs to the end of
# the page if nothing closes it, so no character is looked at twice.
_TAG = re.compile(
    r"""<!--.*?(?:-->|\Z)
      | <[!?][^>]*+
      | <(script|style|textarea|title|iframe|xmp)\b[^>]*+(?:>.*?(?:</\1|\Z)|\Z)
      | <[a-z](?:[^>=]++|=\s*+(?:"[^"]*+"?|'[^']*+'?)?)*+
    """,
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)
_QUOTED = re.compile(r"""=\s*+(?:"[^"]*+"?|'[^']*+'?)""")
_ANY_TAG = re.compile(r"<[a-z!/]", re.IGNORECASE)
# Text in fonts and colours: what pages of the 2000s forget to close, hundreds deep.
_FORMATTING = re.compile(
    r"</?(?:font|b|i|u|s|em|strong|span|big|small|center|strike|tt)\b[^<>]*>", re.IGNORECASE
)


def has_tags(html: str) -> bool:
    """Whether there is any markup in it; what is served as HTML may be plain text."""
    return _ANY_TAG.search(html) is not None


def parse_page(html: str, settings: ReadSettings) -> lxml.html.HtmlElement | None:
    """The root element of a page; `None` if there is no element in it.

    Nothing is fetched and no entity but those of HTML is resolved.

    Raises:
        RejectedArticleError: `too_complex`: more characters, elements or attributes than the
            settings allow, or elements nested deeper than the parser goes (256).
    """
    _check_size(html, settings)
    clean = _CONTROLS.sub("", _LONE_SURROGATE.sub("\ufffd", html))
    tree, complaint = _parse(clean)
    if "depth" in complaint:
        tree, complaint = _parse(_FORMATTING.sub("", clean))
    if "depth" in complaint or "limit" in complaint:
        raise RejectedArticleError("too_complex", f"the parser of HTML gave up: {complaint}")
    return tree


def _check_size(html: str, settings: ReadSettings) -> None:
    most = settings.max_html_characters
    if len(html) > most:
        raise _too_complex(len(html), "characters", most, "max_html_characters")
    elements = 0
    attributes = 0
    for match in _TAG.finditer(html):
        elements += 1
        # An attribute takes two characters at the least.
        if match.end() - match.start() > settings.max_html_attributes:
            count = len(_QUOTED.sub("", match.group()).split()) if match.group(1) is None else 0
            attributes = max(attributes, 0 if match.group().startswith("<!") else count)
    if elements > settings.max_html_elements:
        raise _too_complex(elements, "elements", settings.max_html_elements, "max_html_elements")
    if attributes > settings.max_html_attributes:
        most = settings.max_html_attributes
        raise _too_complex(attributes, "attributes in one tag", most, "max_html_attributes")


def _too_complex(count: int, what: str, most: int, setting: str) -> RejectedArticleError:
    return RejectedArticleError(
        "too_complex", f"{count:,} {what}, at most {most:,} are taken (read.{setting})"
    )


def _parse(html: str) -> tuple[lxml.html.HtmlElement | None, str]:
    """The tree, and what made the parser stop before the end, if anything did."""
    parser = lxml.html.HTMLParser(
        encoding="utf-8", huge_tree=False, remove_comments=True, remove_pis=True, no_network=True
    )
    try:
        tree = lxml.html.document_fromstring(html.encode("utf-8"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):  # nothing but comments, white space
        tree = None
    for entry in parser.error_log:
        if "depth" in entry.message or "limit" in entry.message:
            return tree, entry.message
    return tree, ""
