"""Why the place of a line in its page shows it to be furniture.

Three things speak: the names of the elements around it, where its links lead, and, in a forum,
that it is not the first message.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from transforms.html_looks import is_fine
from transforms.html_records import Mark, PageLine, PageLines, Region

_PROSE_CHARACTERS = 60
_STOPPED_PROSE_CHARACTERS = 30
_PROSE_LINK_SHARE = 0.4
_STOPS = (".", "؟", "!", "…", "۔", '."', ".»", ".”")
# An element with more of the page's prose than this is no furniture, whatever its name.
_WRAPPER_SHARE = 0.5
# … and if it holds the headline, or what is named as the article's text, a part will do.
_NAMED_WRAPPER_SHARE = 0.2
# What a long page may hold more of than of its article.
_OFTEN_LONG = frozenset({"comments", "related", "cookies"})
# What a name for a part of a page says less of than a name inside it.
_VAGUE = frozenset({"navigation", "aside", "timestamp"})
_FULL_LINK = 0.8
_SKIP = re.compile(r"تخط[ىي]\b|تجاوز إلى|skip\b", re.IGNORECASE)
_SKIP_CHARACTERS = 100
_SKIPPED_SHARE = 0.3
_RULE = re.compile(r"[_\-=]{5,}")
_CARD_LINES = 8
_LEAST_CARDS = 3
_NO_CARDS = frozenset({"p", "body", "blockquote"})
_PICTURE_TEXT_WORDS = 20
_NO_PICTURE_TEXTS = frozenset({"p", "li", "h1", "h2", "h3", "body", "header", "nav"})

_LINK_REASONS = tuple(
    (re.compile(pattern, re.IGNORECASE), reason)
    for pattern, reason in (
        (
            r"facebook\.com/(?:sharer|share\.php|dialog/)|(?:twitter|x)\.com/(?:intent|share|home\?)"
            r"|api\.whatsapp|wa\.me/|^whatsapp:|^viber:|^fb-messenger:|^tg:|t(?:elegram)?\.me/share"
            r"|linkedin\.com/(?:share|cws)|pinterest\.\w+/pin/create|reddit\.com/submit|getpocket"
            r"|plus\.google\.com/share|tumblr\.com/(?:share|widgets)|vk\.com/share|^mailto:|^sms:"
            r"|addtoany\.com|addthis\.com|window\.print|[?&](?:print|tmpl=component)\b|/print/",
            "sharing",
        ),
        (r"#(?:comment|respond|disqus|reply)|[?&]replytocom=", "comments"),
        (r"/(?:tags?|hashtag|topics?|keywords?|label)/|[?&]tag=|/search/label/", "tags"),
        (r"/(?:authors?|writers?|users?/|profile)/|[?&]author=", "byline"),
        (r"/(?:privacy|cookie|terms)(?:-|/|$)", "cookies"),
        (r"/(?:login|register|subscribe|newsletter|signup)\b|wp-login|feedburner", "subscription"),
        (r"/(?:category|categories|sections?)/|[?&]cat=|^/?$|^#(?:top)?$", "navigation"),
    )
)
_FOLLOW = re.compile(
    r"(?:facebook|twitter|x|instagram|youtube|t|telegram|linkedin|tiktok|nabd|news\.google)"
    r"\.(?:com|me)/(?!.*/(?:status|posts|videos|p|watch)\b)[^?]*$",
    re.IGNORECASE,
)


def is_prose(line: PageLine) -> bool:
    """Whether a line reads like a paragraph: long enough, and not made of links."""
    if line.link_share > _PROSE_LINK_SHARE:
        return False
    size = len(line.text)
    return size >= _PROSE_CHARACTERS or (
        size >= _STOPPED_PROSE_CHARACTERS and line.text.endswith(_STOPS)
    )


def is_follow_link(link: str) -> bool:
    """Whether a link leads to an account or a channel, not to one of its messages."""
    return _FOLLOW.search(link) is not None


def structural_reasons(page: PageLines) -> list[str | None]:
    """For each line, why it is furniture by its place in the page, or `None`."""
    prose = [len(line.text) if is_prose(line) else 0 for line in page.lines]
    cards = _cards(page)
    for region in cards:
        prose[region.first : region.end] = [0] * (region.end - region.first)
    wrappers = _wrappers(page, prose)
    reasons = [_reason_of_marks(line.marks, wrappers) for line in page.lines]
    for index, line in enumerate(page.lines):
        if reasons[index] is None:
            reasons[index] = _reason_of_links(line)
    thread = messages(page, reasons)
    for region in thread[1:]:
        _mark(reasons, region, "comments")
    if thread:
        _mark_signature(page, thread[0], reasons)
    for regions, reason in (
        (cards, "related"),
        (_skipped(page, prose), "aside"),
        (_picture_texts(page), "caption"),
    ):
        for region in regions:
            _mark(reasons, region, reason)
    for index, line in enumerate(page.lines):
        if line.under_picture and _is_short_and_plain(line):
            reasons[index] = reasons[index] or "caption"
    return reasons


def _mark(reasons: list[str | None], region: Region, reason: str) -> None:
    for index in range(region.first, region.end):
        reasons[index] = reasons[index] or reason


def _wrappers(page: PageLines, prose: Sequence[int]) -> set[int]:
    """The marks, by identity, that hold too much of the page's prose to be believed."""
    total = sum(prose)
    amounts: dict[int, int] = {}
    marks: dict[int, Mark] = {}
    named: set[int] = set()
    for line, size in zip(page.lines, prose, strict=True):
        headline = line.block.tag == "h1" or not line.roles.isdisjoint({"body", "post"})
        for mark in line.marks:
            amounts[id(mark)] = amounts.get(id(mark), 0) + size
            marks[id(mark)] = mark
            if headline:
                named.add(id(mark))
    wrappers = set()
    for key, amount in amounts.items():
        share = amount / total if total else 0.0
        trusted = marks[key].reason not in _OFTEN_LONG or share > 0.9
        if (trusted and share > _WRAPPER_SHARE) or (key in named and share > _NAMED_WRAPPER_SHARE):
            wrappers.add(key)
    return wrappers


def _reason_of_marks(marks: Sequence[Mark], wrappers: set[int]) -> str | None:
    reasons = [mark.reason for mark in marks if id(mark) not in wrappers]
    if not reasons:
        return None
    return next((reason for reason in reasons if reason not in _VAGUE), reasons[0])


def _reason_of_links(line: PageLine) -> str | None:
    """What a line is that consists of links, by where they lead."""
    if line.link_share < _FULL_LINK or not line.links:
        return None
    found = []
    for link in line.links:
        for pattern, reason in _LINK_REASONS:
            if pattern.search(link):
                found.append(reason)
                break
        else:
            if not is_follow_link(link) or len(line.text) > _PROSE_CHARACTERS:
                return None
            found.append("sharing")
    return found[0]


def messages(page: PageLines, reasons: Sequence[str | None]) -> list[Region]:
    """The messages of a forum's thread that say something, in their order."""
    found = [region for region in page.regions if "post" in region.roles]
    found.sort(key=lambda region: (region.first, -region.end))
    outer: list[Region] = []
    for region in found:
        says = any(
            reasons[index] is None and is_prose(page.lines[index])
            for index in range(region.first, region.end)
        )
        if says and (not outer or region.first >= outer[-1].end):
            outer.append(region)
    return outer


def _mark_signature(page: PageLines, message: Region, reasons: list[str | None]) -> None:
    """What a forum puts under a message: a rule of underscores and its author's motto."""
    for index in range(message.first, message.end):
        if _RULE.fullmatch(page.lines[index].text):
            for behind in range(index, message.end):
                reasons[behind] = reasons[behind] or "signature"
            return


def _skipped(page: PageLines, prose: Sequence[int]) -> list[Region]:
    """What a link for those who hear the page lets them skip: a box amid the text, to its end."""
    targets: dict[str, int] = {}
    for region in page.regions:
        name = region.element.get("id")
        if name:
            targets.setdefault(f"#{name}", region.end)
    found = []
    for index, line in enumerate(page.lines):
        short = len(line.text) <= _SKIP_CHARACTERS and line.link_share >= 0.5
        if not short or not _SKIP.search(line.text):
            continue
        end = targets.get(line.links[-1], 0)
        if index < end and sum(prose[index:end]) <= _SKIPPED_SHARE * sum(prose):
            found.append(Region(line.block, index, end, frozenset()))
    return found


def _cards(page: PageLines) -> list[Region]:
    """Elements in a row, each with the link to another article and what else teases with it."""
    groups: dict[tuple[int, str, str], list[Region]] = {}
    for region in page.regions:
        element = region.element
        if not 2 <= region.end - region.first <= _CARD_LINES or element.tag in _NO_CARDS:
            continue
        lines = page.lines[region.first : region.end]
        if any(map(_is_headline_link, lines)) and element.getparent() is not None:
            key = (id(element.getparent()), str(element.tag), element.get("class", ""))
            groups.setdefault(key, []).append(region)
    return [card for cards in groups.values() if len(cards) >= _LEAST_CARDS for card in cards]


def _is_headline_link(line: PageLine) -> bool:
    leads_on = any(not link.startswith("#") for link in line.links)
    return line.link_share > _FULL_LINK and leads_on and len(line.text.split()) >= 3


def _picture_texts(page: PageLines) -> list[Region]:
    """Elements that hold a picture and one short line without a stop: what the picture shows."""
    found = []
    for region in page.regions:
        if region.end - region.first != 1 or region.element.tag in _NO_PICTURE_TEXTS:
            continue
        if (
            _is_short_and_plain(page.lines[region.first])
            and next(region.element.iter("img", "amp-img"), None) is not None
        ):
            found.append(region)
    return found


def _is_short_and_plain(line: PageLine) -> bool:
    if line.kind == "heading" or line.link_share >= 0.5:
        return False
    if line.bold >= len(line.text) / 2 and not (line.inner is not None and is_fine(line.inner)):
        return False
    return len(line.text.split()) <= _PICTURE_TEXT_WORDS and not line.text.endswith(_STOPS)
