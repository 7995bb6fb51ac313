"""Strategies for hostile files of every format that is read."""

from __future__ import annotations

import csv
import io
import re
import tarfile
import zlib
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from hypothesis import strategies as st

from tests.fuzz.texts import NASTY, SENTENCES, json_values, pages, texts
from tests.pipeline.reading import compressed, make_tar, make_zip, warc_records

ENCODINGS = ("utf-8", "utf-8", "utf-8-sig", "cp1256", "iso-8859-6", "utf-16", "utf-32", "cp720")
_COMPRESSIONS = ("", "", "", ".gz", ".zst", ".bz2", ".xz")
_NAMES = (
    "page.html", "a.txt", "b.jsonl", "../../etc/passwd.txt", "/etc/shadow.html", "C:\\x.txt",
    "..\\..\\x.txt", "a\u202etxt.html", "a\x00.txt", "a\nb.txt", "x" * 2000 + ".txt", ".hidden",
    "__MACOSX/._a", "a/../b.html", "", ".", "/", "page.html", "مقال.html", "folder/", "a.zip",
)  # fmt: skip


@dataclass(frozen=True)
class HostileFile:
    """A file: the ending of its name, and its bytes."""

    ending: str
    data: bytes


def _encoded(text: str, encoding: str) -> bytes:
    if encoding.startswith("utf"):
        return text.encode(encoding, "surrogatepass")
    return text.encode(encoding, "replace")


@st.composite
def _encoded_texts(draw: Any, written: st.SearchStrategy[str]) -> bytes:
    return _encoded(draw(written), draw(st.sampled_from(ENCODINGS)))


def _json_lines() -> st.SearchStrategy[str]:
    line = st.one_of(json_values(), json_values(), st.sampled_from(["", "  ", "\x00", "{}"]))
    return st.lists(line, max_size=8).map("\n".join)


def _json() -> st.SearchStrategy[str]:
    values = st.lists(json_values(), max_size=5)
    return st.one_of(
        values.map(lambda them: f"[{','.join(them)}]"), values.map(" ".join), json_values()
    )


@st.composite
def _tables(draw: Any) -> str:
    """CSV: quotes that do not close, nulls, rows of any length."""
    cell = st.one_of(texts(), st.text(NASTY, max_size=5), st.just('"'), st.just('a"b'))
    rows = draw(st.lists(st.lists(cell, max_size=4), max_size=6))
    delimiter = draw(st.sampled_from(",;\t|"))
    head = draw(st.sampled_from(["title,text", "text", "", 'title,"text', "text,text", "\x00"]))
    head = head.replace(",", delimiter)
    if draw(st.booleans()):
        return "\n".join([head, *(delimiter.join(row) for row in rows)])
    table = io.StringIO()
    writer = csv.writer(table, delimiter=delimiter)
    for row in rows:
        writer.writerow([each.replace("\0", "") for each in row])
    return f"{head}\n{table.getvalue()}"


@st.composite
def _parquet(draw: Any) -> bytes:
    rows = draw(st.lists(texts(), max_size=6))
    plain = [row.encode("utf-8", "replace").decode() for row in rows]
    columns: dict[str, pa.Array] = {"text": pa.array(plain, pa.string())}
    odd = draw(st.sampled_from(["", "binary", "list", "nulls", "times", "dictionary"]))
    if odd == "binary":
        columns["title"] = pa.array([row.encode() for row in plain], pa.binary())
    elif odd == "list":
        columns["title"] = pa.array([[row] for row in plain], pa.list_(pa.string()))
    elif odd == "nulls":
        columns["text"] = pa.nulls(len(plain), pa.string())
    elif odd == "times":
        times = draw(st.lists(st.integers(-(2**53), 2**53),
                              min_size=len(rows), max_size=len(rows)))  # fmt: skip
        unit = draw(st.sampled_from(["s", "ms", "us", "ns"]))
        columns["date"] = pa.array(times, pa.timestamp(unit))
    elif odd == "dictionary":
        columns["text"] = columns["text"].dictionary_encode()
    sink = io.BytesIO()
    pq.write_table(pa.table(columns), sink, row_group_size=draw(st.sampled_from([1, 3, 1000])))
    return sink.getvalue()


@st.composite
def _feeds(draw: Any) -> str:
    bodies = draw(st.lists(st.one_of(pages(), texts()), max_size=4))
    bomb = ""
    if draw(st.integers(0, 3)) == 0:
        entities = "".join(
            f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' if n else '<!ENTITY l0 "ha">'
            for n in range(10)
        )
        bomb = f"<!DOCTYPE rss [{entities}<!ENTITY x SYSTEM 'file:///etc/passwd'>]>"
    title = draw(st.sampled_from([*SENTENCES, "&l9;", "&x;", "<![CDATA[<b>\u202e]]>", "&#0;"]))
    date = draw(st.sampled_from(["Fri, 25 Mar 2016 10:00:00 +0300", "2016", "\u202e", ""]))
    head = draw(st.sampled_from(["", '<?xml version="1.0" encoding="windows-1256"?>',
                                 '<?xml version="1.0" encoding="x"?>', "\ufeff"]))  # fmt: skip
    atom = draw(st.booleans())
    tag, body = ("entry", "content") if atom else ("item", "description")
    items = "".join(
        f"<{tag}><title>{title}</title><{body}><![CDATA[{each}]]></{body}>"
        f"<pubDate>{date}</pubDate><link>http://[</link></{tag}>"
        for each in bodies
    )
    root = '<feed xmlns="http://www.w3.org/2005/Atom">' if atom else '<rss version="2.0"><channel>'
    end = "</feed>" if atom else "</channel></rss>"
    return f"{head}{bomb}{root}{items}{end}"


@st.composite
def _crawls(draw: Any) -> bytes:
    """WARC whose records lie about their length and their coding, each packed or none."""
    responses = []
    for number in range(draw(st.integers(0, 4))):
        body = _encoded(draw(pages()), draw(st.sampled_from(ENCODINGS)))
        coding = draw(st.sampled_from(["", "gzip", "deflate", "br", "zstd", "x, gzip", "\u202e"]))
        headers = [("Content-Type", draw(st.sampled_from(_TYPES)))]
        if coding:
            headers.append(("Content-Encoding", coding))
        if draw(st.booleans()):
            body = zlib.compress(body) if coding == "deflate" else compressed(body, ".gz")
        if draw(st.integers(0, 2)) == 0:
            headers.append(("Transfer-Encoding", "chunked"))
            size = draw(st.sampled_from([len(body), len(body) + 9, 2**63, 0]))
            body = b"%x\r\n" % size + body + draw(st.sampled_from([b"\r\n0\r\n\r\n", b"", b"zz"]))
        responses.append((f"http://a.example/{number}", 200, headers, body))
    packed = draw(st.booleans())
    pieces = warc_records(responses, packed=False)
    if draw(st.booleans()):
        lie = draw(st.sampled_from([b"0", b"-5", b"7", b"99999999999999999999", b"x", b""]))
        lies = re.compile(rb"Content-Length: \d+")
        pieces = [lies.sub(b"Content-Length: " + lie, piece, count=1) for piece in pieces]
    return b"".join(compressed(piece, ".gz") if packed else piece for piece in pieces)


_TYPES = (
    "text/html; charset=utf-8", "text/html; charset=windows-1256", "text/html; charset=x",
    "text/plain", "image/png", "", "application/xhtml+xml; charset=utf-16",
)  # fmt: skip
_LEAVES: dict[str, st.SearchStrategy[bytes]] = {
    ".txt": _encoded_texts(texts()),
    ".html": _encoded_texts(pages()),
    ".xhtml": _encoded_texts(pages()),
    ".json": _encoded_texts(_json()),
    ".jsonl": _encoded_texts(_json_lines()),
    ".csv": _encoded_texts(_tables()),
    ".tsv": _encoded_texts(_tables()),
    ".parquet": _parquet(),
    ".rss": _encoded_texts(_feeds()),
    ".xml": _encoded_texts(_feeds() | pages()),
    ".warc": _crawls(),
    ".wet": _crawls(),
    "": st.one_of(st.binary(max_size=300), _encoded_texts(pages()), _crawls()),
    ".pdf": st.binary(max_size=300).map(lambda rest: b"%PDF-1.4" + rest),
}


@st.composite
def _leaves(draw: Any) -> HostileFile:
    ending = draw(st.sampled_from(sorted(_LEAVES)))
    packed = draw(st.sampled_from(_COMPRESSIONS))
    data = compressed(draw(_LEAVES[ending]), packed)
    return HostileFile(ending + packed, data)


@st.composite
def _archives(draw: Any, inner: st.SearchStrategy[HostileFile]) -> HostileFile:
    members: list[tuple[str, Any]] = []
    for number, file in enumerate(draw(st.lists(inner, max_size=5))):
        name = draw(st.one_of(st.just(f"{number}{file.ending}"), st.sampled_from(_NAMES)))
        members.append((name, file.data))
    packed = draw(st.sampled_from(_COMPRESSIONS))
    if draw(st.booleans()):
        links_and_devices = st.tuples(st.sampled_from(_NAMES), st.sampled_from("123456S"))
        members += draw(st.lists(links_and_devices, max_size=2))
        form = draw(st.sampled_from([tarfile.PAX_FORMAT, tarfile.GNU_FORMAT]))
        return HostileFile(".tar" + packed, compressed(_tar(members, form), packed))
    return HostileFile(".zip" + packed, compressed(make_zip(members), packed))


def _tar(members: list[tuple[str, Any]], form: int) -> bytes:
    try:
        return make_tar(members, form)
    except ValueError:  # a name that this format cannot hold
        return make_tar([(f"{n}.txt", data) for n, (_, data) in enumerate(members)], form)


HARMS = ("cut", "flip", "insert", "remove", "double", "name")
INSERTED = (b"\0", b"\0" * 600, b'"', b"\xff\xff\xff\xff", b"\r", b"\n\n", b"<", b"\xed\xa0\x80")
ENDINGS = (*sorted(_LEAVES), ".zip", ".tar", ".txt.gz", ".xz")


def harmed(file: HostileFile, harm: str, share: float, more: bytes, ending: str) -> HostileFile:
    """A file damaged at one place.

    Args:
        file: it stays as it is.
        harm: one of `HARMS`.
        share: where, as a share of its length, below 1.
        more: what to insert; as many bytes are removed.
        ending: the name's new one.
    """
    data = bytearray(file.data)
    place = int(share * len(data))
    if harm == "cut":
        del data[place:]
    elif harm == "flip" and data:
        data[place] ^= 1 + len(more) % 255
    elif harm == "insert":
        data[place:place] = more
    elif harm == "remove":
        del data[place : place + len(more)]
    elif harm == "double":
        data += data[place:]
    return HostileFile(ending if harm == "name" else file.ending, bytes(data))


@st.composite
def _harmed(draw: Any, whole: st.SearchStrategy[HostileFile]) -> HostileFile:
    """A file, most of the time cut off, damaged, or with a name that lies about it."""
    file: HostileFile = draw(whole)
    for _ in range(draw(st.sampled_from([0, 1, 1, 2]))):
        file = harmed(
            file,
            draw(st.sampled_from(HARMS)),
            draw(st.floats(0, 1, exclude_max=True)),
            draw(st.sampled_from(INSERTED) | st.binary(max_size=9)),
            draw(st.sampled_from(ENDINGS)),
        )
    return file


_nested = st.recursive(_leaves(), lambda inner: _archives(_harmed(inner)), max_leaves=6)

hostile_files: st.SearchStrategy[HostileFile] = _harmed(st.one_of(_leaves(), _nested))
