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
    "internal": "a defect of ours: please report the message",
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
