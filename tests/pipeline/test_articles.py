import datetime
import json

import pytest

from pipeline.articles import make_article
from pipeline.inputs import InputFile
from pipeline.records import JSON_LINES, FileEncoding, Record
from schemas.records import Metadata
from schemas.settings import CleanSettings, ReadSettings
from transforms.clean import clean_article
from transforms.shards import RejectedArticleError

TEXT = InputFile("in/a.txt", "/somewhere/in/a.txt", "in/a.txt")
LINES = InputFile("in/a.jsonl", "/somewhere/in/a.jsonl", "in/a.jsonl")


def from_json(fields, **settings):
    line = fields if isinstance(fields, bytes) else json.dumps(fields).encode()
    return make_article(Record(7, line, JSON_LINES), LINES, ReadSettings(**settings))


def test_text_file_is_its_own_source():
    article = make_article(Record(None, "عنوان\n\nنص".encode(), "text/plain"), TEXT, ReadSettings())
    assert article.source == "عنوان\n\nنص"
    assert article.origin.media_type == "text/plain"


def test_identity_does_not_depend_on_where_the_file_lies():
    elsewhere = InputFile("other/a.txt", "/other/a.txt", TEXT.key)
    record = Record(None, "نص".encode(), "text/plain")
    here, there = (make_article(record, file, ReadSettings()) for file in (TEXT, elsewhere))
    assert here.origin.doc_id == there.origin.doc_id
    assert len(here.origin.doc_id) == 20


@pytest.mark.parametrize(
    ("record", "file"),
    [
        (Record(1, b'{"text": "b"}', JSON_LINES), LINES),
        (Record(2, b'{"text": "a"}', JSON_LINES), LINES),
        (Record(1, b'{"text": "a"}', JSON_LINES), InputFile("", "/x/b.jsonl", "in/b.jsonl")),
        (Record(1, b'{"text": "a"}', JSON_LINES, member="b.jsonl"), LINES),
    ],
    ids=["other bytes", "other line", "other file", "other member"],
)
def test_another_article_has_another_identity(record, file):
    first = make_article(Record(1, b'{"text": "a"}', JSON_LINES), LINES, ReadSettings())
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


PAGE = """<html><head><title>لافروف يصل إلى دمشق - الفرات</title></head><body>
<h1>لافروف يصل إلى دمشق</h1><p>وصل وزير الخارجية الروسي سيرغي لافروف إلى دمشق مساء أمس.</p>
<p>وقال للصحفيين إن بلاده تدعم الحل السياسي في البلاد.</p></body></html>"""
FRAGMENT = "<p>وصل الوزير إلى دمشق.</p><p>وقال إن الحل سياسي.</p>"


def from_page(record):
    return make_article(record, InputFile("in/a.html", "/in/a.html", "in/a.html"), ReadSettings())


def test_page_becomes_its_visible_text_with_markup():
    article = from_page(Record(None, PAGE.encode(), "text/html"))
    lines = [article.source[line.start : line.end] for line in article.markup]
    assert "\n".join(lines) == article.source
    assert "وقال للصحفيين إن بلاده تدعم الحل السياسي في البلاد." in lines
    assert article.metadata.title == "لافروف يصل إلى دمشق"
    assert article.origin.media_type == "text/html"


def test_charset_of_the_server_decodes_a_page():
    record = Record(1, PAGE.encode("cp1256"), "text/html", charset="windows-1256")
    article = from_page(record)
    assert "وصل وزير الخارجية" in article.source
    assert (article.origin.encoding, article.origin.encoding_source) == ("windows-1256", "declared")
    assert article.origin.encoding_evidence


def test_what_the_container_knows_goes_before_what_the_page_says():
    known = Metadata(url="http://www.alfurat.example:80/1", title="عنوان من الحاوية")
    metadata = from_page(Record(1, PAGE.encode(), "text/html", metadata=known)).metadata
    assert (metadata.title, metadata.url) == (known.title, known.url)


@pytest.mark.parametrize(
    ("url", "site"),
    [("https://www.alfurat.example/a", "alfurat.example"), ("http://m.a.example", "m.a.example"),
     ("mailto:x", None), ("http://[", None), ("http:///x", None)],
)  # fmt: skip
def test_site_follows_from_the_address(url, site):
    assert from_json({"text": "نص", "url": url}).metadata.site == site
    assert from_json({"text": "نص", "url": url, "site": "الفرات"}).metadata.site == "الفرات"


@pytest.mark.parametrize("fields", [{"html": FRAGMENT}, {"text": " ", "html": FRAGMENT}])
def test_field_with_html_is_used_where_there_is_no_text(fields):
    article = from_json({"title": "عنوان", **fields})
    assert article.source == "عنوان\n\nوصل الوزير إلى دمشق.\nوقال إن الحل سياسي."
    starts = [article.source[line.start : line.end] for line in article.markup]
    assert starts == ["عنوان", "وصل الوزير إلى دمشق.", "وقال إن الحل سياسي."]
    assert [line.kind for line in article.markup] == ["title", "paragraph", "paragraph"]
    assert all(line.main for line in article.markup)


def test_field_with_a_whole_page_does_not_get_its_title_twice():
    article = from_json({"title": "لافروف يصل إلى دمشق", "html": PAGE})
    assert article.source.count("لافروف يصل إلى دمشق") == 1


def test_text_goes_before_html():
    assert from_json({"text": "نص", "html": FRAGMENT}).source == "نص"


@pytest.mark.parametrize(
    ("text", "is_markup"),
    [
        (FRAGMENT, True),
        (f"مقدمة {FRAGMENT}{FRAGMENT}", True),
        ("<div class=x>خبر<br/>عاجل</div>", True),
        ("سطر<br>سطر<br />سطر<BR>سطر", True),
        ("يكتب المبرمج <p> ثم </p> لكل فقرة", False),
        ("<يكتب> كلاما بين أقواس </أو> لا", False),
        ("3 < 5 و 7 > 2", False),
        ("<p", False),
    ],
)
def test_only_text_that_clearly_is_html_is_taken_for_it(text, is_markup):
    assert (from_json({"text": text}).source != text) is is_markup


def test_encoding_of_the_file_is_that_of_its_records():
    known = FileEncoding("windows-1256", "detected", 0.9, ("detected: windows-1256, 0.90",))
    record = Record(1, '{"text": "خبر"}'.encode(), "text/csv", encoding=known)
    origin = make_article(record, LINES, ReadSettings()).origin
    assert (origin.encoding, origin.encoding_confidence) == ("windows-1256", 0.9)
    assert origin.encoding_evidence == known.evidence


def test_member_of_an_archive_is_shown_in_the_path():
    record = Record(None, "نص".encode(), "text/plain", member="b/c.txt")
    article = make_article(record, InputFile("in/a.zip", "/in/a.zip", "a.zip"), ReadSettings())
    assert article.origin.path == "in/a.zip!/b/c.txt"


HEADLINE = "وزير الخارجية الروسي يصل إلى دمشق"
SENTENCE = "حفظ الطلاب القرآن ظهرًا، وحضر محافظ المنطقة الحفل الذي أقيم في المدينة."


def as_windows_1252(text):
    """As browsers read it: a byte without a sign becomes a control character."""
    data = text.encode()
    return "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in data)


def with_references(text):
    for sign, name in (("\xa0", "&nbsp;"), ("§", "&sect;"), ("Ø", "&Oslash;"), ("±", "&#177;")):
        text = text.replace(sign, name)
    return text


BROKEN = pytest.mark.parametrize(
    ("broken", "kind"),
    [
        (lambda text: text.encode().decode("cp1256"), "windows-1256"),
        (as_windows_1252, "windows-1252"),
        (lambda text: text.encode().decode("latin-1"), "windows-1252"),
    ],
    ids=["1256", "1252", "latin-1"],
)


@BROKEN
@pytest.mark.parametrize("escaped", [True, False])
def test_fields_of_json_are_read_rightly_behind_their_escapes(broken, kind, escaped):
    fields = {"title": broken(HEADLINE), "author": broken("سليم الراوي"), "text": broken(SENTENCE)}
    article = from_json(json.dumps(fields, ensure_ascii=escaped).encode())
    assert article.source == f"{HEADLINE}\n\n{SENTENCE}"
    assert (article.metadata.title, article.metadata.author) == (HEADLINE, "سليم الراوي")
    assert article.origin.encoding_evidence == (
        "valid: utf-8",
        f"repaired: utf-8 read as {kind}, lines: 1",
    )


@BROKEN
@pytest.mark.parametrize(
    "written",
    [str, with_references, lambda text: text.encode("ascii", "xmlcharrefreplace").decode()],
    ids=["as it is", "named references", "all references"],
)
def test_pages_are_read_rightly_behind_their_references(broken, kind, written):
    title, text = written(broken(HEADLINE)), written(broken(SENTENCE))
    page = f"<html><head><title>{title}</title></head><body><h1>{title}</h1><p>{text}</p></body>"
    article = from_page(Record(None, page.encode(), "text/html"))
    assert article.source == f"{HEADLINE}\n{SENTENCE}"
    assert article.metadata.title == HEADLINE
    assert any(kind in entry for entry in article.origin.encoding_evidence)


@pytest.mark.parametrize(
    ("broken", "kind"),
    [
        (lambda text: text.encode().decode("cp1256"), "windows-1256"),
        (as_windows_1252, "windows-1252"),
    ],
)
def test_what_a_script_declares_is_read_rightly_and_marks_stay_in_step(broken, kind):
    declared = json.dumps(
        {"@type": "NewsArticle", "headline": broken(HEADLINE), "articleBody": broken(SENTENCE) * 4}
    )
    page = f"<html><script type=application/ld+json>{declared}</script><body><p>مرحبا بكم</p>"
    article = from_page(Record(None, page.encode(), "text/html"))
    assert article.metadata.title == HEADLINE
    texts = [article.source[mark.start : mark.end] for mark in article.markup]
    assert texts == article.source.split("\n")
    assert texts[-1] == SENTENCE * 4
    assert f"repaired: utf-8 read as {kind}, lines: 2" in article.origin.encoding_evidence


def test_healthy_page_keeps_its_references_and_tells_of_no_repair():
    page = "<html><body><p>بلغ السعر فقط&nbsp;20 &pound; وفق المادة &sect; 3 &lt;الأولى&gt;</p>"
    article = from_page(Record(None, page.encode(), "text/html"))
    assert article.source == "بلغ السعر فقط 20 £ وفق المادة § 3 <الأولى>"
    assert article.origin.encoding_evidence == ("valid: utf-8",)


def test_title_that_no_line_of_a_page_shows_is_in_the_metadata_and_no_block():
    text = "أعادت أمانة المدينة صباح اليوم الخميس فتح النفق أمام المشاة بعد عامين من الإغلاق."
    page = f"<html><head><title>{HEADLINE} | الفرات</title></head><body><p>{text}</p><p>{text}</p>"
    article = clean_article(from_page(Record(None, page.encode(), "text/html")), CleanSettings())
    assert article.metadata.title == HEADLINE
    assert [block.kind for block in article.blocks] == ["paragraph", "paragraph"]
    assert article.text == f"{text}\n{text}"
