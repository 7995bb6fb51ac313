"""One article, one opinion: what its sentences, tagged one by one, say of the same name.

A tagger sees a sentence at a time, so that it may take a name for a person here, for a place there
and overlook it in between. Here the mentions of a name in an article vote:

- a name of several types has the one with the highest sum of scores;
- what stands in brackets or quotation marks after an organisation and abbreviates it (`منظمة الصحة
  العالمية (WHO)`, `حركة المقاومة الإسلامية (حماس)`) is an organisation;
- a name that was found once with confidence is that name wherever it comes back, and so is a
  person's last name alone (`فلاديمير بوتين … بوتين`), unless morphology says that the word is a
  common one there.

Names are compared without proclitics and in one spelling (`transforms.folding`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from schemas.records import Sentence, TokenAnalysis
from transforms.abbreviations import abbreviations
from transforms.entities import Span, TokenTag, hear, name_of, spans_of
from transforms.name_words import comparable, is_name_alone, last_name

# Fitted by hand on the last 12 % of the training text of ANERcorp, in windows of 15 sentences:
# names below this score spread errors.
CONFIDENT = 0.7
# Words that are common ones each, but a name together (`مجلس الأمن`), must have seemed a name to
# the tagger with this probability.
SUSPECTED = 0.3
# What a mention that the tagger did not see is worth beside the best one that it saw: about this
# share of them was right, by the same measurement.
FOUND_AGAIN = 0.75

Key = tuple[str, ...]


class Known(NamedTuple):
    """What an article says of a name: its type, and how sure the surest mention is, 0 to 1."""

    type: str
    score: float


class Mention(NamedTuple):
    """A place where the tagger saw a name: sentence, tokens, the name for comparison, its score."""

    sentence: int
    span: Span
    key: Key
    score: float


def settle(
    sentences: Sequence[Sentence],
    analyses: Sequence[Sequence[TokenAnalysis]],
    tags: Sequence[Sequence[TokenTag]],
) -> list[list[TokenTag]]:
    """The tags of an article's sentences, made consistent; those of most tokens stay as they are.

    A score that was made here is the best that a mention of the name has, times the share of the
    type among its mentions, or times `FOUND_AGAIN` where the tagger saw no name.

    Raises:
        ValueError: not one row of analyses and of tags a sentence, or a member a token.
    """
    rows = [
        (sentence, list(zip(sentence.tokens, analysed, row, strict=True)))
        for sentence, analysed, row in zip(sentences, analyses, tags, strict=True)
    ]
    settled = [[tag for _, _, tag in tokens] for _, tokens in rows]
    _agree_on_types(_mentions(sentences, analyses, settled), settled)
    _type_abbreviations(sentences, settled)
    mentions = _mentions(sentences, analyses, settled)
    names = _known_names(mentions)
    if names:
        # Of all names once: an article may have as many as it has sentences, thousands of each.
        longest = max(map(len, names))
        beginnings = {key[0] for key in names}
        for sentence, analysed, row in zip(sentences, analyses, settled, strict=True):
            _find_again(sentence.tokens, analysed, row, names, longest, beginnings)
    return settled


def _mentions(
    sentences: Sequence[Sentence],
    analyses: Sequence[Sequence[TokenAnalysis]],
    tags: Sequence[Sequence[TokenTag]],
) -> list[Mention]:
    labels = [[tag.label for tag in row] for row in tags]
    heard = hear(sentences, labels)
    mentions = []
    for index, sentence in enumerate(sentences):
        for span in spans_of(labels[index]):
            words = list(sentence.tokens[span.start : span.end])
            words[0] = name_of(words[0], analyses[index][span.start], span.type, heard)
            score = mean_score(tags[index][span.start : span.end])
            mentions.append(Mention(index, span, tuple(map(comparable, words)), score))
    return mentions


def mean_score(tags: Sequence[TokenTag]) -> float:
    """The mean of the tags' scores: that of the entity that they make."""
    return sum(tag.score for tag in tags) / len(tags)


def _agree_on_types(mentions: Sequence[Mention], tags: list[list[TokenTag]]) -> None:
    votes: dict[Key, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    best: dict[tuple[Key, str], float] = {}
    for mention in mentions:
        votes[mention.key][mention.span.type] += mention.score
        seen = (mention.key, mention.span.type)
        best[seen] = max(best.get(seen, 0.0), mention.score)
    for mention in mentions:
        kind, most = max(votes[mention.key].items(), key=lambda vote: vote[1])
        if kind != mention.span.type:
            share = most / sum(votes[mention.key].values()) if most else 0.0
            span = mention.span._replace(type=kind)
            _write(tags[mention.sentence], span, best[mention.key, kind] * share)


def _type_abbreviations(sentences: Sequence[Sentence], tags: list[list[TokenTag]]) -> None:
    for sentence, row in zip(sentences, tags, strict=True):
        spans = spans_of([tag.label for tag in row])
        for long_form, start, end in abbreviations(sentence.tokens, spans):
            inside = [span for span in spans if span.start < end and start < span.end]
            if inside == [Span(start, end, long_form.type)]:
                continue
            if all(start <= span.start and span.end <= end for span in inside):
                score = mean_score(row[long_form.start : long_form.end])
                _write(row, Span(start, end, long_form.type), score * FOUND_AGAIN)


def _known_names(mentions: Sequence[Mention]) -> dict[Key, Known]:
    """The names that may be found again: those of confident mentions, then their last names."""
    names: dict[Key, Known] = {}
    for mention in mentions:
        if mention.score >= CONFIDENT and is_name_alone(mention.key):
            known = names.get(mention.key)
            if known is None or mention.score > known.score:
                names[mention.key] = Known(mention.span.type, mention.score)
    for key, known in list(names.items()):
        last = last_name(key)
        if known.type == "PER" and last not in names and is_name_alone(last):
            names[last] = known
    return names


def _find_again(
    words: Sequence[str],
    analyses: Sequence[TokenAnalysis],
    tags: list[TokenTag],
    names: Mapping[Key, Known],
    longest: int,
    beginnings: Container[str],
) -> None:
    keys = list(map(comparable, words))
    position = 0
    while position < len(words):
        firsts: list[str] = []
        if tags[position].label == "O":
            forms = _first_words(words[position], analyses[position])
            firsts = [first for first in forms if first in beginnings]
        if not firsts:
            position += 1
            continue
        for end in range(min(position + longest, len(words)), position, -1):
            if any(tag.label != "O" for tag in tags[position:end]):
                continue
            known = next(
                (
                    names[first, *keys[position + 1 : end]]
                    for first in firsts
                    if (first, *keys[position + 1 : end]) in names
                ),
                None,
            )
            if known and _may_be(known, position, end, analyses, tags):
                _write(tags, Span(position, end, known.type), known.score * FOUND_AGAIN)
                position = end - 1
                break
        position += 1


def _first_words(word: str, analysis: TokenAnalysis) -> tuple[str, ...]:
    """What the first word of a name may be, for comparison: as it stands, or without proclitics."""
    if analysis.analysis_source == "lexicon" and not (analysis.prc2 or analysis.prc1):
        return (comparable(word),)
    return _with_and_without_proclitics(word)


@lru_cache(maxsize=20_000)
def _with_and_without_proclitics(word: str) -> tuple[str, ...]:
    return tuple(_cut_forms(comparable(word)))


def _cut_forms(whole: str) -> Iterator[str]:
    yield whole
    without_conjunction = whole[1:] if whole[:1] in ("و", "ف") else whole
    for form in dict.fromkeys((without_conjunction, whole)):
        if form != whole:
            yield form
        if form.startswith("لل"):
            yield "ا" + form[1:]
        if form[:1] in ("ب", "ل", "ك"):
            yield form[1:]


def _may_be(
    known: Known,
    start: int,
    end: int,
    analyses: Sequence[TokenAnalysis],
    tags: Sequence[TokenTag],
) -> bool:
    """Whether words that spell a known name may be it, as far as morphology and tagger can tell."""
    if known.type == "PER" and end < len(tags):
        follows = analyses[end]
        if tags[end].label == "O" and follows.analysis_source == "backoff":
            return False  # a longer name, of which this is only the beginning
    if any(is_proper(analysis) for analysis in analyses[start:end]):
        return True
    return end - start > 1 and 1 - mean_score(tags[start:end]) >= SUSPECTED


def is_proper(analysis: TokenAnalysis) -> bool:
    """Whether morphology takes a word for a name: a proper noun, or a word of another script."""
    return analysis.pos in ("noun_prop", "foreign", "abbrev")


def _write(tags: list[TokenTag], span: Span, score: float) -> None:
    """Put an entity on its tokens, in BIOES labels."""
    marks = ["S"] if span.end - span.start == 1 else ["B", *"I" * (span.end - span.start - 2), "E"]
    tags[span.start : span.end] = [TokenTag(f"{mark}-{span.type}", score) for mark in marks]
