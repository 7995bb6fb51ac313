"""A sample of the inputs, annotated in earnest: what words cost on this machine.

The articles come from places all over the inputs and go through the same two passes as those of a
run, in a process of its own, so that its memory is a worker's.
"""

from __future__ import annotations

import gc
import math
import multiprocessing
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from itertools import chain, islice
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from pipeline.error_codes import ErrorCode
from pipeline.errors import RunError
from pipeline.formats import read_records
from pipeline.models import Models
from pipeline.options import Options
from pipeline.plan import Plan, ShardPlan, Slice, record_bytes
from schemas.settings import ReadSettings
from transforms.shards import add_metrics

# From how many places of the inputs the articles come.
_PLACES = 8
_WORDS_MEASURED = 1000
_SURVEY = ("seconds.read", "seconds.survey")


@dataclass(frozen=True, slots=True)
class Sample:
    """What a sample cost. Seconds are processor seconds of one core, sizes are bytes.

    `nbytes` is the size of its articles as plans count it; `start_seconds` what it took besides the
    work itself, above all to load the models; `peak_memory` the highest resident memory;
    `shard_bytes` how large the largest of its shards was, `memory_a_byte` what each byte more of a
    shard adds to the memory; `words_remembered` how many words have their analysis in memory, of
    `word_bytes` each on average; `article_bytes` what the survey's conclusion holds of an article.
    """

    articles: int
    places: int
    words: int
    nbytes: int
    survey_seconds: float
    annotate_seconds: float
    start_seconds: float
    peak_memory: int
    shard_bytes: int
    memory_a_byte: float
    words_remembered: int
    word_bytes: int
    article_bytes: int


def choose(plan: Plan, articles: int, settings: ReadSettings) -> tuple[Plan, Plan]:
    """Two plans of parts of another, of about so many articles together.

    The articles of the one come from all over it, in small shards; those of the other follow each
    other and are in one shard: what a larger shard takes in memory shows beside the first.
    """
    half = math.ceil(articles / 2)
    count = min(_PLACES, len(plan.shards))
    middles = [(2 * place + 1) * len(plan.shards) // (2 * count) for place in range(count)]
    scattered = [_first(plan.shards[middle].slices, math.ceil(half / count)) for middle in middles]
    rest = chain.from_iterable(shard.slices for shard in plan.shards[middles[0] :])
    return _plan(scattered, plan, settings), _plan([_first(rest, half)], plan, settings)


def measure(options: Options, models: Models, samples: tuple[Plan, Plan]) -> Sample:
    """Annotate what `choose` chose in a process of its own.

    Raises:
        RunError: it failed.
    """
    spawning = multiprocessing.get_context("spawn")
    with (
        tempfile.TemporaryDirectory() as folder,
        ProcessPoolExecutor(1, mp_context=spawning) as pool,
    ):
        run = replace(options.run, runner="local", workers=1)
        options = replace(options, run=run, beam=())
        try:
            return pool.submit(_measure_here, options, models, *samples, Path(folder)).result()
        except BrokenProcessPool as error:
            cause = "the process that annotates the sample died"
            raise RunError(ErrorCode.WORKER_DIED, cause) from error


def _measure_here(
    options: Options, models: Models, scattered: Plan, together: Plan, folder: Path
) -> Sample:
    began = time.process_time()
    from pipeline.run import make_corpus, prepare_process

    prepare_process(options.run.log_level)
    first = make_corpus(options, scattered, models, folder / "scattered")
    second = make_corpus(options, together, models, folder / "together")
    total = time.process_time() - began
    spent = add_metrics(first["metrics"], second["metrics"])
    seconds = {name: value for name, value in spent.items() if name.startswith("seconds.")}
    survey = sum(seconds.get(name, 0.0) for name in _SURVEY)
    work = sum(seconds.values())
    words, word_bytes = _remembered(options, models, folder / "together")
    before, peak = (max(one["peak_memory"].values()) for one in (first, second))
    new_words = second["metrics"].get("analyse.misses", 0) * word_bytes
    small = scattered.bytes / len(scattered.shards)
    return Sample(
        articles=scattered.articles + together.articles,
        places=len(scattered.shards),
        words=first["counts"]["tokens"] + second["counts"]["tokens"],
        nbytes=scattered.bytes + together.bytes,
        survey_seconds=survey,
        annotate_seconds=work - survey,
        start_seconds=max(0.0, total - work),
        peak_memory=peak,
        shard_bytes=together.bytes,
        memory_a_byte=max(0.0, peak - before - new_words) / max(1.0, together.bytes - small),
        words_remembered=words,
        word_bytes=word_bytes,
        article_bytes=_known_bytes(folder / "scattered", scattered.articles),
    )


def _plan(shards: Sequence[tuple[Slice, ...]], plan: Plan, settings: ReadSettings) -> Plan:
    made = tuple(ShardPlan(index, slices) for index, slices in enumerate(shards))
    slices = [part for shard in made for part in shard.slices]
    return Plan(
        made,
        files=len({part.file.location for part in slices}),
        articles=sum(shard.articles for shard in made),
        bytes=sum(_bytes(part, settings) for part in slices),
        digest=f"{plan.digest} {len(made)}",
    )


def _first(parts: Iterable[Slice], articles: int) -> tuple[Slice, ...]:
    """The first of some slices, as far as so many articles go."""
    slices: list[Slice] = []
    for part in parts:
        if articles > 0:
            stop = min(part.stop, part.first + articles)
            slices.append(replace(part, stop=stop))
            articles -= stop - part.first
    return tuple(slices)


def _bytes(part: Slice, settings: ReadSettings) -> int:
    records = read_records(part.file.location, settings, part.begin)
    return sum(map(record_bytes, islice(records, part.skip, part.skip + part.stop - part.first)))


def _remembered(options: Options, models: Models, output: Path) -> tuple[int, int]:
    """How many words are remembered, and how many bytes one of them takes."""
    from pipeline.loaders import analyser_loader
    from transforms.analyse import shared_memory

    analyser = analyser_loader(models, options.settings)()
    memory = shared_memory(analyser, options.settings.analyse.cache_words)
    sentences = pq.read_table(output / "sentences", columns=["tokens"])["tokens"].to_pylist()
    words = list(dict.fromkeys(word for tokens in sentences for word in tokens))[:_WORDS_MEASURED]
    return len(memory), math.ceil(_size(analyser.know(words)) / max(1, len(words)))


def _known_bytes(output: Path, articles: int) -> int:
    """What is known of an article when all meet: its signature and its lines."""
    from pipeline.memory import read_articles, read_lines
    from pipeline.publish import current_version

    version = current_version(output)
    if version is None:
        return 0
    known, lines = read_articles(version), read_lines(version)
    return math.ceil((_size(known) + lines.nbytes) / articles)


def _size(things: Iterable[Any]) -> int:
    """The memory of objects with all that only they lead to, in bytes."""
    seen: set[int] = set()
    waiting: list[Any] = list(things)
    total = 0
    while waiting:
        thing = waiting.pop()
        if id(thing) in seen or isinstance(thing, type) or callable(thing):
            continue
        seen.add(id(thing))
        total += sys.getsizeof(thing)
        waiting += gc.get_referents(thing)
    return total
