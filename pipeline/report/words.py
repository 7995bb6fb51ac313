"""Parts of speech, lemmas, roots, and the words that the lexicon lacks."""

from __future__ import annotations

from typing import Any

from pipeline.report import charts
from pipeline.report.corpus_view import CorpusView, Rows
from pipeline.report.figures import Figure, Section, Share, Table

_SHOWN = 15
_LISTED = 50
_LEMMAS_OF_A_ROOT = 5
_KINDS = {
    "NOUN": "Nouns",
    "VERB": "Verbs",
    "ADJ": "Adjectives",
    "PROPN": "Proper nouns",
}
_PARTS_OF_SPEECH = {
    "ADJ": "adjective",
    "ADP": "preposition",
    "ADV": "adverb",
    "AUX": "auxiliary",
    "CCONJ": "coordinating conjunction",
    "DET": "determiner",
    "INTJ": "interjection",
    "NOUN": "noun",
    "NUM": "numeral",
    "PART": "particle",
    "PRON": "pronoun",
    "PROPN": "proper noun",
    "PUNCT": "punctuation",
    "SCONJ": "subordinating conjunction",
    "SYM": "symbol",
    "VERB": "verb",
    "X": "other",
}
_SOURCES = {
    "lexicon": "as the lexicon spells it",
    "spelling_variant": "in the lexicon under another spelling",
    "backoff": "not in the lexicon, or taken for a name: a guess",
    "punctuation": "punctuation",
    "digit": "digits",
    "foreign": "other scripts",
}
_ARABIC = ("lexicon", "spelling_variant", "backoff")


def count_words(view: CorpusView) -> None:
    """Count every combination of lemma, root, part of speech and source once, for all questions."""
    view.rows(
        """
        CREATE TEMP TABLE words AS
        SELECT lemma, root, upos, source, word, count(*) AS count FROM (
            SELECT unnest(lemma) AS lemma, unnest(root) AS root, unnest(upos) AS upos,
                   unnest(analysis_source) AS source,
                   CASE WHEN source = 'backoff' THEN unnest(tokens) END AS word
            FROM sentences
        ) GROUP BY ALL
        """
    )


def words_section(view: CorpusView) -> Section:
    """What the words are, by part of speech and by how the lexicon knows them."""
    return Section(
        "words",
        "Words",
        "Parts of speech are those of Universal Dependencies.",
        (_parts_of_speech(view), _unknown(view), _sources(view), _scores(view)),
    )


def lemmas_section(view: CorpusView) -> Section:
    """The most frequent lemmas and roots."""
    return Section(
        "lemmas",
        "Lemmas and roots",
        "Words are counted under their lemma, whatever their form and clitics.",
        (*(_lemmas(view, upos, title) for upos, title in _KINDS.items()), _roots(view)),
    )


def known_share(view: CorpusView) -> tuple[int, float | None]:
    """How many tokens are Arabic words, and the share of them that the lexicon knows, 0 to 1."""
    words, known = view.row(
        "SELECT coalesce(sum(count), 0)::BIGINT,"
        " coalesce(sum(count) FILTER (source <> 'backoff'), 0)::BIGINT"
        " FROM words WHERE list_contains($1, source)",
        list(_ARABIC),
    )
    return words, known / words if words else None


def _parts_of_speech(view: CorpusView) -> Figure:
    rows = view.rows(
        "SELECT upos, sum(count)::BIGINT, sum(count) / sum(sum(count)) OVER ()"
        " FROM words GROUP BY 1 ORDER BY 2 DESC, 1"
    )
    told = [
        (f"{upos} {_PARTS_OF_SPEECH.get(upos, '')}", count, Share(share))
        for upos, count, share in rows
    ]
    return _bars(
        "parts-of-speech",
        "Parts of speech",
        ("part of speech", "tokens", "share"),
        told,
        shown=len(told),
    )


def _sources(view: CorpusView) -> Figure:
    rows = view.rows(
        "SELECT source, sum(count)::BIGINT, sum(count) / sum(sum(count)) OVER ()"
        " FROM words GROUP BY 1 ORDER BY 2 DESC, 1"
    )
    told = [
        (source, _SOURCES.get(source, ""), count, Share(share)) for source, count, share in rows
    ]
    return _bars("known", "Known and unknown words", ("source", "meaning", "tokens", "share"), told)


def _scores(view: CorpusView) -> Figure:
    rows = view.rows(
        """
        SELECT least(floor(score * 10), 9)::INTEGER AS tenth, count(*) FROM (
            SELECT unnest(analysis_score) AS score, unnest(analysis_source) AS source FROM sentences
        ) WHERE list_contains($1, source) GROUP BY 1 ORDER BY 1
        """,
        list(_ARABIC),
    )
    bins = [(tenth / 10, (tenth + 1) / 10, count) for tenth, count in rows]
    return Figure(
        "scores",
        "How sure the analyses are",
        Table.of(("score from", "to", "words"), bins),
        charts.histogram(bins, "analysis_score", "words") if bins else None,
        "The tagger's probability of lemma and part of speech, Arabic words only.",
    )


def _unknown(view: CorpusView) -> Figure:
    rows = view.rows(
        """
        SELECT word, sum(count)::BIGINT AS tokens, max_by(upos, (count, upos)) FROM words
        WHERE source = 'backoff' GROUP BY word ORDER BY tokens DESC, word LIMIT $1
        """,
        _LISTED,
    )
    return _bars("unknown", "The commonest guessed words", ("word", "tokens", "mostly"), rows)


def _lemmas(view: CorpusView, upos: str, title: str) -> Figure:
    rows = view.rows(
        "SELECT lemma, sum(count)::BIGINT FROM words WHERE upos = $1"
        " GROUP BY lemma ORDER BY 2 DESC, 1 LIMIT $2",
        upos,
        _LISTED,
    )
    return _bars(f"lemmas-{upos.lower()}", title, ("lemma", "tokens"), rows)


def _roots(view: CorpusView) -> Figure:
    rows = view.rows(
        f"""
        WITH lemmas AS (
            SELECT root, lemma, sum(count)::BIGINT AS tokens FROM words
            WHERE root IS NOT NULL AND list_contains($1, upos) GROUP BY ALL
        )
        SELECT root, sum(tokens)::BIGINT AS tokens,
               list_aggregate(list(lemma ORDER BY tokens DESC, lemma)[:{_LEMMAS_OF_A_ROOT}],
                              'string_agg', ' · ')
        FROM lemmas GROUP BY root ORDER BY 2 DESC, 1 LIMIT $2
        """,  # noqa: S608
        ["NOUN", "VERB", "ADJ", "ADV"],
        _LISTED,
    )
    return _bars(
        "roots",
        "Roots",
        ("root", "tokens", "lemmas"),
        rows,
        "Of nouns, verbs, adjectives and adverbs; # stands for a weak radical. Point at a bar for "
        "its lemmas.",
        wide=True,
    )


def _bars(
    name: str,
    title: str,
    columns: tuple[str, ...],
    rows: Rows,
    note: str = "",
    shown: int = _SHOWN,
    wide: bool = False,
) -> Figure:
    """Bars of the first rows: the first column names them, `tokens` is their length."""
    told: list[dict[str, Any]] = [
        {key: _plain(cell) for key, cell in zip(columns, row, strict=True)} for row in rows[:shown]
    ]
    chart = charts.bars(told, columns[0], "tokens") if told else None
    return Figure(name, title, Table.of(columns, rows), chart, note, wide)


def _plain(cell: Any) -> Any:
    return f"{cell:.1%}" if isinstance(cell, Share) else cell
