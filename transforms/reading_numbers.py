"""The numbers of a reading that are weighed, whatever the sentence."""

from __future__ import annotations

import math
from collections.abc import Iterable

from transforms.lemma_priors import LemmaPriors, bare_lemma
from transforms.lexicon import Candidate, Features
from transforms.spelling import changes, letters, marks_denied

Numbers = tuple[float, ...]

# Numbers of a reading that are weighed: the names say what each is.
NUMBERS = (
    "lemma_and_pos",  # natural log-probability of lemma and part of speech in the treebank
    "lemma",  # of the lemma
    "database",  # of lemma and part of speech by the database, in natural logarithms
    "lemma_uncounted",
    "pos_uncounted",  # the lemma was counted, but never with this part of speech
    "database_uncounted",
    "pos_of_priors",  # not the database's own part of speech
    "hamzas_changed",  # letters spelled otherwise: of ان for أَنَّ, one
    "letters_changed",
    "guess",
    "guessed_name",
    "guessed_known_name",
    "guessed_with_article",
    "guessed_letters_less_than_3",
    "guessed_letters_less_than_4",
    "marks_denied",  # diacritics of the author that the reading has otherwise
)
AS_IT_STANDS = (0.0,) * 9  # the numbers from `hamzas_changed` on
NEVER = -99.0
_UNSEEN, _UNCOUNTED = -6.0, -3.5  # decimal logarithms: a little rarer than the rarest; middling
_LOWEST = -14.5  # natural logarithm, a little rarer than the rarest lemma of the treebank
_DECIMAL = math.log(10.0)


def counted_numbers(stem: Features, lemma: str, own: str, pos: str, priors: LemmaPriors) -> Numbers:
    """The numbers before `hamzas_changed`, of a stem that is `own` in the database, as `pos`."""
    counts = {count.pos: count.log_probability for count in priors.counts(lemma)}
    of_lemma = math.log(math.fsum(map(math.exp, counts.values()))) if counts else _LOWEST
    in_database = max(
        float(stem["pos_lex_logprob"]),
        _UNSEEN if float(stem["pos_logprob"]) > NEVER else _UNCOUNTED,
    )
    return (
        counts.get(pos, _LOWEST),
        of_lemma,
        in_database * _DECIMAL,
        float(not counts),
        float(bool(counts) and pos not in counts),
        float(float(stem["pos_logprob"]) <= NEVER),
        float(pos != own),
    )


def guess_numbers(
    counted: Numbers, spelling: Numbers, guess: str, pos: str, lemma: str, *, has_article: bool
) -> Numbers:
    """All `NUMBERS` of a guess, of what is counted and of its spelling."""
    length = len(guess)
    is_name = pos == "noun_prop"
    return (
        *counted,
        *spelling[:2],
        1.0,
        float(is_name),
        float(is_name and lemma != bare_lemma(lemma)),
        float(has_article and length > 2),
        float(length < 3),
        float(length < 4),
        spelling[-1],
    )


def spelling_numbers(word: str, view: str, spelled: str, candidate: Candidate) -> Numbers:
    """The numbers from `hamzas_changed` on, as those of a word of the lexicon."""
    if spelled == view == word:
        return AS_IT_STANDS
    hamzas, others = changes(view, spelled)
    denied = 0
    if word != view:
        denied = marks_denied(word, _vocalised(candidate))
    return (float(hamzas), float(others), 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, float(denied))


def letters_changed(view: str, parts: Iterable[Features]) -> int:
    """How many letters of a bare word an analysis spells otherwise: of ان for أَنَّ, one."""
    return sum(changes(view, "".join(letters(part.get("diac", "")) for part in parts)))


def _vocalised(candidate: Candidate) -> str:
    prefix, stem, suffix = (part.features.get("diac", "") for part in candidate[:3])
    return prefix + (candidate.guess or stem) + suffix
