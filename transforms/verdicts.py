"""What becomes of each line of an article, by all that is known: page, line, corpus, language."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import compress
from operator import not_

from schemas.records import Markup, RawArticle
from schemas.settings import CleanSettings
from transforms.blocks import Verdict, judge
from transforms.language import foreign
from transforms.marked_blocks import judge_marked
from transforms.normalise import Line
from transforms.repeated_lines import KnownLines, repeated_lines, site_of

# A note names books in their own language: `(1) World Bank, …`.
_NOTE = re.compile(r"\s*(?:\(\d{1,3}\)|\[\d{1,3}\]|\d{1,3} ?[-.)]) ?\S")
# What a line that comes back may have been taken for; a dateline comes back with good reason.
_MAY_REPEAT = {"title", "heading", "paragraph", "list"}


def verdicts(
    article: RawArticle, lines: Sequence[Line], settings: CleanSettings, known: KnownLines
) -> list[Verdict]:
    """One verdict for each line; what is kept has a kind and no reason, what goes has no kind."""
    kept = {name.strip() for name in settings.keep_blocks.split(",")}
    by_line = _without_repeated(article, lines, settings, known)
    if not settings.keep_boilerplate and settings.other_languages == "remove":
        by_line = [
            _in_arabic(verdict, article.source[line.start : line.end], settings)
            for verdict, line in zip(by_line, lines, strict=True)
        ]
    return [_settled(verdict, kept) for verdict in by_line]


def _settled(verdict: Verdict, kept: set[str]) -> Verdict:
    """A byline, agency or caption comes with kind and reason: one of the two is dropped."""
    if verdict.kind is None or verdict.reason is None:
        return verdict
    if verdict.kind in kept:
        return verdict._replace(reason=None)
    return verdict._replace(kind=None)


def _in_arabic(verdict: Verdict, source: str, settings: CleanSettings) -> Verdict:
    if verdict.kind is None or verdict.kind == "title":
        return verdict
    if _NOTE.match(source) or foreign(source, settings.min_language_score) is None:
        return verdict
    return Verdict(None, "other_language", "language")


def _without_repeated(
    article: RawArticle, lines: Sequence[Line], settings: CleanSettings, known: KnownLines
) -> list[Verdict]:
    """The verdicts of page and lines, once more without the lines that the site repeats.

    Judged again without them, the site's name cannot be taken for the title.
    """
    first = _judge(article, lines, settings)
    if settings.keep_boilerplate:
        return first
    texts = comparable([line.normalised.text for line in lines], article)
    given = len(lines) - len(texts)
    comes_back = [False] * given + repeated_lines(texts, site_of(article), known)
    repeated = [
        again and verdict.kind in _MAY_REPEAT
        for again, verdict in zip(comes_back, first, strict=True)
    ]
    if not any(repeated):
        return first
    others = iter(_judge(article, list(compress(lines, map(not_, repeated))), settings))
    return [Verdict(None, "repeated", "corpus") if again else next(others) for again in repeated]


def comparable(texts: Sequence[str], article: RawArticle) -> Sequence[str]:
    """The lines of an article that can be furniture of its site: not a title that was given."""
    return texts[1:] if article.metadata.title is not None and not article.markup else texts


def _judge(article: RawArticle, lines: Sequence[Line], settings: CleanSettings) -> list[Verdict]:
    texts = [line.normalised.text for line in lines]
    title = article.metadata.title
    if article.markup:
        return judge_marked(
            texts, _markup_of(lines, article.markup), title, settings.keep_boilerplate
        )
    return judge(texts, title is not None, settings.keep_boilerplate)


def _markup_of(lines: Sequence[Line], markup: Sequence[Markup]) -> list[Markup | None]:
    """For each line the mark that it starts in."""
    starts = [mark.start for mark in markup]
    found: list[Markup | None] = []
    for line in lines:
        place = bisect_right(starts, line.start) - 1
        inside = place >= 0 and line.start < markup[place].end
        found.append(markup[place] if inside else None)
    return found
