"""From bytes to characters: which encoding, how it was found, how sure that is."""

from __future__ import annotations

import codecs
from typing import NamedTuple

import chardet

from transforms.shards import RejectedArticleError

# The longer marks first: UTF-32's begins with UTF-16's.
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Statistics settle within a few thousand characters; a detector's time grows with every byte.
_DETECTED_BYTES = 200_000
# A scraper that cuts a character in two damages one or two in a page; another encoding, them all.
_MAX_DAMAGE = 0.01
# Text has white space and, badly scraped, a stray control character; anything else is not text.
_MAX_CONTROLS = 0.05
_CONTROLS = frozenset(map(chr, range(32))) - frozenset("\t\n\v\f\r\x1c\x1d\x1e\x1f")


class Decoded(NamedTuple):
    """Text without byte order mark; see `schemas.documents` for the other three."""

    text: str
    encoding: str
    encoding_source: str
    confidence: float


def decode(data: bytes, setting: str = "auto") -> Decoded:
    """Decode an article's bytes: by the setting, else byte order mark, UTF-8, detection.

    Args:
        data: the bytes of one article.
        setting: the name of a codec that all inputs are in, or `auto`.

    Raises:
        RejectedArticleError: `binary` or `undecodable`.
    """
    decoded = _decode(data, setting)
    if not _is_text(decoded.text):
        raise RejectedArticleError("binary", "more control characters than text has")
    return decoded


def byte_order_mark(data: bytes) -> tuple[bytes, str] | None:
    """The byte order mark that the data begin with and the encoding it stands for, if any."""
    return next(((mark, name) for mark, name in _BYTE_ORDER_MARKS if data.startswith(mark)), None)


def _decode(data: bytes, setting: str) -> Decoded:
    mark, marked = byte_order_mark(data) or (b"", "")
    if setting != "auto":
        return _decode_with(data.removeprefix(mark), setting, "setting", 1.0)
    if marked:
        return _decode_with(data.removeprefix(mark), marked, "bom", 1.0)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _damaged_utf8(data) or _detect(data)
    # Arabic in UTF-16 can be valid UTF-8: every other byte is then the control character 6.
    return Decoded(text, "utf-8", "valid", 1.0) if _is_text(text) else _detect(data)


def _is_text(text: str) -> bool:
    return sum(text.count(control) for control in _CONTROLS) <= _MAX_CONTROLS * len(text)


def _decode_with(data: bytes, encoding: str, source: str, confidence: float) -> Decoded:
    """Decode with an encoding that is known; a few broken bytes are marked, not refused."""
    text = data.decode(encoding, "replace")
    broken = text.count("\ufffd")
    if broken > max(1, _MAX_DAMAGE * len(text)):
        raise RejectedArticleError(
            "undecodable", f"{broken} of {len(text)} characters are broken as {encoding}"
        )
    return Decoded(text, encoding, source, confidence)


def _damaged_utf8(data: bytes) -> Decoded | None:
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    beyond_ascii = len(text) - sum(map(str.isascii, text))
    if broken > max(1, _MAX_DAMAGE * beyond_ascii) or beyond_ascii < 2 * broken:
        return None
    return Decoded(text, "utf-8", "damaged", 1 - broken / beyond_ascii)


def _detect(data: bytes) -> Decoded:
    guess = chardet.detect(data[:_DETECTED_BYTES])
    encoding = guess["encoding"]
    if encoding is None:
        kind = guess.get("mime_type") or "unknown"
        raise RejectedArticleError("binary", f"not text but {kind}")
    return _decode_with(data, encoding.lower(), "detected", float(guess["confidence"]))
