"""The table `documents`: one article a row, with what cleaning kept and what it took out."""

from __future__ import annotations

from schemas.columns import COUNT, COUNTS, SCORE, TEXT, TEXTS, TIME, Column, arrow_schema

COLUMNS = (
    Column("doc_id", TEXT, "the article: the same from run to run and from machine to machine"),
    Column("path", TEXT, "file that it came from, as the run was told of it"),
    Column(
        "record",
        COUNT,
        "its place in a file of many, from 1: line, row, item or record",
        nullable=True,
    ),
    Column("source_id", TEXT, "its identifier at the source", nullable=True),
    Column("source_sha256", TEXT, "sha256 of its bytes: the file's, or the line's"),
    Column("media_type", TEXT, "what it was read as: text/plain, text/html, application/x-ndjson"),
    Column("encoding", TEXT, "character encoding that its bytes were decoded with"),
    Column(
        "encoding_source",
        TEXT,
        "how that was found: declared (by the server or container), bom, meta (in the page), valid "
        "(the bytes are UTF-8), damaged (UTF-8 with some broken bytes), detected, setting",
    ),
    Column("encoding_confidence", SCORE, "how sure that is, 0 to 1"),
    Column(
        "encoding_evidence",
        TEXTS,
        "all that spoke for or against an encoding, in the order of trust, and what was repaired",
    ),
    Column("title", TEXT, "title, as the source gives it or as found in the text", nullable=True),
    Column("author", TEXT, "author, as the source gives it", nullable=True),
    Column("site", TEXT, "who published it", nullable=True),
    Column("url", TEXT, "its address", nullable=True),
    Column("published", TIME, "when: UTC where the source gives an offset", nullable=True),
    Column("published_as_given", TEXT, "the date as the source writes it", nullable=True),
    Column("language", TEXT, "language, ISO 639"),
    Column("arabic_share", SCORE, "share of Arabic script among its letters, 0 to 1"),
    Column("source_length", COUNT, "length of the decoded source, in characters"),
    Column("text", TEXT, "the cleaned article, one block a line"),
    Column(
        "block_kind",
        TEXTS,
        "role of each block: title, heading, paragraph, list, quotation, dateline, byline, agency, "
        "caption",
    ),
    Column("block_start", COUNTS, "where each block starts in `text`, in characters"),
    Column("block_end", COUNTS, "where each block ends in `text`, exclusive"),
    Column("block_language", TEXTS, "language of each block, ISO 639"),
    Column("removed_text", TEXTS, "what cleaning took out, as it stood in the source"),
    Column(
        "removed_way",
        TEXTS,
        "what gave each away: structure (of the HTML), line (its wording and place), corpus (it "
        "comes back across articles of its site), language",
    ),
    Column("removed_reason", TEXTS, "why each was taken out"),
    Column("removed_start", COUNTS, "where each started in the decoded source"),
    Column("removed_end", COUNTS, "where each ended there, exclusive"),
    Column("duplicate_of", TEXT, "`doc_id` of the article that it repeats", nullable=True),
    Column("similarity", SCORE, "how alike the two are, 0 to 1", nullable=True),
    Column("sentence_count", COUNT, "its rows in `sentences`"),
    Column("token_count", COUNT, "its tokens"),
    Column("entity_count", COUNT, "its named entities"),
)

SCHEMA = arrow_schema(COLUMNS)
