import gzip
import io
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from warcio.warcwriter import WARCWriter

from pipeline.records import Record
from tests.pipeline.reading import compressed, outcomes, page, records, response, warc_records


def write(path, pieces):
    path.write_bytes(b"".join(pieces) if isinstance(pieces, list) else pieces)
    return path


def other_record(kind, content_type, body, packed=False):
    buffer = io.BytesIO()
    writer = WARCWriter(buffer, gzip=packed)
    record = writer.create_warc_record(
        "http://news.example.com/x", kind, io.BytesIO(body), warc_content_type=content_type
    )
    writer.write_record(record)
    return buffer.getvalue()


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
def test_response_is_a_page_with_its_address_and_charset(tmp_path, name):
    packed = name.endswith(".gz")
    path = write(tmp_path / name, warc_records([response(1), response(2)], packed))
    found = records(path)
    assert [record.number for record in found] == [1, 2]
    assert (found[0].data, found[0].charset) == (page(1), "utf-8")
    assert (found[1].media_type, found[1].metadata.url) == (
        "text/html",
        "http://www.example.com/2",
    )


@pytest.mark.parametrize("ending", [".gz", ".zst"])
def test_crawl_that_was_compressed_whole_is_read(tmp_path, ending):
    data = b"".join(warc_records([response(number) for number in range(50)]))
    found = records(write(tmp_path / f"a.warc{ending}", compressed(data, ending)))
    assert [record.data for record in found] == [page(number) for number in range(50)]


def test_what_is_no_page_is_passed_over_but_counted(tmp_path):
    pieces = [
        other_record("warcinfo", "application/warc-fields", b"software: x"),
        *warc_records([response(status=404), response(kind="image/png"), response(5)]),
        other_record("request", "application/http; msgtype=request", b"GET / HTTP/1.1\r\n\r\n"),
        other_record("metadata", "text/plain", b"x: y"),
        other_record("resource", "text/html", page(7)),
        other_record("resource", "image/gif", b"GIF"),
        other_record("conversion", "text/plain", "نص".encode()),
    ]
    found = records(write(tmp_path / "a.warc", pieces))
    kinds = [(record.number, record.media_type, record.charset) for record in found]
    assert kinds == [(4, "text/html", "utf-8"), (7, "text/html", None), (9, "text/plain", "utf-8")]


def test_crawl_without_a_page_is_one_empty_record(tmp_path):
    assert outcomes(write(tmp_path / "a.warc", warc_records([response(status=301)]))) == ["empty"]


def chunks(data):
    half = len(data) // 2
    parts = [b"%x\r\n%s\r\n" % (len(part), part) for part in (data[:half], data[half:], b"")]
    return b"".join(parts)


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (chunks(page()), {"Transfer-Encoding": "chunked"}),
        (gzip.compress(page()), {"Content-Encoding": "gzip"}),
        (
            chunks(gzip.compress(page())),
            {"Transfer-Encoding": "chunked", "Content-Encoding": "gzip"},
        ),
        (zlib.compress(page()), {"Content-Encoding": "deflate"}),
        (zlib.compress(page())[2:-4], {"Content-Encoding": "deflate"}),
        (compressed(page(), ".zst"), {"Content-Encoding": "zstd"}),
        (page(), {"Content-Encoding": "gzip"}),
        (page(), {"Content-Encoding": "br", "Transfer-Encoding": "chunked"}),
    ],
    # The bytes tell the time, and names must be the same in all processes of the tests.
    ids=["chunks", "gzip", "gzip in chunks", "zlib", "deflate", "zstd", "not gzip", "unknown"],
)
def test_codings_of_the_transport_are_undone(tmp_path, body, headers):
    pieces = warc_records([response(body=body, headers=headers.items())])
    (record,) = records(write(tmp_path / "a.warc", pieces))
    assert record.data == page()


@pytest.mark.parametrize("coding", ["gzip", "deflate", "zstd"])
def test_page_that_unfolds_to_too_much_is_too_large_and_the_next_is_read(tmp_path, coding):
    bomb = b"0" * 50_000_000
    packers = {"gzip": gzip.compress, "deflate": zlib.compress}
    body = packers[coding](bomb) if coding in packers else compressed(bomb, ".zst")
    pieces = warc_records(
        [response(body=body, headers=[("Content-Encoding", coding)]), response(2)]
    )
    broken, whole = records(write(tmp_path / "a.warc", pieces))
    assert (broken.reason, broken.number, whole.number) == ("too_large", 1, 2)


def test_page_in_an_unknown_coding_is_unsupported(tmp_path):
    pieces = warc_records([response(body=b"\x0b\x02\x80", headers=[("Content-Encoding", "br")])])
    assert outcomes(write(tmp_path / "a.warc", pieces)) == ["unsupported"]


def test_huge_record_and_endless_headers_are_too_large(tmp_path):
    endless = warc_records([response(headers=[(f"X-{n}", "v" * 90) for n in range(5000)])])
    pieces = [
        *warc_records([response(body=b"x" * 200_000)]),
        *endless,
        *warc_records([response(3)]),
    ]
    assert outcomes(write(tmp_path / "a.warc", pieces)) == ["too_large", "too_large", "ok"]


@pytest.mark.parametrize("packed", [False, True])
def test_damaged_record_does_not_end_the_crawl(tmp_path, packed):
    pieces = warc_records([response(number) for number in range(1, 6)], packed)
    middle = bytearray(pieces[2])
    if packed:
        middle[len(middle) // 2] ^= 0xFF
        middle[len(middle) // 2 + 1] ^= 0xFF
    else:
        middle[:200] = b"\xff" * 200
    pieces[2] = bytes(middle)
    found = records(write(tmp_path / ("a.warc.gz" if packed else "a.warc"), pieces))
    whole = [record.metadata.url[-1] for record in found if isinstance(record, Record)]
    assert whole[:2] == ["1", "2"]
    assert whole[-2:] == ["4", "5"]
    assert [item.reason for item in found if not isinstance(item, Record)] == ["truncated"]
    assert [item.number for item in found] == sorted({item.number for item in found})


@pytest.mark.parametrize("packed", [False, True])
def test_crawl_that_is_cut_off_keeps_what_is_whole(tmp_path, packed):
    pieces = warc_records([response(number) for number in range(1, 4)], packed)
    data = b"".join(pieces)[: -len(pieces[-1]) // 2]
    found = records(write(tmp_path / ("a.warc.gz" if packed else "a.warc"), data))
    assert [getattr(item, "reason", "ok") for item in found] == ["ok", "ok", "truncated"]


def test_record_without_a_length_or_an_address_is_truncated(tmp_path):
    no_length = b"WARC/1.0\r\nWARC-Type: resource\r\nContent-Type: text/html\r\n\r\n\r\n\r\n"
    no_address = b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 3\r\n\r\nabc\r\n\r\n"
    pieces = [no_length, no_address, *warc_records([response(3)])]
    found = records(write(tmp_path / "a.warc", pieces))
    assert [getattr(item, "reason", "ok") for item in found] == ["truncated", "truncated", "ok"]


@given(st.randoms(use_true_random=False), st.booleans())
def test_damaged_crawl_always_gives_records_and_never_fails(tmp_path_factory, rng, packed):
    pieces = warc_records([response(number) for number in range(1, 6)], packed)
    data = bytearray(b"".join(pieces))
    for _ in range(rng.randint(1, 8)):
        data[rng.randrange(len(data))] = rng.randrange(256)
    if rng.random() < 0.3:
        data = data[: rng.randrange(len(data))]
    ending = ".warc.gz" if packed else ".warc"
    path = write(tmp_path_factory.getbasetemp() / f"{rng.randrange(10**9)}{ending}", bytes(data))
    found = records(path)
    path.unlink()
    assert found
    assert all(isinstance(item, Record) or item.reason != "internal" for item in found)
