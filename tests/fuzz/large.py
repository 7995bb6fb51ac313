"""Hostile files that are large, or become so: each is written as it is made."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

from tests.fuzz.texts import SENTENCES
from tests.pipeline.reading import compressed, make_zip

_MEGABYTE = 1024 * 1024
_LINE = (SENTENCES[0] + " ").encode()
_HUNDRED = 100 * _MEGABYTE // len(_LINE)


def write_large(folder: Path) -> list[Path]:
    """Write them all, some 700 MB, and return their paths."""
    paths = []
    for name, make in _FILES.items():
        path = folder / name
        path.write_bytes(make())
        paths.append(path)
    return paths


def _gzip_bomb(content: bytes, times: int) -> bytes:
    """One gzip member that unfolds to a piece of content many times over, of no right checksum."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    piece = packer.compress(content) + packer.flush(zlib.Z_FULL_FLUSH)
    header = b"\x1f\x8b\x08\0\0\0\0\0\0\xff"
    end = packer.flush()
    return header + piece * times + end + struct.pack("<II", 0, 0)


def _quilt(member: str, content: bytes, times: int) -> bytes:
    """A zip archive whose directory names one member many times over."""
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo(member), content, zipfile.ZIP_DEFLATED)
        archive.filelist *= times
    return sink.getvalue()


def _nested_zip(depth: int, width: int) -> bytes:
    data = make_zip([("a.txt", b"0" * (10 * _MEGABYTE))])
    for level in range(depth):
        data = make_zip([(f"{level}-{number}.zip", data) for number in range(width)])
    return data


def _page(body: str) -> bytes:
    return f"<html><body><h1>{SENTENCES[3]}</h1>{body}</body></html>".encode()


_SENTENCE = SENTENCES[0]
_FILES: dict[str, Callable[[], bytes]] = {
    "one-line.txt": lambda: _LINE * _HUNDRED,
    "one-line-within-the-limit.txt": lambda: _LINE * (_HUNDRED * 6 // 10),
    "lines-within-the-limit.txt": lambda: (_LINE + b"\n") * (_HUNDRED * 6 // 10),
    "lines-of-a-million-characters.txt": lambda: (_LINE + b"\n") * (990_000
        // len(_LINE.decode())),
    "one-line-of-a-million-characters.txt": lambda: ("ا" * 990_000).encode(),
    "marks-of-a-million-characters.txt": lambda: ("ا" + "\u064b\u0651" * 490_000).encode(),
    "one-letter-lines.txt": lambda: ("ا\n" * 490_000).encode(),
    "brackets.txt": lambda: ("([«" * 330_000).encode(),
    "spaces.txt": lambda: ("ا" + " " * 980_000 + "ب").encode(),
    "dots.txt": lambda: ("." * 990_000).encode(),
    "digits.txt": lambda: ("12/" * 330_000).encode(),
    "one-line.jsonl": lambda: b'{"text": "' + _LINE * _HUNDRED + b'"}\n{"text": "x"}\n',
    "one-line.json": lambda: b'[{"text": "' + _LINE * _HUNDRED + b'"}]',
    "deep.json": lambda: b"[" * (20 * _MEGABYTE),
    "unclosed-strings.json": lambda: b'{"a": "' + b"x" * (60 * _MEGABYTE),
    "one-line.html": lambda: _page(f"<p>{_SENTENCE * _HUNDRED}</p>"),
    "unclosed-quote.csv": lambda: 'title,text\nخبر,"'.encode() + (_LINE + b"\n") * _HUNDRED,
    "quotes.csv": lambda: b"title,text\n" + b'"' * (50 * _MEGABYTE),
    "commas.csv": lambda: b"title,text\n" + b"," * (50 * _MEGABYTE),
    "million-attributes.html": lambda: _page(
        "<p " + " ".join(f"a{n}" for n in range(1_000_000)) + f">{_SENTENCE}</p>"
    ),
    "million-unclosed-tags.html": lambda: _page("<div>" * 1_000_000 + _SENTENCE),
    "million-unclosed-tags-of-two-kinds.html": lambda: _page("<b><p>" * 500_000 + _SENTENCE),
    "hundred-thousand-tags.html": lambda: _page(f"<p>{_SENTENCE[:20]}</p>" * 99_000),
    "deep-within-the-limit.html": lambda: _page("<div>" * 90_000 + _SENTENCE),
    "formatting-within-the-limit.html": lambda: _page("<b><i>" * 20_000 + _SENTENCE),
    "tables-within-the-limit.html": lambda: _page("<table>" * 30_000 + _SENTENCE),
    "links.html": lambda: _page("<a href='/'>المزيد</a> " * 90_000),
    "entities.html": lambda: _page("&amp;lt;&#1575;" * 600_000),
    "comments.html": lambda: _page("<!--" * 2_000_000),
    "angles.html": lambda: _page("<" * 9_000_000),
    "quotes.html": lambda: _page("<a href='" * 1_000_000),
    "text-within-the-limit.html": lambda: _page(f"<p>{_SENTENCE * 16_000}</p>"),
    "bomb.txt.gz": lambda: _gzip_bomb(b"0" * (10 * _MEGABYTE), 1024),
    "bomb.jsonl.gz": lambda: _gzip_bomb(b"\n" * (10 * _MEGABYTE), 1024),
    "bomb-of-objects.jsonl.gz": lambda: _gzip_bomb(b"{}\n" * (3 * _MEGABYTE), 100),
    "bomb.csv.gz": lambda: _gzip_bomb(b"a\n" * (5 * _MEGABYTE), 100),
    "bomb.warc.gz": lambda: _gzip_bomb(b"WARC/1.0\r\n\r\n" * _MEGABYTE, 100),
    "bomb.tar.gz": lambda: _gzip_bomb(b"\0" * (10 * _MEGABYTE), 1024),
    "bomb.xml.zst": lambda: compressed(b"<rss>" * (50 * _MEGABYTE), ".zst"),
    "bomb.zip": lambda: _quilt("a.jsonl", b"\n" * (10 * _MEGABYTE), 1024),
    "bomb-of-texts.zip": lambda: _quilt("a.txt", b"0" * (10 * _MEGABYTE), 1024),
    "nested.zip": lambda: _nested_zip(2, 16),
    "too-nested.zip": lambda: _nested_zip(5, 2),
    "million-members.zip": lambda: _quilt("a.txt", b"", 1_000_001),
    "tags.rss": lambda: b"<rss><channel>" + b"<item><title>x</title></item>" * 70_000,
    "deep.rss": lambda: b"<rss><channel>" + b"<item>" * 290_000,
}  # fmt: skip
