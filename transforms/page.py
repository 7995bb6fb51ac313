"""An article's lines, and where its title and its first and last paragraphs stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from transforms.line_features import LineFeatures
from transforms.page_title import find_title, is_meta, may_be_title
from transforms.site_words import site_phrases
from transforms.title_repeats import comes_back, is_title_of_page

# An article of shorter paragraphs without stops has no line that is surely one.
_FEW_PARAGRAPHS = 2
_UNSTOPPED_PARAGRAPH_WORDS = 10
# So many lines before the first paragraph are verse or a list, not a menu and a title.
_MAX_HEAD_LINES = 8
_VERSE_WORDS = (2, 7)
_SITE_PHRASES = 2
_MAX_PLEA_WORDS = 30
_TITLE_WORDS = 5
_NAME_WORDS = 4
_MAX_TITLE_WORDS = 30
# So close to each other do a title and the same once more stand.
_REPEATED_WITHIN = 8
_HEAD_LINES = 40


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
        title = find_title(lines, prose, first, verse)
        if title is None and _is_long_title(lines, paragraphs):
            title = first
            prose[first] = False
            first = paragraphs[1]
    elif not has_title:
        title = _title_of_verse(lines)
    return Page(lines, prose, title, first, last, verse)


def _prose(lines: Sequence[LineFeatures], has_title: bool) -> list[bool]:
    prose = [line.is_paragraph and line.likely is None for line in lines]
    if has_title and prose:
        prose[0] = False
    if not has_title:
        for index in [index for index, is_prose in enumerate(prose) if is_prose]:
            if not _is_above_text(lines, index):
                break
            prose[index] = False
    _add_unstopped(lines, prose)
    return prose


def _is_above_text(lines: Sequence[LineFeatures], index: int) -> bool:
    """Whether what looks like the first paragraph is a plea of the site, or a repeated title."""
    line = lines[index]
    phrases = site_phrases(line.text)
    alone = not any(below.is_paragraph for below in lines[index + 1 : index + 2])
    if phrases >= _SITE_PHRASES or (phrases and alone and line.words <= _MAX_PLEA_WORDS):
        return True
    if line.text[-1] in "؟!" and line.words <= _MAX_TITLE_WORDS:
        return any(map(is_meta, lines[index + 1 : index + 2]))
    if any(is_title_of_page(line, other) for other in lines[index + 1 : index + _HEAD_LINES]):
        return True
    may_be_long_title = line.words <= _MAX_TITLE_WORDS and line.text[-1] != "."
    return may_be_long_title and comes_back(lines, index, index + 1 + _REPEATED_WITHIN)


def _add_unstopped(lines: Sequence[LineFeatures], prose: list[bool]) -> None:
    """Counts shorter lines without stops as paragraphs where the article has no others.

    Beside them may stand sentences of the site, and beginnings of other articles.
    """
    sure = [
        index
        for index, is_prose in enumerate(prose)
        if is_prose and not lines[index].trails_off and not site_phrases(lines[index].text)
    ]
    if len(sure) >= _FEW_PARAGRAPHS or any(lines[index].stopped for index in sure):
        return
    first = prose.index(True) if True in prose else len(lines)
    pairs = (
        index
        for index in range(1, first - 1)
        if all(map(_is_unstopped_paragraph, lines[index : index + 2]))
        and not comes_back(lines, index, first)
        and _is_below_title(lines, index)
    )
    start = next(pairs, max(first if True in prose else 1, 1))
    below_title = start != first and any(prose)
    for index in range(start, len(lines)):
        prose[index] = prose[index] or _is_unstopped_paragraph(lines[index])
        if below_title and lines[index].is_label and lines[index].likely:
            prose[index + 1 :] = [below in sure for below in range(index + 1, len(lines))]
            break


def _is_below_title(lines: Sequence[LineFeatures], index: int) -> bool:
    """Whether a line stands below a date, or below a name that stands below a title."""
    above = lines[index - 1]
    titled = any(may_be_title(line) and line.words >= _TITLE_WORDS for line in lines[: index - 1])
    return is_meta(above) or (titled and above.words <= _NAME_WORDS and not above.likely)


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
