"""Sentences, analyses and articles made by hand, for tests of entities."""

from __future__ import annotations

from schemas.records import AnalysedArticle, AnalysisSource, TokenAnalysis
from tests import articles
from tests.articles import sentence

__all__ = ["analysis", "article", "sentence"]


def analysis(
    pos: str = "noun_prop", source: AnalysisSource = "lexicon", d3: str = "", **proclitics: str
) -> TokenAnalysis:
    """The analysis of a word as far as names depend on it."""
    return articles.analysis("", pos=pos, analysis_source=source, d3=d3, **proclitics)


def article(doc_id: str, *texts: str) -> AnalysedArticle:
    """An analysed article of these sentences; every word a proper noun."""
    return articles.analysed(doc_id, texts, lambda word: analysis())
