"""The entity tagger's model card, filled in with what the recipe measured."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from transforms.word_marks import MARKS

_TRIED = Path(__file__).parent / "ner_tried.md"  # by hand: what no run can measure again
_CARD = """\
# The entity tagger

Finds persons (PER), places (LOC), organisations (ORG) and other names (MISC: products, works,
events, competitions; no nationalities) in Modern Standard Arabic news. Written by
`python -m models train-ner`: scores, sizes and times are of that run, and `scores.json` holds them
for programs.

## Scores

Strict: an entity counts only if both its edges and its type are right. The recipe is measured on
the last {share:.0%} of ANERcorp's train half, by position ({development_sentences:,} sentences,
{development_tokens:,} tokens), with a tagger that saw none of its labels. **The tagger in this
folder is another one: made by the same recipe, with the same settings, from all of the train half,
those {share:.0%} too.** So these scores are not of its very weights, and scores of its weights on
that text mean nothing. What it does on text it has not seen is measured by `make evaluate` on the
project's own articles (`tests/gold`). The sentences went through the same code as in the pipeline.

By the original labels of ANERcorp:

{original}

By the corrected labels of CleanANERCorp, persons, places and organisations alone (MISC there
covers nationalities too, so it is another type):

{corrected}

The two sets of labels contradict each other: on this same text, the original labels taken for a
guess score 81.8 against the corrected ones, and most of the difference is organisations. The
tagger learns a mean of both.

The settings were chosen with an eye on this development set, so expect a little less on unseen
text of the same kind, and less again on other kinds. Speed in this run:
{tokens_per_second:,} tokens a second on one core, probabilities included.

## What it is

A Stanza NER model: one BiLSTM layer of {hidden} units in each direction and a CRF over BIOES
labels, on frozen word vectors. `vectors.pt` is a Stanza pretrain file with the
{table_words:,} commonest words, and beside them {buckets:,} hashed character n-grams
({shortest_ngram} to {longest_ngram} letters), one byte a number, from which every other word gets
its own vector. {marks} marks follow each vector: how common the word is; how sure a clitic (و ف;
ب ل ك; both) stands before a known word that is commoner alone; whether the article is there; how
long the word is; and which of four lists of names hold the word or the rest of it, whose names
have rows of their own. The model sees words without vowels and tatweel, with أ إ آ ٱ as ا, ى as
ي, ة as ه, and every digit as 0. A label's probability is its marginal under the CRF; an entity's
score is the mean over its tokens.

It came about in four steps, all on one core:

1. fastText learns vectors of words from the news.
2. The network reads {read:.2f} times the news and learns to guess each word from the words before
   and after it.
3. {teachers} teachers, copies of that network, learn both sets of labels, each set with scores of
   its own above the one network.
4. The tagger, at first a copy of the first teacher, learns with its CRF the probabilities that the
   teachers together give each word of {news_words:,} words of news, and the labels of ANERcorp.
   For persons, places and organisations the original labels count {original_share:.0%}, the
   corrected ones the rest; MISC is by the original labels alone.

## Data

| what | part | size | licence |
| --- | --- | --- | --- |
| ANERcorp, train half: original labels | all; but the last {share:.0%} for the scores above \
| {all_sentences:,} sentences, {all_tokens:,} tokens | released for research |
| the same with the corrected labels of CleanANERCorp (OSACT 2024) | the same | the same | GPL-3.0 |
| news: SaudiNewsNet; Hespress, Al Jazeera, Ahdath.info | vectors, guessing, tagger | \
{articles:,} articles | SaudiNewsNet: CC BY-NC-SA 4.0, for research; the others state none |
| lists of names: ANERgazet persons, places, organisations | marks | {names:,} words in all | \
released for research |
| the same: countries in Arabic | marks | | ODbL |
| the same: given names | marks | | states none |

## Settings

fastText (gensim, one thread): {vectors}.

Guessing: {pretraining}.

Teachers: {teaching}.

Tagger: {learning}, seed {seed}.

All seeds are fixed and each step runs on one thread; matrix products are in bfloat16, which
processors without it compute slowly. In this run the vectors took {seconds_vectors}, guessing
{seconds_guessing}, the tagger that was measured {seconds_measured} and the tagger of this folder
{seconds_tagger}, each on one core.

{tried}
## Limits

- Labels are of news of 2006, though the vectors know names up to the 2020s: dialect, transcribed
  speech and other kinds of text are weaker.
- Organisations are the hardest, those with the name of a place above all (sports clubs): they
  pass for places, and the other way round; and the two sets of labels agree least on them.
- MISC is a mixed bag with few examples: take it as a hint.
- No nested entities.

## Licence of the weights

The weights derive from research data, from GPL-3.0 labels and, through the
news and the lists, from CC BY-NC-SA texts, an ODbL database and texts without a stated licence.
Use them for research, within the
terms of that data; this project adds no licence of its own to them.

## Files

| file | sha256 |
| --- | --- |
{files}

Together {megabytes:.1f} MB.
"""


def model_card(report: Mapping[str, Any], megabytes: float) -> str:
    """The card in Markdown, from what `train_ner` reports and what `ner_tried.md` tells."""
    settings, development = report["settings"], report["development"]
    planned = settings["pretraining"]
    seconds = report["training_seconds"]
    return _CARD.format(
        **{key: report[key] for key in report if key.startswith("development_")},
        all_sentences=report["training_sentences"] + report["development_sentences"],
        all_tokens=report["training_tokens"] + report["development_tokens"],
        articles=report["articles"],
        names=report["listed_words"],
        marks=MARKS,
        share=settings["development_share"],
        **{name: _table(rows) for name, rows in development["scores"].items()},
        tokens_per_second=development["tokens_per_second"],
        hidden=settings["hidden"],
        seed=settings["seed"],
        original_share=settings["original_share"],
        teachers=len(settings["teaching"]["seeds"]),
        news_words=settings["learning"]["news_words"],
        read=planned["passes"] * planned["read"],
        **{
            name: settings["vectors"][name]
            for name in ("table_words", "buckets", "shortest_ngram", "longest_ngram")
        },
        **{
            step: _settings(settings[step])
            for step in ("vectors", "pretraining", "teaching", "learning")
        },
        seconds_vectors=_minutes(seconds["vectors"]),
        seconds_guessing=_minutes(seconds["guessing"]),
        seconds_measured=_minutes(seconds["measured tagger"]),
        seconds_tagger=_minutes(seconds["tagger"]),
        files="\n".join(f"| `{name}` | `{digest}` |" for name, digest in report["sha256"].items()),
        megabytes=megabytes,
        tried=_TRIED.read_text(encoding="utf-8"),
    )


def _table(rows: Mapping[str, Mapping[str, float]]) -> str:
    lines = ["| type | precision | recall | F1 | entities |", "| --- | --- | --- | --- | --- |"]
    for kind, row in rows.items():
        figures = " | ".join(f"{row[name]:.1f}" for name in ("precision", "recall", "f1"))
        lines.append(f"| {kind} | {figures} | {row['gold']} |")
    return "\n".join(lines)


def _settings(settings: Mapping[str, object]) -> str:
    return ", ".join(f"{name.replace('_', ' ')} {value}" for name, value in settings.items())


def _minutes(seconds: float) -> str:
    return f"{seconds / 60:.0f} minutes" if seconds else "no time (taken from an earlier run)"
