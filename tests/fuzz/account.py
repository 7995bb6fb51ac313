"""What must hold of any file at all, on its way through reading, survey and cleaning."""

from __future__ import annotations

import io
import re
import time
from collections import Counter
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.inputs import find_inputs
from pipeline.memory import read_articles, read_lines, write_memory
from pipeline.plan import Plan, make_plan
from pipeline.read import read_shards
from pipeline.rows import document_table, quarantine_table
from pipeline.scratch import keep_shard, load_shard
from pipeline.survey import merge_findings, survey_articles
from schemas.quarantine import REASONS
from schemas.records import AnnotatedArticle, CleanArticle, RawArticle, Rejection, Shard
from schemas.removals import REMOVAL_REASONS
from schemas.settings import Settings
from transforms.clean import clean_shard
from transforms.deduplicate import find_duplicates, mark_shard
from transforms.repeated_lines import known_lines

_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True)
class Account:
    """What became of a file: `planned` is how many articles it was found to hold."""

    planned: int
    cleaned: tuple[CleanArticle, ...]
    rejected: tuple[Rejection, ...]
    seconds: float

    @property
    def reasons(self) -> Counter[str]:
        """How many articles were rejected for each reason, `ok` those that were not."""
        found = Counter(one.reason for one in self.rejected)
        return found + Counter(ok=len(self.cleaned))


def read_and_clean(path: Path, settings: Settings, folder: Path, shards: int = 0) -> Account:
    """The way of a file's articles through both passes, up to where they would be split.

    Args:
        path: the file.
        settings: the run's.
        folder: an empty one, for what one pass leaves for the other.
        shards: into how many the articles are shared out; 0 for as many as a run would make.
    """
    began = time.perf_counter()
    plan = make_plan(find_inputs([str(path)], exclude=folder), settings.read, shards)
    kept = _survey(plan, settings, folder)
    lines = known_lines(read_lines(folder), settings.clean.repeated_in)
    duplicates = {
        one.signature.doc_id: one.duplicate for one in read_articles(folder) if one.duplicate
    }
    cleaned = [clean_shard(shard, settings.clean, lines) for shard in kept]
    articles = [article for shard in cleaned for article in mark_shard(shard, duplicates).articles]
    rejected = tuple(one for shard in cleaned for one in shard.rejections)
    return Account(plan.articles, tuple(articles), rejected, time.perf_counter() - began)


def _survey(plan: Plan, settings: Settings, folder: Path) -> list[Shard[RawArticle]]:
    findings = []
    kept = []
    for shard in read_shards(plan.shards, settings.read):
        surveyed, found = survey_articles(shard, settings)
        keep_shard(surveyed, folder)
        kept.append(load_shard(shard.index, folder))
        assert kept[-1] == surveyed
        findings.append(found)
    together = merge_findings(findings, settings.clean.repeated_in)
    articles = find_duplicates([], together.signatures, settings.deduplicate.min_similarity)
    write_memory(folder, articles, together.lines)
    _check_sources(kept)
    return kept


def _check_sources(shards: list[Shard[RawArticle]]) -> None:
    for shard in shards:
        for article in shard.articles:
            assert not _SURROGATE.search(article.source)
            ends = 0
            for mark in article.markup:
                assert ends <= mark.start <= mark.end <= len(article.source)
                ends = mark.end


def check(account: Account) -> None:
    """Nothing is lost, every rejection has a reason, offsets hold, all of it can be written."""
    assert account.planned >= 1
    assert len(account.cleaned) + len(account.rejected) == account.planned
    for one in account.rejected:
        assert one.reason in REASONS, one
        assert one.reason not in ("internal", "changed"), one
        assert one.stage in ("read", "clean"), one
        assert one.message, one
    ids = [article.origin.doc_id for article in account.cleaned]
    assert len(ids) == len(set(ids))
    for article in account.cleaned:
        _check_offsets(article)
    _check_tables(account)


def _check_offsets(article: CleanArticle) -> None:
    starts, ends = article.alignment.starts, article.alignment.ends
    assert article.text.strip()
    assert len(starts) == len(ends) == len(article.text)
    assert list(starts) == sorted(starts)
    assert list(ends) == sorted(ends)
    assert all(start < end for start, end in zip(starts, ends, strict=True))
    assert starts[0] >= 0
    assert ends[-1] <= article.source_length
    blocks = [article.text[block.start : block.end] for block in article.blocks]
    assert "\n".join(blocks) == article.text
    assert all(text.strip() and "\n" not in text for text in blocks)
    kept = [article.alignment.source_span(block.start, block.end) for block in article.blocks]
    taken = [(one.source_start, one.source_end) for one in article.removed]
    spans = sorted(kept + taken)
    assert all(one[1] <= other[0] for one, other in pairwise(spans))
    for one in article.removed:
        assert one.reason in REMOVAL_REASONS
        assert len(one.text) == one.source_end - one.source_start


def _check_tables(account: Account) -> None:
    annotated = [AnnotatedArticle(article, (), (), ()) for article in account.cleaned]
    documents = document_table(annotated)
    rejected = quarantine_table(account.rejected, "run")
    for table in (documents, rejected):
        table.validate(full=True)
        assert _written_and_read(table).equals(table)
    assert documents.num_rows + rejected.num_rows == account.planned


def _written_and_read(table: pa.Table) -> pa.Table:
    sink = io.BytesIO()
    pq.write_table(table, sink)
    return pq.read_table(io.BytesIO(sink.getvalue()), schema=table.schema)


def comparable(account: Account) -> Account:
    """What two accounts of one file must agree in; of the rejections' order, shards decide."""
    rejected = sorted(account.rejected, key=lambda one: (one.path, one.record or 0, one.reason))
    return replace(account, rejected=tuple(rejected), seconds=0.0)
