"""From the bytes of one record to an article: its characters, its metadata, its identity."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from typing import Any

from pipeline.dates import parse_date
from pipeline.decoding import Decoded, decode
from pipeline.inputs import InputFile
from pipeline.records import JSON_LINES, Record, media_type
from schemas.records import Metadata, Origin, RawArticle
from schemas.settings import ReadSettings
from transforms.shards import RejectedArticleError

# Half a surrogate pair, which JSON can hold and no file can: replaced one for one, offsets stay.
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
# 80 bits: among ten million articles, the chance that any two share an identifier is below 1e-10.
_ID_DIGITS = 20


def make_article(record: Record, file: InputFile, settings: ReadSettings) -> RawArticle:
    """The article that a record holds.

    The identifier comes from the file's key, the record's number and its bytes: it is the same on
    every machine, and an article that changes becomes another, so that offsets kept elsewhere
    never point into other words.

    Raises:
        RejectedArticleError: `binary`, `undecodable`, `broken_json` or `missing_text`.
    """
    sha256 = record.sha256
    decoded = _decode(record, settings)
    kind = media_type(file.location)
    if kind == JSON_LINES:
        metadata, source = _from_json(decoded.text, settings)
    else:
        metadata, source = Metadata(), decoded.text
    identity = f"{file.key}\n{record.number}\n{sha256}"
    return RawArticle(
        Origin(
            doc_id=hashlib.sha256(identity.encode()).hexdigest()[:_ID_DIGITS],
            path=file.path,
            record=record.number,
            source_sha256=sha256,
            media_type=kind,
            encoding=decoded.encoding,
            encoding_source=decoded.encoding_source,
            encoding_confidence=decoded.confidence,
        ),
        metadata,
        _LONE_SURROGATE.sub("\ufffd", source),
    )


def _decode(record: Record, settings: ReadSettings) -> Decoded:
    if record.encoding is not None:
        return decode(record.data, "utf-8")._replace(
            encoding=record.encoding, encoding_source="bom"
        )
    return decode(record.data, settings.encoding)


def _from_json(line: str, settings: ReadSettings) -> tuple[Metadata, str]:
    """Metadata and source of a JSON line: the title, if there is one, an empty line, the text."""
    try:
        fields = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise RejectedArticleError("broken_json", str(error)) from error
    if not isinstance(fields, dict):
        raise RejectedArticleError("broken_json", f"not an object but {type(fields).__name__}")
    text = next((fields[name] for name in _names(settings.text_field) if name in fields), None)
    if not isinstance(text, str):
        there = ", ".join(map(repr, fields)) or "none"
        raise RejectedArticleError(
            "missing_text", f"no text in field {settings.text_field!r}; the fields are {there}"
        )
    published = _value(fields, settings.published_field)
    metadata = Metadata(
        source_id=_value(fields, settings.id_field),
        title=_value(fields, settings.title_field),
        author=_value(fields, settings.author_field),
        site=_value(fields, settings.site_field),
        url=_value(fields, settings.url_field),
        published=parse_date(published) if published else None,
        published_as_given=published,
    )
    first_line = text.lstrip().partition("\n")[0]
    if metadata.title is None or " ".join(first_line.split()) == metadata.title:
        return metadata, text
    return metadata, f"{metadata.title}\n\n{text}"


def _names(setting: str) -> list[str]:
    return [name.strip() for name in setting.split(",") if name.strip()]


def _value(fields: Mapping[str, Any], setting: str) -> str | None:
    """The first of the named fields that holds text or a number, on one line; `None` if none."""
    for name in _names(setting):
        value = fields.get(name)
        if isinstance(value, (str, int, float)) and not isinstance(value, bool):
            text = " ".join(_LONE_SURROGATE.sub("\ufffd", str(value)).split())
            if text:
                return text
    return None
