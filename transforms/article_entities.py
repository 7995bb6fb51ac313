"""Who is who in an article: one name and one number for all mentions of a person, place or body.

Mentions are one if they have the same type and the same name but for proclitics, titles, vowels
and spelling (`وأوباما`, `الرئيس اوباما`). A person is also called by a part of the name
(`فلاديمير بوتين … بوتين`), an organisation by its abbreviation, if the article binds the two.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from schemas.records import Entity, EntityType, Sentence
from transforms.abbreviations import abbreviations
from transforms.entities import Span
from transforms.name_words import is_name_alone, last_name, name_key, without_titles

Key = tuple[EntityType, tuple[str, ...]]


def identify(
    sentences: Sequence[Sentence], entities: Sequence[Sequence[Entity]]
) -> tuple[tuple[Entity, ...], ...]:
    """The entities of an article's sentences with their names and numbers.

    A name loses its titles and is spelled as the article spells it most often (of equals, first).
    Numbers count from 0, in the order of first mention.

    Raises:
        ValueError: not one row of entities a sentence.
    """
    named = [[_without_titles(entity) for entity in row] for row in entities]
    mentions = [entity for row in named for entity in row]
    spellings: dict[Key, Counter[str]] = {}
    for entity in mentions:
        spellings.setdefault(_key(entity), Counter())[entity.name] += 1
    whole = _whole_names(spellings)
    for sentence, row in zip(sentences, named, strict=True):
        for short, long_form in _bound(sentence, row):
            end = _end(whole, long_form)
            if whole[short] == short and end != short:
                whole[short] = end
    numbers: dict[Key, int] = {}
    return tuple(
        tuple(
            replace(
                entity,
                name=spellings[_key(entity)].most_common(1)[0][0],
                id=numbers.setdefault(_end(whole, _key(entity)), len(numbers)),
            )
            for entity in row
        )
        for row in named
    )


def _without_titles(entity: Entity) -> Entity:
    return replace(entity, name=without_titles(entity.name)) if entity.type == "PER" else entity


def _key(entity: Entity) -> Key:
    return entity.type, name_key(entity.name)


def _end(whole: dict[Key, Key], key: Key) -> Key:
    """The name that a name stands for, and that perhaps for another: `WHO` for its long form."""
    while whole[key] != key:
        key = whole[key]
    return key


def _whole_names(mentions: dict[Key, Counter[str]]) -> dict[Key, Key]:
    """For each name, in the order of first mention, the longer name that it is a part of, or it."""
    counts = {key: names.total() for key, names in mentions.items()}
    people = _People(key for key in counts if key[0] == "PER" and len(key[1]) > 1)
    # A part joins what is longer than itself only, so there is no circle.
    return {key: _whole_name(key, people, counts) for key in counts}


class _People:
    """The persons of an article, in the order of first mention, by first and by last word.

    A book has thousands: not each of them is to be compared with each.
    """

    def __init__(self, people: Iterable[Key]) -> None:
        self.by_first: defaultdict[str, list[Key]] = defaultdict(list)
        self.by_last: defaultdict[str, list[Key]] = defaultdict(list)
        for person in people:
            self.by_first[person[1][0]].append(person)
            self.by_last[person[1][-1]].append(person)


def _whole_name(key: Key, people: _People, counts: dict[Key, int]) -> Key:
    kind, words = key
    if kind != "PER" or not is_name_alone(words):
        return key
    ends = [
        person
        for person in people.by_last.get(words[-1], ())
        if len(person[1]) > len(words) and _ends_like(words, person[1])
    ]
    if ends:
        return max(ends, key=lambda person: counts[person])
    begins = [
        person
        for person in people.by_first.get(words[0], ())
        if len(person[1]) > len(words) and person[1][: len(words)] == words
    ]
    return begins[0] if len(begins) == 1 else key


def _ends_like(part: Sequence[str], whole: Sequence[str]) -> bool:
    """Whether `part` is the last name of a person, or first and last name."""
    if tuple(part) == tuple(whole[-len(part) :]):
        # Of `صدام حسين عبد الله`, `الله` alone is no part.
        return len(part) >= len(last_name(whole))
    return len(part) > 1 and (part[0], part[-1]) == (whole[0], whole[-1])


def _bound(sentence: Sentence, entities: Sequence[Entity]) -> Iterable[tuple[Key, Key]]:
    """Abbreviations of the sentence that are entities, with the entities that they abbreviate."""
    spans = {Span(one.token_start, one.token_end, one.type): one for one in entities}
    for long_form, start, end in abbreviations(sentence.tokens, list(spans)):
        short = spans.get(Span(start, end, long_form.type))
        if short is not None:
            yield _key(short), _key(spans[long_form])
