"""Articles in their later forms, made by hand."""

from array import array

from schemas.records import (
    Alignment,
    AnalysedArticle,
    AnnotatedArticle,
    Block,
    CleanArticle,
    Entity,
    Metadata,
    Origin,
    Rejection,
    Removed,
    Sentence,
    Shard,
    TokenAnalysis,
)
from transforms.tokens import tokenise


def analysis(word, **values):
    """A valid analysis of a word: a noun, unless `values` say otherwise."""
    features = "prc3 prc2 prc1 prc0 enc0 asp cas gen num per mod stt vox rat".split()
    given = {
        **dict.fromkeys(["root", "pattern", "feats", "gloss", "bw", *features]),
        **dict.fromkeys(["lemma", "lemma_id", "diac", "d3", "atb"], word),
        "pos": "noun",
        "upos": "NOUN",
        "analysis_source": "lexicon",
        "analysis_score": 0.5,
        "analysis_count": 2,
        **values,
    }
    return TokenAnalysis(**given)


def sentence(text, index=0, start=0):
    """A sentence that starts at `start` in its article, whose source is its text."""
    words, starts, ends = tokenise(text)
    end = start + len(text)
    return Sentence(
        index, 0, "paragraph", start, end, start, end, text, "full_stop", words, starts, ends
    )


def analysed(doc_id="d0", texts=("قال لافروف في موسكو.", "ثم عاد."), analyse=analysis):
    """An article with one paragraph of these sentences, each word with what `analyse` makes."""
    text = " ".join(texts)
    starts = [sum(len(before) + 1 for before in texts[:index]) for index in range(len(texts))]
    places = range(len(text))
    article = CleanArticle(
        origin=Origin(doc_id, "in/a.txt", None, "0" * 64, "text/plain", "utf-8", "valid", 1.0),
        metadata=Metadata(title="عنوان"),
        source_length=len(text) + 8,
        text=text,
        alignment=Alignment(array("i", places), array("i", [place + 1 for place in places])),
        blocks=(Block("paragraph", 0, len(text)),),
        removed=(Removed("للمزيد", "line", "related", len(text) + 1, len(text) + 7),),
        language="ar",
        arabic_share=1.0,
    )
    sentences = tuple(map(sentence, texts, range(len(texts)), starts))
    analyses = tuple(tuple(map(analyse, one.tokens)) for one in sentences)
    return AnalysedArticle(article, sentences, analyses)


def annotated(doc_id="d0", texts=("قال لافروف في موسكو.", "ثم عاد.")):
    """The same, with the second word of its first sentence a person."""
    article = analysed(doc_id, texts)
    first = article.sentences[0]
    entity = Entity(
        text=first.tokens[1], type="PER", start=first.token_start[1], end=first.token_end[1],
        token_start=1, token_end=2, name=first.tokens[1], score=0.9,
    )  # fmt: skip
    entities = ((entity,), *(() for _ in texts[1:]))
    return AnnotatedArticle(article.article, article.sentences, article.analyses, entities)


def shard(index=0, articles=(), rejections=()):
    """A shard that was read as planned."""
    planned = float(len(articles) + len(rejections))
    return Shard(index, tuple(articles), tuple(rejections), {"read.planned": planned})


def rejected(reason="empty"):
    """A rejection by the transform that reads."""
    return Rejection("in/b.txt", None, "1" * 64, "read", reason, "no visible character in it")
