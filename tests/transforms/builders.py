"""Sentences, analyses and articles made by hand, for tests of entities."""

from __future__ import annotations

from array import array

from schemas.records import (
    Alignment,
    AnalysedArticle,
    AnalysisSource,
    Block,
    CleanArticle,
    Metadata,
    Origin,
    Sentence,
    TokenAnalysis,
)
from transforms.tokens import tokenise


def sentence(text: str) -> Sentence:
    words, starts, ends = tokenise(text)
    length = len(text)
    return Sentence(0, 0, "paragraph", 0, length, 0, length, text, "block_end", words, starts, ends)


def analysis(
    pos: str = "noun_prop",
    source: AnalysisSource = "lexicon",
    d3: str = "",
    **proclitics: str,
) -> TokenAnalysis:
    clitics = {name: proclitics.get(name) for name in ("prc3", "prc2", "prc1", "prc0")}
    absent = ("enc0", "asp", "cas", "gen", "num", "per", "mod", "stt", "vox", "rat")
    return TokenAnalysis(
        lemma="",
        lemma_id="",
        root=None,
        pattern=None,
        pos=pos,
        upos="PROPN",
        feats=None,
        diac="",
        gloss=None,
        bw=None,
        d3=d3,
        atb="",
        **clitics,
        **dict.fromkeys(absent),
        analysis_source=source,
        analysis_score=1.0,
        analysis_count=1,
    )


def article(doc_id: str, *texts: str) -> AnalysedArticle:
    """An analysed article with one paragraph of these sentences; every word a proper noun."""
    text = " ".join(texts)
    places = range(len(text))
    clean = CleanArticle(
        origin=Origin(doc_id, "in/a.txt", None, "0" * 64, "text/plain", "utf-8", "valid", 1.0),
        metadata=Metadata(),
        source_length=len(text),
        text=text,
        alignment=Alignment(array("i", places), array("i", [place + 1 for place in places])),
        blocks=(Block("paragraph", 0, len(text)),),
        removed=(),
        language="ar",
        arabic_share=1.0,
    )
    sentences = tuple(map(sentence, texts))
    analyses = tuple(tuple(analysis() for _ in one.tokens) for one in sentences)
    return AnalysedArticle(clean, sentences, analyses)
