import csv
import datetime
import io
import json

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import tables
from pipeline.articles import make_article
from pipeline.inputs import InputFile
from schemas.settings import ReadSettings
from tests.pipeline.reading import compressed, make_zip, outcomes, records

ROWS = 'id,title,text\n1,"عنوان, أول","نص\nعلى سطرين"\n\n2,عنوان ثان,قال ""نعم""\n'


def write(path, data):
    path.write_bytes(data)
    return path


def fields(found):
    return [json.loads(record.data) for record in found]


def parquet(rows, **options):
    buffer = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(rows), buffer, **options)
    return buffer.getvalue()


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "windows-1256"])
@pytest.mark.parametrize("ending", ["", ".gz", ".zst"])
def test_row_of_csv_is_an_article(tmp_path, codec, ending):
    found = records(write(tmp_path / f"a.csv{ending}", compressed(ROWS.encode(codec), ending)))
    assert [record.number for record in found] == [1, 2]
    assert fields(found)[0] == {"id": "1", "title": "عنوان, أول", "text": "نص\nعلى سطرين"}
    assert found[0].media_type == "text/csv"
    assert found[0].encoding.encoding.startswith(codec.partition("-sig")[0])


@pytest.mark.parametrize(("name", "delimiter"), [("a.tsv", "\t"), ("a.csv", ";"), ("a.csv", "|")])
def test_other_delimiters_are_known(tmp_path, name, delimiter):
    text = delimiter.join(["title", "text"]) + "\r\n" + delimiter.join(["أ", "ب, ت"]) + "\r\n"
    assert fields(records(write(tmp_path / name, text.encode()))) == [
        {"title": "أ", "text": "ب, ت"}
    ]


def test_row_of_csv_goes_through_the_named_fields(tmp_path):
    path = write(tmp_path / "a.csv", "النص,الموقع\nخبر قصير,البيان\n".encode())
    settings = ReadSettings(text_field="النص", site_field="الموقع")
    article = make_article(records(path)[0], InputFile("a.csv", str(path), "a.csv"), settings)
    assert (article.source, article.metadata.site) == ("خبر قصير", "البيان")
    assert article.origin.encoding_evidence == ("valid: utf-8",)


@pytest.mark.parametrize("text", ["", "\n\n", "id,text\n", "id,text\n\n"])
def test_csv_without_a_row_is_empty(tmp_path, text):
    assert outcomes(write(tmp_path / "a.csv", text.encode())) == ["empty"]


def test_row_that_is_too_long_is_broken_and_the_next_is_read(tmp_path):
    long_line = f"1,{'x' * 200_000}\n"
    long_rows = '2,"' + "سطر\n" * 30_000 + '"\n'
    path = write(tmp_path / "a.csv", f"id,text\n{long_line}3,ok\n".encode())
    assert outcomes(path) == ["too_large", "ok"]
    found = outcomes(write(path, f"id,text\n0,ok\n{long_rows}".encode()))
    assert found[:2] == ["ok", "too_large"]


def test_row_has_the_limit_of_an_article_in_bytes_not_in_characters(tmp_path):
    rows = f"id,text\n1,{'خ' * 40_000}\n2,{'خ' * 30_000}\n".encode()
    assert outcomes(write(tmp_path / "a.csv", rows)) == ["too_large", "ok"]


def test_rows_of_another_encoding_than_the_head_are_undecodable(tmp_path):
    data = b"id,text\n" + b"1,plain text\n" * 100_000 + "2,خبر من دمشق\n".encode("cp1256")
    assert outcomes(write(tmp_path / "a.csv", data))[-1] == "undecodable"


def test_null_bytes_are_no_fault(tmp_path):
    assert (
        outcomes(write(tmp_path / "a.csv", b"id,text\n1,a\0b\n" + b"2,plain text\n" * 20))[0]
        == "ok"
    )
    assert outcomes(write(tmp_path / "a.csv", b"\0" * 1000)) == ["binary"]


@given(
    st.lists(
        st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"])), min_size=2, max_size=2),
        min_size=1,
    )
)
def test_any_rows_come_back(rows):
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    text.seek(0)
    lines = tables._Lines(text, 10_000)
    lines.peek()
    assert list(csv.reader(lines)) == rows


@pytest.mark.parametrize("name", ["a.parquet", "a.parquet.gz", "a.zip"])
def test_row_of_parquet_is_an_article(tmp_path, name):
    rows = [
        {
            "text": f"خبر {n}",
            "n": n,
            "when": datetime.datetime(2016, 3, 25),
            "raw": b"x",
            "list": [1],
        }
        for n in range(100)
    ]
    data = parquet(rows, row_group_size=7)
    data = compressed(data, ".gz") if name.endswith(".gz") else data
    data = make_zip([("b.parquet", data)]) if name == "a.zip" else data
    found = records(write(tmp_path / name, data))
    assert [record.number for record in found] == list(range(1, 101))
    assert fields(found)[8] == {"text": "خبر 8", "n": 8, "when": "2016-03-25 00:00:00"}


def test_parquet_without_text_is_rejected_row_by_row_and_without_rows_once(tmp_path):
    assert outcomes(write(tmp_path / "a.parquet", parquet([{"text": None}] * 3))) == ["ok"] * 3
    empty = pa.table({"text": pa.array([], pa.string())})
    pq.write_table(empty, tmp_path / "a.parquet")
    assert outcomes(tmp_path / "a.parquet") == ["empty"]


def test_parquet_that_is_cut_off_or_damaged_is_truncated(tmp_path):
    data = bytearray(parquet([{"text": "خبر" * 50}] * 100, compression="none"))
    assert outcomes(write(tmp_path / "a.parquet", data[:-20])) == ["truncated"]
    data[4:40] = b"\xff" * 36
    assert outcomes(write(tmp_path / "a.parquet", data))[-1] == "truncated"


@pytest.mark.parametrize("kind", [pa.timestamp("us"), pa.timestamp("us", "No/Where")])
def test_time_that_cannot_be_told_costs_no_article(tmp_path, kind):
    times = pa.array([2**62, None], pa.int64()).view(kind)
    table = pa.table({"text": ["الأول", "الثاني"], "date": times})
    pq.write_table(table, tmp_path / "a.parquet")
    found = fields(records(tmp_path / "a.parquet"))
    assert found == [{"text": "الأول", "date": None}, {"text": "الثاني", "date": None}]


def test_too_long_row_of_parquet_is_too_large(tmp_path):
    rows = [{"text": "a"}, {"text": "x" * 100_000}, {"text": "c"}]
    assert outcomes(write(tmp_path / "a.parquet", parquet(rows))) == ["ok", "too_large", "ok"]
