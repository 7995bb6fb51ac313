"""An article's lines, and where its title and its first and last paragraphs stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from transforms.folding import fold
from transforms.line_features import LineFeatures
from transforms.site_words import breadcrumb_end, site_phrases

# An article of shorter paragraphs without stops has no line that is surely one.
_FEW_PARAGRAPHS = 2
_UNSTOPPED_PARAGRAPH_WORDS = 10
# So many lines before the first paragraph are verse or a list, not a menu and a title.
_MAX_HEAD_LINES = 8
_VERSE_WORDS = (2, 7)
_SITE_PHRASES = 2
# How far below the title its words are looked for.
_READ_PARAGRAPHS = 5
_STEM_LETTERS = 4
META = frozenset({"timestamp", "sharing", "comments", "web_address"})
_TITLE_WORDS = 5
_NAME_WORDS = 4
_SITE_NAME_WORDS = 3
_MENU_LINES = 3
_MAX_TITLE_WORDS = 30

# What speaks for a line being the title, beside its words (one each, up to `_TITLE_WORDS`): that
# the text below uses its words, that the page repeats it, that a date or a name follows it.
_SHARED_WORDS_WEIGHT = 6.0
_REPEATED_WEIGHT = 4.0
_FOLLOWED_WEIGHT = 2.0
# The line above another is preferred (a subtitle follows) unless it is so much worse.
_TITLE_MARGIN = 2.0


@dataclass(frozen=True, slots=True)
class Page:
    """The lines of an article; `first` and `last` are those of its paragraphs, if any.

    `prose[i]`: line `i` is a paragraph by its own features. Without paragraphs, `first` and `last`
    are the number of lines. `verse`: the lines before the first paragraph belong to the article.
    """

    lines: Sequence[LineFeatures]
    prose: Sequence[bool]
    title: int | None
    first: int
    last: int
    verse: bool

    @property
    def has_paragraphs(self) -> bool:
        """Whether any line is a paragraph."""
        return self.first < len(self.lines)


def find_page(lines: Sequence[LineFeatures], has_title: bool) -> Page:
    """Finds the paragraphs and the title: the first line if `has_title`, or the best above them."""
    prose = _prose(lines, has_title)
    paragraphs = [index for index, is_prose in enumerate(prose) if is_prose]
    first = paragraphs[0] if paragraphs else len(lines)
    last = paragraphs[-1] if paragraphs else len(lines)
    head = lines[1 if has_title else 0 : first]
    verse = _is_verse(head)
    title = 0 if has_title and lines else None
    if not has_title and paragraphs:
        title = _find_title(lines, prose, first, verse)
        if title is None and _is_long_title(lines, paragraphs):
            title = first
            prose[first] = False
            first = paragraphs[1]
    elif not has_title:
        title = _title_of_verse(lines)
    return Page(lines, prose, title, first, last, verse)


def may_be_title(line: LineFeatures) -> bool:
    """Whether nothing in the line itself speaks against its being the title."""
    return not (line.likely or line.role or line.may_be_byline or line.is_list_item)


def _prose(lines: Sequence[LineFeatures], has_title: bool) -> list[bool]:
    prose = [line.is_paragraph and line.likely is None for line in lines]
    if has_title and prose:
        prose[0] = False
    before_text = prose.index(True) if True in prose else 0
    # A plea above the title may be a whole sentence.
    while not has_title and before_text < len(lines) and prose[before_text]:
        if site_phrases(lines[before_text].text) < _SITE_PHRASES:
            break
        prose[before_text] = False
        before_text = prose.index(True, before_text) if True in prose[before_text:] else len(lines)
    _add_unstopped(lines, prose)
    return prose


def _add_unstopped(lines: Sequence[LineFeatures], prose: list[bool]) -> None:
    """Counts shorter lines without stops as paragraphs where the article has no others.

    So it is if two of them stand below a date or a name, or if there is hardly any paragraph.
    """
    first = prose.index(True) if True in prose else len(lines)
    start = first if True in prose else 1
    for index in range(1, first - 1):
        both = lines[index : index + 2]
        if all(map(_is_unstopped_paragraph, both)) and _is_below_title(lines, index):
            start = index
            break
    below_title = start != first and any(prose)
    if not below_title and sum(prose) >= _FEW_PARAGRAPHS:
        return
    for index in range(max(start, 1), len(lines)):
        prose[index] = prose[index] or _is_unstopped_paragraph(lines[index])
        if below_title and lines[index].is_label and lines[index].likely:
            prose[index + 1 :] = [False] * (len(lines) - index - 1)
            break


def _is_below_title(lines: Sequence[LineFeatures], index: int) -> bool:
    """Whether a line stands below a date, or below a name that stands below a title."""
    above = lines[index - 1]
    titled = any(may_be_title(line) and line.words >= _TITLE_WORDS for line in lines[: index - 1])
    return is_meta(above) or (titled and above.words <= _NAME_WORDS and not above.likely)


def is_meta(line: LineFeatures) -> bool:
    """Whether a line tells when and by whom an article was written, or serves to share it."""
    return bool(line.likely in META or line.role in ("byline", "agency") or line.may_be_byline)


def _is_unstopped_paragraph(line: LineFeatures) -> bool:
    return line.words >= _UNSTOPPED_PARAGRAPH_WORDS and not (
        line.likely or line.role or line.is_list_item
    )


def _is_verse(head: Sequence[LineFeatures]) -> bool:
    """Whether the lines above the paragraphs are verse: many, and all about as short."""
    least, most = _VERSE_WORDS
    short = [line for line in head if may_be_title(line) and least <= line.words <= most]
    others = [line for line in head if line.likely is not None]
    return len(short) > _MAX_HEAD_LINES and len(others) < len(short) / 3


def _find_title(
    lines: Sequence[LineFeatures], prose: Sequence[bool], first: int, verse: bool
) -> int | None:
    heads = [
        index
        for index in range(first)
        if may_be_title(lines[index])
        and lines[index].words <= _MAX_TITLE_WORDS
        and not is_above_menu(lines, index, first)
    ]
    # A list of main points stands below the title.
    items = (index for index in range(first) if lines[index].is_list_item)
    points = next((i for i in items if not lines[i].likely), first)
    if any(index < points and lines[index].words >= _TITLE_WORDS for index in heads):
        heads = [index for index in heads if index < points]
    if not heads:
        return None
    if verse:
        return heads[0]
    body = [line.text for line, is_prose in zip(lines, prose, strict=True) if is_prose]
    read = (text for text in body[:_READ_PARAGRAPHS] if not site_phrases(text))
    used = {stem for text in read for stem in stems(text)}
    repeated = [line.folded for line in lines]
    crumbs = {breadcrumb_end(line.text) for line in lines[: first + 1] if line.likely}
    scores = [_title_score(lines, index, first, used, repeated, crumbs) for index in heads]
    best = max(scores)
    chosen = next(
        index for index, score in zip(heads, scores, strict=True) if score >= best - _TITLE_MARGIN
    )
    # `العنوان | اسم الموقع` above, the title alone below
    for index in heads:
        bare = lines[index].folded
        if len(bare.split()) > 2 and lines[chosen].folded.startswith(bare + " "):
            return index
    return chosen


def is_above_menu(lines: Sequence[LineFeatures], index: int, first: int) -> bool:
    """Whether a short line stands above a menu: the name of the site."""
    if lines[index].words > _SITE_NAME_WORDS:
        return False
    menu = sum(line.likely == "navigation" for line in lines[index + 1 : first])
    return menu >= _MENU_LINES


def _is_long_title(lines: Sequence[LineFeatures], paragraphs: Sequence[int]) -> bool:
    """Whether the first paragraph is a title of many words: dates or names stand below it."""
    first = paragraphs[0]
    if len(paragraphs) < 2 or lines[first].words > _MAX_TITLE_WORDS:
        return False
    below = lines[first + 1]
    return is_meta(below)


def _title_of_verse(lines: Sequence[LineFeatures]) -> int | None:
    """The line above the name of the author or the date, where there are no paragraphs."""
    for index, line in enumerate(lines[:-1]):
        below = lines[index + 1]
        if may_be_title(line) and line.words > 1:
            signed = below.role == "byline" or below.likely == "timestamp"
            return index if signed else None
    return None


def _title_score(
    lines: Sequence[LineFeatures],
    index: int,
    first: int,
    used: set[str],
    repeated: Sequence[str],
    crumbs: set[str],
) -> float:
    line = lines[index]
    own = stems(line.text)
    score = float(min(line.words, _TITLE_WORDS))
    shared = len(own & used) / max(len(own), 2)
    score += _SHARED_WORDS_WEIGHT * shared * score / _TITLE_WORDS
    if line.text[0] in '«“"' and line.text[-1] in '»”"':  # a saying from the text
        score -= _TITLE_MARGIN
    folded = repeated[index]
    if line.words >= 3 and (repeated.count(folded) > 1 or folded in crumbs):
        score += _REPEATED_WEIGHT
    below = lines[index + 1 : first]
    if below and is_meta(below[0]):
        score += _FOLLOWED_WEIGHT
    return score


def stems(text: str) -> set[str]:
    """Rough stems of the words that carry meaning: without ال and prefixes, four letters."""
    found = set()
    for word in fold(text).split():
        bare = word[1:] if len(word) > 4 and word[0] in "وفبلك" else word
        bare = bare[2:] if bare.startswith("ال") and len(bare) > 4 else bare
        if len(bare) >= 3:
            found.add(bare[:_STEM_LETTERS])
    return found
