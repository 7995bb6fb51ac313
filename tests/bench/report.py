"""What was measured, as Markdown and as a picture."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

_COLUMNS = (
    ("contestant", "contestant", "{}"),
    ("seconds", "seconds", "{:.1f}"),
    ("articles_per_second", "articles/s", "{:.1f}"),
    ("words_per_second", "words/s", "{:,}"),
    ("processor_seconds", "processor seconds", "{:.1f}"),
    ("largest_process_bytes", "largest process, MiB", ""),
    ("all_processes_bytes", "all processes, MiB", ""),
    ("naive_over_this", "naive takes, times", "{:.1f}"),
)
_MIB = 1024 * 1024
_PUBLISHED = (
    ("camel-tools' MLE disambiguator (a user's measurement, camel_tools issue 21)", 545),
    ("UDPipe 1.2 on Arabic-PADT (the authors of LIMA; presumably tokens a second)", 2174),
    ("Farasa's segmenter (LREC 2016: a thousand million words in less than five hours)", 55500),
)


def as_markdown(report: Mapping[str, Any]) -> str:
    """The report: where and with what it was made, a table a set, seconds by stage."""
    machine = report["machine"]
    lines = [
        "# How fast",
        "",
        f"The naive script takes **{_shown(report['ratio'], '{:.1f}')} times** as long as "
        f"Warraq with {report['workers']} workers: medians of {report['rounds']} runs of each, "
        f"by turns. Measured on {machine['processor']}, {machine['cores']} cores, "
        f"{machine['memory_gib']} GiB, Python {machine['python']}.",
    ]
    for measured in report["sets"]:
        lines += ["", *_set_lines(measured)]
    return "\n".join(lines) + "\n"


def _set_lines(measured: Mapping[str, Any]) -> list[str]:
    about, rows = measured["set"], measured["contestants"]
    lines = [
        f"## {about['articles']:,} articles",
        "",
        f"{about['name']}; {about['words']:,} words, sha256 `{about['sha256'][:16]}…`",
        "",
        "| " + " | ".join(title for _, title, _ in _COLUMNS) + " |",
        "|" + " --- |" * len(_COLUMNS),
    ]
    for row in rows:
        cells = (_shown(row[name], form) for name, _, form in _COLUMNS)
        lines.append("| " + " | ".join(cells) + " |")
    staged = [row for row in rows if row["stages"]]
    if staged:
        lines += ["", *_stage_lines(staged), "", *_idle_lines(staged), "", *_speed_lines(staged[0])]
    return lines


def _stage_lines(staged: Sequence[Mapping[str, Any]]) -> list[str]:
    lines = ["Processor seconds by stage, added up over the workers:", ""]
    lines += ["| stage | " + " | ".join(row["contestant"] for row in staged) + " |"]
    lines += ["|" + " --- |" * (len(staged) + 1)]
    for stage in staged[0]["stages"]:
        seconds = (_share(row, stage) for row in staged)
        lines.append(f"| {stage} | " + " | ".join(seconds) + " |")
    return lines


def _idle_lines(staged: Sequence[Mapping[str, Any]]) -> list[str]:
    one, most = staged[0], staged[-1]
    if most["workers"] == one["workers"]:
        return []
    times = most["articles_per_second"] / one["articles_per_second"]
    return [
        f"{most['workers']} workers do {times:.2f} times what one does. The one that had least to "
        f"do stood still for {most['idle']:.1%} of the annotation."
    ]


def _speed_lines(row: Mapping[str, Any]) -> list[str]:
    """Words a second of one core by stage, beside what others have published."""
    lines = ["Words a second of one core, by stage, and as published (on other machines):", ""]
    lines += ["| | words/s |", "| --- | --: |"]
    speeds = row["stage_words_per_second"]
    lines += [f"| Warraq: {stage} | {speed:,} |" for stage, speed in speeds.items()]
    return lines + [f"| {system} | {speed:,} |" for system, speed in _PUBLISHED]


def _share(row: Mapping[str, Any], stage: str) -> str:
    seconds = row["stages"].get(stage, 0.0)
    return f"{seconds:.1f} ({seconds / row['processor_seconds']:.0%})"


def _shown(value: Any, form: str) -> str:
    if value is None:
        return "–"
    return form.format(value) if form else str(round(value / _MIB))


def draw(report: Mapping[str, Any], path: Path) -> None:
    """One picture: seconds by stage of the largest set; articles a second against its size."""
    import matplotlib

    matplotlib.use("svg")
    from matplotlib import pyplot

    figure, (bars, curves) = pyplot.subplots(1, 2, figsize=(11, 4), layout="constrained")
    _draw_stages(bars, report["sets"][-1]["contestants"])
    _draw_throughput(curves, report["sets"])
    figure.savefig(path)
    pyplot.close(figure)


def _draw_stages(axes: Any, rows: Sequence[Mapping[str, Any]]) -> None:
    staged = [row for row in rows if row["stages"]]
    left = [0.0] * len(staged)
    for stage in staged[0]["stages"]:
        widths = [row["stages"].get(stage, 0.0) for row in staged]
        axes.barh([row["contestant"] for row in staged], widths, left=left, label=stage)
        left = [start + width for start, width in zip(left, widths, strict=True)]
    axes.set_xlabel("processor seconds")
    axes.set_title("Where the time goes")
    axes.legend(fontsize="small", ncols=2)


def _draw_throughput(axes: Any, sets: Sequence[Mapping[str, Any]]) -> None:
    names = {row["contestant"]: None for measured in sets for row in measured["contestants"]}
    for name in names:
        points = [
            (measured["set"]["articles"], row["articles_per_second"])
            for measured in sets
            for row in measured["contestants"]
            if row["contestant"] == name
        ]
        axes.plot(*zip(*points, strict=True), marker="o", label=name)
    axes.set_xscale("log")
    axes.set_ylim(bottom=0)
    axes.set_xlabel("articles")
    axes.set_ylabel("articles a second")
    axes.set_title("Speed against size")
    axes.legend(fontsize="small")
