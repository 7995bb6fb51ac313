"""`python -m pipeline plan`: how long a run would take, on how many workers of what size.

All figures come from the plan of the inputs and from a sample of them that is annotated here; they
hold for cores like those of this machine. What an engine adds of its own is not in them.
"""

from __future__ import annotations

import heapq
import math
import time
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

from pipeline.engines import ENGINES
from pipeline.options import Options
from pipeline.plan import Plan, chains
from pipeline.sample import Sample, choose, measure
from pipeline.summary import aligned, size

if TYPE_CHECKING:
    from pipeline.run import Job

WORKERS = (1, 10, 100)
# With fewer shards than so many a worker, the last ones leave many workers idle.
_SHARDS_A_WORKER = 4
_HOUR = 3600.0
# What a worker has taken in the end, to what its sample, words and shard come to: there are holes
# in what was allocated, and tables on disk of which ever more is touched. From a sample of 204
# articles that was 936 MiB; measured were 968 MiB after 376,000 words and 1,118 after 6,621,000,
# with what the driver holds besides, as one worker is the driver, too.
_GROWTH = 1.15


@dataclass(frozen=True, slots=True)
class Driver:
    """What planning cost the process that drives a run: seconds, and memory in bytes.

    `graph_bytes` is the size of the graph that the runner is given, which holds the plan.
    """

    seconds: float
    processor_seconds: float
    peak_memory: int
    graph_bytes: int


@dataclass(frozen=True, slots=True)
class Estimate:
    """What to expect of so many workers.

    `busy` is the share of their time in which they work. `memory` is what each needs after many
    shards, with a whole one in hand and all the words that it may remember, `conclusion_memory`
    what the one that concludes the survey holds besides; in bytes.
    """

    workers: int
    hours: float
    busy: float
    memory: int
    conclusion_memory: int


def plan_corpus(options: Options, target: str, articles: int) -> dict[str, Any]:
    """Plan the inputs, annotate a sample of them, and estimate; as JSON can hold it.

    Args:
        options: those of the run that is planned.
        target: an engine of `ENGINES`.
        articles: how many to annotate; 0 to plan only.
    """
    began, processor = time.perf_counter(), time.process_time()
    from pipeline.run import prepare, prepare_process

    job = prepare(options)
    prepare_process(options.run.log_level)
    stretches = chains(job.plan.shards)
    from pipeline.write import peak_memory

    graph = _graph_bytes(job)
    driver = Driver(
        time.perf_counter() - began, time.process_time() - processor, peak_memory(), graph
    )
    told: dict[str, Any] = {
        "target": target,
        "inputs": {
            "files": job.plan.files,
            "articles": job.plan.articles,
            "bytes": job.plan.bytes,
        },
        "shards": len(job.plan.shards),
        "survey_stretches": len(stretches),
        "driver": asdict(driver),
        "command": ENGINES[target].command,
        "page": ENGINES[target].page,
    }
    if articles:
        sample = measure(options, job.models, choose(job.plan, articles, options.settings.read))
        lengths = [len(stretch) for stretch in stretches]
        cache = options.settings.analyse.cache_words
        told["sample"] = asdict(sample)
        told["words_a_second"] = sample.words / (sample.survey_seconds + sample.annotate_seconds)
        told["estimates"] = [
            asdict(estimate(job.plan, lengths, sample, workers, cache)) for workers in WORKERS
        ]
    return told


def estimate(
    plan: Plan, stretches: Sequence[int], sample: Sample, workers: int, cache_words: int
) -> Estimate:
    """What a sample says of all inputs.

    Args:
        plan: that of the inputs.
        stretches: how many shards there are in each stretch that one worker surveys.
        sample: what was measured.
        workers: how many there are.
        cache_words: how many words a worker remembers at most.
    """
    scale = plan.bytes / sample.nbytes / len(plan.shards)
    survey, annotate = sample.survey_seconds * scale, sample.annotate_seconds * scale
    seconds = (
        2 * sample.start_seconds  # each pass has workers of its own
        + _last(stretches, workers) * survey
        + math.ceil(len(plan.shards) / workers) * annotate
    )
    work = len(plan.shards) * (survey + annotate)
    words = max(0, cache_words - sample.words_remembered) * sample.word_bytes
    larger = max(0.0, plan.bytes / len(plan.shards) - sample.shard_bytes) * sample.memory_a_byte
    memory = _GROWTH * (sample.peak_memory + words + larger)
    return Estimate(
        workers,
        seconds / _HOUR,
        work / (seconds * workers),
        math.ceil(memory),
        sample.article_bytes * plan.articles,
    )


def described(told: dict[str, Any]) -> str:
    """An estimate, as lines of text."""
    inputs, driver = told["inputs"], told["driver"]
    rows = [
        ("inputs", f"{inputs['files']:,} files, {inputs['articles']:,} articles, "
                   f"{size(inputs['bytes'])}"),
        ("shards", f"{told['shards']:,}; {told['survey_stretches']:,} can be read at a time"),
        ("driver", f"planned in {driver['seconds']:.1f} s ({driver['processor_seconds']:.1f} s of "
                   f"a core), {size(driver['peak_memory'])} of memory; the graph has "
                   f"{size(driver['graph_bytes'])}"),
    ]  # fmt: skip
    if "sample" in told:
        rows += _measured(told)
    rows += [("command", told["command"]), ("see", told["page"])]
    return aligned(rows)


def _graph_bytes(job: Job) -> int:
    """The size of the graph that reads all inputs, the larger one of the two of a run."""
    from pipeline.run import make_pipeline
    from pipeline.survey import build_survey

    local = replace(job.options, run=replace(job.options.run, runner="local"), beam=())
    pipeline = make_pipeline(local, 1)
    build_survey(pipeline, job.plan, job.options.settings, job.output, None)
    nbytes: int = pipeline.to_runner_api().ByteSize()
    return nbytes


def _measured(told: dict[str, Any]) -> Iterable[tuple[str, str]]:
    sample, first = told["sample"], told["estimates"][0]
    yield (
        "sample",
        f"{sample['articles']:,} articles, {sample['words']:,} words from {sample['places']} "
        f"places: {told['words_a_second']:,.0f} words/s of a core",
    )
    yield (
        "worker",
        f"{size(sample['peak_memory'])} of memory with the sample, {size(first['memory'])} "
        f"after many shards, with all words that it may remember; "
        f"{sample['start_seconds']:.0f} s to start",
    )
    yield "survey", f"one worker holds {size(first['conclusion_memory'])} more when it concludes"
    for one in told["estimates"]:
        yield (
            f"{one['workers']} workers",
            f"{one['hours']:.1f} hours, {one['busy']:.0%} busy{_advice(told, one)}",
        )


def _advice(told: dict[str, Any], one: dict[str, Any]) -> str:
    wanted = _SHARDS_A_WORKER * one["workers"]
    if told["shards"] < min(wanted, told["inputs"]["articles"]):
        return f"; --shards {wanted} shares the work out better"
    if told["survey_stretches"] < one["workers"]:
        return "; more and smaller input files would be read by more workers"
    return ""


def _last(stretches: Sequence[int], workers: int) -> int:
    """When the last stretch ends, in shards, if each worker takes the next as it is free."""
    free = [0] * workers
    for length in stretches:
        heapq.heapreplace(free, free[0] + length)
    return max(free)
