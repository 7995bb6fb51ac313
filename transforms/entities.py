"""From one label a token to entities: spans that any label sequence yields, and names in them.

A name is the entity's text without the proclitics written on its first word (`وموسكو` → `موسكو`).
Arabic writes them without a space, so a first letter may be a proclitic (`بالقاهرة`) or not
(`بوتين`): morphology decides, and where it does not know, the article itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple, get_args

from schemas.records import Entity, EntityType, Sentence, TokenAnalysis
from transforms.tokens import MARKS

_TYPES: dict[str, EntityType] = {kind: kind for kind in get_args(EntityType)}
_HAMZA_ON_ALEF = str.maketrans("أإآٱ", "اااا")
_CONJUNCTIONS, _PREPOSITIONS = "وف", "بكل"
_SHORTEST_NAME = 3  # letters: what is left of `ولي` or `وال` is never a name


class TokenTag(NamedTuple):
    """A tagger's word on one token: a BIO or BIOES label, and its probability (0 to 1)."""

    label: str
    score: float


class Span(NamedTuple):
    """The half-open stretch of tokens that an entity covers, and its type."""

    start: int
    end: int
    type: str


def spans_of(labels: Sequence[str]) -> list[Span]:
    """The entities of a BIO or BIOES sequence, in order, without overlap.

    No sequence is invalid: an `I-` or `E-` that continues nothing opens an entity; a label
    without a type is `O`.
    """
    spans: list[Span] = []
    is_open = False
    for position, label in enumerate(labels):
        if label == "O":  # most are
            is_open = False
            continue
        mark, _, kind = label.partition("-")
        if not kind or mark not in ("B", "I", "E", "S"):
            is_open = False
            continue
        if is_open and mark in ("I", "E") and spans[-1].type == kind:
            spans[-1] = spans[-1]._replace(end=position + 1)
        else:
            spans.append(Span(position, position + 1, kind))
        is_open = mark in ("B", "I")
    return spans


@dataclass(frozen=True)
class Heard:
    """The words of an article and the first words of its entities, as `bare` writes them."""

    words: frozenset[str]
    openers: frozenset[str]


@lru_cache(maxsize=20_000)
def bare(word: str) -> str:
    """A word without vowels, tatweel and hamza on alef; ى and ي stay apart (`يرى`, `كيري`)."""
    return MARKS.sub("", word).translate(_HAMZA_ON_ALEF)


def hear(sentences: Iterable[Sentence], labels: Iterable[Sequence[str]]) -> Heard:
    """What an article says, as evidence for names: sentences with one label a token."""
    words: set[str] = set()
    openers: set[str] = set()
    for sentence, sentence_labels in zip(sentences, labels, strict=True):
        words.update(map(bare, sentence.tokens))
        openers.update(bare(sentence.tokens[span.start]) for span in spans_of(sentence_labels))
    return Heard(frozenset(words), frozenset(openers))


def entities_of(
    sentence: Sentence, analyses: Sequence[TokenAnalysis], tags: Sequence[TokenTag], heard: Heard
) -> tuple[Entity, ...]:
    """The entities of a sentence; an entity's score is the mean of its tokens' probabilities.

    Entities of a type other than the four of the schema are left out.

    Raises:
        ValueError: not one analysis and one tag a token.
    """
    tokens = list(zip(sentence.tokens, analyses, tags, strict=True))
    found = []
    for span in spans_of([tag.label for tag in tags]):
        if span.type not in _TYPES:
            continue
        kind = _TYPES[span.type]
        start, end = sentence.token_start[span.start], sentence.token_end[span.end - 1]
        text = sentence.text[start:end]
        first, analysis, _ = tokens[span.start]
        name = name_of(first, analysis, kind, heard) + text[len(first) :]
        score = sum(tag.score for tag in tags[span.start : span.end]) / (span.end - span.start)
        found.append(
            Entity(text, kind, start, end, span.start, span.end, name, min(max(score, 0.0), 1.0))
        )
    return tuple(found)


def name_of(word: str, analysis: TokenAnalysis, kind: str, heard: Heard) -> str:
    """The first word of an entity without its proclitics; the article `ال` stays.

    - A word of the lexicon: what its analysis says. But the lexicon reads many a person's name as a
      common word (`باسم` as "in the name of"), so for persons the analysis must be a proper noun
      or have the article, or what is left must open an entity elsewhere in the article.
    - An unknown word: its first letters go only if what is left stands in the article by itself,
      or begins with a hamza on alef, which unknown names have nowhere else (`وأوباما`).
    """
    if analysis.analysis_source in ("lexicon", "spelling_variant"):
        name = _without_analysed_proclitics(word, analysis)
        is_nominal = analysis.pos.startswith(("noun", "adj"))
        is_name = analysis.pos == "noun_prop" or analysis.prc0 == "Al_det"
        if is_nominal and (kind != "PER" or is_name):
            return name
        return name if name != word and _is_heard(name, heard.openers) else word
    if analysis.analysis_source == "backoff":
        return _unknown_name(word, heard)
    return word


def _without_analysed_proclitics(word: str, analysis: TokenAnalysis) -> str:
    name = word
    if (analysis.prc2 or "").startswith(("wa", "fa")):
        name = _without_first(name, _CONJUNCTIONS)
    if (analysis.prc1 or "").startswith(("bi", "ka")):
        name = _without_first(name, "بك")
    elif (analysis.prc1 or "").startswith("li"):
        name = _without_preposition_li(name, analysis)
    # What is left of the agency واس is none.
    return name if len(bare(name)) >= _SHORTEST_NAME else word


def _without_preposition_li(word: str, analysis: TokenAnalysis) -> str:
    """`للأمم` → `الأمم`: after ل the article loses its alef, before a ل its lam too (`للجنة`)."""
    name = _without_first(word, "ل")
    if name == word or not (analysis.prc0 or "").startswith("Al") or name.startswith("ا"):
        return name
    segments = analysis.d3.split("_")
    stem = next((bare(part) for part in segments if "+" not in part), "")
    return ("ال" if stem.startswith(bare(name)[:2]) else "ا") + name


def _unknown_name(word: str, heard: Heard) -> str:
    without_conjunction = _without_first(word, _CONJUNCTIONS)
    candidates = [
        without_conjunction,
        _without_first(without_conjunction, _PREPOSITIONS),
        _without_first(word, _PREPOSITIONS),
    ]
    for name in candidates:
        if name != word and (name.startswith(("أ", "إ")) or _is_heard(name, heard.words)):
            return name
    return word


def _is_heard(name: str, words: frozenset[str]) -> bool:
    letters = bare(name)
    return len(letters) >= _SHORTEST_NAME and letters in words


def _without_first(word: str, letters: str) -> str:
    """The word without its first letter and the marks on it, if that letter is one of `letters`."""
    if word[:1] not in letters or len(word) < 2:
        return word
    rest = 1
    while rest < len(word) and MARKS.match(word[rest]):
        rest += 1
    return word[rest:]
