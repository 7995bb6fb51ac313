"""Small corpora made by hand, of several sites and days, for tests of the report."""

import datetime
from dataclasses import replace

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from schemas.records import AnnotatedArticle, Entity, Rejection
from tests.articles import analysed, analysis, shard
from tests.pipeline.test_write import run

WORDS = {
    "قال": {"lemma": "قالَ", "root": "ق.#.ل", "upos": "VERB", "pos": "verb", "gloss": "say"},
    "لافروف": {"upos": "PROPN", "pos": "noun_prop", "analysis_source": "backoff"},
    "كيري": {"upos": "PROPN", "pos": "noun_prop", "analysis_source": "backoff"},
    "جون": {"upos": "PROPN", "pos": "noun_prop", "analysis_source": "backoff"},
    "موسكو": {"lemma": "مُوسْكُو", "upos": "PROPN", "pos": "noun_prop"},
    "مدينة": {"lemma": "مَدِينَة", "root": "م.د.ن", "gloss": "city"},
    "مدن": {"lemma": "مَدِينَة", "root": "م.د.ن", "gloss": "cities"},
    ".": {"upos": "PUNCT", "pos": "punc", "analysis_source": "punctuation"},
}
NAMES = {"لافروف": "PER", "كيري": "PER", "موسكو": "LOC"}


def article(doc_id, *texts, site=None, day=None, path="in/a.txt", **changes):
    """An article in which Lavrov and Kerry are persons and Moscow is a place."""
    made = analysed(doc_id, texts, lambda word: analysis(word, **WORDS.get(word, {})))
    when = datetime.datetime(2016, 3, day) if day else None
    clean = replace(
        made.article,
        origin=replace(made.article.origin, path=path),
        metadata=replace(made.article.metadata, site=site, published=when, title=f"عنوان {doc_id}"),
        **changes,
    )
    entities = tuple(tuple(_names(sentence)) for sentence in made.sentences)
    return AnnotatedArticle(clean, made.sentences, made.analyses, entities)


def _names(sentence):
    places = zip(sentence.tokens, sentence.token_end, strict=True)
    for index, (word, end) in enumerate(places):
        if word in NAMES:
            first = index - 1 if index and sentence.tokens[index - 1] == "جون" else index
            begin = sentence.token_start[first]
            yield Entity(
                text=sentence.text[begin:end], type=NAMES[word], start=begin, end=end,
                token_start=first, token_end=index + 1, name=sentence.text[begin:end], score=0.9,
                id=list(NAMES).index(word),
            )  # fmt: skip


def make_corpus(folder):
    """Four articles of two sites, one of them a copy of another; one rejected input."""
    copy = article("d3", site="الخبر", day=2, duplicate_of="d0", similarity=0.8)
    copy = replace(copy, sentences=(), analyses=(), entities=())
    articles = [
        article("d0", "قال لافروف في موسكو.", "قال جون كيري.", "ثم كيري.", site="الخبر", day=1),
        article("d1", "قال لافروف عن موسكو.", site="الخبر", day=2, path="in/c.zip!/x.txt"),
        article("d2", "مدينة من مدن الشرق.", site="النهار"),
        copy,
    ]
    rejection = Rejection("in/b.txt", None, "1" * 64, "read", "empty", "no visible character in it")
    first = replace(
        shard(0, articles[:2], [rejection]), metrics={"read.planned": 3.0, "seconds.tag": 2.0}
    )
    run(folder, first, shard(1, articles[2:]))
    return folder


def make_empty(folder):
    """A corpus of which every input was rejected."""
    run(folder, shard(0, [], [Rejection("in/b.txt", None, None, "read", "empty", "nothing")]))
    return folder


def infect(folder, payload):
    """Put a text at the end of every text of every table."""
    for path in folder.glob("*/*.parquet"):
        table = pq.read_table(path)
        for index, column in enumerate(table.schema):
            values = table.column(index).combine_chunks()
            if pa.types.is_string(column.type):
                table = table.set_column(index, column, _longer(values, payload))
            elif pa.types.is_list(column.type) and pa.types.is_string(column.type.value_type):
                longer = _longer(values.flatten(), payload)
                lists = pa.ListArray.from_arrays(values.offsets, longer, type=column.type)
                table = table.set_column(index, column, lists)
        pq.write_table(table, path)


def _longer(values, payload):
    return pc.binary_join_element_wise(values, payload, "")
