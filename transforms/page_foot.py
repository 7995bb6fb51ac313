"""What stands below an article's text and does not belong to it.

No single line tells where the text ends: sections of other articles stand inside it, sentences
stand below it. So each line speaks for the text or against it, by so many words; the text ends
where the sum of all lines so far is highest.
"""

from __future__ import annotations

from collections.abc import Sequence

from transforms.line_features import LineFeatures
from transforms.page import Page
from transforms.page_boxes import puts_stops, resumes
from transforms.page_comments import is_comment
from transforms.page_portrait import is_portrait
from transforms.site_words import site_phrases

# What a line adds to the sum. A paragraph: its words, up to a limit; fewer below the label of
# other articles, none where it ends in three dots there, or stands among readers' comments.
_PARAGRAPH_LIMIT = 30
_BELOW_LABEL = 0.5
_LABEL = -30.0
_INLINE_LABEL = -4.0
_FURNITURE = -6.0
_COPYRIGHT = -40.0
_SITE_SENTENCE = -20.0
# Of a table: prices, the results of a vote.
_NUMBER = -2.0
_NUMBER_CHARACTERS = 4
_MIN_NUMBERS = 2
_HEADLINE_BELOW_LABEL = -3.0
# One is enough beside other furniture; so many are needed right below the text.
_SITE_PHRASES = 2
_KNOWN_LINES = 2
_HEAD_LINES = 2
_KNOWN_SHARE = 0.15
_SIGNATURE_WORDS = 3
_MAX_SIGNATURES = 2
_HEADLINE_WORDS = (4, 18)
_HEADLINES = 3
_TAG_WORDS = 4
# Removals that do not show that the page's foot has begun: verse has separators, too.
SAYS_NOTHING = frozenset(
    {"separator", "timestamp", "web_address", "image_slug", "code", "player", "advertisement"}
)
_LABELS = frozenset({"related", "comments", "tags"})
# `اقرأ أيضا` stands inside texts; `مقالات ذات صلة` below them.
_INLINE = (
    "اقرا",
    "شاهد",
    "طالع",
    "انظر",
    "واقرا",
    "قد يهمك",
    "قد يعجبك",
    "تابع",
    "اقري",
    "يهمك",
    "يعجبك",
    "سيعجبك",
    "نرشح",
)


def judge_foot(page: Page, reasons: list[str | None]) -> None:
    """Takes out all below the end of the text, and signatures just above it."""
    if not page.has_paragraphs:
        _judge_without_paragraphs(page, reasons)
        return
    end = _end_of_text(page, reasons)
    foot = next(
        (i for i in range(end + 1, len(page.lines)) if _opens_foot(page.lines[i])), len(page.lines)
    )
    _judge_between(page, reasons, end, foot)
    label = "navigation" if _is_sure(page.lines[foot:]) else None
    for index in range(foot, len(page.lines)):
        line = page.lines[index]
        reason = reasons[index] or line.likely
        if label and reason and (line.is_label or line.certain) and reason not in SAYS_NOTHING:
            label = reason if reason in _LABELS else "navigation"
        reasons[index] = reason or label or _reason_alone(line)


def _is_sure(foot: Sequence[LineFeatures]) -> bool:
    """Whether unknown lines among these are furniture, too; a poem may hold the word `خروج`."""
    if any(_opens_foot(line) and line.certain for line in foot):
        return True
    known = sum(_opens_foot(line) for line in foot)
    return known >= _KNOWN_LINES and known >= _KNOWN_SHARE * len(foot)


def _opens_foot(line: LineFeatures) -> bool:
    return line.likely is not None and line.likely not in SAYS_NOTHING


def _end_of_text(page: Page, reasons: list[str | None]) -> int:
    """The last line of the text: where the sum of what speaks for it is highest."""
    best = total = 0.0
    end = page.first
    label: str | None = None
    before: str | None = None
    for index in range(page.first, len(page.lines)):
        line = page.lines[index]
        reason = reasons[index] or line.likely
        if reason is not None:
            inside = line.is_label and resumes(page, index, reason) is not None
            label = None if inside else _label(page, index, reason) or label
            total += _INLINE_LABEL if inside else _weight_of_furniture(line, reason, before)
        elif page.prose[index]:
            weight = _weight_of_paragraph(page, index, label, before)
            total += weight
        elif label is not None and not line.is_list_item:
            total += _HEADLINE_BELOW_LABEL
        before = reason
        if total > best or (total == best and reason is None and page.prose[index]):
            best, end = total, index
            if page.prose[index] and label != "comments":
                label = None if total > best - 1 else label
    return end


def _label(page: Page, index: int, reason: str) -> str | None:
    """What a label speaks for; one word above a paragraph is its heading: `تعليقات`."""
    if reason not in _LABELS or not page.lines[index].is_label:
        return None
    line = page.lines[index]
    one_word = " " not in line.folded and not any(map(str.isdigit, line.text))
    heads = one_word and any(page.prose[index + 1 : index + 2])
    return None if heads else reason


def _weight_of_furniture(line: LineFeatures, reason: str, before: str | None) -> float:
    if _is_number(line):
        return _NUMBER
    if reason in SAYS_NOTHING or reason == before:
        return 0.0
    if reason == "copyright":
        return _COPYRIGHT
    if line.is_label and reason in _LABELS and not line.text[-1:].isdigit():
        folded = line.folded
        if reason == "related" and folded.startswith(_INLINE):
            return _INLINE_LABEL
        return _LABEL if " " in folded else _FURNITURE
    return _INLINE_LABEL if reason == "related" else _FURNITURE


def _is_number(line: LineFeatures) -> bool:
    """Whether a line is a number of a table; short ones count verses and points."""
    return len(line.text) >= _NUMBER_CHARACTERS and not any(map(str.isalpha, line.text))


def _weight_of_paragraph(page: Page, index: int, label: str | None, before: str | None) -> float:
    line = page.lines[index]
    weight = float(min(line.words, _PARAGRAPH_LIMIT))
    if is_portrait(page, index) or is_comment(page, index):
        return _SITE_SENTENCE
    if label is None and before is None:
        ends = not any(page.prose[index + 1 : index + 2])
        about_site = ends and index > page.first and site_phrases(line.text) >= _SITE_PHRASES
        return _SITE_SENTENCE if about_site else weight
    if site_phrases(line.text) >= (1 if line.words < _PARAGRAPH_LIMIT or label else _SITE_PHRASES):
        return _SITE_SENTENCE
    if label is None:
        return weight
    if label == "comments":
        return 0.0
    return 0.0 if line.trails_off else weight * _BELOW_LABEL


def _judge_between(page: Page, reasons: list[str | None], end: int, foot: int) -> None:
    """Lines below the last paragraph and above the first sure sign of the page's foot."""
    lines = page.lines
    rest = []
    for index in range(end + 1, foot):
        reasons[index] = reasons[index] or _reason_alone(lines[index])
        if reasons[index] is None and page.prose[index] and foot < len(lines):
            reasons[index] = "navigation"
        if reasons[index] is None:
            rest.append(index)
    if not rest or not puts_stops(page, end) or lines[rest[0] - 1].text[-1] in ":؛،":
        return
    if sum(_is_number(line) for line in lines[end + 1 : foot]) >= _MIN_NUMBERS and foot < len(
        lines
    ):
        for index in rest:
            reasons[index] = "related"
        return
    reason = _reason_below_text([lines[index] for index in rest], foot < len(lines))
    if reason is None and foot < len(lines) and _has_head(page, reasons):
        below = [lines[index] for index in rest]
        if not any(line.stopped or line.is_list_item for line in below):
            reason = "navigation"
    for index in rest if reason else ():
        reasons[index] = reason


def _has_head(page: Page, reasons: Sequence[str | None]) -> bool:
    """Whether furniture stands above the text, too: then the page was copied with all of it."""
    above = zip(page.lines[: page.first], reasons[: page.first], strict=True)
    known = sum(reason is not None and reason not in SAYS_NOTHING for _, reason in above)
    return known >= _HEAD_LINES


def _reason_alone(line: LineFeatures) -> str | None:
    return line.likely or (None if line.role == "dateline" else line.role)


def _reason_below_text(rest: Sequence[LineFeatures], has_foot: bool) -> str | None:
    """What all of some unknown lines are together: names, key words, headlines, or nothing sure."""
    asks = len(rest) >= _HEADLINES and has_foot  # `ما رأيك بهذا الخبر؟`
    for line in rest:
        if line.is_list_item or (line.stopped and not (asks and line.text[-1] == "؟")):
            return None
    # Names or key words above: then the page's foot has begun with them.
    short = next((i for i, line in enumerate(rest) if line.words > _TAG_WORDS), 0)
    if has_foot and short > 1:
        rest = rest[short:]
    longest, shortest = max(line.words for line in rest), min(line.words for line in rest)
    if not has_foot:
        few = longest <= _SIGNATURE_WORDS and len(rest) <= _MAX_SIGNATURES
        return "signature" if few else None
    if longest <= _TAG_WORDS:
        return "signature" if len(rest) <= _MAX_SIGNATURES else "tags"
    least, most = _HEADLINE_WORDS
    headlines = len(rest) >= _HEADLINES or (has_foot and short > 1)
    return "related" if headlines and least <= shortest and longest <= most else None


def _judge_without_paragraphs(page: Page, reasons: list[str | None]) -> None:
    """Below verse or a list: from the first line that its own wording gives away."""
    known = [
        index
        for index, line in enumerate(page.lines)
        if index != page.title and (reasons[index] or line.likely)
    ]
    kept = [index for index in range(len(page.lines)) if index not in set(known)]
    if not kept:
        return
    for index in known:
        if index > kept[-1]:
            reasons[index] = reasons[index] or page.lines[index].likely
