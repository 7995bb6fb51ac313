import datetime
import json

import pytest

from pipeline.articles import make_article
from pipeline.inputs import InputFile
from pipeline.records import Record
from schemas.settings import ReadSettings
from transforms.shards import RejectedArticleError

TEXT = InputFile("in/a.txt", "/somewhere/in/a.txt", "in/a.txt")
LINES = InputFile("in/a.jsonl", "/somewhere/in/a.jsonl", "in/a.jsonl")


def from_json(fields, **settings):
    line = fields if isinstance(fields, bytes) else json.dumps(fields).encode()
    return make_article(Record(7, line), LINES, ReadSettings(**settings))


def test_text_file_is_its_own_source():
    article = make_article(Record(None, "عنوان\n\nنص".encode()), TEXT, ReadSettings())
    assert article.source == "عنوان\n\nنص"
    assert article.origin.media_type == "text/plain"


def test_identity_does_not_depend_on_where_the_file_lies():
    elsewhere = InputFile("other/a.txt", "/other/a.txt", TEXT.key)
    record = Record(None, "نص".encode())
    here, there = (make_article(record, file, ReadSettings()) for file in (TEXT, elsewhere))
    assert here.origin.doc_id == there.origin.doc_id
    assert len(here.origin.doc_id) == 20


@pytest.mark.parametrize(
    ("record", "file"),
    [
        (Record(1, b'{"text": "b"}'), LINES),
        (Record(2, b'{"text": "a"}'), LINES),
        (Record(1, b'{"text": "a"}'), InputFile("", "/x/b.jsonl", "in/b.jsonl")),
    ],
    ids=["other bytes", "other line", "other file"],
)
def test_another_article_has_another_identity(record, file):
    first = make_article(Record(1, b'{"text": "a"}'), LINES, ReadSettings())
    other = make_article(record, file, ReadSettings())
    assert first.origin.doc_id != other.origin.doc_id


def test_metadata_come_from_the_first_field_that_is_there():
    article = from_json(
        {"id": 12, "source": "hespress", "date": "2015-07-31 03:47:03", "title": " عنوان\nطويل ",
         "url": None, "text": "نص"}
    )  # fmt: skip
    metadata = article.metadata
    assert (metadata.source_id, metadata.site, metadata.title) == ("12", "hespress", "عنوان طويل")
    assert metadata.url is None
    assert metadata.published == datetime.datetime(2015, 7, 31, 3, 47, 3)
    assert article.source == "عنوان طويل\n\nنص"
    assert article.origin.record == 7


def test_title_that_is_the_first_line_of_the_text_is_not_repeated():
    assert from_json({"title": "عنوان الخبر", "text": "\nعنوان  الخبر\nنص"}).source == (
        "\nعنوان  الخبر\nنص"
    )


def test_first_sentence_that_begins_with_the_title_is_no_title():
    article = from_json({"title": "مصر", "text": "مصر تفوز بالكأس."})
    assert article.source == "مصر\n\nمصر تفوز بالكأس."


def test_fields_can_be_named():
    article = from_json({"نص": "الخبر", "الموقع": "بي بي سي"}, text_field="نص", site_field="الموقع")
    assert (article.source, article.metadata.site) == ("الخبر", "بي بي سي")


def test_half_a_surrogate_pair_is_replaced_and_offsets_stay():
    article = from_json(b'{"text": "ab\\udc00c", "title": "\\ud800"}')
    assert article.metadata.title == "\ufffd"
    assert article.source == "\ufffd\n\nab\ufffdc"


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"{", "broken_json"),
        (b"[" * 100_000, "broken_json"),
        (b"[1]", "broken_json"),
        (b'{"body": "x"}', "missing_text"),
        (b'{"text": null}', "missing_text"),
        (b'{"text": 5}', "missing_text"),
    ],
)
def test_line_without_an_article_is_rejected_with_its_reason(line, reason):
    with pytest.raises(RejectedArticleError) as caught:
        from_json(line)
    assert caught.value.reason == reason


def test_message_about_a_missing_text_names_the_fields_that_are_there():
    with pytest.raises(RejectedArticleError, match="'body', 'url'"):
        from_json({"body": "x", "url": "y"})
