"""Morphological analysis: one record a token, by word type, free of the sentence around it."""

from __future__ import annotations

import re
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Protocol

import apache_beam as beam

from schemas.records import (
    AnalysedArticle,
    Origin,
    Shard,
    SplitArticle,
    TokenAnalysis,
)
from schemas.settings import AnalyseSettings
from transforms.lexicon import BACKOFFS, Candidate, Lexicon, load_lexicon
from transforms.nonwords import analyse_nonword, unknown_word
from transforms.ranking import best_analysis
from transforms.shards import map_articles, with_metrics
from transforms.tokens import ARABIC_LETTERS, MARKS

_WORD = re.compile(rf"[{ARABIC_LETTERS}]+")
# Letters of Persian and Urdu keyboards that look like Arabic ones.
_LOOK_ALIKES = str.maketrans("\u06cc\u06d2\u06a9\u06be\u06c0\u06c1\u06d5", "ييكهههه")


class Analyser(Protocol):
    """Analyses tokens. The result depends on the token alone."""

    def analyse(self, word: str) -> TokenAnalysis:
        """The best analysis of any non-empty token."""

    def __hash__(self) -> int:
        """Analysers are told apart when memories are shared."""


class CamelAnalyser:
    """An `Analyser` with a CAMeL database; holds nothing that changes."""

    def __init__(self, lexicon: Lexicon, backoff: str) -> None:
        """Analyse with `lexicon`.

        Args:
            lexicon: a loaded database.
            backoff: one of `BACKOFFS`, camel-tools' names for what happens to unknown words.

        Raises:
            ValueError: no such back-off.
        """
        if backoff not in BACKOFFS:
            raise ValueError(f"no back-off {backoff!r}: there are {', '.join(BACKOFFS)}")
        self._lexicon = lexicon
        self._condition, _, self._action = backoff.partition("_")

    def analyse(self, word: str) -> TokenAnalysis:
        """The best analysis of a token, whether it is an Arabic word or not."""
        view = model_view(word)
        if not _WORD.fullmatch(view):
            return analyse_nonword(word)
        candidates = self.candidates(view)
        if not candidates:
            return unknown_word(view)
        return best_analysis(view, candidates, self._lexicon.merge)

    def candidates(self, view: str) -> list[Candidate]:
        """All analyses of a word as `model_view` gives it."""
        found = list(self._lexicon.analyses(view))
        if self._condition == "ADD" or (self._condition == "NOAN" and not found):
            found.extend(self._lexicon.guesses(view, self._action))
        return found


def model_view(word: str) -> str:
    """The word as the lexicon sees it: no diacritics, no tatweel, no Persian look-alikes."""
    return MARKS.sub("", word).translate(_LOOK_ALIKES)


_LOADING = threading.Lock()


def load_analyser(database: str, backoff: str) -> Analyser:
    """The analyser of a database, loaded once a process however often it is asked for.

    Args:
        database: path of a database in camel-tools' format.
        backoff: one of `transforms.lexicon.BACKOFFS`.

    Raises:
        FileNotFoundError: no such database.
        ValueError: no such back-off.
    """
    with _LOADING:
        return _load(database, backoff)


@lru_cache(maxsize=2)
def _load(database: str, backoff: str) -> Analyser:
    return CamelAnalyser(load_lexicon(Path(database)), backoff)


class WordMemory:
    """The analyses of the word types last asked for: never more than `capacity` of them."""

    def __init__(self, analyser: Analyser, capacity: int) -> None:
        self._analyser = analyser
        self._capacity = capacity
        self._known: OrderedDict[str, TokenAnalysis] = OrderedDict()
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._known)

    def look_up(self, word: str) -> tuple[TokenAnalysis, bool]:
        """A word's analysis, and whether it was remembered; the same whether it was or not."""
        with self._lock:
            analysis = self._known.get(word)
            if analysis is not None:
                self._known.move_to_end(word)
                return analysis, True
        analysis = self._analyser.analyse(word)
        with self._lock:
            self._known[word] = analysis
            if len(self._known) > self._capacity:
                self._known.popitem(last=False)
        return analysis, False


@lru_cache(maxsize=2)
def shared_memory(analyser: Analyser, capacity: int) -> WordMemory:
    """One memory for all transforms of a process with the same analyser."""
    return WordMemory(analyser, capacity)


def analyse_shard(shard: Shard[SplitArticle], memory: WordMemory) -> Shard[AnalysedArticle]:
    """Analyse every token of a shard; an article that fails is rejected alone.

    Adds to the metrics `analyse.tokens`; `analyse.misses`, the tokens that no memory held; and
    `analyse.unknown`, the tokens that only a back-off could analyse.
    """
    analyses: dict[str, TokenAnalysis] = {}
    misses = 0

    def analyse(article: SplitArticle) -> AnalysedArticle:
        nonlocal misses
        for sentence in article.sentences:
            for word in sentence.tokens:
                if word not in analyses:
                    analyses[word], was_known = memory.look_up(word)
                    misses += not was_known
        rows = tuple(
            tuple(analyses[word] for word in sentence.tokens) for sentence in article.sentences
        )
        return AnalysedArticle(article.article, article.sentences, rows)

    done = map_articles(shard, "analyse", _origin, analyse)
    rows = [row for article in done.articles for row in article.analyses]
    return with_metrics(
        done,
        {
            "analyse.tokens": sum(map(len, rows)),
            "analyse.misses": misses,
            "analyse.unknown": sum(
                analysis.analysis_source == "backoff" for row in rows for analysis in row
            ),
        },
    )


def _origin(article: SplitArticle) -> Origin:
    return article.article.origin


class Analyse(beam.PTransform):
    """`Shard[SplitArticle]` → `Shard[AnalysedArticle]`."""

    def __init__(self, settings: AnalyseSettings, load: Callable[[], Analyser]) -> None:
        """Analyse with what `load` returns.

        Args:
            settings: `[analyse]`; of it, only `cache_words` is used here.
            load: called in each worker, as `partial(load_analyser, database, backoff)`; for words
                to be remembered from shard to shard it returns the same object each time.
        """
        super().__init__()
        self._settings = settings
        self._load = load

    def expand(
        self, shards: beam.PCollection[Shard[SplitArticle]]
    ) -> beam.PCollection[Shard[AnalysedArticle]]:
        """Apply the transform."""
        return shards | beam.ParDo(AnalyseShards(self._load, self._settings.cache_words))


class AnalyseShards(beam.DoFn):
    """Calls `analyse_shard` with the analyser of this process."""

    def __init__(self, load: Callable[[], Analyser], cache_words: int) -> None:
        super().__init__()
        self._load = load
        self._cache_words = cache_words
        self._memory: WordMemory | None = None

    def setup(self) -> None:
        """Load the analyser, or take the one that this process has."""
        self._memory = shared_memory(self._load(), self._cache_words)

    def process(self, shard: Shard[SplitArticle]) -> Iterator[Shard[AnalysedArticle]]:
        """One shard."""
        assert self._memory is not None  # noqa: S101 - Beam calls setup first
        yield analyse_shard(shard, self._memory)
