import gzip

import pytest

from pipeline.records import BrokenRecord, Record, media_type, read_records

LIMIT = 1000
LINES = '{"text": "الأول"}\n\n  \n{"text": "الثاني"}\r\n{"text": "الثالث"}'


def records(path, limit=LIMIT):
    return list(read_records(str(path), limit))


def write(path, data):
    path.write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)
    return path


@pytest.mark.parametrize("name", ["a.txt", "a.TXT", "a.txt.gz"])
def test_text_file_is_one_article(tmp_path, name):
    assert records(write(tmp_path / name, "نص".encode())) == [Record(None, "نص".encode())]


@pytest.mark.parametrize("name", ["a.jsonl", "a.jsonl.gz"])
def test_json_lines_are_numbered_as_an_editor_numbers_them(tmp_path, name):
    found = records(write(tmp_path / name, LINES.encode()))
    assert [record.number for record in found] == [1, 4, 5]
    assert found[1].data == '{"text": "الثاني"}'.encode()


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "utf-16-be-bom"])
def test_json_lines_with_a_byte_order_mark_are_given_as_utf8(tmp_path, codec):
    data = b"\xfe\xff" + LINES.encode("utf-16-be") if codec.endswith("bom") else LINES.encode(codec)
    found = records(write(tmp_path / "a.jsonl", data))
    assert [record.number for record in found] == [1, 4, 5]
    assert found[0].data == '{"text": "الأول"}'.encode()


def test_truncated_gzip_keeps_whole_lines_and_reports_the_rest(tmp_path):
    lines = "".join(f'{{"text": "خبر رقم {n * 7919}"}}\n' for n in range(2000)).encode()
    data = gzip.compress(lines)
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(data[: len(data) // 2])
    *whole, last = records(path)
    assert whole
    assert all(isinstance(record, Record) for record in whole)
    assert isinstance(last, BrokenRecord)
    assert (last.reason, last.number) == ("truncated", whole[-1].number + 1)


@pytest.mark.parametrize("data", [b"not gzip at all", gzip.compress(b"x" * 900)[:-9], b""])
def test_damaged_gzip_text_is_one_broken_record(tmp_path, data):
    path = tmp_path / "a.txt.gz"
    path.write_bytes(data)
    (record,) = records(path)
    assert data == b"" or record.reason == "truncated"


def test_larger_article_than_allowed_is_broken_and_the_next_is_read(tmp_path):
    lines = b'{"text": "1"}\n' + b"x" * 5000 + b"\n" + b'{"text": "3"}\n'
    first, second, third = records(write(tmp_path / "a.jsonl", lines))
    assert isinstance(first, Record)
    assert isinstance(third, Record)
    assert (second.reason, second.number, third.number) == ("too_large", 2, 3)
    assert records(write(tmp_path / "a.txt", b"x" * 1001))[0].reason == "too_large"


def test_compressed_bomb_is_not_inflated_beyond_the_limit(tmp_path):
    assert records(write(tmp_path / "a.txt.gz", b"0" * 50_000_000))[0].reason == "too_large"


@pytest.mark.parametrize("data", [b"", b"\n \n"])
def test_json_lines_file_without_a_line_is_one_broken_record(tmp_path, data):
    assert [record.reason for record in records(write(tmp_path / "a.jsonl", data))] == ["empty"]


def test_other_kinds_of_file_are_unsupported(tmp_path):
    assert records(write(tmp_path / "a.html", b"<p>"))[0].reason == "unsupported"
    assert media_type("a.html") == "application/octet-stream"


def test_missing_and_forbidden_files_are_unreadable(tmp_path):
    assert records(tmp_path / "missing.txt")[0].reason == "unreadable"
    (tmp_path / "folder.txt").mkdir()
    assert records(tmp_path / "folder.txt")[0].reason == "unsupported"
