"""What made the rows, and what that cost: models, their cards and scores; stages; runs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

from pipeline.morphology import CONVERTED_SHA256
from pipeline.report import charts
from pipeline.report.corpus_view import CorpusView
from pipeline.report.figures import Figure, Section, Share, Table
from transforms.shards import add_metrics

_MODELS = Path(__file__).resolve().parent.parent.parent / "models"
_STAGES = ("read", "survey", "clean", "deduplicate", "split", "analyse", "tag", "write")
_RUNS_LISTED = 30
# Not measured, says the card: the database leaves the mood of most verbs open.
_UNMEASURED = ("mod",)


@dataclass(frozen=True)
class Card:
    """A model card of the repository, as HTML that is made of its Markdown alone."""

    title: str
    html: str


def models_section(view: CorpusView) -> Section:
    """The models that the corpus names, and how good those are that this repository measured."""
    models: Sequence[Mapping[str, str]] = view.manifest["models"]
    columns = ("name", "version", "licence", "sha256")
    listed = Figure(
        "models-named",
        "Models",
        Table.of(columns, [[model[name] for name in columns] for model in models]),
        note="Of the run that made the version of the corpus.",
        wide=True,
    )
    sums = {model["sha256"] for model in models}
    return Section(
        "models",
        "Models and their scores",
        "Scores are those that the recipes measured when they trained the models, on texts that "
        "are not this corpus; the cards say how.",
        (listed, *_tagger_scores(sums), *_entity_scores(sums)),
    )


def cards(view: CorpusView) -> list[Card]:
    """The cards of the models that the corpus names, where this repository has them."""
    sums = {model["sha256"] for model in view.manifest["models"]}
    files = [
        (_MODELS / "MORPHOLOGY.md", {CONVERTED_SHA256}),
        (_MODELS / "pos" / "CARD.md", _sums("pos")),
        (_MODELS / "ner" / "CARD.md", _sums("ner")),
    ]
    return [_card(path.read_text(encoding="utf-8")) for path, own in files if own & sums]


def speed_section(view: CorpusView) -> Section:
    """Where the time went."""
    metrics = _metrics(view)
    seconds = {
        name.removeprefix("seconds."): value
        for name, value in metrics.items()
        if name.startswith("seconds.")
    }
    order = [*_STAGES, *sorted(set(seconds) - set(_STAGES))]
    spent = [(stage, seconds[stage]) for stage in order if stage in seconds]
    total = sum(seconds.values())
    tokens, articles = metrics.get("analyse.tokens", 0), metrics.get("read.planned", 0)
    rows = [
        (stage, round(value, 1), Share(value / total) if total else None,
         round(tokens / value) if value else None, round(articles / value, 1) if value else None)
        for stage, value in spent
    ]  # fmt: skip
    drawn = [
        {"stage": stage, "seconds": round(value, 1), "share": f"{value / total:.1%}"}
        for stage, value in spent
        if total
    ]
    figures = [
        Figure(
            "stages",
            "Seconds of work by stage",
            Table.of(("stage", "seconds", "share", "tokens a second", "articles a second"), rows),
            charts.bars(drawn, "stage", "seconds", shown=",.1f") if drawn else None,
            "Summed over all workers; starting them and loading models is not in it.",
        )
    ]
    if view.runs:
        figures.append(_runs(view.runs))
    return Section("speed", "Speed", "What the work cost, where it was measured.", tuple(figures))


def _metrics(view: CorpusView) -> Mapping[str, float]:
    """What the shards measured: of the run in view, of the only one, or of all on record."""
    if view.run:
        return dict(view.run.get("metrics", {}))
    if "metrics" in view.manifest:
        return dict(view.manifest["metrics"])
    total: dict[str, float] = {}
    for run in view.runs:
        total = add_metrics(total, run.get("metrics", {}))
    return total


def _runs(runs: Sequence[Mapping[str, Any]]) -> Figure:
    columns = ("run", "command", "state", "began", "seconds", "documents", "rejected", "unusual")
    rows = [
        (
            run["run"], run["command"], run["state"], run["started"][:19].replace("T", " "),
            run.get("seconds"), run.get("counts", {}).get("documents"),
            run.get("counts", {}).get("rejected"), "; ".join(run.get("drift", [])),
        )
        for run in reversed(runs[-_RUNS_LISTED:])
    ]  # fmt: skip
    return Figure("runs", "The last runs", Table.of(columns, rows), wide=True)


def _tagger_scores(sums: set[str]) -> Iterable[Figure]:
    if not _sums("pos") & sums:
        return
    scores: dict[str, dict[str, dict[str, float]]] = _scores("pos")["scores"]
    texts = ("PADT test", "IAHLT dev")
    names = [name for name in scores[texts[0]] if name not in _UNMEASURED]
    rows = [
        (name, text, scores[text][name]["per_cent"], scores[text][name]["words"])
        for name in names
        for text in texts
        if name in scores[text]
    ]
    rows.sort(key=lambda row: (texts.index(row[1]), -row[2]))
    drawn = [
        {"what": name, "per cent right": right, "words": words}
        for name, text, right, words in rows
        if text == texts[0]
    ]
    yield Figure(
        "tagger-scores",
        "Analyses: per cent of words right",
        Table.of(("what", "text", "per cent right", "words"), rows),
        charts.bars(drawn, "what", "per cent right", shown=".1f"),
        f"The chart is of {texts[0]}; the numbers have {texts[1]}, too.",
    )


def _entity_scores(sums: set[str]) -> Iterable[Figure]:
    if not _sums("ner") & sums:
        return
    scores: dict[str, dict[str, float]] = _scores("ner")["development"]["scores"]["original"]
    rows = [
        (kind, one["precision"], one["recall"], one["f1"], int(one["gold"]))
        for kind, one in scores.items()
    ]
    drawn = [{"type": row[0], "F1": row[3], "entities": row[4]} for row in rows]
    yield Figure(
        "entity-scores",
        "Names: F1 by type",
        Table.of(("type", "precision", "recall", "F1", "entities"), rows),
        charts.bars(drawn, "type", "F1", shown=".1f"),
        "Edges and type right, by the original labels of ANERcorp, on its development part. The "
        "recipe was measured; the tagger in use was trained by it on that part, too.",
    )


def _sums(folder: str) -> set[str]:
    described = json.loads((_MODELS / folder / "model.json").read_text(encoding="utf-8"))
    return {one["sha256"] for one in described.values()}


def _scores(folder: str) -> dict[str, Any]:
    scores: dict[str, Any] = json.loads((_MODELS / folder / "scores.json").read_text("utf-8"))
    return scores


def _card(text: str) -> Card:
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = markdown.parse(text)
    heading = tokens[1].content
    # Below the page's own headings; its links lead to files that are not beside the page.
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(int(token.tag[1:]) + 3, 6)}"
        if token.children:
            token.children = [child for child in token.children if not _is_link(child)]
    return Card(heading, str(markdown.renderer.render(tokens[3:], markdown.options, {})))


def _is_link(token: Token) -> bool:
    return token.type in ("link_open", "link_close", "image")
