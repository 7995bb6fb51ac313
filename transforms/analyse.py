"""Morphological analysis: one record a token, the analysis that fits its sentence best."""

from __future__ import annotations

import gc
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache

import apache_beam as beam

from schemas.records import AnalysedArticle, Origin, Shard, SplitArticle
from schemas.settings import AnalyseSettings
from transforms.camel_analyser import Analyser
from transforms.known_words import KnownWord
from transforms.shards import map_articles, with_metrics

_ALLOCATIONS_BEFORE_COLLECTION = 100_000


class WordMemory:
    """What is known of the words last asked for: never more than `capacity` of them."""

    def __init__(self, analyser: Analyser, capacity: int) -> None:
        self.analyser = analyser
        self._capacity = capacity
        self._known: OrderedDict[str, KnownWord] = OrderedDict()
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._known)

    def look_up(self, words: Iterable[str]) -> tuple[dict[str, KnownWord], int]:
        """What is known of distinct words, and how many were not remembered."""
        found: dict[str, KnownWord] = {}
        new: list[str] = []
        with self._lock:
            for word in words:
                known = self._known.get(word)
                if known is None:
                    new.append(word)
                else:
                    self._known.move_to_end(word)
                    found[word] = known
        if new:
            made = dict(zip(new, self.analyser.know(new), strict=True))
            found.update(made)
            with self._lock:
                self._known.update(made)
                while len(self._known) > self._capacity:
                    self._known.popitem(last=False)
        return found, len(new)


@lru_cache(maxsize=2)
def shared_memory(analyser: Analyser, capacity: int) -> WordMemory:
    """One memory for all transforms of a process with the same analyser."""
    return WordMemory(analyser, capacity)


def analyse_shard(shard: Shard[SplitArticle], memory: WordMemory) -> Shard[AnalysedArticle]:
    """Analyse every token of a shard; an article that fails is rejected alone.

    Adds to the metrics `analyse.tokens`; `analyse.misses`, the words that no memory held; and
    `analyse.unknown`, the tokens whose analysis is a guess.
    """
    began = time.thread_time()
    misses = 0
    together: dict[str, AnalysedArticle] = {}
    try:
        articles, misses = _analyse_articles(shard.articles, memory)
        together = {article.article.origin.doc_id: article for article in articles}
    except Exception:  # one of them cannot be analysed: each by itself shows which
        together = {}
    seconds = time.thread_time() - began

    def analyse(article: SplitArticle) -> AnalysedArticle:
        nonlocal misses
        done = together.get(article.article.origin.doc_id)
        if done is None:
            (done,), new = _analyse_articles((article,), memory)
            misses += new
        return done

    done = map_articles(shard, "analyse", _origin, analyse)
    rows = [row for article in done.articles for row in article.analyses]
    return with_metrics(
        done,
        {
            "seconds.analyse": seconds,
            "analyse.tokens": sum(map(len, rows)),
            "analyse.misses": misses,
            "analyse.unknown": sum(
                analysis.analysis_source == "backoff" for row in rows for analysis in row
            ),
        },
    )


def _analyse_articles(
    articles: Sequence[SplitArticle], memory: WordMemory
) -> tuple[list[AnalysedArticle], int]:
    """The articles with their analyses, and how many words the memory did not hold."""
    sentences = [sentence.tokens for article in articles for sentence in article.sentences]
    known, misses = memory.look_up(dict.fromkeys(word for words in sentences for word in words))
    rows = iter(memory.analyser.analyse([[known[word] for word in words] for words in sentences]))
    return [
        AnalysedArticle(
            article.article, article.sentences, tuple(next(rows) for _ in article.sentences)
        )
        for article in articles
    ], misses


def _origin(article: SplitArticle) -> Origin:
    return article.article.origin


class Analyse(beam.PTransform):
    """`Shard[SplitArticle]` → `Shard[AnalysedArticle]`."""

    def __init__(self, settings: AnalyseSettings, load: Callable[[], Analyser]) -> None:
        """Analyse with what `load` returns.

        Args:
            settings: `[analyse]`; of it, only `cache_words` is used here.
            load: called in each worker, as `partial(load_analyser, database, tagger, backoff)`;
                for words to be remembered it returns the same object each time.
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
        # What is loaded and remembered are many small objects without cycles: to let the collector
        # of cycles go through them again and again would take a third of the time of analysis.
        gc.freeze()
        gc.set_threshold(_ALLOCATIONS_BEFORE_COLLECTION, 20, 20)

    def process(self, shard: Shard[SplitArticle]) -> Iterator[Shard[AnalysedArticle]]:
        """One shard."""
        assert self._memory is not None  # noqa: S101 - Beam calls setup first
        yield analyse_shard(shard, self._memory)
