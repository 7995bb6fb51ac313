"""A small corpus of known words: what the questions of these tests are put to."""

import datetime
import json
from dataclasses import asdict, replace

from pipeline.provenance import make_provenance
from pipeline.publish import new_version, publish
from pipeline.rows import document_table, sentence_table
from pipeline.write import write_table
from schemas.columns import SCHEMA_VERSION
from schemas.records import AnnotatedArticle, Entity
from tests.articles import analysed, analysis
from tests.pipeline.test_provenance import MODELS, OPTIONS, PLAN

LEXICON = {
    "قال": {"lemma": "قال", "root": "ق.#.ل", "pos": "verb", "upos": "VERB", "gloss": "say"},
    "وقالت": {
        "lemma": "قال", "root": "ق.#.ل", "pos": "verb", "upos": "VERB", "gloss": "say",
        "feats": "Aspect=Perf|Gender=Fem",
    },
    "معلم": {"lemma": "مُعَلِّم", "root": "ع.ل.م", "diac": "مُعَلِّمٌ"},
    "معلما": {"lemma": "مَعْلَم", "root": "ع.ل.م", "diac": "مَعْلَماً"},
    "استقبال": {"lemma": "ٱِسْتِقْبال", "root": "ق.ب.ل"},
    "كتب": {"lemma": "كَتَب", "root": "ك.ت.ب", "pos": "verb", "upos": "VERB"},
    "كتاب": {"lemma": "كِتاب", "root": "ك.ت.ب"},
    "في": {"lemma": "فِي", "pos": "prep", "upos": "ADP"},
    "لافروف": {"pos": "noun_prop", "upos": "PROPN"},
    "سيرغي": {"pos": "noun_prop", "upos": "PROPN"},
    "موسكو": {"lemma": "مُوسْكُو", "pos": "noun_prop", "upos": "PROPN"},
    "جديد": {"lemma": "جَدِيد", "pos": "adj", "upos": "ADJ", "feats": "Gender=Masc|Number=Sing"},
    ".": {"pos": "punc", "upos": "PUNCT"},
    "،": {"pos": "punc", "upos": "PUNCT"},
}  # fmt: skip
NAMES = {"سيرغي لافروف": "PER", "لافروف": "PER", "موسكو": "LOC"}
ARTICLES = {
    "aa11": (
        "واحد", datetime.datetime(2016, 3, 24, 10),
        ("قال سيرغي لافروف في موسكو.", "وقالت موسكو في كتاب جديد، كتب معلم."),
    ),
    "aa22": ("اثنان", datetime.datetime(2016, 4, 1), ("كتب لافروف في استقبال معلما جديد.",)),
    "bb33": (None, None, ("قال معلم.", "كتاب جديد في كتاب جديد.")),
}  # fmt: skip
PATHS = {"aa11": "in/a.jsonl", "aa22": "in/a.jsonl", "bb33": "in/b.txt"}


def annotated(doc_id, site, published, texts):
    """An article with these sentences, words of the lexicon and names."""
    made = analysed(doc_id, texts, lambda word: analysis(word, **LEXICON.get(word, {})))
    article = replace(
        made.article,
        origin=replace(made.article.origin, path=PATHS[doc_id]),
        metadata=replace(made.article.metadata, site=site, published=published),
    )
    entities = tuple(tuple(names(sentence)) for sentence in made.sentences)
    return AnnotatedArticle(article, made.sentences, made.analyses, entities)


def names(sentence):
    """The names in a sentence, the longest first where two begin."""
    at = 0
    while at < len(sentence.tokens):
        for name, kind in NAMES.items():
            end = at + len(name.split())
            if list(sentence.tokens[at:end]) == name.split():
                start, stop = sentence.token_start[at], sentence.token_end[end - 1]
                number = 1 if kind == "LOC" else 0
                yield Entity(name, kind, start, stop, at, end, name, 0.9, number)
                at = end
                break
        else:
            at += 1


def make_corpus(folder, articles=ARTICLES):
    """A published corpus, each article in a shard of its own."""
    provenance = make_provenance(OPTIONS, MODELS, PLAN)
    made = [annotated(doc_id, *rest) for doc_id, rest in articles.items()]
    with new_version(folder, "run") as version:
        for index, article in enumerate(made):
            name = f"run-{index:05d}-of-{len(made):05d}.parquet"
            write_table(sentence_table([article]), version, f"sentences/{name}", provenance)
            write_table(document_table([article]), version, f"documents/{name}", provenance)
        for table in ("sentences", "documents", "quarantine"):
            (version / table).mkdir(exist_ok=True)
        counts = {
            "documents": len(made),
            "sentences": sum(len(one.sentences) for one in made),
            "tokens": sum(len(words) for one in made for words in one.analyses),
            "entities": sum(len(found) for one in made for found in one.entities),
        }
        manifest = {
            "schema_version": SCHEMA_VERSION,
            **asdict(provenance),
            "counts": counts,
            "rejected_by": {"read.empty": 1},
        }
        (version / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
        publish(folder, version)
    return folder
