"""From bytes to characters: which encoding, what speaks for it, how sure that is."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import NamedTuple

import chardet

from pipeline.arabic_letters import ARABIC_SURPRISE, surprise
from pipeline.encoding_labels import codec_name, encoding_name
from pipeline.mojibake import repair
from transforms.shards import RejectedArticleError

# The longer marks first: UTF-32's begins with UTF-16's.
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_UNICODE = tuple(name for _, name in _BYTE_ORDER_MARKS)
_ARABIC_CODE_PAGES = ("windows-1256", "cp720")
# Of ISO 8859-6 and the old Macintosh, which share their letters.
_SIGNS = re.compile(rb"[\xa1-\xbf]")
# Statistics settle within a few thousand characters; a detector's time grows with every byte.
_DETECTED_BYTES = 200_000
_SAMPLED = 20_000
# Browsers look for it in the first 1024 bytes; saved pages put scripts and comments before it.
_META_BYTES = 8192
_COMMENT = re.compile(rb"<!--.*?-->", re.DOTALL)
_META = re.compile(
    rb"<meta\b[^>]{0,500}?\bcharset\s{0,9}=[\s\"']{0,9}([\w:.-]{1,40})"
    rb"|<\?xml\b[^>]{0,200}?\bencoding\s{0,9}=[\s\"']{0,9}([\w:.-]{1,40})",
    re.IGNORECASE,
)
_HIGH_BYTES = re.compile(rb"[\x80-\xff]+")
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]+")
# A scraper that cuts a character in two damages one or two in a page; another encoding, them all.
_MAX_DAMAGE = 0.01
# Text has white space and, badly scraped, a stray control character; anything else is not text.
_MAX_CONTROLS = 0.05
_CONTROLS = frozenset(map(chr, range(32))) - frozenset("\t\n\v\f\r\x1c\x1d\x1e\x1f")
# Bits a letter: two readings of a line of 25 characters differ by more (2, the middle), and a right
# reading is almost never dearer than a wrong one.
_MARGIN = 0.5
_LEAST_BYTES = 4
_WORD_LENGTH = 2
# No statistics of letters are certain.
_SUREST = 0.99


class Decoded(NamedTuple):
    """Text without byte order mark; see `schemas.documents` for the other four."""

    text: str
    encoding: str
    encoding_source: str
    confidence: float
    evidence: tuple[str, ...] = ()


class _Reading(NamedTuple):
    """Bytes read with an encoding, or, in `refuted`, why they are not in it."""

    text: str
    confidence: float
    refuted: str | None = None


def decode(
    data: bytes, setting: str = "auto", declared: str | None = None, html: bool = False
) -> Decoded:
    """Decode an article's bytes and repair what was decoded wrongly before it came to us.

    The setting decides; else what the server or container declares, the byte order mark, the meta
    tag, validity as UTF-8 and statistics are believed in this order, each unless the bytes refute
    it. All of it is in `evidence`, in that order, and then what was repaired.

    Args:
        data: the bytes of one article.
        setting: the name of a codec that all inputs are in, or `auto`.
        declared: the label that the server or container gives.
        html: whether the data are a page, whose meta tag or XML declaration counts.

    Raises:
        RejectedArticleError: `binary` or `undecodable`.
    """
    if setting != "auto":
        mark, _ = byte_order_mark(data) or (b"", "")
        decoded = _decode_with(data.removeprefix(mark), setting, "setting", 1.0)
    else:
        decoded = _weigh(data, declared, html)
    if not _is_text(decoded.text):
        raise RejectedArticleError("binary", "more control characters than text has")
    repaired = repair(decoded.text)
    return decoded._replace(text=repaired.text, evidence=decoded.evidence + repaired.evidence)


def byte_order_mark(data: bytes) -> tuple[bytes, str] | None:
    """The byte order mark that the data begin with and the encoding it stands for, if any."""
    return next(((mark, name) for mark, name in _BYTE_ORDER_MARKS if data.startswith(mark)), None)


def _weigh(data: bytes, declared: str | None, html: bool) -> Decoded:
    """Take the first claim that holds, else what statistics say; note all the others."""
    valid = _valid_utf8(data)
    best: Decoded | None = None
    evidence: list[str] = []
    for source, label in _claims(data, declared, html):
        encoding = encoding_name(label)
        reading = _test(data, encoding, valid)
        if reading.refuted is not None:
            evidence.append(f"{source}: {encoding or label}, refuted: {reading.refuted}")
            continue
        evidence.append(f"{source}: {encoding}")
        if best is None and encoding is not None:
            best = Decoded(reading.text, encoding, source, reading.confidence)
    if valid is not None:
        evidence.append("valid: utf-8")
        best = best or Decoded(valid.removeprefix("\ufeff"), "utf-8", "valid", 1.0)
    elif best is None:
        best = _damaged_utf8(data) or _detect(data)
        evidence.append(f"{best.encoding_source}: {best.encoding}, {best.confidence:.2f}")
    return best._replace(evidence=tuple(evidence))


def _claims(data: bytes, declared: str | None, html: bool) -> Iterator[tuple[str, str]]:
    if declared and declared.strip():
        yield "declared", declared.strip()[:40]
    if mark := byte_order_mark(data):
        yield "bom", mark[1]
    if html and (found := _META.search(_COMMENT.sub(b"", data[:_META_BYTES]))):
        label = (found[1] or found[2]).decode("ascii", "replace")
        # What could be read as ASCII is in none of these (WHATWG HTML, 13.2.3.2).
        yield "meta", "utf-8" if (encoding_name(label) or "") in _UNICODE else label


def _test(data: bytes, encoding: str | None, valid: str | None) -> _Reading:
    """The data read as a source claims, or what in the data refutes it."""
    if encoding is None:
        return _Reading("", 0.0, "no such encoding")
    mark = byte_order_mark(data)
    if valid is not None and encoding != "utf-8" and (encoding in _UNICODE or not valid.isascii()):
        return _Reading("", 0.0, "the bytes are valid UTF-8")
    if mark and mark[1] != encoding and _read(data, mark[1]).refuted is None:
        return _Reading("", 0.0, f"the byte order mark is that of {mark[1]}")
    reading = _read(data, encoding)
    if reading.refuted is not None or encoding in _UNICODE:
        return reading
    better = _read_as_arabic(data)
    if better and better.encoding != encoding:
        gain = surprise(_sample(reading.text)) - surprise(_sample(better.text))
        if gain > _MARGIN:
            return _Reading("", 0.0, f"the text is Arabic as {better.encoding}")
    return reading


def _read(data: bytes, encoding: str) -> _Reading:
    text = data.decode(codec_name(encoding), "replace").removeprefix("\ufeff")
    broken = text.count("\ufffd")
    if not broken and _is_text(text):
        return _Reading(text, 1.0)
    if not _is_text(text):
        return _Reading("", 0.0, "more control characters than text has")
    beyond_ascii = len(text) - len(text.encode("ascii", "ignore"))
    if broken > max(1, _MAX_DAMAGE * beyond_ascii) or beyond_ascii < 2 * broken:
        return _Reading("", 0.0, f"{broken} of {beyond_ascii} characters beyond ASCII are broken")
    return _Reading(text, 1 - broken / beyond_ascii)


def _valid_utf8(data: bytes) -> str | None:
    """The text, if the data are UTF-8; Arabic in UTF-16 can pass for it, full of controls."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return text if _is_text(text) else None


def _is_text(text: str) -> bool:
    return sum(text.count(control) for control in _CONTROLS) <= _MAX_CONTROLS * len(text)


def _damaged_utf8(data: bytes) -> Decoded | None:
    reading = _read(data, "utf-8")
    if reading.refuted is not None:
        return None
    return Decoded(reading.text, "utf-8", "damaged", reading.confidence)


def _detect(data: bytes) -> Decoded:
    if arabic := _read_as_arabic(data):
        return arabic
    guess = chardet.detect(data[:_DETECTED_BYTES])
    encoding = guess["encoding"]
    if encoding is None:
        kind = guess.get("mime_type") or "unknown"
        raise RejectedArticleError("binary", f"not text but {kind}")
    return _decode_with(data, encoding.lower(), "detected", float(guess["confidence"]))


def _decode_with(data: bytes, encoding: str, source: str, confidence: float) -> Decoded:
    """Decode with an encoding that is known; a few broken bytes are marked, not refused."""
    text = data.decode(encoding, "replace")
    broken = text.count("\ufffd")
    if broken > max(1, _MAX_DAMAGE * len(text)):
        raise RejectedArticleError(
            "undecodable", f"{broken} of {len(text)} characters are broken as {encoding}"
        )
    return Decoded(text, encoding, source, confidence, (f"{source}: {encoding}",))


def _read_as_arabic(data: bytes) -> Decoded | None:
    """The data in the encoding that makes the best Arabic of them, if one makes Arabic at all."""
    words = _HIGH_BYTES.findall(data[:_DETECTED_BYTES])
    high = b" ".join(words)[:_SAMPLED]
    costs: dict[str, float] = {}
    # In French only single letters are beyond ASCII; some are words of Arabic when read so.
    if len(high) >= _LEAST_BYTES and sum(map(len, words)) >= _WORD_LENGTH * len(words):
        for name in _ARABIC_CODE_PAGES:
            costs[name] = surprise(high.decode(codec_name(name), "replace"))
        costs["iso-8859-6"] = surprise(_SIGNS.sub(b" ", high).decode("iso-8859-6", "replace"))
    for name in ("utf-16-le", "utf-16-be"):
        costs[name] = surprise(data[:_SAMPLED].decode(name, "replace"))
    encoding = min(costs, key=lambda name: costs[name])
    if costs[encoding] > ARABIC_SURPRISE:
        return None
    # Of two equally good readings we know nothing; each bit a letter by which one is better counts.
    others = [cost for name, cost in costs.items() if cost > costs[encoding] and name != encoding]
    letters = len(data) // 2 if encoding in _UNICODE else len(high)
    odds = (min(others, default=15.0) - costs[encoding]) * min(letters, 50)
    # The old Macintosh has ISO's letters and, where ISO has nothing, digits and punctuation.
    if encoding == "iso-8859-6" and "\ufffd" in high.decode(encoding, "replace"):
        encoding = "mac-arabic"
    text = data.decode(codec_name(encoding), "replace").removeprefix("\ufeff")
    return Decoded(text, encoding, "detected", min(_SUREST, 1 / (1 + 2**-odds)))


def _sample(text: str) -> str:
    return " ".join(_BEYOND_ASCII.findall(text[:_DETECTED_BYTES]))[:_SAMPLED]
