"""Annotated articles made by hand, for tests of what is written."""

from array import array

from schemas.records import (
    Alignment,
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


def annotated(doc_id="d0", texts=("قال لافروف في موسكو.", "ثم عاد.")):
    """An article of these sentences, the first word after the first a person."""
    text = " ".join(texts)
    sentences, start = [], 0
    for index, sentence in enumerate(texts):
        end = start + len(sentence)
        sentences.append(
            Sentence(
                index=index, paragraph_index=0, block="paragraph", start=start, end=end,
                source_start=start, source_end=end, text=sentence, split_reason="full_stop",
                tokens=tokenise(sentence).words, token_start=tokenise(sentence).starts,
                token_end=tokenise(sentence).ends,
            )
        )  # fmt: skip
        start = end + 1
    places = range(len(text))
    article = CleanArticle(
        origin=Origin(doc_id, "in/a.txt", None, "0" * 64, "text/plain", "utf-8", "valid", 1.0),
        metadata=Metadata(title="عنوان"),
        source_length=len(text) + 8,
        text=text,
        alignment=Alignment(array("i", places), array("i", [place + 1 for place in places])),
        blocks=(Block("paragraph", 0, len(text)),),
        removed=(Removed("للمزيد", "related", len(text) + 1, len(text) + 7),),
        language="ar",
        arabic_share=1.0,
    )
    second = sentences[0]
    entity = Entity(
        text=second.tokens[1], type="PER", start=second.token_start[1], end=second.token_end[1],
        token_start=1, token_end=2, name=second.tokens[1], score=0.9,
    )  # fmt: skip
    return AnnotatedArticle(
        article,
        tuple(sentences),
        tuple(tuple(map(analysis, sentence.tokens)) for sentence in sentences),
        ((entity,), *(() for _ in texts[1:])),
    )


def shard(index=0, articles=(), rejections=()):
    """A shard that was read as planned."""
    planned = float(len(articles) + len(rejections))
    return Shard(index, tuple(articles), tuple(rejections), {"read.planned": planned})


def rejected(reason="empty"):
    """A rejection by the transform that reads."""
    return Rejection("in/b.txt", None, "1" * 64, "read", reason, "no visible character in it")
