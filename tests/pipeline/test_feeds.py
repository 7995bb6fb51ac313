import json
from itertools import pairwise

import pytest

from pipeline.articles import make_article
from pipeline.inputs import InputFile
from schemas.settings import ReadSettings
from tests.pipeline.reading import outcomes, page, records

RSS = """<?xml version="1.0" encoding="{0}"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
     xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>
<title>صحيفة الفرات</title><link>http://www.alfurat.example/</link>
<item><title>لافروف يصل إلى دمشق</title><link>http://www.alfurat.example/1</link>
<guid isPermaLink="false">n-1</guid><dc:creator>سمير حداد</dc:creator>
<pubDate>Fri, 25 Mar 2016 10:30:00 +0200</pubDate>
<description>موجز الخبر</description>
<content:encoded><![CDATA[<p>وصل وزير الخارجية الروسي إلى دمشق.</p><p>وقال إن الحل سياسي.</p>]]>
</content:encoded></item>
<item><title>افتتاح معرض الكتاب</title><link>http://www.alfurat.example/2</link>
<description>&lt;p&gt;افتتح المعرض أمس.&lt;/p&gt;</description></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>أخبار</title>
<entry><title>عنوان</title><id>urn:1</id><link href="http://news.example/1"/>
<updated>2016-03-25T10:30:00Z</updated><author><name>ليلى ناصر</name></author>
<content type="text">نص الخبر كما هو.</content></entry></feed>"""


def write(path, data):
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("codec", ["utf-8", "windows-1256", "utf-16"])
def test_item_of_a_feed_is_an_article(tmp_path, codec):
    path = write(tmp_path / "a.rss", RSS.format(codec).encode(codec))
    first, second = records(path)
    assert json.loads(first.data) == {
        "id": "n-1",
        "title": "لافروف يصل إلى دمشق",
        "author": "سمير حداد",
        "published": "Fri, 25 Mar 2016 10:30:00 +0200",
        "url": "http://www.alfurat.example/1",
        "html": "<p>وصل وزير الخارجية الروسي إلى دمشق.</p><p>وقال إن الحل سياسي.</p>",
    }
    assert json.loads(second.data)["html"] == "<p>افتتح المعرض أمس.</p>"
    assert (second.number, second.media_type) == (2, "application/rss+xml")
    assert first.encoding.encoding.startswith(codec)


def test_article_of_an_item_has_its_title_text_and_site_whatever_fields_are_named(tmp_path):
    path = write(tmp_path / "a.rss", RSS.format("utf-8").encode())
    file = InputFile("a.rss", str(path), "in/a.rss")
    settings = ReadSettings(text_field="body", html_field="page", title_field="headline")
    article = make_article(records(path)[0], file, settings)
    assert article.source == (
        "لافروف يصل إلى دمشق\n\nوصل وزير الخارجية الروسي إلى دمشق.\nوقال إن الحل سياسي."
    )
    assert article.metadata.site == "alfurat.example"
    assert article.metadata.published.isoformat() == "2016-03-25T08:30:00"


def test_atom_with_plain_text_is_read(tmp_path):
    (record,) = records(write(tmp_path / "a.atom", ATOM.encode()))
    fields = json.loads(record.data)
    assert (fields["text"], fields["author"]) == ("نص الخبر كما هو.", "ليلى ناصر")
    assert record.media_type == "application/atom+xml"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"<?xml version='1.0'?><!-- x --><urlset><url/></urlset>", "unsupported"),
        (b"<rss><channel></channel></rss>", "empty"),
        (b"<rss><channel><title", "truncated"),
        (b"<rss><item><title>&#x110000;</title></item></rss><", "truncated"),
        (b"just text", "mislabelled"),
        (b"<" * 5000, "mislabelled"),
        (b" \n", "empty"),
    ],
)
def test_xml_without_an_item_has_its_reason(tmp_path, data, reason):
    assert outcomes(write(tmp_path / "a.xml", data)) == [reason]


@pytest.mark.parametrize("data", [b"<rss>" + b"<a>" * 300_000, b"<rss>" + b" " * 17_000_000])
def test_feed_that_would_take_minutes_is_too_large(tmp_path, data):
    assert outcomes(write(tmp_path / "a.xml", data), ReadSettings()) == ["too_large"]


def test_page_that_is_called_xml_is_a_page(tmp_path):
    data = b"<?xml version='1.0'?>\n<!DOCTYPE html PUBLIC 'x' 'y'>\n" + page()
    (record,) = records(write(tmp_path / "a.xml", data))
    assert (record.data, record.media_type) == (data, "text/html")


def test_entities_of_a_feed_are_not_unfolded(tmp_path):
    entities = "".join(
        f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "x" * 1000}">' for n in range(9)
    )
    data = f"<!DOCTYPE rss [{entities}]><rss version='2.0'><channel><item><title>&a8;</title>"
    path = write(tmp_path / "a.xml", f"{data}</item></channel></rss>".encode())
    assert all(len(getattr(item, "data", b"")) < 100_000 for item in records(path))
    secret = write(tmp_path / "secret.txt", b"secret")
    data = f"<!DOCTYPE rss [<!ENTITY a SYSTEM 'file://{secret}'>]><rss version='2.0'><channel>"
    path = write(path, f"{data}<item><title>&a;b</title></item></channel></rss>".encode())
    assert all(b"secret" not in getattr(item, "data", b"") for item in records(path))


@pytest.mark.parametrize("codec", ["utf-8", "utf-16"])
def test_entities_that_unfold_to_entities_are_not_unfolded(tmp_path, codec):
    entities = '<!ENTITY a "ha">' + "".join(
        f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in pairwise("abcdefghi")
    )
    bomb = (
        RSS.format(codec)
        .replace("<rss", f"<!DOCTYPE rss [{entities}]><rss")
        .replace("افتتاح", "&i;")
    )
    assert outcomes(write(tmp_path / "a.rss", bomb.encode(codec))) == ["archive_limit"]
    plain = RSS.format(codec).replace("<rss", '<!DOCTYPE rss [<!ENTITY nbsp "&#160;">]><rss')
    assert outcomes(write(tmp_path / "a.rss", plain.encode(codec))) == ["ok", "ok"]
