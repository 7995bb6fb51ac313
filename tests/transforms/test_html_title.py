import pytest

from tests.transforms.html_pages import BODY, FIRST, SECOND, TITLE, kept, lines, page
from transforms.html_page import read_page


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ("<title>%s - الشروق</title>", "<h1>%s</h1>"),
        (
            "<title>%s | الشروق</title>",
            "<h1><a href='/'>الشروق</a></h1><h2 class=post-title>%s</h2>",
        ),
        ("<title>الشروق :: %s</title>", "<td class=x>%s</td>"),
        ("<title>الشروق</title>", "<span id=lblTitle><font size=5><b>%s</b></font></span>"),
        (
            "<meta property=og:title content='مجلس الوزراء يقر خطة لتحلية مياه…'>",
            "<h1>الاقتصاد</h1><h2>%s</h2>",
        ),
        ("<meta property=og:title content='%s - الشروق'>", "<h3>%s</h3>"),
        ("<title>%s » الشروق</title>", "<h1 class=logo>الشروق</h1><h1>%s</h1>"),
    ],
)
def test_the_headline_is_the_one_shown(head, body):
    head = head.replace("%s", TITLE)
    html = page(f"<div>{body.replace('%s', TITLE)}</div><div class=txt>{BODY}</div>", head)
    result = read_page(html, "https://www.shorouk.example/news/1")
    assert result.metadata.title == TITLE
    assert [text for text, kind, *_ in lines(result) if kind == "title"] == [TITLE]


def test_declared_title_loses_the_name_of_its_site():
    head = f"<title>{TITLE} | الشروق</title><meta property=og:site_name content=الشروق>"
    assert read_page(page(BODY, head)).metadata.title == TITLE


def with_heading(heading, head=""):
    return page(f"<article>{heading}<div class=entry-content>{BODY}</div></article>", head)


@pytest.mark.parametrize(
    "heading",
    [
        f"<h1><span class=label>محليات</span> {TITLE}</h1>",
        f"<h1>{TITLE} <time>12 مايو 2020</time></h1>",
        f"<h1>{TITLE}<small>تقرير خاص يكشف تفاصيل لم تنشر من قبل</small></h1>",
        f"<h1><div class=kicker>تقارير</div><div>{TITLE}</div></h1>",
        f"<h1>{TITLE} <a class=comments-count href=#comments>(3)</a></h1>",
    ],
)
def test_label_date_and_subtitle_in_a_heading_are_not_the_headline(heading):
    assert read_page(with_heading(heading)).metadata.title == TITLE


@pytest.mark.parametrize("separator", [" - ", " | ", " » ", " / ", " * ", " ~ ", "_", "، ", " "])
def test_part_of_a_heading_that_is_the_declared_title_is_the_headline(separator):
    head = f"<title>{TITLE}{separator}صحيفة المرفأ</title>"
    result = read_page(with_heading(f"<h1>رغم الاعتراضات<br>{TITLE}</h1>", head))
    assert result.metadata.title == TITLE


def test_headline_of_several_parts_stays_whole():
    first, second = TITLE.split(" لتحلية ")
    heading = f"<h1>{first} <span>لتحلية</span><br>{second}</h1>"
    for head in ("", f"<title>{TITLE} - المرفأ</title>"):
        assert read_page(with_heading(heading, head)).metadata.title == TITLE


def test_headline_in_an_element_named_like_furniture_is_found_without_metadata():
    for name in ("page-header", "breaking-news", "carousel", "banner-top", "right-col"):
        result = read_page(with_heading(f"<div class={name}><h1>{TITLE}</h1></div>"))
        assert result.metadata.title == TITLE


def test_heading_for_those_who_hear_the_page_is_no_headline_by_itself():
    heading = f"<h1 class=visually-hidden>أخبار المرفأ اليوم</h1><h2>{TITLE}</h2>"
    assert read_page(with_heading(heading)).metadata.title == TITLE


def test_title_for_searchers_is_not_taken_where_another_is_shown():
    head = "<meta property=og:title content='تفاصيل ما جرى اليوم'><title>ما جرى اليوم</title>"
    heading = f"<div class=news_title>{TITLE}</div>"
    assert read_page(with_heading(heading, head)).metadata.title == TITLE


def test_title_that_no_line_shows_is_metadata_only():
    result = read_page(page(f"<article>{BODY}</article>", f"<title>{TITLE} | المرفأ</title>"))
    assert result.metadata.title == TITLE
    assert kept(result) == [FIRST, SECOND]


def test_long_line_over_the_headline_is_text_and_a_short_one_names_the_section():
    long, short = "سكان يشكون من انقطاع المياه أسبوعين", "شؤون محلية"
    for over, texts in ((long, [long, TITLE, FIRST, SECOND]), (short, [TITLE, FIRST, SECOND])):
        heading = f"<h3>{over}</h3><h1>{TITLE}</h1>"
        assert kept(read_page(with_heading(heading, f"<title>{TITLE}</title>"))) == texts
