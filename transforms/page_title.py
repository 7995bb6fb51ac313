"""Which of the lines above an article's text is its headline."""

from __future__ import annotations

import re
from collections.abc import Sequence

from transforms.folding import fold
from transforms.line_features import LineFeatures
from transforms.line_roles import is_name
from transforms.site_words import site_phrases
from transforms.title_repeats import comes_back, is_cut_off, is_title_of_page, table_of_contents

# How far below the title its words are looked for.
_READ_PARAGRAPHS = 5
_STEM_LETTERS = 4
# Any two texts share these.
_FUNCTION_WORDS = frozenset(
    fold(
        "على إلى عن من في التي الذي الذين هذا هذه ذلك تلك بعد قبل خلال حتى بين كان كانت عند منذ مع"
        " إن أن كل غير بعض أكثر أو ثم كما لكن قد لم لن ما لا هو هي وهو وهي وقد ولم كيف لماذا"
    ).split()
)
_META = frozenset({"timestamp", "sharing", "comments", "web_address"})
_TITLE_WORDS = 5
_MAX_TITLE_WORDS = 30
_SITE_NAME_WORDS = 4
_SUMMARY_WORDS = 15
_SUMMARY_LENGTH = 1.4
_MENU_LINES = 3
_REPEATED_WORDS = 3
_NAME_WORDS = 4
_SUMMARY_WORDS = 15
_SUMMARY_LENGTH = 1.4

# What speaks for a line being the title, beside its words (one each, up to `_TITLE_WORDS`): that
# the text below uses its words, that the page repeats it, that a date or a name follows it or its
# subtitle, that it asks.
_SHARED_WORDS_WEIGHT = 6.0
_REPEATED_WEIGHT = 4.0
_FOLLOWED_WEIGHT = 2.0
# And against it: it names the site, menus stand between it and the text (for each, up to a
# limit), it is a headline in the news ticker, or a saying.
_SITE_NAME_WEIGHT = -5.0
_MENU_WEIGHT = -1.5
_MAX_MENUS = 3
_TICKER_WEIGHT = -3.0
_SAYING_WEIGHT = -1.0
# The line above another is preferred (a subtitle follows) unless it is so much worse.
_TITLE_MARGIN = 2.0
_SUBTITLE_MARGIN = 4.0
_STRANGER_MARGIN = 0.5

_QUESTION_WEIGHT = 2.0
# `بالصور: …` opens headlines as well as links to other articles.
_PICTURES = re.compile(r"(?:بال)?(?:صور|فيديو)(?:ة)? ?:")
# What the preview of a channel of messages puts above them; they have no headline.
_CHANNEL = frozenset(
    map(fold, ("view in telegram", "preview channel", "معاينة القناة", "عرض في تيليجرام"))
)
CLOCK = re.compile(r"\(?\d{1,2}[:.]\d{2}\)?(?: ?[صم])?")
# Of a heading in Markdown: `# العنوان`.
HEADING_MARK = re.compile(r"#{1,6} +(?=\S)")
_SITE_NAME = re.compile(
    r"(?:موقع|صحيفة|جريدة|مجلة|بوابة|وكالة|شبكة|منتديات|منتدى|مدونة|قناة|يومية|تلفزيون|راديو"
    r"|إذاعة|منصة)\s"
)
_SITE_NAME_END = re.compile(
    r"\s(?:نيوز|برس|أونلاين|اونلاين|نت|تايمز|بوست|الإخبارية|الإخباري|tv)$", re.IGNORECASE
)


def may_be_title(line: LineFeatures) -> bool:
    """Whether nothing in the line itself speaks against its being the title."""
    if line.words >= _TITLE_WORDS and _PICTURES.match(line.text):
        return True
    return not (line.likely or line.role or line.may_be_byline or line.is_list_item)


def is_meta(line: LineFeatures) -> bool:
    """Whether a line tells when and by whom an article was written, or serves to share it."""
    return bool(line.likely in _META or line.role in ("byline", "agency") or line.may_be_byline)


def is_above_menu(lines: Sequence[LineFeatures], index: int, first: int) -> bool:
    """Whether a short line stands above a menu: the name of the site."""
    if lines[index].words > _SITE_NAME_WORDS:
        return False
    menu = sum(line.likely == "navigation" for line in lines[index + 1 : first])
    return menu >= _MENU_LINES


def stems(text: str) -> set[str]:
    """Rough stems of the words that carry meaning: without ال and prefixes, four letters."""
    found = set()
    for word in fold(text).split():
        bare = word[1:] if len(word) > 4 and word[0] in "وفبلك" else word
        bare = bare[2:] if bare.startswith("ال") and len(bare) > 4 else bare
        if len(bare) >= 3 and word not in _FUNCTION_WORDS:
            found.add(bare[:_STEM_LETTERS])
    return found


def find_title(
    lines: Sequence[LineFeatures], prose: Sequence[bool], first: int, verse: bool
) -> int | None:
    """The line above `first`, the first paragraph, that is most likely the headline, if any is.

    `verse`: the lines above `first` are verse, so its first line is the title.
    """
    heads = _candidates(lines, first)
    if not heads or any(line.folded in _CHANNEL for line in lines[:first]):
        return None
    if verse:
        return heads[0]
    body = [line.text for line, is_prose in zip(lines, prose, strict=True) if is_prose]
    read = (text for text in body[:_READ_PARAGRAPHS] if not site_phrases(text))
    used = {stem for text in read for stem in stems(text)}
    scores = {index: _score(lines, index, first, used) for index in heads}
    best = max(heads, key=lambda index: (scores[index], -index))
    chosen = next(
        index
        for index in heads
        if index == best
        or (
            scores[index] >= scores[best] - _margin(lines[index], lines[best], used)
            and _may_have_subtitle(lines, index)
        )
    )
    if scores[chosen] < 0:
        return None  # the name of the site, above a message without a title
    # `العنوان | اسم الموقع` above, the title alone below
    return next((i for i in heads if is_title_of_page(lines[chosen], lines[i])), chosen)


def _candidates(lines: Sequence[LineFeatures], first: int) -> list[int]:
    heads = [
        index
        for index in range(first)
        if may_be_title(lines[index])
        and lines[index].words <= _MAX_TITLE_WORDS
        and not is_above_menu(lines, index, first)
    ]
    contents = table_of_contents(lines)
    whole = [
        index
        for index in heads
        if not any(is_cut_off(lines[index], lines[other]) for other in heads)
        and index not in contents
    ]
    # `وزير الفلاحة:` leads up to the title.
    whole = [index for index in whole if lines[index].text[-1] not in ":،"] or whole
    # A list of main points stands below the title.
    items = (index for index in range(first) if lines[index].is_list_item)
    points = next((i for i in items if not lines[i].likely), first)
    above = [index for index in whole if index < points]
    return above if any(lines[index].words >= _TITLE_WORDS for index in above) else whole


def _margin(line: LineFeatures, best: LineFeatures, used: set[str]) -> float:
    """How much worse than the best a line above it may be; an advertisement speaks of others."""
    if stems(line.text).isdisjoint(used):
        return _STRANGER_MARGIN
    return _SUBTITLE_MARGIN if _may_be_subtitle(best, line) else _TITLE_MARGIN


def _may_be_subtitle(line: LineFeatures, title: LineFeatures) -> bool:
    """Whether a line may stand below `title`: what only leads up to a title is shorter than it."""
    if line.text[-1] in "؟!" or line.words <= _NAME_WORDS:
        return False
    length = len(line.text)
    sums_up = line.words >= _SUMMARY_WORDS and length >= _SUMMARY_LENGTH * len(title.text)
    return sums_up or length <= len(title.text)


def _may_have_subtitle(lines: Sequence[LineFeatures], index: int) -> bool:
    """Whether a line may be a title above a better one: no single words, no ticker."""
    return lines[index].words >= _REPEATED_WORDS and not is_in_ticker(lines, index)


def is_in_ticker(lines: Sequence[LineFeatures], index: int) -> bool:
    """Whether a line stands below the label of other articles, or each has its time of day."""
    if index and CLOCK.fullmatch(lines[index - 1].text):
        return sum(CLOCK.fullmatch(line.text) is not None for line in lines[: index + 2]) > 1
    for line in reversed(lines[:index]):
        if line.likely:
            return line.likely == "related" and line.is_label
        if line.words < _REPEATED_WORDS:
            return False  # no headline, so the label above is one of a menu
    return False


def _score(lines: Sequence[LineFeatures], index: int, first: int, used: set[str]) -> float:
    line = lines[index]
    own = stems(line.text)
    score = float(min(line.words, _TITLE_WORDS))
    shared = len(own & used) / max(len(own), 2)
    score += _SHARED_WORDS_WEIGHT * shared * score / _TITLE_WORDS
    if line.text[0] in '«“"' and line.text[-1] in '»”"':  # a saying from the text
        score += _SAYING_WEIGHT
    if line.text.startswith("# "):
        score += _REPEATED_WEIGHT
    if line.words <= _SITE_NAME_WORDS and any(o.folded == line.folded for o in lines[first:]):
        score += _SITE_NAME_WEIGHT
    elif comes_back(lines, index, first + 1):
        score += _REPEATED_WEIGHT
    elif _names_site(lines, line):
        score += _SITE_NAME_WEIGHT
    if is_in_ticker(lines, index):
        score += _TICKER_WEIGHT
    if line.text[-1] in "؟!":
        score += _QUESTION_WEIGHT
    below = lines[index + 1 : first]
    subtitle = below and may_be_title(below[0]) and _may_be_subtitle(below[0], line)
    if _is_followed(below[1:] if subtitle else below):
        score += _FOLLOWED_WEIGHT
    return score + _MENU_WEIGHT * min(_menus(below), _MAX_MENUS)


def _is_followed(below: Sequence[LineFeatures]) -> bool:
    """Whether a date or a name stands first in `below`, perhaps under a bare name."""
    if len(below) > 1 and below[0].words <= _NAME_WORDS and is_name(below[0].text):
        below = below[1:]
    return bool(below) and is_meta(below[0]) and not CLOCK.fullmatch(below[0].text)


def _menus(lines: Sequence[LineFeatures]) -> int:
    """How many menus, paths and labels of other articles there are, each of any length."""
    kinds = [line.likely in ("navigation", "related") for line in lines]
    return sum(now and not before for before, now in zip([False, *kinds], kinds, strict=False))


def _names_site(lines: Sequence[LineFeatures], line: LineFeatures) -> bool:
    """Whether a short line names the site by its wording, or stands beside the copyright."""
    if line.words > _SITE_NAME_WORDS:
        return False
    if _SITE_NAME.match(line.text) or _SITE_NAME_END.search(line.text):
        return True
    name = f" {line.folded} "
    return any(other.likely == "copyright" and name in f" {other.folded} " for other in lines)
