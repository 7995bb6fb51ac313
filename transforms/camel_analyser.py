"""Analyses of words with a CAMeL database, chosen by their sentences with a contextual tagger."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Protocol

import numpy as np

from schemas.records import TokenAnalysis
from transforms.analysis_rows import analysis_row, with_score
from transforms.claim_table import ClaimTable
from transforms.context_model import ContextModel, load_context_model
from transforms.context_network import packed, unpacked
from transforms.known_words import FILE_NAME, KnownWord, KnownWords, fingerprint, open_known_words
from transforms.lexicon import BACKOFFS, Candidate, Lexicon, load_lexicon
from transforms.moods import with_moods
from transforms.nonwords import analyse_nonword, unknown_word
from transforms.ranking import choices, choose, own_weights
from transforms.readings import CODE_BYTES, Reader, Readings
from transforms.tokens import ARABIC_LETTERS, MARKS
from transforms.word_features import Word, lexical_views

WORD = re.compile(rf"[{ARABIC_LETTERS}]+")  # what the lexicon is asked about
# Letters of Persian and Urdu keyboards that look like Arabic ones.
_LOOK_ALIKES = str.maketrans("\u06cc\u06d2\u06a9\u06be\u06c0\u06c1\u06d5", "ييكهههه")
_TOKENS_AT_ONCE = 4096  # of sentences that go through the tagger together, to bound its memory


class Analyser(Protocol):
    """Analyses tokens in their sentences."""

    def know(self, words: Sequence[str]) -> list[KnownWord]:
        """What is known of each of some non-empty tokens, whatever the others are."""

    def analyse(self, sentences: Sequence[Sequence[KnownWord]]) -> list[tuple[TokenAnalysis, ...]]:
        """The analyses of the words of each sentence, whatever the other sentences are."""

    def __hash__(self) -> int:
        """Analysers are told apart when memories are shared."""


class CamelAnalyser:
    """An `Analyser` with a CAMeL database and a contextual tagger; its words are for it alone."""

    def __init__(
        self,
        lexicon: Lexicon,
        model: ContextModel,
        backoff: str,
        known: KnownWords | None = None,
    ) -> None:
        """Analyse with `lexicon`, choose with `model`.

        Args:
            lexicon: a loaded database.
            model: a loaded tagger.
            backoff: one of `BACKOFFS`: what a word may be besides what the lexicon says.
            known: words that were looked up before, with the same lexicon, model and back-off.

        Raises:
            ValueError: no such back-off.
        """
        if backoff not in BACKOFFS:
            raise ValueError(f"no back-off {backoff!r}: there are {', '.join(BACKOFFS)}")
        self._lexicon = lexicon
        self._model = model
        self._reader = Reader(model.priors, model.table)
        self._backoff = backoff
        self._known = known
        self.claims = ClaimTable() if known is None else known.claims

    def know(self, words: Sequence[str]) -> list[KnownWord]:
        """What is known of each word: its choices, and the tagger's view of it."""
        if self._known is None:
            return self._look_up(words)
        found = [self._known.get(word) for word in words]
        others = [word for word, known in zip(words, found, strict=True) if known is None]
        looked_up = iter(self._look_up(others))
        return [known or next(looked_up) for known in found]

    def _look_up(self, words: Sequence[str]) -> list[KnownWord]:
        if not words:
            return []
        readings = [self._readings(word) for word in words]
        vectors = self._vectors(words, readings)
        found = [reading for reading in readings if reading is not None]
        weights = iter(own_weights(found, self._model.number_weights) if found else ())
        known = []
        for word, vector, given in zip(words, vectors, readings, strict=True):
            if given is None:
                known.append(KnownWord(word, vector, None, b"", _only_row(word), {}))
            else:
                view = model_view(word)
                offered, kept = choices(given, next(weights), self._model.temperature, self.claims)
                codes = b"".join(self._reader.code(given, index, view) for index in kept)
                known.append(KnownWord(word, vector, offered, codes, None, {}))
        return known

    def _readings(self, word: str) -> Readings | None:
        view = model_view(word)
        if not WORD.fullmatch(view):
            return None
        candidates = candidates_of(self._lexicon, view, self._backoff)
        return self._reader.readings(word, view, candidates) if candidates else None

    def _vectors(self, words: Sequence[str], readings: Sequence[Readings | None]) -> list[bytes]:
        model = self._model
        views = [model_view(word) or word for word in words]
        lexical = lexical_views(readings, model.network.values)
        seen = [
            Word(model.vocabulary.form(view), model.vocabulary.affix_numbers(view), *values)
            for view, values in zip(views, lexical, strict=True)
        ]
        given = np.stack([model.vector(view) for view in views])
        return packed(model.network.word_vectors(seen, given))

    def analyse(self, sentences: Sequence[Sequence[KnownWord]]) -> list[tuple[TokenAnalysis, ...]]:
        """The analyses that fit each sentence best."""
        return [row for batch in _batches(sentences) for row in self._analyse_batch(batch)]

    def _analyse_batch(
        self, sentences: Sequence[Sequence[KnownWord]]
    ) -> Iterator[tuple[TokenAnalysis, ...]]:
        words = [word for sentence in sentences for word in sentence]
        rows = [word.row for word in words]
        open_places = [place for place, word in enumerate(words) if word.choices is not None]
        if open_places:
            model = self._model
            vectors = unpacked([word.vector for word in words])
            lengths = [len(sentence) for sentence in sentences]
            logits = model.network.logits(vectors, lengths, open_places)
            offered = [word.choices for word in words if word.choices is not None]
            best, scores = choose(offered, logits, model.temperature, self.claims)
            chosen = zip(open_places, best.tolist(), scores.tolist(), strict=True)
            for place, index, score in chosen:
                rows[place] = self._row(words[place], index, score)
        whole = iter(row for row in rows if row is not None)
        for sentence in sentences:
            yield with_moods([next(whole) for _ in sentence])

    def _row(self, word: KnownWord, index: int, score: float) -> TokenAnalysis:
        row = word.rows.get(index)
        if row is None:
            assert word.choices is not None  # noqa: S101 - the choice was made of them
            view = model_view(word.word)
            codes = self._codes(word)
            code = codes[CODE_BYTES * index : CODE_BYTES * (index + 1)]
            reading = self._reader.decoded(code, view, self._lexicon)
            features = self._reader.features(reading.candidate)
            row = analysis_row(view, reading, features, score, word.choices.offered)
            word.rows[index] = row
        return row if row.analysis_score == score else with_score(row, score)

    def _codes(self, word: KnownWord) -> bytes:
        if word.codes is not None:
            return word.codes
        assert self._known is not None  # noqa: S101 - the word is one of its
        return self._known.codes(word.word)


def candidates_of(lexicon: Lexicon, view: str, backoff: str) -> list[Candidate]:
    """All analyses of a word as `model_view` gives it, and the guesses of one of `BACKOFFS`."""
    found = list(lexicon.analyses(view))
    condition, _, action = backoff.partition("_")
    if condition == "CONTEXT":
        return [*found, *lexicon.guesses(view, "PROP" if found else "ALL")]
    if condition == "ADD" or (condition == "NOAN" and not found):
        found.extend(lexicon.guesses(view, action))
    return found


def _only_row(word: str) -> TokenAnalysis:
    view = model_view(word)
    return unknown_word(view) if WORD.fullmatch(view) else analyse_nonword(word)


def _batches(sentences: Sequence[Sequence[KnownWord]]) -> Iterator[list[Sequence[KnownWord]]]:
    batch: list[Sequence[KnownWord]] = []
    tokens = 0
    for sentence in sentences:
        if batch and tokens + len(sentence) > _TOKENS_AT_ONCE:
            yield batch
            batch, tokens = [], 0
        batch.append(sentence)
        tokens += len(sentence)
    if batch:
        yield batch


def model_view(word: str) -> str:
    """The word as the lexicon sees it: no diacritics, no tatweel, no Persian look-alikes."""
    return MARKS.sub("", word).translate(_LOOK_ALIKES)


_LOADING = threading.Lock()


def load_analyser(database: str, tagger: str, backoff: str) -> Analyser:
    """The analyser of a database and a tagger, loaded once a process however often it is asked for.

    Args:
        database: path of a database in camel-tools' format.
        tagger: path of a contextual tagger.
        backoff: one of `transforms.lexicon.BACKOFFS`.

    Raises:
        FileNotFoundError: no such database or tagger.
        ValueError: no such back-off, or the tagger is of another format.
    """
    with _LOADING:
        return _load(database, tagger, backoff)


@lru_cache(maxsize=2)
def _load(database: str, tagger: str, backoff: str) -> Analyser:
    paths = Path(database), Path(tagger)
    model = load_context_model(paths[1])
    lexicon = load_lexicon(paths[0])
    known = open_known_words(paths[0].parent / FILE_NAME, fingerprint(*paths, backoff))
    return CamelAnalyser(lexicon, model, backoff, known)
