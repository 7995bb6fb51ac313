import os

import pytest

from pipeline.formats import read_records
from pipeline.records import BrokenRecord, Record
from schemas.settings import ReadSettings
from tests.pipeline.reading import SMALL, compressed, make_zip, outcomes, page, records

ENDINGS = ["", ".gz", ".zst", ".bz2", ".xz"]


def write(path, data, ending=""):
    path.write_bytes(compressed(data, ending))
    return path


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize(
    ("name", "media_type"),
    [("a.txt", "text/plain"), ("a.HTML", "text/html"), ("a.htm", "text/html"),
     ("a.xhtml", "application/xhtml+xml")],
)  # fmt: skip
def test_text_and_page_are_one_article(tmp_path, name, media_type, ending):
    path = write(tmp_path / f"{name}{ending}", "نص".encode(), ending)
    assert records(path) == [Record(None, "نص".encode(), media_type)]


@pytest.mark.parametrize("name", ["index.php", "page", "مقال.2016"])
@pytest.mark.parametrize("data", [page(), b"\n <!DOCTYPE html><p>x", b"\xef\xbb\xbf<HTML>"])
def test_page_whose_name_says_nothing_is_known_by_its_beginning(tmp_path, name, data):
    (record,) = records(write(tmp_path / name, data))
    assert (record.media_type, record.data) == ("text/html", data)
    (record,) = records(write(tmp_path / name, data, ".gz"))
    assert (record.media_type, record.data) == ("text/html", data)


def test_archive_without_an_ending_is_read_but_no_office_document(tmp_path):
    data = make_zip([("a.txt", "خبر".encode())])
    assert outcomes(write(tmp_path / "archive", data)) == ["ok"]
    assert outcomes(write(tmp_path / "report.docx", data)) == ["unsupported"]


@pytest.mark.parametrize("name", ["a.pdf", "a", "a.gz"])
def test_other_kinds_of_file_are_unsupported(tmp_path, name):
    assert outcomes(write(tmp_path / name, b"%PDF-1.4")) != ["ok"]
    assert outcomes(write(tmp_path / "a.pdf", b"%PDF-1.4")) == ["unsupported"]


@pytest.mark.parametrize("ending", [".gz", ".zst", ".bz2", ".xz", ".zip", ".tar", ".parquet"])
def test_file_that_lies_about_its_ending_is_mislabelled(tmp_path, ending):
    path = write(tmp_path / f"a.txt{ending}", "هذا نص عادي لا غير. ".encode() * 40)
    assert outcomes(path) == ["mislabelled"]


@pytest.mark.parametrize("ending", [".zip", ".tar", ".parquet", ".warc", ".xml", ".csv", ".json"])
def test_empty_container_is_one_empty_record(tmp_path, ending):
    assert outcomes(write(tmp_path / f"a{ending}", b"")) == ["empty"]


@pytest.mark.parametrize("ending", ENDINGS[1:])
def test_truncated_compression_is_one_broken_record(tmp_path, ending):
    data = compressed(os.urandom(3000), ending)
    (tmp_path / f"a.txt{ending}").write_bytes(data[:-20])
    assert outcomes(tmp_path / f"a.txt{ending}") == ["truncated"]


@pytest.mark.parametrize("ending", ENDINGS[1:])
def test_compressed_bomb_is_not_unfolded_beyond_the_limit(tmp_path, ending):
    assert outcomes(write(tmp_path / f"a.txt{ending}", b"0" * 20_000_000, ending)) == ["too_large"]


@pytest.mark.parametrize("ending", [".gz", ".zst"])
def test_bomb_of_many_lines_ends_at_the_limit_of_unfolding(tmp_path, ending):
    settings = ReadSettings(max_article_megabytes=1, max_unfolding=10)
    path = write(tmp_path / f"a.jsonl{ending}", b"\n" * 50_000_000, ending)
    assert outcomes(path, settings) == ["archive_limit"]


@pytest.mark.parametrize("line", ["\n", "{}\n"])
@pytest.mark.parametrize("name", ["a.jsonl", "a.csv", "a.warc"])
def test_lines_and_records_of_a_bomb_cost_more_than_their_bytes(tmp_path, name, line):
    settings = ReadSettings(max_article_megabytes=1)
    data = f"text\n{line * 50_000}" if name == "a.csv" else line * 50_000
    data = f"WARC/1.0\r\nContent-Length: 0\r\n\r\n{data}" if name == "a.warc" else data
    items = records(write(tmp_path / f"{name}.gz", data.encode(), ".gz"), settings)
    assert len(items) < 10_000
    assert items[-1].reason == "archive_limit"
    if name != "a.warc":
        whole = records(write(tmp_path / name, data.encode()), settings)
        assert all(
            item.reason != "archive_limit" for item in whole if isinstance(item, BrokenRecord)
        )


def test_one_line_of_a_hundred_megabytes_is_too_large(tmp_path):
    path = tmp_path / "a.txt"
    with path.open("wb") as file:
        file.truncate(100_000_000)
    assert outcomes(path) == ["too_large"]


def test_article_of_exactly_the_limit_is_read(tmp_path):
    assert outcomes(write(tmp_path / "a.txt", b"x" * SMALL)) == ["ok"]
    assert outcomes(write(tmp_path / "a.txt", b"x" * (SMALL + 1))) == ["too_large"]


def test_missing_file_folder_and_pipe_are_not_read(tmp_path):
    assert outcomes(tmp_path / "missing.txt") == ["unreadable"]
    (tmp_path / "folder.txt").mkdir()
    assert outcomes(tmp_path / "folder.txt") == ["unsupported"]
    os.mkfifo(tmp_path / "pipe.txt")
    assert outcomes(tmp_path / "pipe.txt") == ["unsupported"]


def test_file_of_a_store_is_read_through_fsspec():
    fsspec = pytest.importorskip("fsspec")
    with fsspec.open("memory://formats/news/a.html.gz", "wb") as file:
        file.write(compressed(page(), ".gz"))
    (record,) = records("memory://formats/news/a.html.gz")
    assert record.data == page()
    assert outcomes("memory://formats/missing.txt") == ["unreadable"]


def test_fault_in_a_reader_is_one_broken_record(tmp_path, monkeypatch):
    def fail(data):
        raise KeyError(data)

    monkeypatch.setattr("pipeline.feeds._items", fail)
    found = list(read_records(str(write(tmp_path / "a.rss", b"<rss/>")), ReadSettings()))
    assert found == [BrokenRecord(None, "internal", "KeyError: b'<rss/>'")]
