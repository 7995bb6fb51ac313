"""What the tests of formats share: pages, crawls and archives made by hand."""

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile

import pyarrow as pa
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from pipeline.formats import read_records
from pipeline.records import Record
from schemas.settings import ReadSettings

SMALL = 64 * 1024


class SmallSettings(ReadSettings):
    """A limit of 64 kilobytes, so that hostile files can be small."""

    @property
    def max_article_bytes(self):
        return SMALL


def records(path, settings=None, begin=None):
    return list(read_records(str(path), settings or SmallSettings(), begin))


def outcomes(path, settings=None):
    """For each item its reason, or `ok`."""
    found = records(path, settings)
    return ["ok" if isinstance(item, Record) else item.reason for item in found]


def page(number=1):
    return (
        f"<html><body><h1>عنوان {number}</h1><p>نص الخبر رقم {number}.</p></body></html>".encode()
    )


def compressed(data, ending):
    if ending == ".zst":
        sink = pa.BufferOutputStream()
        with pa.CompressedOutputStream(sink, "zstd") as stream:
            stream.write(data)
        return sink.getvalue().to_pybytes()
    if ending == ".gz":
        return gzip.compress(data, mtime=0)
    return {".bz2": bz2.compress, ".xz": lzma.compress, "": bytes}[ending](data)


def make_zip(members, method=zipfile.ZIP_DEFLATED):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, data in members:
            archive.writestr(zipfile.ZipInfo(name), data, method)
    return buffer.getvalue()


def make_tar(members, form=tarfile.PAX_FORMAT):
    """`members` are names with bytes, or with a letter: the type of a member that has none."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w", format=form) as archive:
        for name, data in members:
            info = tarfile.TarInfo(name)
            if isinstance(data, str):
                info.type, info.linkname = data.encode(), "/etc/passwd"
                archive.addfile(info)
            else:
                info.size = len(data)
                archive.addfile(info, io.BytesIO(data))
    return buffer.getvalue()


def warc_records(responses, packed=False):
    """The bytes of each record of a crawl: (address, status, headers, body)."""
    pieces = []
    for url, status, headers, body in responses:
        buffer = io.BytesIO()
        writer = WARCWriter(buffer, gzip=packed)
        http = StatusAndHeaders(f"{status} X", headers, protocol="HTTP/1.1")
        fixed = {"WARC-Date": "2016-03-25T10:00:00Z", "WARC-Record-ID": f"<urn:uuid:{len(pieces)}>"}
        writer.write_record(
            writer.create_warc_record(
                url, "response", io.BytesIO(body), http_headers=http, warc_headers_dict=fixed
            )
        )
        pieces.append(buffer.getvalue())
    return pieces


def response(number=1, status=200, kind="text/html; charset=utf-8", body=None, headers=()):
    return (
        f"http://www.example.com/{number}",
        status,
        [("Content-Type", kind), *headers],
        page(number) if body is None else body,
    )
