"""Which lines of a page belong to its article, where the page's HTML can be asked.

The structure of the page speaks first: what it shows to be furniture goes, and so does what stands
outside the article. Of what is left, wording takes out what no article says anywhere, and, at the
ends of the text and beside what went, what an article seldom says.
"""

from __future__ import annotations

from collections.abc import Sequence

from schemas.records import BlockKind, Markup
from transforms.blocks import Verdict
from transforms.folding import fold
from transforms.line_features import LineFeatures, look_at

_HEADING_WORDS = 25
_BOLD_HEADING_WORDS = 14
_LONG_WORDS = 15
_RELATED_WORDS = 20
_OUTSIDE = "aside"
# What stands on a line of its own and is neither the article's text nor furniture.
_BESIDE_THE_TEXT: dict[str, BlockKind] = {
    "byline": "byline",
    "agency": "agency",
    "caption": "caption",
}
# Wording that is no furniture in a message someone else wrote, unless it is not even words.
_NO_WORDS = frozenset({"separator", "image_slug", "code"})
_COMMENTS_BEHIND = 0.6
_INTRODUCING = frozenset({"related", "tags"})


def judge_marked(
    texts: Sequence[str],
    markup: Sequence[Markup | None],
    title: str | None,
    keep_boilerplate: bool = False,
) -> list[Verdict]:
    """One verdict for each normalised, non-empty line of a page.

    Args:
        texts: the lines in order.
        markup: what the HTML says of each; `None` where it says nothing.
        title: the headline, if the page's metadata name one; it need not be among the lines.
        keep_boilerplate: remove nothing; what would have gone becomes a paragraph.

    Returns:
        Verdicts; those of bylines, agencies and captions on lines of their own have both a kind
        and a reason, so that who wants them can keep them.

    Raises:
        ValueError: not as many entries of markup as lines.
    """
    if len(texts) != len(markup):
        raise ValueError(f"{len(texts)} lines but {len(markup)} entries of markup")
    lines = [look_at(text) for text in texts]
    place = _title_line(texts, markup, title)
    verdicts: list[Verdict | None] = [None] * len(lines)
    if not keep_boilerplate:
        for index, (line, mark) in enumerate(zip(lines, markup, strict=True)):
            if index != place:
                verdicts[index] = _removal(line, mark)
        _remove_repeated_titles(texts, place, title, verdicts)
        _remove_introduced(lines, markup, place, verdicts)
        _remove_comments(lines, verdicts)
        _remove_at_ends(lines, markup, place, verdicts)
    kept = [index for index, verdict in enumerate(verdicts) if verdict is None]
    for position, index in enumerate(kept):
        following = lines[kept[position + 1]] if position + 1 < len(kept) else None
        kind = "title" if index == place else _kind(lines[index], markup[index], following)
        verdicts[index] = Verdict(kind, None)
    return [verdict for verdict in verdicts if verdict is not None]


def _title_line(
    texts: Sequence[str], markup: Sequence[Markup | None], title: str | None
) -> int | None:
    """The line of the headline: the one marked so, else the first that says the same."""
    for index, mark in enumerate(markup):
        if mark is not None and mark.kind == "title":
            return index
    if title is None:
        return None
    folded = fold(title)
    same = [index for index, text in enumerate(texts) if fold(text) == folded and folded]
    inside = [index for index in same if (mark := markup[index]) is not None and mark.main]
    return next(iter(inside or same), None)


def _removal(line: LineFeatures, mark: Markup | None) -> Verdict | None:
    """Why a line goes, judged by itself: by structure first, then by wording."""
    if mark is not None and mark.reason is not None:
        return Verdict(_BESIDE_THE_TEXT.get(mark.reason), mark.reason, "structure")
    if mark is not None and mark.main and mark.kind == "quotation":
        return None if line.certain not in _NO_WORDS else Verdict(None, line.certain, "line")
    if line.certain is not None:
        return Verdict(_BESIDE_THE_TEXT.get(line.certain), line.certain, "line")
    if mark is not None and not mark.main:
        reason = line.likely or _OUTSIDE
        return Verdict(_BESIDE_THE_TEXT.get(reason), reason, "structure")
    return Verdict("caption", "caption", "line") if line.role == "caption" else None


def _remove_repeated_titles(
    texts: Sequence[str], place: int | None, title: str | None, verdicts: list[Verdict | None]
) -> None:
    shown = texts[place] if place is not None else title
    folded = fold(shown) if shown else ""
    for index, text in enumerate(texts):
        if folded and index != place and verdicts[index] is None and fold(text) == folded:
            verdicts[index] = Verdict(None, "repeated_title", "line")


def _remove_introduced(
    lines: Sequence[LineFeatures],
    markup: Sequence[Markup | None],
    place: int | None,
    verdicts: list[Verdict | None],
) -> None:
    """Takes out the short lines of a list under `اقرأ أيضا:` and its like."""
    label: str | None = None
    for index, (line, mark) in enumerate(zip(lines, markup, strict=True)):
        verdict = verdicts[index]
        if verdict is not None:
            if verdict.reason in _INTRODUCING:
                linked = verdict.way == "structure"  # a list of links is at its end when they are
                label = verdict.reason if line.is_label else None if linked else label
            continue
        is_item = mark is not None and mark.kind == "list"
        short = line.words <= _RELATED_WORDS and not line.stopped
        if label is not None and is_item and short and index != place:
            verdicts[index] = Verdict(None, label, "line")
        else:
            label = None


def _remove_comments(lines: Sequence[LineFeatures], verdicts: list[Verdict | None]) -> None:
    """Takes out all that follows the label of the comments, if most of the text stands above it."""
    sizes = [
        line.words if verdict is None and line.is_paragraph else 0
        for line, verdict in zip(lines, verdicts, strict=True)
    ]
    above = 0
    for index, line in enumerate(lines):
        above += sizes[index]
        label = line.likely == "comments" and line.is_label
        if label and above > _COMMENTS_BEHIND * sum(sizes):
            for behind in range(index, len(lines)):
                verdicts[behind] = verdicts[behind] or Verdict(None, "comments", "line")
            return


def _remove_at_ends(
    lines: Sequence[LineFeatures],
    markup: Sequence[Markup | None],
    place: int | None,
    verdicts: list[Verdict | None],
) -> None:
    """Takes out what is furniture if anything: before the first paragraph, after the last one."""
    kept = [index for index, verdict in enumerate(verdicts) if verdict is None and index != place]
    paragraphs = [index for index in kept if lines[index].is_paragraph]
    first = paragraphs[0] if paragraphs else len(lines)
    last = paragraphs[-1] if paragraphs else -1
    for index in kept:
        line, mark = lines[index], markup[index]
        if mark is not None and mark.kind == "quotation":
            continue
        beside = any(
            0 <= near < len(lines) and verdicts[near] is not None for near in (index - 1, index + 1)
        )
        at_end = paragraphs and (index < first or index > last)
        if line.likely is not None and (at_end or beside):
            verdicts[index] = Verdict(_BESIDE_THE_TEXT.get(line.likely), line.likely, "line")
        elif line.role is not None and (at_end or beside):
            verdicts[index] = Verdict(line.role, line.role, "line")
        elif place is not None and place < index < first < len(lines) and _names_author(line):
            verdicts[index] = Verdict("byline", "byline", "line")


def _names_author(line: LineFeatures) -> bool:
    """Whether a line under the headline is a byline; there, a colon may end it: `كتب - فلان:`."""
    colon = line.text.endswith(":") and look_at(line.text.rstrip(" :") or ":").role == "byline"
    return line.may_be_byline or colon


def _kind(line: LineFeatures, mark: Markup | None, following: LineFeatures | None) -> BlockKind:
    """What a kept line is; `following` is the next kept line."""
    given = mark.kind if mark is not None else None
    if given == "heading":
        return "paragraph" if line.words > _HEADING_WORDS else "heading"
    if given in ("list", "quotation"):
        return given
    if line.is_list_item:
        return "list"
    if given == "title" or line.is_paragraph or line.text[-1] in ".:،؛,":
        return "paragraph"
    introduces = following is not None and following.is_paragraph and following.words >= _LONG_WORDS
    return "heading" if line.words <= _BOLD_HEADING_WORDS and introduces else "paragraph"
