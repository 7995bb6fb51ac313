"""From the bytes of one record to an article: its characters, its metadata, its identity."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields as dataclass_fields
from dataclasses import replace
from typing import Any, NamedTuple

from pipeline.dates import parse_date
from pipeline.decoding import Decoded, decode
from pipeline.inputs import InputFile
from pipeline.mojibake import repair
from pipeline.records import ATOM, HTML, RSS, TEXT, XHTML, Record
from schemas.records import Markup, Metadata, Origin, RawArticle
from schemas.settings import ReadSettings
from transforms.addresses import host_of
from transforms.html_page import read_page
from transforms.shards import RejectedArticleError

# Half a surrogate pair, which JSON can hold and no file can: replaced one for one, offsets stay.
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
# 80 bits: among ten million articles, the chance that any two share an identifier is below 1e-10.
_ID_DIGITS = 20
# What shows that a text is HTML: it begins with a tag, or tags part its paragraphs. An article that
# only mentions a tag or two stays as it is.
_BEGINS_AS_MARKUP = re.compile(
    r"\s*<(?:!doctype html|(?:html|head|body|div|p|article|section|span|h[1-6]|ul|table)\b[^<>]*>)",
    re.IGNORECASE,
)
_PARTING_TAG = re.compile(r"</(?:p|div|h[1-6]|li|span)>|<br\s*/?>", re.IGNORECASE)
_PARTING_TAGS = 3


class _Content(NamedTuple):
    """An article's source and what is known of it."""

    source: str
    metadata: Metadata
    markup: tuple[Markup, ...] = ()
    repairs: tuple[str, ...] = ()


def make_article(record: Record, file: InputFile, settings: ReadSettings) -> RawArticle:
    """The article that a record holds.

    The identifier comes from the file's key, the record's member and number and its bytes: it is
    the same on every machine, and an article that changes becomes another, so that offsets kept
    elsewhere never point into other words.

    Raises:
        RejectedArticleError: `binary`, `undecodable`, `broken_json`, `missing_text`, or for what
            HTML is rejected.
    """
    sha256 = record.sha256
    decoded = _decode(record, settings)
    content = _content(record, decoded.text, settings)
    identity = f"{member_path(file.key, record.member)}\n{record.number}\n{sha256}"
    return RawArticle(
        Origin(
            doc_id=hashlib.sha256(identity.encode()).hexdigest()[:_ID_DIGITS],
            path=member_path(file.path, record.member),
            record=record.number,
            source_sha256=sha256,
            media_type=record.media_type,
            encoding=decoded.encoding,
            encoding_source=decoded.encoding_source,
            encoding_confidence=decoded.confidence,
            encoding_evidence=tuple(dict.fromkeys(decoded.evidence + content.repairs)),
        ),
        _completed(content.metadata),
        _LONE_SURROGATE.sub("\ufffd", content.source),
        content.markup,
    )


def member_path(path: str, member: str | None) -> str:
    """The path of a file, or of what is in an archive: `archive.zip!/inner/page.html`."""
    return path if member is None else f"{path}!/{member}"


def _decode(record: Record, settings: ReadSettings) -> Decoded:
    if known := record.encoding:
        decoded = decode(record.data, "utf-8")
        repairs = decoded.evidence[1:]  # the first is that it was said to be UTF-8
        return Decoded(decoded.text, *known[:3], known.evidence + repairs)
    is_page = record.media_type in (HTML, XHTML)
    return decode(record.data, settings.encoding, declared=record.charset, html=is_page)


def _content(record: Record, text: str, settings: ReadSettings) -> _Content:
    if record.media_type == TEXT:
        return _Content(text, record.metadata)
    if record.media_type in (HTML, XHTML):
        return _page_content(text, record.metadata, settings)
    # A feed's items have names of ours, whatever the user's files call their fields.
    if record.media_type in (RSS, ATOM):
        settings = _with_default_names(settings)
    return _from_fields(_json_object(text), settings)


def _with_default_names(settings: ReadSettings) -> ReadSettings:
    defaults = ReadSettings()
    names = (each.name for each in dataclass_fields(settings) if each.name.endswith("_field"))
    return replace(settings, **{name: getattr(defaults, name) for name in names})


def _json_object(text: str) -> dict[str, Any]:
    try:
        fields = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise RejectedArticleError("broken_json", str(error)) from error
    if not isinstance(fields, dict):
        raise RejectedArticleError("broken_json", f"not an object but {type(fields).__name__}")
    return fields


def _from_fields(fields: Mapping[str, Any], settings: ReadSettings) -> _Content:
    """Metadata and source of a JSON object: the title, if there is one, an empty line, the text."""
    fields, repairs = _repaired(fields)
    content = _from_healthy_fields(fields, settings)
    return content._replace(repairs=repairs + content.repairs)


def _repaired(fields: Mapping[str, Any]) -> tuple[dict[str, Any], tuple[str, ...]]:
    """The fields, their texts read rightly: escapes can hide from the decoder what was not."""
    healthy = dict(fields)
    repairs: dict[str, None] = {}
    for name, value in fields.items():
        if isinstance(value, str):
            healthy[name], evidence = repair(value)
            repairs |= dict.fromkeys(evidence)
    return healthy, tuple(repairs)


def _from_healthy_fields(fields: Mapping[str, Any], settings: ReadSettings) -> _Content:
    published = _value(fields, settings.published_field)
    metadata = Metadata(
        source_id=_value(fields, settings.id_field),
        title=_value(fields, settings.title_field),
        author=_value(fields, settings.author_field),
        site=_value(fields, settings.site_field),
        url=_value(fields, settings.url_field),
        published_as_given=published,
    )
    text = next((fields[name] for name in _names(settings.text_field) if name in fields), None)
    if not isinstance(text, str) or not text.strip():
        page = next((fields[name] for name in _names(settings.html_field) if name in fields), None)
        if isinstance(page, str):
            return _from_markup(page, metadata, settings)
    if not isinstance(text, str):
        there = ", ".join(map(repr, fields)) or "none"
        raise RejectedArticleError(
            "missing_text",
            f"no text in field {settings.text_field!r} nor {settings.html_field!r}; "
            f"the fields are {there}",
        )
    if _is_markup(text):
        return _from_markup(text, metadata, settings)
    return _titled(_Content(text, metadata))


def _is_markup(text: str) -> bool:
    found = sum(1 for _ in _PARTING_TAG.finditer(text))
    return found >= _PARTING_TAGS or bool(found and _BEGINS_AS_MARKUP.match(text))


def _from_markup(text: str, metadata: Metadata, settings: ReadSettings) -> _Content:
    """The content of a field that holds HTML: a whole page, or the article's part of one."""
    content = _page_content(_LONE_SURROGATE.sub("\ufffd", text), metadata, settings)
    has_title = any(line.kind == "title" for line in content.markup)
    return content if has_title else _titled(content)


def _page_content(text: str, known: Metadata, settings: ReadSettings) -> _Content:
    """The content of a page, which is read rightly; so is what its scripts hold in escapes."""
    page = read_page(text, known.url, settings)
    source, repairs = repair(page.source)
    marks = tuple(_moved(page.markup, source)) if repairs else page.markup
    declared, in_metadata = _repaired(
        {name: getattr(page.metadata, name) for name in ("title", "author", "site")}
    )
    metadata = _merged(known, replace(page.metadata, **declared))
    return _Content(source, metadata, marks, repairs + in_metadata)


def _moved(marks: Sequence[Markup], source: str) -> Iterator[Markup]:
    """The marks of lines, one each, that have become shorter."""
    start = 0
    for mark, line in zip(marks, source.split("\n"), strict=True):
        yield replace(mark, start=start, end=start + len(line))
        start += len(line) + 1


def _titled(content: _Content) -> _Content:
    """The content below its title and an empty line, unless its first line is the title."""
    title = content.metadata.title
    first_line = content.source.lstrip().partition("\n")[0]
    if title is None or " ".join(first_line.split()) == title:
        return content
    shift = len(title) + 2
    lines = (
        replace(line, start=line.start + shift, end=line.end + shift) for line in content.markup
    )
    heading = (Markup(0, len(title), "title", None, True),) if content.markup else ()
    return _Content(f"{title}\n\n{content.source}", content.metadata, (*heading, *lines))


def _merged(known: Metadata, more: Metadata) -> Metadata:
    """What the container knows, and for what it does not know what the page says."""
    names = [each.name for each in dataclass_fields(Metadata)]
    if known.published_as_given is not None:  # a date goes with the words that it was read from
        names.remove("published")
    return replace(
        known, **{name: getattr(more, name) for name in names if getattr(known, name) is None}
    )


def _completed(metadata: Metadata) -> Metadata:
    """Metadata with the date and the site, where they follow from what is there."""
    if metadata.published is None and metadata.published_as_given is not None:
        metadata = replace(metadata, published=parse_date(metadata.published_as_given))
    if metadata.site is None and metadata.url is not None and (host := host_of(metadata.url)):
        metadata = replace(metadata, site=host)
    return metadata


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
