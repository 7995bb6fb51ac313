"""The contextual tagger's model card, filled in with what the recipe measured."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

_ROWS = (
    "CAMeL lemma",
    "CAMeL pos",
    "CAMeL both",
    "lemma, bare",
    "lemma",
    "clitics",
    "upos",
    "upos, names apart",
    "cas",
    "stt",
    "gen",
    "num",
    "per",
    "asp",
    "vox",
)

_CARD = """\
# The contextual tagger

Chooses, by the sentence, among the analyses that the morphology database gives a word, and among
guesses for words that it lacks. Written by `python -m models train-pos`: scores, sizes and times
are of that run, and `scores.json` holds them for programs.

## Scores

Per cent of Arabic words (no punctuation, no digits), analysed by the code of the pipeline.
`alone` is the same model with each word as a sentence of its own: lemma frequencies and all, but
no sentence.

{scores}

- `CAMeL lemma`, `CAMeL pos`, `CAMeL both`: lemma without diacritics and hamza, part of speech in
  CAMeL's tag set, and both. **A substitute**: no text annotated by CAMeL's own conventions was at
  hand. The gold is PADT's (or IAHLT's) lemma, with the part of speech that the Arabic Treebank's
  counts give this lemma among those that go with the UPOS. Pronouns are left out. The counts are
  also an input of the model, so where they err, the score does not show it.
- `lemma` compares vowels too, but for those that spellings leave out; `lemma, bare` none. Words
  that PADT tags X, mostly names, are left out.
- `clitics`: the number of proclitics and of enclitics.
- `upos`: of the main word. PADT has hardly any PROPN: it tags names X or NOUN. In `names apart`,
  PROPN counts as right where PADT says X, NOUN or ADJ.
- The others are CAMeL's features where the treebank gives them. The database leaves the mood of
  most verbs open, so it is not measured.

The temperature, and only that, was fitted on PADT dev; the training was set up with an eye on it.
PADT test and IAHLT dev were measured once at the end.

### `analysis_score`

The probability that lemma and part of speech are right, its logarithm divided by temperature
{temperature}. Of the words whose score is in each tenth, this share had both right (by the
substitute above, names left out, and with the lemma's vowels where the counts know both lemmas):

{calibration}

### Speed

{cold:,} words a second on one thread with an empty memory, {warm:,} with all words known
(PADT test, {speed_words:,} words, {speed_types:,} types).

## What it is

- For each word, a vector of {width} numbers: the sum of what was learned for its form, for its
  beginnings and endings of 1 to 4 letters, for its word vector, and for the {values} values
  (`pos=noun`, `cas=g`, …) that its analyses may have, each with its share out of context.
- {layers} layers of convolution, each with a short cut, which look {reaches} words to each side.
- A number for each value. An analysis weighs the sum of the numbers of the values that it claims,
  plus its own: log-probability of lemma and part of speech, of the lemma, the database's own;
  letters spelled otherwise; guesses; diacritics of the author that it denies.
- Arithmetic is exact (weights of 16 bits, activations in steps of 1/1024, sums of 64 bits), so
  results depend neither on the batch nor on the machine.

Trained by the probability of all analyses that agree with what the treebank says of a word: where
it gives the part of speech alone, many do. {megabytes} MB; {minutes} minutes on one thread.

### The tag set

The database of 2020 tags كُلّ `noun`, أَكْبَر `adj`, ثَلاث `noun`. What a lemma may be today is taken
from the Arabic Treebank's counts of lemma and part of speech: a nominal of the database may be
any nominal that its lemma was counted as (`noun_quant`, `noun_num`, `adj_num`, `adj_comp`,
`noun_prop`, …), a particle any particle or noun (مَع is `noun`, حَيْثُ `adv_rel`), a
verb a verb or `verb_pseudo`. Participles and relative adjectives that were not counted may be
`noun` or `adj`.
A stem whose lemma is another in the counts takes that one (أَمِيرْكِيّ), and a guessed name that was
counted takes its diacritics (نِتَنْيَاهُو).

## Data

| | what | licence |
| --- | --- | --- |
| training | UD Arabic-PADT, train | CC BY-NC-SA 3.0 |
| training | UD Arabic-IAHLT, train, each text once | CC BY-NC-SA 4.0 |
| training, persons' names | ANERcorp, train half | released for research |
| lemma counts | camel_morph, `{prior}` | MIT |
| word vectors | 32,750 news articles (SaudiNewsNet and others) | CC BY-NC-SA 4.0, or none stated |

**Licence of the weights**: CC BY-NC-SA 4.0, for research.

## Limits

- Trained on news of about 2000 to 2005, and some of 2021; other kinds of text it does less well.
- First and second persons are rare in it.
- PADT's X is a mixture of names and of words that its lexicon lacked; a name that is also a
  common word is often taken for the word.
- Two lemmas whose readings claim the same values are told apart by frequency alone.
- Case endings are the weakest feature; names and guesses get none.
"""


def model_card(report: Mapping[str, Any]) -> str:
    """The card of a report of `models.pos_recipe.train_pos`."""
    network = report["settings"]["network"]
    return _CARD.format(
        scores=_scores(report["scores"], report["without_sentence"]),
        calibration=_calibration(report["calibration"]),
        temperature=report["temperature"],
        cold=report["speed"]["cold_words_per_second"],
        warm=report["speed"]["warm_words_per_second"],
        speed_words=report["speed"]["words"],
        speed_types=report["speed"]["word_types"],
        width=network["width"],
        values=report["values"],
        layers=len(network["reaches"]),
        reaches=sum(network["reaches"]),
        megabytes=report["megabytes"],
        minutes=round(report["seconds"] / 60),
        prior="logprob_atb_camel_v1.0.json",
    )


def _scores(inside: Mapping[str, Any], alone: Mapping[str, Any]) -> str:
    names = list(inside)
    head = " | ".join(f"{name} | alone" for name in names)
    lines = [f"| | {head} |", "| --- |" + " ---: |" * (2 * len(names))]
    for row in _ROWS:
        cells = [_per_cent(part[name], row) for name in names for part in (inside, alone)]
        lines.append(f"| {row} | {' | '.join(cells)} |")
    return "\n".join(lines)


def _per_cent(scores: Mapping[str, Any], row: str) -> str:
    return f"{scores[row]['per_cent']:.1f}" if row in scores else "–"


def _calibration(tables: Mapping[str, Sequence[Mapping[str, float]]]) -> str:
    lines = ["| | score from | words | mean score | right |", "| --- | ---: | ---: | ---: | ---: |"]
    for name, table in tables.items():
        lines += [
            f"| {name} | {row['from']:.1f} | {row['words']:,} | {row['score']:.2f} "
            f"| {row['right']:.2f} |"
            for row in table
        ]
    return "\n".join(lines)
