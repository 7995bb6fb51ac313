"""What a run tells a person: before it begins (`--dry-run`), and when it is done."""

from __future__ import annotations

import json
import os
import shlex
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from pipeline.options import Options
from pipeline.plan import Plan
from schemas.manifest import Provenance

_MEBIBYTE = 1024 * 1024


def tell(text: str) -> None:
    """Print, even where the reader has gone (`… | head`): what was done is done."""
    try:
        print(text, flush=True)
    except BrokenPipeError:
        # Python would try again at its end: there, what is left goes nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def tell_json(data: object) -> None:
    """Print what a program reads."""
    tell(json.dumps(data, ensure_ascii=False, indent=1))


def plan_data(
    options: Options, plan: Plan, provenance: Provenance, workers: int
) -> dict[str, object]:
    """What a run would do, as data."""
    return {
        "inputs": {"files": plan.files, "articles": plan.articles, "bytes": plan.bytes},
        "shards": {"count": len(plan.shards), "largest": _largest(plan)},
        "workers": workers,
        "runner": options.run.runner,
        "output": options.run.output,
        "run_id": provenance.run_id,
        "fingerprint": provenance.fingerprint,
        "models": [asdict(model) for model in provenance.models],
    }


def plan_summary(options: Options, plan: Plan, provenance: Provenance, workers: int) -> str:
    """What a run would do, as lines of text."""
    rows = [
        ("inputs", f"{plan.files:,} files, {plan.articles:,} articles, {size(plan.bytes)}"),
        ("shards", f"{len(plan.shards):,}, the largest of {_largest(plan):,} articles"),
        ("workers", f"{workers} ({options.run.runner} runner)"),
        ("output", options.run.output),
        ("run", provenance.run_id),
        ("fingerprint", provenance.fingerprint),
        *(
            ("model", f"{model.name} ({model.version}), {model.licence}, sha256 {model.sha256}")
            for model in provenance.models
        ),
    ]
    return aligned(rows)


def run_summary(manifest: Mapping[str, Any], output: str, seconds: float) -> str:
    """What came of a run, as lines of text.

    Args:
        manifest: what the run left.
        output: where the corpus is.
        seconds: how long the run took, model loading and publishing included.
    """
    counts, metrics = manifest["counts"], manifest["metrics"]
    spent = {
        name.removeprefix("seconds."): value
        for name, value in metrics.items()
        if name.startswith("seconds.")
    }
    peaks = manifest["peak_memory"].values()
    rows = [
        ("articles", f"{counts['planned']:,} in, {counts['documents']:,} documents out, "
                     f"{counts['rejected']:,} rejected"),
        *((f"  {why}", f"{count:,}") for why, count in manifest["rejected_by"].items()),
        ("repeated", f"{counts['duplicates']:,} articles repeat another, "
                     f"{counts['repeated_lines']:,} lines come back in many of a site"),
        ("sentences", f"{counts['sentences']:,}"),
        ("words", f"{counts['tokens']:,}, {_share(manifest['word_hit_rate'])} of them remembered"),
        ("names", f"{counts['entities']:,}"),
        ("time", f"{seconds:.1f} s, {counts['planned'] / seconds:.1f} articles/s, "
                 f"{counts['tokens'] / seconds:,.0f} words/s"),
        ("  work", ", ".join(f"{stage} {value:.1f} s" for stage, value in spent.items())),
        ("memory", f"{size(max(peaks))} at most in a worker, {size(sum(peaks))} in all"),
        ("corpus", f"{output}/sentences  {output}/documents  {output}/quarantine"),
        *([] if "://" in output else [("look", f"make report OUTPUT={shlex.quote(output)}")]),
    ]  # fmt: skip
    return aligned(rows)


def run_data(manifest: Mapping[str, Any], output: str, seconds: float) -> dict[str, object]:
    """What came of a run, as data: the manifest without its shards, where, and how long it took."""
    told = {name: value for name, value in manifest.items() if name != "shards"}
    return {"output": output, "seconds": round(seconds, 3), **told}


def _share(share: float | None) -> str:
    return "none" if share is None else f"{share:.1%}"


def _largest(plan: Plan) -> int:
    return max(shard.articles for shard in plan.shards)


def size(count: float) -> str:
    """A number of bytes, in MiB."""
    return f"{count / _MEBIBYTE:,.1f} MiB"


def aligned(rows: Sequence[tuple[str, str]]) -> str:
    """Names and what there is to say of them, one a line, in two columns."""
    width = max(len(name) for name, _ in rows)
    return "\n".join(f"{name:<{width}}  {value}" for name, value in rows)
