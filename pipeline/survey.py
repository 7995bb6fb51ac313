"""The first pass of a run: what only all articles together can tell of one of them.

Each shard is read, cleaned and kept where it is; signatures of its articles and hashes of its
lines are all that travels on. They meet those of earlier runs, and what comes of it is kept for the
second pass, which annotates, and for the next run.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial
from operator import attrgetter
from pathlib import Path
from typing import NamedTuple

import apache_beam as beam
import numpy as np

from pipeline.memory import memory_digest, read_articles, read_lines, write_memory
from pipeline.plan import Plan, ShardPlan, chains
from pipeline.read import read_shards
from pipeline.same_software import software, with_same_software
from pipeline.scratch import (
    Knowledge,
    asked_to_stop,
    keep_findings,
    keep_knowledge,
    keep_shard,
    load_findings,
)
from pipeline.suspects import load_fatal, note_begun
from schemas.records import RawArticle, Shard
from schemas.settings import Settings
from transforms.clean import clean_alone
from transforms.deduplicate import find_duplicates
from transforms.repeated_lines import (
    SIGHTING,
    Sightings,
    known_lines,
    merge_sightings,
    seen_again,
    sightings,
)
from transforms.shards import with_metrics
from transforms.signatures import Signature, make_signature

_LOG = logging.getLogger("warraq")
_NO_LINES: Sightings = np.zeros(0, dtype=SIGHTING)
# Signatures travel under one key, sightings of lines under so many others, by their first bits.
_SIGNATURES = -1
_BUCKET_BITS = 6


class Findings(NamedTuple):
    """What is found of some articles."""

    signatures: list[Signature]
    lines: Sightings


def build_survey(
    pipeline: beam.Pipeline,
    plan: Plan,
    settings: Settings,
    folder: Path,
    earlier: Path | None,
    gone: frozenset[str] = frozenset(),
) -> None:
    """Add the survey to `pipeline`: from the plan to memory and scratch files in `folder`.

    Args:
        pipeline: an empty one.
        plan: what to read.
        settings: all of the run's.
        folder: the version of the corpus that is being made.
        earlier: the version whose memory is taken up.
        gone: articles to forget, by `doc_id`, unless they are among those of the run.
    """
    merge = partial(merge_findings, least=settings.clean.repeated_in)
    found = (
        pipeline
        | "Plan" >> beam.Create(chains(plan.shards))
        | "Share out" >> beam.Reshuffle()
        | "Same software" >> beam.Map(with_same_software, software())
        | "Survey shards" >> beam.FlatMap(survey_shards, settings, folder)
    )
    remembered = (
        pipeline
        | "Earlier version" >> beam.Create([earlier])
        | "Remember lines" >> beam.FlatMap(remembered_lines)
    )
    (
        (found, remembered)
        | "Together" >> beam.Flatten()
        | "Merge by key" >> beam.CombinePerKey(merge)
        | "Drop single lines" >> beam.MapTuple(without_single_lines)
        | "Gather" >> beam.CombineGlobally(merge).without_defaults()  # it is never empty
        | "Conclude" >> beam.Map(conclude, settings, folder, earlier, gone)
    )


def survey_shards(
    plans: Iterable[ShardPlan], settings: Settings, folder: Path
) -> Iterator[tuple[int, Findings]]:
    """Read shards, keep them for the second pass, and tell what was found, by key.

    Of shards that were kept before it is only told. Asked to stop, it begins no other.
    """
    rest = []
    for plan in plans:
        findings = load_findings(plan.index, folder)
        if findings is None:
            rest.append(plan)
        else:
            yield from _by_key(findings)
    for shard in read_shards(
        _begin(rest, folder), settings.read, partial(load_fatal, folder, "survey")
    ):
        began = time.thread_time()
        surveyed, findings = survey_articles(shard, settings)
        keep_findings(findings, shard.index, folder)
        keep_shard(with_metrics(surveyed, {"seconds.survey": time.thread_time() - began}), folder)
        yield from _by_key(findings)


def _begin(plans: Iterable[ShardPlan], folder: Path) -> Iterator[ShardPlan]:
    """The plans, each noted as begun, until it is asked to stop."""
    for plan in plans:
        if asked_to_stop(folder):
            return
        note_begun(folder, "survey", plan.index)
        yield plan


def survey_articles(
    shard: Shard[RawArticle], settings: Settings
) -> tuple[Shard[RawArticle], Findings]:
    """A shard with its articles as they were cleaned, and what was found of them.

    Of an article that cleaning rejects nothing is found.
    """
    articles: list[RawArticle] = []
    signatures: list[Signature] = []
    lines: list[Sightings] = []
    for raw in shard.articles:
        articles.append(raw)
        try:
            alone = clean_alone(raw, settings.clean)
            signature = make_signature(alone.article)
            seen = sightings(alone.article, title_given=raw.metadata.title is not None)
        except Exception:  # the second pass says what is wrong with it
            _LOG.debug("not surveyed: %s", raw.origin.path, exc_info=True)
            continue
        articles[-1] = replace(raw, alone=alone)
        lines.append(seen)
        if signature is not None:
            signatures.append(signature)
    return (
        replace(shard, articles=tuple(articles)),
        Findings(signatures, merge_sightings(lines, settings.clean.repeated_in)),
    )


def remembered_lines(earlier: Path | None) -> Iterator[tuple[int, Findings]]:
    """What an earlier version remembers of lines, by key; at least that there are no signatures."""
    yield _SIGNATURES, Findings([], _NO_LINES)
    if earlier:
        yield from _by_bucket(read_lines(earlier))


def merge_findings(parts: Iterable[Findings], least: int) -> Findings:
    """All findings in one, the same whatever the order and the grouping of the parts."""
    parts = list(parts)
    signatures = [signature for part in parts for signature in part.signatures]
    return Findings(
        sorted(signatures, key=attrgetter("doc_id")),
        merge_sightings((part.lines for part in parts), least),
    )


def without_single_lines(key: int, findings: Findings) -> Findings:
    """The findings of a key without the lines that only one article has."""
    return Findings(findings.signatures, seen_again(findings.lines))


def conclude(
    findings: Findings,
    settings: Settings,
    folder: Path,
    earlier: Path | None,
    gone: frozenset[str] = frozenset(),
) -> None:
    """Find duplicates and furniture, and keep them for the second pass and for the next run.

    An article that is gone can be repeated by none: what repeats it is decided anew.

    Raises:
        RunError: what the corpus remembers cannot be used.
    """
    present = {signature.doc_id for signature in findings.signatures}
    remembered = read_articles(earlier) if earlier else []
    known = (
        one
        for one in remembered
        if one.signature.doc_id in present or one.signature.doc_id not in gone
    )
    articles = find_duplicates(known, findings.signatures, settings.deduplicate.min_similarity)
    duplicates = {
        one.signature.doc_id: one.duplicate
        for one in articles
        if one.duplicate is not None and one.signature.doc_id in present
    }
    lines = known_lines(findings.lines, settings.clean.repeated_in)
    write_memory(folder, articles, findings.lines)
    keep_knowledge(Knowledge(duplicates, lines, memory_digest(folder)), folder)


def _by_key(findings: Findings) -> Iterator[tuple[int, Findings]]:
    yield _SIGNATURES, Findings(findings.signatures, _NO_LINES)
    yield from _by_bucket(findings.lines)


def _by_bucket(lines: Sightings) -> Iterator[tuple[int, Findings]]:
    buckets = lines["line"] >> np.uint64(64 - _BUCKET_BITS)
    for bucket in np.unique(buckets):
        yield int(bucket), Findings([], lines[buckets == bucket])
