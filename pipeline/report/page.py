"""The page: one HTML file that needs nothing beside it, fetches nothing, runs no script but ours.

Whatever comes from articles is escaped where it stands: by Jinja in the text, as JSON between
script tags. Should that ever fail, the page's content security policy still lets no script run but
the two whose hashes it names, and nothing be loaded from anywhere; Vega evaluates its expressions
with an interpreter, so that `eval` is forbidden, too.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import altair
import vl_convert
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from pipeline.report import charts, samples
from pipeline.report.figures import Section, Share
from pipeline.report.making import Card

_FOLDER = Path(__file__).resolve().parent
_ARABIC = re.compile("[\u0600-\u06ff]")
_SCRIPT_ENDS = re.compile("<(?=/script|!--)", re.IGNORECASE)
_HTTP = re.compile("https?://", re.IGNORECASE)
_UNSAFE_IN_SCRIPT = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}
# How a word's analysis is told; what is named together stands in one line.
_WORD_LABELS = {
    "diac": "vocalised",
    "lemma": "lemma",
    "root": "root",
    "pattern": "pattern",
    "gloss": "gloss",
    "upos": "part of speech",
    "pos": "CAMeL's tag",
    "feats": "features",
    "d3": "morphemes",
    "analysis_source": "source",
    "analysis_score": "score",
    "analysis_count": "readings",
}


@dataclass(frozen=True)
class Fact:
    """A number that stands at the top."""

    name: str
    value: int
    more: str = ""


@dataclass(frozen=True)
class Page:
    """All that the page tells."""

    title: str
    subtitle: str
    facts: Sequence[Fact]
    articles: Sequence[samples.Article]
    analyses: samples.Analyses
    sections: Sequence[Section]
    cards: Sequence[Card]


def render(page: Page) -> str:
    """The page as HTML."""
    library, script, style = chart_library(), _own("page.js"), _own("page.css")
    policy = "; ".join(
        (
            "default-src 'none'",
            f"script-src {_hash(library)} {_hash(script)}",
            f"style-src {_hash(style)}",
            # Vega writes such attributes into its SVG; what they may do is look odd.
            "style-src-attr 'unsafe-inline'",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )
    figures = [figure for section in page.sections for figure in section.figures]
    data = {
        "config": charts.CONFIG,
        "charts": {figure.id: figure.chart for figure in figures if figure.chart},
        "told": [[name, _WORD_LABELS[name]] for name in _WORD_LABELS],
        "places": {name: samples.TOLD.index(name) for name in _WORD_LABELS},
        "analyses": page.analyses.rows,
    }
    return (
        _environment()
        .get_template("page.html")
        .render(
            page=page,
            policy=policy,
            # Ours and the library's: their hashes stand in the policy.
            style=Markup(style),  # noqa: S704
            script=Markup(script),  # noqa: S704
            library=Markup(library),  # noqa: S704
            data=Markup(embedded_json(data)),  # noqa: S704
        )
    )


def embedded_json(data: Any) -> str:
    """JSON that cannot end the script element that it stands in, nor be taken for HTML."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), default=_as_json)
    return text.translate(_UNSAFE_IN_SCRIPT)


@lru_cache(maxsize=1)
def chart_library() -> str:
    """Vega, Vega-Lite and Vega-Embed in the versions that Altair writes for, as one script."""
    version = ".".join(altair.SCHEMA_VERSION.lstrip("v").split(".")[:2])
    bundle: str = vl_convert.javascript_bundle("window.vegaEmbed = vegaEmbed;", vl_version=version)
    # Such signs stand in its strings and patterns only, if at all; there `\\x3c` says the same.
    return _SCRIPT_ENDS.sub(r"\\x3c", bundle)


def _own(name: str) -> str:
    return (_FOLDER / name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["cell"] = shown
    environment.tests["arabic"] = lambda text: bool(_ARABIC.search(str(text)))
    environment.tests["web_address"] = lambda text: bool(text and _HTTP.match(text))
    environment.tests["removed"] = lambda piece: isinstance(piece, samples.Removed)
    environment.tests["name"] = lambda piece: isinstance(piece, samples.Name)
    return environment


def shown(cell: Any) -> str:
    """A cell of a table as text."""
    if cell is None:
        return "–"
    if isinstance(cell, Share):
        return f"{cell:.1%}"
    if isinstance(cell, int):
        return f"{cell:,}"
    if isinstance(cell, float):
        return f"{cell:,.2f}".rstrip("0").rstrip(".")
    if isinstance(cell, datetime):
        return cell.strftime("%Y-%m-%d")
    return str(cell)


def _as_json(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{value!r} has no place in the page's data")
