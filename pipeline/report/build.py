"""The report of a corpus: `python -m pipeline report`."""

from __future__ import annotations

from pathlib import Path

from pipeline.error_codes import ErrorCode
from pipeline.errors import UsageError
from pipeline.report import cleaning, counting, making, names, words
from pipeline.report.corpus_view import CorpusView, open_corpus
from pipeline.report.page import Fact, Page, render
from pipeline.report.samples import sample_articles
from pipeline.storage import write_text
from pipeline.summary import tell

# With more columns than so many days, a chart of names is too wide to read.
_NAME_DAYS = 92
_NAME_MONTHS = 96


def report(corpus: Path, run: str | None = None, output: Path | None = None) -> Path:
    """Write the page of a corpus, or of what one run put into it, and say where it is.

    Args:
        corpus: the folder of a corpus.
        run: the number of a run, as `runs` lists it.
        output: the file to write; by default `report.html` in the corpus folder, or
            `report-000012.html` for run 12.

    Raises:
        UsageError: there is no corpus or no such run, or the file cannot be written.
        RunError: the corpus is damaged.
    """
    view = open_corpus(corpus, run)
    name = f"report-{view.run['run']:06d}.html" if view.run else "report.html"
    path = output or corpus / name
    text = render(_page(view))
    try:
        write_text(path, text)
    except OSError as error:
        cause = f"cannot be written: {error.strerror}"
        raise UsageError(ErrorCode.CANNOT_WRITE, cause, file=path) from error
    tell(f"{path.resolve().as_uri()}  ({len(text.encode()) / 1e6:.1f} MB)")
    return path


def _page(view: CorpusView) -> Page:
    unit = counting.time_unit(view)
    names_unit = counting.time_unit(view, _NAME_DAYS, _NAME_MONTHS)
    words.count_words(view)
    names.find_names(view, names_unit)
    articles, analyses = sample_articles(view)
    manifest = view.manifest
    made = f"Warraq {manifest['warraq_version']}, schema version {manifest['schema_version']}"
    subtitle = f"Made by {made}, run {manifest['run_id']}, configuration {manifest['fingerprint']}."
    title = f"The corpus {view.folder.resolve().name}"
    if view.run:
        title = f"Run {view.run['run']} into {title.removeprefix('The ')}"
        subtitle = (
            f"A {view.run['command']} run, begun {view.run['started'][:16].replace('T', ' ')}: "
            f"what it put into the corpus and no later run has made anew. {subtitle}"
        )
    return Page(
        title,
        subtitle,
        _facts(view),
        articles,
        analyses,
        (
            counting.articles_section(view, unit),
            counting.lengths_section(view),
            words.words_section(view),
            words.lemmas_section(view),
            names.names_section(view, names_unit),
            cleaning.cleaning_section(view),
            cleaning.rejections_section(view),
            cleaning.duplicates_section(view),
            making.models_section(view),
            making.speed_section(view),
        ),
        making.cards(view),
    )


def _facts(view: CorpusView) -> list[Fact]:
    documents, duplicates, sentences, tokens, mentions, sites, first, last = view.row(
        """
        SELECT count(*), count(duplicate_of), coalesce(sum(sentence_count), 0)::BIGINT,
               coalesce(sum(token_count), 0)::BIGINT, coalesce(sum(entity_count), 0)::BIGINT,
               count(DISTINCT site), min(published)::DATE, max(published)::DATE
        FROM documents
        """
    )
    (rejected,) = view.row("SELECT count(*) FROM quarantine")
    (named,) = view.row("SELECT count(*) FROM ranked")
    arabic, known = words.known_share(view)
    return [
        Fact("articles", documents, f"{first} to {last}" if first else "without dates"),
        Fact("sites", sites),
        Fact("sentences", sentences),
        Fact("tokens", tokens, "words and punctuation"),
        Fact("Arabic words", arabic, f"{known:.1%} in the lexicon" if known is not None else ""),
        Fact("mentions of names", mentions, f"{named:,} different names"),
        Fact("duplicates", duplicates, "kept apart"),
        Fact("rejected inputs", rejected, "in quarantine"),
    ]
