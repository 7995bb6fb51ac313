"""The entity tagger's model card, filled in with what the recipe measured."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_CARD = """\
# The entity tagger

Finds persons (PER), places (LOC), organisations (ORG) and other names (MISC: nationalities,
events, works, products) in Modern Standard Arabic news. Written by `python -m models train-ner`:
scores, sizes and times are of that run, and `scores.json` holds them for programs.

## Scores

Strict: an entity counts only if both its edges and its type are right. Measured on the last
{share:.0%} of the training text, by position ({development_sentences:,} sentences,
{development_tokens:,} tokens), which training has not seen under either set of labels. The
sentences went through the same code as in the pipeline. Nothing was measured on other text.

| type | precision | recall | F1 | entities |
| --- | --- | --- | --- | --- |
{scores}

The training was set up with an eye on this development set, so expect a little less on unseen
text of the same kind, and less again on other kinds. Speed in this run:
{tokens_per_second:,} tokens a second on one core, probabilities included.

## What it is

A Stanza NER model: one BiLSTM layer of {hidden} units in each direction and a CRF over BIOES
labels, on frozen word vectors. `vectors.pt` is a Stanza pretrain file with the
{table_words:,} commonest words, and beside them {buckets:,} hashed character n-grams
({shortest_ngram} to {longest_ngram} letters), one byte a number, from which every other word gets
its own vector. The model sees words without vowels and tatweel, with أ إ آ ٱ as ا, ى as ي, ة as
ه, and every digit as 0. A label's probability is its marginal under the CRF; an entity's score is
the mean over its tokens.

## Data

| what | part | size | licence |
| --- | --- | --- | --- |
| ANERcorp, train half, with the corrected labels of CleanANERCorp (OSACT 2024) | all but the \
last {share:.0%} trains, the rest measures | 3,974 sentences, 125,101 words | ANERcorp: released \
for research; corrections: GPL-3.0 |
| Wojood, public sample | all but sentences with events, laws and products | 26,974 words | MIT |
| news: SaudiNewsNet; Hespress, Al Jazeera, Ahdath.info | word vectors | {articles:,} articles | \
SaudiNewsNet: CC BY-NC-SA 4.0, for research; the others state none |

Training saw {training_sentences:,} sentences, {training_tokens:,} tokens: tokenised as in the
pipeline, the labels carried over. Development scores chose the corrected labels, which also mark
nationalities as MISC: after 20 epochs 74.1, against 72.6 for the first labels on themselves.
Wojood's nested types were flattened and mapped (see `read_wojood`); it brings names of later
years.

## Settings

fastText (gensim, one thread): {vectors}.

Tagger (Stanza, Adam, one thread): {tagger}.

All seeds are fixed. In this run the vectors took {seconds_vectors}, the tagger
{seconds_tagger}, on two cores shared with other work.

## Limits

- Labelled text is mostly news of 2006, though the vectors know names up to the 2020s: dialect,
  transcribed speech and other kinds of text are weaker.
- Organisations with the name of a place, sports clubs above all, are the hardest: they pass for
  places, and the other way round.
- No nested entities.

## Licence of the weights

The weights derive from research data, from GPL-3.0 labels and, through the vectors, from
CC BY-NC-SA texts and texts without a stated licence. Use them for research, within the terms
of that data; this project adds no licence of its own to them.

## Files

| file | sha256 |
| --- | --- |
{files}

Together {megabytes:.1f} MB.
"""


def model_card(report: Mapping[str, Any], megabytes: float) -> str:
    """The card in Markdown, from what `train_ner` reports."""
    settings = report["settings"]
    development = report["development"]
    return _CARD.format(
        **{key: report[key] for key in report if key.endswith(("_sentences", "_tokens"))},
        articles=report["articles"],
        share=settings["tagger"]["development_share"],
        scores="\n".join(_row(kind, row) for kind, row in development["scores"].items()),
        tokens_per_second=development["tokens_per_second"],
        hidden=settings["tagger"]["hidden"],
        **{
            name: settings["vectors"][name]
            for name in ("table_words", "buckets", "shortest_ngram", "longest_ngram")
        },
        vectors=_settings(settings["vectors"]),
        tagger=_settings(settings["tagger"]),
        seconds_vectors=_minutes(report["training_seconds"]["vectors"]),
        seconds_tagger=_minutes(report["training_seconds"]["tagger"]),
        files="\n".join(f"| `{name}` | `{digest}` |" for name, digest in report["sha256"].items()),
        megabytes=megabytes,
    )


def _row(kind: str, row: Mapping[str, float]) -> str:
    figures = " | ".join(f"{row[name]:.1f}" for name in ("precision", "recall", "f1"))
    return f"| {kind} | {figures} | {row['gold']} |"


def _settings(settings: Mapping[str, object]) -> str:
    return ", ".join(f"{name.replace('_', ' ')} {value}" for name, value in settings.items())


def _minutes(seconds: float) -> str:
    return f"{seconds / 60:.0f} minutes" if seconds else "no time (they are of an earlier run)"
