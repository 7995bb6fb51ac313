import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.records import Metadata
from schemas.settings import ReadSettings
from tests.transforms.html_pages import BODY, FIRST, SECOND, TITLE, article, kept, lines, page
from transforms.html_page import read_page
from transforms.shards import RejectedArticleError


def test_each_line_has_its_markup_and_nothing_is_left_out():
    result = read_page(article(f"{BODY}<ul><li>بند أول<li>بند ثان</ul><div>نص <b>سم</b>يك</div>"))
    assert [line for line, *_ in lines(result)] == result.source.split("\n")
    assert result.source.split("\n")[-1] == "نص سميك"


def test_tags_give_the_kind():
    body = f"{BODY}<h2>تفاصيل الخطة</h2><blockquote><p>لن ننتظر</p></blockquote><ul><li>بند</ul>"
    kinds = {text: kind for text, kind, _, _ in lines(read_page(article(body)))}
    assert kinds[TITLE] == "title"
    assert kinds["تفاصيل الخطة"] == "heading"
    assert kinds["لن ننتظر"] == "quotation"
    assert kinds["بند"] == "list"


def test_inline_elements_do_not_break_words_and_br_breaks_lines():
    body = f"<p>ال<b>كتا</b>ب</p>سطر<br>آخر<pre>بيت\nوبيت</pre>{BODY}"
    texts = [text for text, *_ in lines(read_page(article(body)))]
    assert texts[1:6] == ["الكتاب", "سطر", "آخر", "بيت", "وبيت"]


def test_a_row_of_data_is_one_line_and_columns_of_a_page_are_not():
    rows = "<table><tr><td>القاهرة</td><td>21</td></tr></table>"
    layout = f"<table><tr><td><p>{FIRST}</p></td><td><p>{SECOND}</p></td></tr></table>"
    texts = [text for text, *_ in lines(read_page(page(rows + layout)))]
    assert texts == ["القاهرة 21", FIRST, SECOND]


def test_what_nobody_sees_is_no_text():
    hidden = (
        "<script>var x</script><style>p{}</style><p hidden>سر</p><p style='display: none'>خفي</p>"
        "<div aria-hidden=true>قائمة</div><span class=sr-only>للقارئ الآلي</span><template>قالب"
        "</template><noscript>بلا سكربت</noscript>"
    )
    assert read_page(article(BODY + hidden)).source == "\n".join((TITLE, FIRST, SECOND))


def test_body_hidden_until_a_script_runs_is_read():
    result = read_page(page(f"<div style='display:none'>{BODY}</div>"))
    assert kept(result) == [FIRST, SECOND]


def test_article_of_font_and_br_in_a_table_is_found():
    menu = "".join(f"<tr><td><a href=s{n}.asp>قسم {n}</a></td></tr>" for n in range(9))
    html = page(
        f"<table><tr><td><table>{menu}</table></td><td><font size=5><b>{TITLE}</b></font><br>"
        f"<font size=3>{FIRST}<br><br>{SECOND}</font></td></tr></table>",
        "<title>جريدة المدينة</title>",
    )
    result = read_page(html)
    assert result.metadata.title == TITLE
    assert kept(result) == [TITLE, FIRST, SECOND]


def test_empty_article_element_does_not_mislead():
    cards = "".join(
        f"<article class=card><a href=/n{n}><h3>خبر آخر لا علاقة له رقم {n}</h3></a>"
        f"<p>ملخص طويل لخبر آخر من أخبار اليوم يقع في سطر كامل من النص…</p></article>"
        for n in range(5)
    )
    html = page(f"<article></article><div><h1>{TITLE}</h1><div>{FIRST}</div><div>{SECOND}</div>")
    assert kept(read_page(html + cards)) == [TITLE, FIRST, SECOND]


def test_only_the_first_message_of_a_thread_is_the_article():
    html = page(
        f"<div id=post_message_1>{FIRST}<br><br>{SECOND}<br>________<br>توقيع العضو</div>"
        "<div id=post_message_2>شكرا جزيلا على نقل الخبر وبارك الله فيك يا أخي الكريم.</div>",
        f"<title>{TITLE} - منتديات الخليج</title>",
    )
    result = read_page(html)
    assert kept(result) == [FIRST, SECOND]
    assert result.metadata.title == TITLE


def test_only_the_first_article_of_an_endless_page_is_taken():
    second = f"<article><h1>عنوان الخبر التالي في الصفحة</h1><div class=article-body>{BODY}{BODY}"
    html = page(
        f"<article><h1>{TITLE}</h1><div class=article-body>{BODY}</div></article>{second}",
        f"<meta property=og:title content='{TITLE}'>",
    )
    assert kept(read_page(html)) == [TITLE, FIRST, SECOND]


def test_text_that_a_script_would_show_comes_from_json_ld():
    declared = {
        "@type": "NewsArticle",
        "headline": TITLE,
        "articleBody": f"{FIRST}\n{SECOND}\n{FIRST}",
    }
    head = f'<script type="application/ld+json">{json.dumps(declared)}</script>'
    result = read_page(page("<div id=root></div>", head))
    assert kept(result) == [TITLE, FIRST, SECOND, FIRST]
    assert result.metadata.title == TITLE


def test_metadata_come_from_what_the_page_declares():
    graph = [
        {
            "@type": "NewsArticle",
            "headline": TITLE,
            "datePublished": "2021-05-04T10:00:00+03:00",
            "author": {"@id": "#a"},
        },
        {"@type": "Person", "@id": "#a", "name": "هدى الشمري"},
    ]
    head = (
        f'<script type="application/ld+json">{json.dumps({"@graph": graph})}</script>'
        "<link rel=canonical href=/news/7><meta property=og:site_name content=المدى>"
    )
    found = read_page(article(head=head), "https://www.almada.example/x").metadata
    assert found.author == "هدى الشمري"
    assert found.site == "المدى"
    assert found.url == "https://www.almada.example/news/7"
    assert found.published_as_given == "2021-05-04T10:00:00+03:00"
    assert str(found.published) == "2021-05-04 07:00:00"


def test_date_that_is_only_shown_is_given_as_it_stands():
    html = page(f"<h1>{TITLE}</h1><div class=date>نشر في 25 مارس/آذار 2014</div><div>{BODY}</div>")
    found = read_page(html, "http://www.akhbar.example/1").metadata
    assert found.published_as_given == "25 مارس/آذار 2014"
    assert found.published is None
    assert found.site == "akhbar.example"


def test_without_evidence_there_is_no_date():
    assert read_page(article()).metadata.published_as_given is None


def test_broken_json_ld_still_gives_the_headline():
    broken = f'<script type="application/ld+json">{{"headline": "{TITLE}", "x": }}</script>'
    assert read_page(page(BODY, broken)).metadata.title == TITLE


def test_fragment_is_all_article_but_its_furniture():
    html = f"{BODY}<p><a href=/more>خبر آخر في صفحة أخرى</a></p><div class=sharedaddy>شارك</div>"
    assert kept(read_page(html)) == [FIRST, SECOND]


def test_notice_of_the_site_under_the_last_paragraph_is_not_the_article():
    notice = "<div><p>الآراء الواردة في الموقع لا تعبر بالضرورة عن رأي إدارته بل عن أصحابها.</p>"
    html = page(f"<h1>{TITLE}</h1><div>{BODY}{notice}</div></div>")
    assert kept(read_page(html)) == [TITLE, FIRST, SECOND]


def test_plain_text_keeps_its_lines_and_has_no_markup():
    assert read_page("سطر أول &amp; تتمة\nسطر ثان < 5") == (
        "سطر أول & تتمة\nسطر ثان < 5",
        (),
        Metadata(),
    )


@pytest.mark.parametrize(
    "html",
    [
        "<p>" * 100_001,
        "<div>" * 5_000 + "نص",
        "<p " + " ".join(f"a{n}=1" for n in range(5_000)) + ">نص",
        '<!-- <p a="--><p ' + " ".join(f"a{n}=1" for n in range(5_000)) + ">نص",
        "<p>" + "ا" * 10_000_001,
    ],
)
def test_page_built_to_exhaust_us_is_too_complex(html):
    with pytest.raises(RejectedArticleError) as error:
        read_page(html)
    assert error.value.reason == "too_complex"


def test_limits_are_settings():
    with pytest.raises(RejectedArticleError, match="max_html_elements"):
        read_page("<p>نص" * 200, settings=ReadSettings(max_html_elements=100))


def test_fonts_nobody_closed_do_not_make_a_page_too_deep():
    html = page("".join(f"<font color=red>{FIRST}<br>" for _ in range(400)))
    assert kept(read_page(html)) == [FIRST] * 400


@pytest.mark.parametrize(
    "html",
    [
        "<!-- -->",
        "<frameset><frame src=a></frameset>",
        "<meta http-equiv=refresh content=0>",
        "<p>",
        "<" * 1000,
        "<p>\x00\ud800</p>",
        '<?xml version="1.0" encoding="windows-1256"?><html><body><p>نص',
        "<script type=application/ld+json>" + "[" * 50_000,
    ],
)
def test_odd_pages_are_read_without_a_crash(html):
    source = read_page(html).source
    assert source.encode().decode() == source


PIECES = st.sampled_from(
    """
    <p> </p> <div> </div> <br> <h1> </h1> <b> </b> <a~href=/x> </a> <table> <tr> <td> </table>
    <article> <div~class=related> <span~class=date> <blockquote> <ul> <li> </ul> <pre> </pre> <img>
    <script> </script> <html> <body> </body> <!-- --> &amp; &#0; &#1575; \x00 \ud800 \u202e < > "
    """.replace("\n", " ").split(" ")
).map(lambda piece: piece.replace("~", " "))


@settings(max_examples=300)
@given(st.lists(st.one_of(PIECES, st.text(max_size=20)), max_size=40).map("".join))
def test_lines_and_markup_agree_whatever_the_page(html):
    result = read_page(html)
    if result.markup:
        texts = result.source.split("\n")
        assert [result.source[mark.start : mark.end] for mark in result.markup] == texts
        assert all(texts)
    else:
        assert "\r" not in result.source


def test_dateline_under_the_headline_is_no_date_of_the_page():
    dateline = "الرياض 26 ربيع الآخر 1444 هـ الموافق 20 نوفمبر 2022 م واس"
    result = read_page(page(f"<h1>{TITLE}</h1><div class=news-text>{dateline}<br>{BODY}</div>"))
    assert dateline in kept(result)


def test_headings_of_lists_of_links_under_the_text_are_out():
    links = "<a href=/1>فتح باب التقديم للرخص</a><a href=/2>تحويلات مرورية في الشارع</a>"
    html = page(f"<h1>{TITLE}</h1><div>{BODY}</div><div><div>إعلانات الأمانة</div>{links}</div>")
    assert kept(read_page(html)) == [TITLE, FIRST, SECOND]


def test_page_of_a_hundred_thousand_unclosed_elements_is_refused():
    for tag in ("<p>نص", "<div>", "<font>", "<b>"):
        with pytest.raises(RejectedArticleError, match=r"elements|Excessive depth"):
            read_page(page(tag * 100_000))
