import gzip
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import json_files
from pipeline.records import BrokenRecord, FileEncoding, Record
from schemas.settings import ReadSettings
from tests.pipeline.reading import outcomes, records

LINES = '{"text": "الأول"}\n\n  \n{"text": "الثاني"}\r\n{"text": "الثالث"}'


def write(path, data):
    path.write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)
    return path


@pytest.mark.parametrize("name", ["a.jsonl", "a.jsonl.gz", "a.NDJSON"])
def test_json_lines_are_numbered_as_an_editor_numbers_them(tmp_path, name):
    found = records(write(tmp_path / name, LINES.encode()))
    assert [record.number for record in found] == [1, 4, 5]
    assert found[1].data == '{"text": "الثاني"}'.encode()


@pytest.mark.parametrize("mark", [b"", b"\xff\xfe"])
def test_setting_that_says_utf16_needs_no_byte_order_mark(tmp_path, mark):
    limits = ReadSettings(encoding="utf-16")
    path = write(tmp_path / "a.json", mark + '{"text": "الأول"}'.encode("utf-16-le"))
    (record,) = records(path, limits)
    assert json.loads(record.data) == {"text": "الأول"}


def test_cut_off_utf16_is_broken_json(tmp_path):
    path = write(tmp_path / "a.json", '\ufeff{"text":'.encode("utf-16-le")[:-1])
    assert outcomes(path) == ["broken_json"]


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


def test_larger_line_than_allowed_is_broken_and_the_next_is_read(tmp_path):
    lines = b'{"text": "1"}\n' + b"x" * 100_000 + b"\n" + b'{"text": "3"}\n'
    first, second, third = records(write(tmp_path / "a.jsonl", lines))
    assert isinstance(first, Record)
    assert isinstance(third, Record)
    assert (second.reason, second.number, third.number) == ("too_large", 2, 3)


@pytest.mark.parametrize("data", [b"", b"\n \n"])
def test_json_lines_file_without_a_line_is_one_broken_record(tmp_path, data):
    assert outcomes(write(tmp_path / "a.jsonl", data)) == ["empty"]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ('{"text": "خبر"}', 1),
        (' [ {"text": "خبر [1]"} , {"text": "\\"}, {"} ] \n', 2),
        ('{"text": "أ"}\n{"text": "ب"}\n', 2),
        ("[]", 0),
        ("17", 1),
    ],
)
@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16"])
def test_values_of_a_json_file_are_its_records(tmp_path, text, count, codec):
    found = records(write(tmp_path / "a.json", text.encode(codec)))
    if count == 0:
        assert found == [BrokenRecord(None, "empty", "no object in it")]
    else:
        assert [record.number for record in found] == list(range(1, count + 1))
        assert [json.loads(record.data) for record in found]


def test_json_file_in_a_code_page_is_given_as_utf8(tmp_path):
    text = '[{"text": "قال وزير الخارجية الروسي إن بلاده تدعم الحل السياسي في سوريا"}]'
    (record,) = records(write(tmp_path / "a.json", text.encode("cp1256")))
    assert [json.loads(record.data)] == json.loads(text)
    assert record.encoding.encoding == "windows-1256"


VALUES = st.recursive(
    st.text() | st.integers() | st.booleans(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=10,
)


@given(st.lists(st.dictionaries(st.text(), VALUES, max_size=4), max_size=30), st.integers(1, 50))
def test_any_array_comes_back_whole_whatever_the_chunks(objects, chunk):
    class Slow(io.StringIO):
        def read(self, size=-1):
            return super().read(min(size, chunk))

    text = Slow(json.dumps(objects, ensure_ascii=False, indent=1))
    assert [json.loads(value) for value in json_files._values(text, 10**6)] == objects


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('[{"text": "1"}, {"text": ', ["ok", "broken_json"]),
        ('[{"text": "1"}', ["ok", "broken_json"]),
        ('[{"text": "1"}, {text}]' + " " * 100, ["ok", "broken_json"]),
        ("[" * 100_000, ["broken_json"]),
        ('{"a":' * 3000, ["broken_json"]),
        ("خبر" * 1000, ["broken_json"]),
        ('{"text": "' + "x" * 300_000 + '"}', ["too_large"]),
    ],
)
def test_broken_json_file_keeps_what_stands_before_the_break(tmp_path, text, expected):
    assert outcomes(write(tmp_path / "a.json", text.encode())) == expected


def test_encoding_of_a_json_file_comes_with_its_evidence(tmp_path):
    path = write(tmp_path / "a.json", '{"text": "خبر"}'.encode())
    (record,) = records(path, ReadSettings())
    assert record.encoding == FileEncoding("utf-8", "valid", 1.0, ("valid: utf-8",))
