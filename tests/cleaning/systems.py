"""The cleaners that are compared: each gives a title and a body for every page."""

from __future__ import annotations

import html
import logging
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import justext
import readability
import trafilatura

from pipeline.inputs import find_inputs
from pipeline.plan import make_plan
from pipeline.read import read_shard
from schemas.settings import CleanSettings, ReadSettings
from tests.cleaning.pages import Page, visible_text
from tests.cleaning.score import words
from transforms.clean import clean_shard

KEEP_EVERYTHING = "keep everything"
WARRAQ = "Warraq"


@dataclass(frozen=True)
class Answer:
    """What a cleaner makes of a page."""

    title: str | None
    body: str


def warraq(pages: Sequence[Page]) -> list[Answer]:
    """The pages through the pipeline's own plan, reading and cleaning, as in a run.

    Raises:
        RuntimeError: a page made our code fail, which no score may hide.
    """
    settings = ReadSettings()
    files = find_inputs([str(page.path) for page in pages], exclude=Path("corpus"))
    plan = make_plan(files, settings, shards=1)
    answers: dict[str, Answer] = {}
    for part in plan.shards:
        shard = clean_shard(read_shard(part, settings), CleanSettings())
        for rejection in shard.rejections:
            if rejection.reason == "internal":
                raise RuntimeError(f"{rejection.path}: {rejection.message}")
        for article in shard.articles:
            answers[Path(article.origin.path).name] = Answer(article.metadata.title, article.text)
    return [answers.get(page.path.name, Answer(None, "")) for page in pages]


def systems() -> dict[str, Callable[[Sequence[Page]], list[Answer]]]:
    """All cleaners by name, ours first."""
    return {
        WARRAQ: warraq,
        "trafilatura": _each(_trafilatura),
        "trafilatura, precision": _each(lambda page: _trafilatura(page, precision=True)),
        "trafilatura, recall": _each(lambda page: _trafilatura(page, recall=True)),
        "jusText": _each(_justext),
        "readability": _each(_readability),
        KEEP_EVERYTHING: _each(_everything),
    }


def _each(answer: Callable[[Page], Answer]) -> Callable[[Sequence[Page]], list[Answer]]:
    return lambda pages: [answer(page) for page in pages]


def _trafilatura(page: Page, precision: bool = False, recall: bool = False) -> Answer:
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    # Readers' comments are never the article: with them its default would look worse than it is.
    found = trafilatura.bare_extraction(
        _markup(page),
        favor_precision=precision,
        favor_recall=recall,
        include_comments=False,
        with_metadata=True,
    )
    if not isinstance(found, trafilatura.settings.Document):
        return Answer(None, "")
    return _with_title(found.title, found.text or "")


def _justext(page: Page) -> Answer:
    paragraphs = justext.justext(_markup(page), justext.get_stoplist("Arabic"))
    return Answer(None, "\n".join(one.text for one in paragraphs if not one.is_boilerplate))


def _readability(page: Page) -> Answer:
    logging.getLogger("readability").setLevel(logging.CRITICAL)
    document = readability.Document(_markup(page))
    return _with_title(document.short_title(), visible_text(document.summary()))


def _everything(page: Page) -> Answer:
    lines = [line.strip() for line in page.visible.splitlines() if line.strip()]
    return Answer(lines[0], "\n".join(lines))


def _with_title(title: str | None, text: str) -> Answer:
    """The text under its title, which counts to the body, where the tool gives it apart."""
    missing = title and " ".join(words(title)) not in " ".join(words(text))
    return Answer(title or None, f"{title}\n{text}" if missing else text)


def _markup(page: Page) -> str:
    """The page as tools for HTML want it: of plain text, each line is a paragraph."""
    if page.is_html:
        # lxml refuses characters that still say in which encoding they once were.
        return re.sub(r"\A\s*<\?xml[^>]*\?>", "", page.decoded)
    lines = "\n".join(f"<p>{html.escape(line)}</p>" for line in page.decoded.splitlines())
    return f"<html><body>\n{lines}\n</body></html>"
