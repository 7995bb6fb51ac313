"""Which of the lines above an article's text is its headline."""

from __future__ import annotations

import re
from collections.abc import Sequence

from transforms.folding import fold
from transforms.line_features import LineFeatures
from transforms.site_words import breadcrumb_end, site_phrases

# How far below the title its words are looked for.
_READ_PARAGRAPHS = 5
_STEM_LETTERS = 4
_META = frozenset({"timestamp", "sharing", "comments", "web_address"})
_TITLE_WORDS = 5
_MAX_TITLE_WORDS = 30
_SITE_NAME_WORDS = 4
_SITE_SUFFIX_WORDS = 6
_MENU_LINES = 3
_REPEATED_WORDS = 3

# What speaks for a line being the title, beside its words (one each, up to `_TITLE_WORDS`): that
# the text below uses its words, that the page repeats it, that a date or a name follows it.
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

CLOCK = re.compile(r"\(?\d{1,2}[:.]\d{2}\)?(?: ?[صم])?")
_GLUED_BEFORE = re.compile(r"[|/»›>:–—-]\s*$")
_GLUE = re.compile(r"\s*[|»›–—-]")
_SITE_NAME = re.compile(
    r"(?:موقع|صحيفة|جريدة|مجلة|بوابة|وكالة|شبكة|منتديات|منتدى|مدونة|قناة|يومية|تلفزيون|راديو"
    r"|إذاعة|منصة)\s"
)
_SITE_NAME_END = re.compile(
    r"\s(?:نيوز|برس|أونلاين|اونلاين|نت|تايمز|بوست|الإخبارية|الإخباري|tv)$", re.IGNORECASE
)


def may_be_title(line: LineFeatures) -> bool:
    """Whether nothing in the line itself speaks against its being the title."""
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
        if len(bare) >= 3:
            found.add(bare[:_STEM_LETTERS])
    return found


def find_title(
    lines: Sequence[LineFeatures], prose: Sequence[bool], first: int, verse: bool
) -> int | None:
    """The line above `first`, the first paragraph, that is most likely the headline, if any is.

    `verse`: the lines above `first` are verse, so its first line is the title.
    """
    heads = _candidates(lines, first)
    if not heads:
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
        or (scores[index] >= scores[best] - _TITLE_MARGIN and _may_have_subtitle(lines, index))
    )
    # `العنوان | اسم الموقع` above, the title alone below
    return next((i for i in heads if is_title_of_page(lines[chosen], lines[i])), chosen)


def is_title_of_page(line: LineFeatures, title: LineFeatures) -> bool:
    """Whether a line is `title` and behind it the name of the site, or its path ends in it."""
    if title.words < 2 or not title.folded:
        return False
    if line.folded.startswith(title.folded + " "):
        glued = title.words >= _REPEATED_WORDS or _GLUE.match(line.text, len(title.text))
        return bool(glued) and line.words - title.words <= _SITE_SUFFIX_WORDS
    if line.likely == "navigation" and _ends_in(breadcrumb_end(line.text), title.folded):
        return True
    before = line.text[: -len(title.text)]
    return (
        line.folded.endswith(" " + title.folded)
        and title.words >= _REPEATED_WORDS
        and line.words - title.words <= _SITE_SUFFIX_WORDS
        and _GLUED_BEFORE.search(before) is not None
    )


def comes_back(lines: Sequence[LineFeatures], index: int, stop: int) -> bool:
    """Whether another line above `stop` is the same, or it with the name or path of the site."""
    line = lines[index]
    return any(
        is_title_of_page(other, line)
        or (other.folded == line.folded and line.words >= _REPEATED_WORDS)
        or _is_cut_off(other, line)
        for place, other in enumerate(lines[:stop])
        if place != index
    )


def table_of_contents(lines: Sequence[LineFeatures]) -> set[int]:
    """The lines, at least two on end, that come back below as headings, parted by paragraphs."""
    places: dict[str, list[int]] = {}
    for index, line in enumerate(lines):
        places.setdefault(line.folded, []).append(index)
    found: set[int] = set()
    run: list[tuple[int, int]] = []  # each line, and where it comes back
    for index, line in enumerate(lines):
        above = run[-1][1] if run else index
        back = places[line.folded][-1] if len(places[line.folded]) == 2 else index
        heads = any(below.is_paragraph for below in lines[back + 1 : back + 2])
        if not heads or back <= above + 1 or line.is_paragraph or line.likely:
            run = []
            continue
        run.append((index, back))
        if len(run) > 1:
            found |= {place for place, _ in run}
    return found


def _ends_in(path_end: str, title: str) -> bool:
    return path_end == title or (len(title.split()) > 2 and path_end.endswith(" " + title))


def _is_cut_off(line: LineFeatures, title: LineFeatures) -> bool:
    """Whether a line is the beginning of `title`, cut off with dots."""
    return (
        line.trails_off
        and line.words > 2
        and len(line.folded) < len(title.folded)
        and title.folded.startswith(line.folded)
    )


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
        if not any(_is_cut_off(lines[index], lines[other]) for other in heads)
        and index not in contents
    ]
    # `وزير الفلاحة:` leads up to the title.
    whole = [index for index in whole if lines[index].text[-1] not in ":،"] or whole
    # A list of main points stands below the title.
    items = (index for index in range(first) if lines[index].is_list_item)
    points = next((i for i in items if not lines[i].likely), first)
    above = [index for index in whole if index < points]
    return above if any(lines[index].words >= _TITLE_WORDS for index in above) else whole


def _may_have_subtitle(lines: Sequence[LineFeatures], index: int) -> bool:
    """Whether a line may be a title above a better one: no single words, no ticker."""
    return lines[index].words >= _REPEATED_WORDS and not _is_in_ticker(lines, index)


def _is_in_ticker(lines: Sequence[LineFeatures], index: int) -> bool:
    """Whether a line stands below the label of other articles, or each has its time of day."""
    if index and CLOCK.fullmatch(lines[index - 1].text):
        return sum(CLOCK.fullmatch(line.text) is not None for line in lines[: index + 2]) > 1
    for line in reversed(lines[:index]):
        if line.likely:
            return line.likely == "related" and line.is_label
    return False


def _score(lines: Sequence[LineFeatures], index: int, first: int, used: set[str]) -> float:
    line = lines[index]
    own = stems(line.text)
    score = float(min(line.words, _TITLE_WORDS))
    shared = len(own & used) / max(len(own), 2)
    score += _SHARED_WORDS_WEIGHT * shared * score / _TITLE_WORDS
    if line.text[0] in '«“"' and line.text[-1] in '»”"':  # a saying from the text
        score += _SAYING_WEIGHT
    if comes_back(lines, index, first + 1):
        score += _REPEATED_WEIGHT
    elif _names_site(lines, line):
        score += _SITE_NAME_WEIGHT
    if _is_in_ticker(lines, index):
        score += _TICKER_WEIGHT
    below = lines[index + 1 : first]
    if below and is_meta(below[0]) and not CLOCK.fullmatch(below[0].text):
        score += _FOLLOWED_WEIGHT
    return score + _MENU_WEIGHT * min(_menus(below), _MAX_MENUS)


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
