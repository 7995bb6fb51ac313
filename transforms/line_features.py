"""What can be seen of one line by itself: its length, its end, and what it looks like."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from transforms.datelines import is_dateline_line
from transforms.folding import fold
from transforms.furniture import FOLDED_CHARACTERS, Furniture, furniture
from transforms.line_dates import is_timestamp
from transforms.line_roles import (
    is_agency_line,
    is_byline,
    is_caption,
    is_comments_label,
    is_initials,
    is_name,
    is_name_and_place,
    is_source,
    is_tweet_signature,
)
from transforms.site_words import is_breadcrumb, is_menu, menu_items
from transforms.tokens import ARABIC_LETTERS

Role = Literal["byline", "agency", "caption", "dateline"]

_STOPS = ".!?؟…۔"
_CLOSERS = "\"'”“»«’)]} "
# A line at most this long can be a file name, an address, a caption; no expression below sees more.
_SHORT_CHARACTERS = 300
_PARAGRAPH_WORDS = 20
_STOPPED_PARAGRAPH_WORDS = 6
_QUESTION_PARAGRAPH_WORDS = 12
_TRAILING_PARAGRAPH_WORDS = 12
_DATELINE_CHARACTERS = 110
_ADDRESS_WORDS = 3
_MENU_WORDS = 40
_MENU_ITEMS = 3
_PHONE_WORDS = 20
_ENGLISH_WORDS = 12

_LETTER_OR_DIGIT = re.compile(r"[^\W_]")
_LETTER = re.compile(r"[^\W\d_]")
_ARABIC = re.compile(rf"[{ARABIC_LETTERS}]")
_SLUG = re.compile(
    r"[^\W_]+(?:[-_]+[^\W_]+){2,}|\S+\.(?:jpe?g|png|gif|webp|bmp|svg)", re.IGNORECASE
)
_ADDRESS = re.compile(
    r"(?:https?://|www\.)\S+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|[\w.]+ ?\[at\] ?[\w.-]+"
    r"|[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:com|net|org|info|tv|news|[a-z]{2})/?",
    re.IGNORECASE,
)
# `تابعونا على تلغرام https://…`
_TRAILING_ADDRESS = re.compile(r"(?<=\w)\W+(?:https?://|www\.)\S+$")
_CODE = re.compile(
    r"googletag|adsbygoogle|document\.(?:write|getElement)|window\.\w+\s*[=(]|<script|CDATA\["
    r"|function\s?\w*\s?\([^)]{0,100}\)\s?\{|\b(?:var|let|const) \w+ =|\$\(document\)"
    r"|[\w-] ?\{ ?[\w-]+ ?: ?[^{}]{1,200}; ?\}"
)
# No program text is without one of these; most lines are.
_CODE_MARK = re.compile(r"[{};=<\[]|document|googletag|adsby")
_LIST_ITEM = re.compile(
    r"(?:[-–—•·▪●◦■□►▶✓✔*]+ ?|\(?[0-9\u0660-\u0669]{1,2} ?[-–.)]+(?!\d) ?)"
    r"[^\W_«“\"(]*[«“\"(]?[^\W_]"
)
# What tools that turn HTML into Markdown leave of pictures and of links alone on their line.
_MARKDOWN_PICTURE = re.compile(r"(?:\[ ?)?!\[[^\[\]]*\]\([^()]*\)(?: ?\]\([^()]*\))?")
_MARKDOWN_LINKS = re.compile(r"(?:[\W_]{0,4}\[[^\[\]]*\]\([^()]*\))+\W{0,4}")
# `3 / 5`, `الصورة 3 من 5`: where one stands among pictures.
_PICTURE_COUNTER = re.compile(r"(?:(?:ال)?صورة )?\d{1,3}(?: / |/| من )\d{1,3}")
# `تحميل البلاغ (PDF 214 Ko)`
_FILE_SIZE = re.compile(r"\d ?(?:[KMGkmg][oObB]|كيلوبايت|ميغابايت|ميجابايت)\b")
_FILE_WORDS = 8
_HASHTAGS = re.compile(r"#\w+(?:[ ،,]+#\w+)*")
# The links to the articles before and after: `« العنوان`, `العنوان »`.
_OTHER_ARTICLE = re.compile(r"^(?:«|»|‹|›|<<|>>|←|→) |\s(?:«|»|‹|›|<<|>>|←|→)$")
_LINK_WORDS = 25
_COPYRIGHT = re.compile(r"[©®]|^\(c\) ")
_COPYRIGHT_WORDS = 40
# Two numbers, of which one is long: `هاتف 01 234567 - فاكس 01 234568`.
_PHONE = re.compile(
    r"(?:هاتف|تلفون|تليفون|فاكس|جوال|موبايل|ص\.? ?ب\.?|واتس ?[أآ]ب|tel|fax|phone)"
    r"\W{0,4}[\d+(]|\+\d{9}|\b00\d{9}",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class LineFeatures:
    """A normalised line as the rules see it.

    `folded`: its beginning, for comparison. `stopped`: it ends in a stop, closing quotation marks
    aside; `trails_off`: in three dots. `is_paragraph`: it is long enough, or ends so that it can be
    no title and no menu. `role`: what its own wording makes it. `may_be_byline`: at the head of an
    article, a name and the place or paper it writes for (`داليا - القاهرة`). `certain`: why the
    line is no part of any article, wherever it stands. `likely`: why it is none if it stands at an
    end. `is_label`: it may speak for the lines under it.
    """

    text: str
    folded: str
    words: int
    stopped: bool
    trails_off: bool
    is_paragraph: bool
    is_list_item: bool
    role: Role | None
    may_be_byline: bool
    certain: str | None
    likely: str | None
    is_label: bool


def look_at(text: str) -> LineFeatures:
    """The features of a normalised, non-empty line."""
    words = len(text.split(" "))
    short = len(text) <= _SHORT_CHARACTERS
    end = text.rstrip(_CLOSERS)
    last = end[-1:]
    trails_off = end.endswith(("...", "…", ".."))
    named = _TRAILING_ADDRESS.sub("", text) if short and "/" in text else text
    folded = fold(named[:FOLDED_CHARACTERS])
    known = furniture(text, folded)
    if known is None and short and is_comments_label(text, words):
        known = Furniture("comments", certain=False, is_label=True)
    certain = _certain(text, folded, words, short, known)
    role = _role(text) if short and certain in (None, "signature") else None
    if role is not None:
        certain = None
    return LineFeatures(
        text=text,
        folded=folded,
        words=words,
        stopped=last != "" and last in _STOPS,
        trails_off=trails_off,
        is_paragraph=certain is None and role is None and _is_paragraph(words, last, trails_off),
        is_list_item=_LIST_ITEM.match(text) is not None,
        role=role,
        may_be_byline=short and role is None and _may_be_byline(text),
        certain=certain,
        likely=certain or (None if role else _likely(text, folded, words, short, known)),
        is_label=known is not None and known.is_label,
    )


def _may_be_byline(text: str) -> bool:
    """Whether a line is a name and a place, or a name with an asterisk that leads to a note."""
    return is_name_and_place(text) or (text[-1] == "*" and is_name(text.rstrip(" *")))


def _role(text: str) -> Role | None:
    if is_byline(text):
        return "byline"
    if _LIST_ITEM.match(text) is None:
        if len(text) <= _DATELINE_CHARACTERS and is_dateline_line(text):
            return "dateline"
        if is_agency_line(text):
            return "agency"
    return "caption" if is_caption(text) else None


def _is_paragraph(words: int, last: str, trails_off: bool) -> bool:
    if last and last in "!?؟":
        return words >= _QUESTION_PARAGRAPH_WORDS
    if trails_off:
        return words >= _TRAILING_PARAGRAPH_WORDS
    if last and last in ".۔:":
        return words >= _STOPPED_PARAGRAPH_WORDS
    return words >= _PARAGRAPH_WORDS


def _certain(
    text: str, folded: str, words: int, short: bool, known: Furniture | None
) -> str | None:
    if known and known.certain:
        return known.reason
    if words <= _COPYRIGHT_WORDS and _COPYRIGHT.match(text):
        return "copyright"
    if _LETTER_OR_DIGIT.search(text) is None:
        return "separator"
    if short and words <= _ADDRESS_WORDS and _ADDRESS.fullmatch(text):
        return "web_address"
    if short and words == 1 and _SLUG.fullmatch(text) and _LETTER.search(text):
        return "image_slug"
    if short and words <= _MENU_WORDS and _is_certain_menu(folded, words):
        return "navigation"
    if short and words <= _ADDRESS_WORDS + 1 and _PICTURE_COUNTER.fullmatch(text):
        return "player"
    if "](" in text and _MARKDOWN_PICTURE.fullmatch(text):
        return "image_slug"
    if short and is_tweet_signature(text):
        return "web_address"
    return "code" if _is_code(text) else None


def _is_certain_menu(folded: str, words: int) -> bool:
    """Whether there are at least three sections, or two without a space between them."""
    items = menu_items(folded)
    return items >= _MENU_ITEMS or (items >= 2 and words == 1)


def _is_code(text: str) -> bool:
    beginning = text[:1000]
    if not _CODE_MARK.search(beginning) or not _CODE.search(beginning):
        return False
    letters, arabic = len(_LETTER.findall(beginning)), len(_ARABIC.findall(beginning))
    return arabic < letters / 5


def _likely(text: str, folded: str, words: int, short: bool, known: Furniture | None) -> str | None:
    if known:
        return known.reason
    if not short:
        return None
    if is_initials(text) or is_source(text):
        return "signature"
    if is_timestamp(text, folded):
        return "timestamp"
    if _HASHTAGS.fullmatch(text):
        return "tags"
    return "navigation" if _is_navigation(text, folded, words) else None


def _is_navigation(text: str, folded: str, words: int) -> bool:
    """Whether a short line is a menu, a path, a link, an address, or has no Arabic."""
    if _LETTER.search(text) is None or is_breadcrumb(text):
        return True
    if "](" in text and _MARKDOWN_LINKS.fullmatch(text):
        return True
    if words <= _LINK_WORDS and _OTHER_ARTICLE.search(text) and text.count("«") != text.count("»"):
        return True
    if words <= _FILE_WORDS and text[-1] not in _STOPS and _FILE_SIZE.search(text):
        return True
    if words <= _PHONE_WORDS and _PHONE.search(text):
        return True
    if _LIST_ITEM.match(text):
        return False
    if words <= _MENU_WORDS and (menu_items(folded) or (text[-1] not in _STOPS and is_menu(text))):
        return True
    return words <= _ENGLISH_WORDS and not _ARABIC.search(text)
