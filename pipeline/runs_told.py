"""Records of runs as a person reads them: in a line each, or two beside each other."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def run_line(run: Mapping[str, Any]) -> str:
    """A run in one line."""
    head = f"warraq {run['command']} {run['run']}: {run['state']}"
    if run["state"] != "done":
        return f"{head}, begun {run['started']}" + (f": {run['error']}" if "error" in run else "")
    if run["command"] == "compact":
        what = ", ".join(run["published"]) or "nothing to merge"
        return f"{head}, {run['started']}: {what}; {run['sentence_files']} files of sentences"
    files, counts = run["files"], run["counts"]
    done = run["annotated_files"]
    parts = [
        f"{done} of {files['files']} files annotated ({files['new']} new, "
        f"{files['changed']} changed, {files['outdated']} outdated)",
        f"{counts['documents']} documents, {counts['rejected']} rejected, "
        f"{counts['sentences']} sentences",
        f"{run['left']} files left",
        f"corpus {run['corpus'].get('documents', 0)} documents",
        f"{run['seconds']:.1f} s",
    ]
    parts += [f"put off {len(run['postponed'])}"] if run["postponed"] else []
    parts += [f"unusual: {warning}" for warning in run["drift"]]
    return f"{head}, {run['started']}: " + "; ".join(parts)


def differences(one: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    """Where two records differ: the two values by name, such as `counts.documents`."""
    before, after = dict(_flat(one)), dict(_flat(other))
    return {
        name: (before.get(name), after.get(name))
        for name in {**before, **after}
        if before.get(name) != after.get(name)
    }


def differences_told(differing: Mapping[str, tuple[Any, Any]]) -> str:
    """Differences a line each: `counts.documents  480 → 512`."""
    width = max(map(len, differing), default=0)
    return "\n".join(
        f"{name:<{width}}  {_value(before)} → {_value(after)}"
        for name, (before, after) in differing.items()
    )


def _value(value: Any) -> str:
    return "–" if value is None else str(value)


def _flat(record: Mapping[str, Any], prefix: str = "") -> list[tuple[str, Any]]:
    found: list[tuple[str, Any]] = []
    for name, value in record.items():
        if isinstance(value, dict):
            found += _flat(value, f"{prefix}{name}.")
        else:
            found.append((f"{prefix}{name}", value))
    return found
