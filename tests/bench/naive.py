"""What one writes without Warraq: read, split, analyse, tag, save. The yardstick of `make bench`.

Runs by itself, on the same model files as Warraq:

    export CAMELTOOLS_DATA=models/morphology     # else camel-tools downloads a catalogue
    python tests/bench/naive.py articles.jsonl out.parquet DATABASE NER_MODEL NER_VECTORS

It is written as the manuals of camel-tools, Stanza and pandas show it, neither tuned nor slowed
down. Articles are clean already; sentences end at a full stop or a question mark and a space,
since Stanza's own splitter cannot be had without a download.
"""

import argparse
import json
import re
import tempfile
from pathlib import Path

import pandas as pd
import stanza
from camel_tools.disambig.mle import MLEDisambiguator
from camel_tools.morphology.analyzer import Analyzer
from camel_tools.morphology.database import MorphologyDB
from camel_tools.tokenizers.word import simple_word_tokenize

FEATURES = ["lex", "root", "pos", "ud", "diac", "gloss", "bw", "d3tok", "atbtok"]
SENTENCE_END = re.compile(r"(?<=[.!؟])\s+|\n+")


def load(database, ner_model, ner_vectors):
    """The disambiguator and the Stanza pipeline."""
    analyzer = Analyzer(MorphologyDB(database), backoff="NOAN_PROP")
    folder = tempfile.mkdtemp()
    Path(folder, "resources.json").write_text("{}")
    tagger = stanza.Pipeline(
        "ar",
        dir=folder,
        processors="tokenize,ner",
        tokenize_pretokenized=True,
        package=None,
        allow_unknown_language=True,
        download_method=None,
        ner_model_path=ner_model,
        ner_pretrain_path=ner_vectors,
        use_gpu=False,
        verbose=False,
    )
    return MLEDisambiguator(analyzer), tagger


def annotate(article, disambiguator, tagger):
    """One dictionary a sentence."""
    sentences = [part for part in SENTENCE_END.split(article["text"]) if part.strip()]
    words = [simple_word_tokenize(sentence) for sentence in sentences]
    document = tagger(words)
    rows = []
    for index, tagged in enumerate(document.sentences):
        row = {
            "id": article["id"],
            "sentence": index,
            "text": sentences[index],
            "tokens": words[index],
            "entities": [entity.text for entity in tagged.ents],
            "types": [entity.type for entity in tagged.ents],
        }
        analysed = disambiguator.disambiguate(words[index])
        best = [word.analyses[0].analysis if word.analyses else {} for word in analysed]
        for feature in FEATURES:
            row[feature] = [analysis.get(feature) for analysis in best]
        rows.append(row)
    return rows


def main():
    parser = argparse.ArgumentParser(description="Annotate articles the plain way.")
    for name in ("articles", "output", "database", "ner_model", "ner_vectors"):
        parser.add_argument(name)
    told = parser.parse_args()
    disambiguator, tagger = load(told.database, told.ner_model, told.ner_vectors)
    rows = []
    with Path(told.articles).open(encoding="utf-8") as lines:
        for line in lines:
            rows.extend(annotate(json.loads(line), disambiguator, tagger))
    pd.DataFrame(rows).to_parquet(told.output)
    print(sum(len(row["tokens"]) for row in rows), "words")


if __name__ == "__main__":
    main()
