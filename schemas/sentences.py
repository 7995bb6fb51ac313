"""The table `sentences`: one annotated sentence a row.

Tokens and entities are parallel list columns: the lists of one row that speak of tokens all have
as many members as `tokens`, those that speak of entities as many as `entity_text`.
"""

from __future__ import annotations

from schemas.columns import COUNT, COUNTS, SCORES, TEXT, TEXTS, TIME, Column, arrow_schema

PLACE = (
    Column("sentence_id", TEXT, "`doc_id`, a full stop, `sentence_index`"),
    Column("doc_id", TEXT, "the article: the same from run to run and from machine to machine"),
    Column("sentence_index", COUNT, "place of the sentence in the article, from 0"),
    Column("paragraph_index", COUNT, "place of its block in the article, from 0"),
    Column("block", TEXT, "role of its block: title, heading, paragraph, list, caption"),
    Column("path", TEXT, "file that the article came from, as the run was told of it"),
    Column("site", TEXT, "who published the article", nullable=True),
    Column("published", TIME, "when: UTC where the source gives an offset", nullable=True),
)

SPAN = (
    Column("text", TEXT, "the cleaned sentence"),
    Column("start", COUNT, "where it starts in `documents.text`, in characters"),
    Column("end", COUNT, "where it ends there, exclusive"),
    Column("source_start", COUNT, "start of the stretch of the decoded source it was made from"),
    Column("source_end", COUNT, "end of that stretch, exclusive"),
    Column(
        "split_reason",
        TEXT,
        "why it ends there: full_stop, question, exclamation, ellipsis, block_end; or, longer "
        "than the cap, broken at length_comma, length_conjunction, length_space",
    ),
)

TOKENS = (
    Column("tokens", TEXTS, "surface words, clitics attached, punctuation apart"),
    Column("token_start", COUNTS, "where each starts in `text`, in characters"),
    Column("token_end", COUNTS, "where each ends in `text`, exclusive"),
)

ANALYSIS = (
    Column("lemma", TEXTS, "lemma with diacritics (CAMeL `lex` without its number)"),
    Column("lemma_id", TEXTS, "lemma as CAMeL's lexicon numbers it (`lex`)"),
    Column("root", TEXTS, "root, radicals joined by full stops, # for a weak one", nullable=True),
    Column("pattern", TEXTS, "pattern: radicals as 1, 2, 3", nullable=True),
    Column("pos", TEXTS, "part of speech in CAMeL's tag set"),
    Column("upos", TEXTS, "part of speech of the main word, Universal Dependencies v2"),
    Column("feats", TEXTS, "its features, Universal Dependencies v2", nullable=True),
    Column("diac", TEXTS, "the word with its diacritics (CAMeL's order: shadda before its vowel)"),
    Column("gloss", TEXTS, "English gloss", nullable=True),
    Column("bw", TEXTS, "Buckwalter tag: morphemes and their tags", nullable=True),
    Column("d3", TEXTS, "tokenisation scheme D3: all clitics and the article split off"),
    Column("atb", TEXTS, "tokenisation scheme of the Arabic Treebank: clitics, not the article"),
    Column("prc3", TEXTS, "proclitic 3: question particle", nullable=True),
    Column("prc2", TEXTS, "proclitic 2: conjunction", nullable=True),
    Column("prc1", TEXTS, "proclitic 1: preposition, future or other particle", nullable=True),
    Column("prc0", TEXTS, "proclitic 0: article or negation", nullable=True),
    Column("enc0", TEXTS, "enclitic: pronoun", nullable=True),
    Column("asp", TEXTS, "aspect: p perfective, i imperfective, c command", nullable=True),
    Column("cas", TEXTS, "case: n, a, g, u undefined", nullable=True),
    Column(
        "gen", TEXTS, "gender, of the form where the lexicon leaves it open: m, f", nullable=True
    ),
    Column(
        "num", TEXTS, "number, of the form where the lexicon leaves it open: s, d, p", nullable=True
    ),
    Column("per", TEXTS, "person: 1, 2, 3", nullable=True),
    Column("mod", TEXTS, "mood: i, s, j, u undefined", nullable=True),
    Column(
        "stt", TEXTS, "state: d definite, i indefinite, c construct, u undefined", nullable=True
    ),
    Column("vox", TEXTS, "voice: a active, p passive, u undefined", nullable=True),
    Column("rat", TEXTS, "rationality: r, i, n, y as CAMeL gives it", nullable=True),
    Column(
        "analysis_source",
        TEXTS,
        "where the analysis came from: lexicon, spelling_variant, backoff (a guess), "
        "punctuation, digit, foreign",
    ),
    Column("analysis_score", SCORES, "its share of probability among all of the word, 0 to 1"),
    Column("analysis_count", COUNTS, "how many analyses the word has"),
)

ENTITIES = (
    Column("entity_text", TEXTS, "named entities as they stand in `text`, in its order"),
    Column("entity_type", TEXTS, "PER, LOC, ORG or MISC"),
    Column("entity_start", COUNTS, "where each starts in `text`, in characters"),
    Column("entity_end", COUNTS, "where each ends in `text`, exclusive"),
    Column("entity_token_start", COUNTS, "its first token, from 0"),
    Column("entity_token_end", COUNTS, "the token after its last"),
    Column(
        "entity_name",
        TEXTS,
        "the name: without proclitics and titles, in its commonest spelling in the article",
    ),
    Column(
        "entity_id",
        COUNTS,
        "who or what it names: one number in the article for all its mentions (`فلاديمير بوتين`, "
        "`وبوتين`), from 0 in the order of first mention",
    ),
    Column(
        "entity_score",
        SCORES,
        "how sure that is, 0 to 1: the tagger's probability; where other mentions in the article "
        "decided, the best of them, lowered",
    ),
)

COLUMNS = (*PLACE, *SPAN, *TOKENS, *ANALYSIS, *ENTITIES)

SCHEMA = arrow_schema(COLUMNS)
