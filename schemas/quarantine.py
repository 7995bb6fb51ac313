"""The table `quarantine`: one rejected input a row, and the closed list of reasons."""

from __future__ import annotations

from schemas.columns import COUNT, TEXT, Column, arrow_schema

REASONS = {
    "unreadable": "the file cannot be opened or read",
    "unsupported": "a kind of file that is not read",
    "empty": "no visible character in it",
    "binary": "not text: an image, an archive, a program",
    "undecodable": "text in an encoding that was not recognised",
    "truncated": "a file that ends too early, or is damaged",
    "mislabelled": "not what the ending of its name says",
    "encrypted": "a member of an archive that needs a password",
    "unsafe_name": "a member of an archive whose name leads out of it or hides characters",
    "archive_limit": "unfolds to more bytes, members or archives within archives than allowed",
    "too_large": "larger than the setting allows",
    "too_complex": "HTML with more characters, elements, levels or attributes than are taken",
    "broken_json": "not a JSON object",
    "missing_text": "a JSON object, a row or a feed's item without text",
    "changed": "the file changed while the run was going on",
    "not_arabic": "too little Arabic in it",
    "no_text": "nothing left of it after cleaning",
    "model_failure": "a model failed on it",
    "worker_died": "it ended every process that worked on it",
    "internal": "a defect of ours: please report the message",
}

# What the owner of an input can do about each of them.
REMEDIES = {
    "unreadable": "look at the rights of the file and at its disk, then run again",
    "unsupported": "convert it to one of the kinds that are read",
    "empty": "nothing: there is nothing to annotate",
    "binary": "give it the ending of what it is, or leave it out",
    "undecodable": "name the encoding with `--encoding`, or convert the file to UTF-8",
    "truncated": "fetch or compress it again",
    "mislabelled": "give it the ending of what it is",
    "encrypted": "take the member out of the archive by hand",
    "unsafe_name": "take the member out by hand, under another name",
    "archive_limit": "raise `--max-unfolding`, `--max-archive-members` or `--max-archive-depth`, "
    "if you trust it",
    "too_large": "cut it into articles, or raise `--max-article-megabytes`, "
    "`--max-article-characters` or `--max-article-lines`",
    "too_complex": "raise `--max-html-characters`, `--max-html-elements` or "
    "`--max-html-attributes`, if it is a page of news after all",
    "broken_json": "mend the line or the file",
    "missing_text": "name the fields that hold the text with `--text-field` or `--html-field`",
    "changed": "run again when nobody writes to it",
    "not_arabic": "nothing, or lower `--min-arabic-share` or `--min-language-score`",
    "no_text": "nothing, or keep what cleaning takes out with `--keep-boilerplate`",
    "model_failure": "please report the message with the article",
    "worker_died": "please report it with the article; more memory may be all that it needs",
    "internal": "please report the message with the article",
}

COLUMNS = (
    Column("path", TEXT, "the input, as the run was told of it; after !/ the path in an archive"),
    Column(
        "record",
        COUNT,
        "its place in a file of many, from 1: line, row, item or record",
        nullable=True,
    ),
    Column("source_sha256", TEXT, "sha256 of its bytes, where they could be read", nullable=True),
    Column("stage", TEXT, "transform that rejected it: read, clean, split, analyse, tag, write"),
    Column("reason", TEXT, "why, one of: " + ", ".join(REASONS)),
    Column("message", TEXT, "why, for people"),
    Column("run_id", TEXT, "the run that rejected it"),
)

SCHEMA = arrow_schema(COLUMNS)
