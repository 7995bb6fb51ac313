"""The manifest of a run: what was asked, what came of it, and whether the two agree."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from pipeline.error_codes import ErrorCode
from pipeline.errors import RunError
from pipeline.parquet_files import count_rows
from pipeline.plan import Plan
from pipeline.publish import MANIFEST
from pipeline.storage import file_names, read_files, write_text
from schemas.columns import SCHEMA_VERSION
from schemas.manifest import TABLES, Provenance, ShardReport
from transforms.shards import add_metrics

_COUNTS = ("planned", "documents", "rejected", "sentences", "tokens", "entities")
_REPORTS = "reports"


def report_path(folder: Path, index: int) -> Path:
    """Where the report of a finished shard lies."""
    return folder / _REPORTS / f"{index:05d}.json"


def read_reports(folder: Path, plan: Plan) -> list[ShardReport]:
    """The reports of the plan's shards that are done, by shard."""
    stored = read_files(folder / _REPORTS)
    names = (report_path(folder, shard.index).name for shard in plan.shards)
    return [ShardReport.from_json(json.loads(stored[name])) for name in names if name in stored]


def finished_shards(folder: Path) -> set[int]:
    """The indices of the shards that are done."""
    return {int(name.partition(".")[0]) for name in file_names(folder / _REPORTS)}


def write_manifest(
    reports: list[ShardReport],
    folder: Path,
    provenance: Provenance,
    digest: str,
    remembered: str | None = None,
) -> None:
    """Write the manifest of a run beside its tables.

    Args:
        reports: those of all shards.
        folder: the version that was made.
        provenance: what made it.
        digest: identifies the inputs.
        remembered: identifies what earlier runs knew; `None` if that was nothing.
    """
    manifest = {
        "schema_version": SCHEMA_VERSION,
        **asdict(provenance),
        "inputs_digest": digest,
        "memory_digest": remembered,
        **totals(reports),
        "shards": [report.as_json() for report in reports],
    }
    write_text(folder / MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1) + "\n")


def totals(reports: list[ShardReport]) -> dict[str, Any]:
    """What all shards came to: counts, reasons of rejections, times, memory."""
    metrics = _total(report.metrics for report in reports)
    return {
        "counts": {
            **{name: sum(getattr(report, name) for report in reports) for name in _COUNTS},
            "duplicates": int(metrics.get("deduplicate.duplicates", 0)),
            "repeated_lines": int(metrics.get("clean.repeated_lines", 0)),
        },
        "rejected_by": _total(report.rejected_by for report in reports),
        "metrics": metrics,
        "word_hit_rate": _hit_rate(metrics),
        "peak_memory": _peak_by_worker(reports),
    }


def read_manifest(path: Path) -> dict[str, Any]:
    """A manifest, as a dictionary.

    Raises:
        RunError: there is none.
    """
    try:
        manifest: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise RunError(ErrorCode.DAMAGED_CORPUS, "the manifest is missing", file=path) from error
    return manifest


def reconcile(manifest: Mapping[str, Any], plan: Plan, folder: Path) -> None:
    """Check that every input is accounted for and every row is where the manifest says.

    Raises:
        RunError: articles planned and articles read differ, documents and rejections do not add
            up to them, or a file does not hold the rows that were counted.
    """
    reports = [ShardReport.from_json(shard) for shard in manifest["shards"]]
    planned = {shard.index: shard.articles for shard in plan.shards}
    if {report.index: report.planned for report in reports} != planned:
        raise RunError(
            ErrorCode.COUNTS_DIFFER,
            f"{plan.articles} articles in {len(planned)} shards were planned, "
            f"{manifest['counts']['planned']} in {len(reports)} were worked on",
        )
    rows = Counter[str]()
    found = count_rows(folder, [file.name for report in reports for file in report.files])
    for report in reports:
        if report.documents + report.rejected != report.planned:
            raise RunError(
                ErrorCode.COUNTS_DIFFER,
                f"shard {report.index}: {report.planned} articles in, but {report.documents} "
                f"documents and {report.rejected} rejections out",
            )
        for file in report.files:
            if found[file.name] != file.rows:
                cause = f"holds {found[file.name]} rows, {file.rows} were written"
                raise RunError(ErrorCode.COUNTS_DIFFER, cause, file=folder / file.name)
            rows[file.table] += file.rows
    counts = manifest["counts"]
    expected = (counts["sentences"], counts["documents"], counts["rejected"])
    if tuple(rows[table] for table in TABLES) != expected:
        cause = f"the tables hold {dict(rows)} rows, the shards counted {counts}"
        raise RunError(ErrorCode.COUNTS_DIFFER, cause, file=folder)


def _total(parts: Iterable[Mapping[str, float]]) -> dict[str, float]:
    total: dict[str, float] = {}
    for part in parts:
        total = add_metrics(total, part)
    return {name: round(value, 3) for name, value in total.items()}


def _hit_rate(metrics: Mapping[str, float]) -> float | None:
    """The share of tokens whose analysis a worker remembered, 0 to 1."""
    tokens = metrics.get("analyse.tokens", 0)
    return round(1 - metrics["analyse.misses"] / tokens, 4) if tokens else None


def _peak_by_worker(reports: Iterable[ShardReport]) -> dict[str, int]:
    peak: dict[str, int] = {}
    for report in reports:
        peak[report.worker] = max(peak.get(report.worker, 0), report.peak_memory)
    return peak
