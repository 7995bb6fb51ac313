import lxml.html
import pytest

from schemas.removals import REMOVAL_REASONS
from transforms.html_lines import read_lines
from transforms.html_structure import structural_reasons
from transforms.html_words import load_words, sections_of

PROSE = "قال المتحدث باسم البلدية إن أعمال الصيانة في الطريق الساحلي ستستمر أسبوعين كاملين."
ARTICLE = f"<div class=entry-content><h1>عنوان الخبر</h1>{f'<p>{PROSE}</p>' * 4}</div>"


def reason_of(html, text):
    page = read_lines(lxml.html.document_fromstring(f"<html><body>{ARTICLE}{html}"))
    reasons = structural_reasons(page)
    return next(
        reason for line, reason in zip(page.lines, reasons, strict=True) if text in line.text
    )


@pytest.mark.parametrize(
    ("html", "reason"),
    [
        ("<nav>ضظ</nav>", "navigation"),
        ("<div class='td-crumb-container'><div class=entry-crumbs>ضظ</div></div>", "navigation"),
        ("<div id=related-posts>ضظ</div>", "related"),
        ("<div class='td_block_related_posts'>ضظ</div>", "related"),
        ("<div class=jnews_inline_related_post>ضظ</div>", "related"),
        ("<div class=itemRelated>ضظ</div>", "related"),
        ("<div class='elementor-widget elementor-widget-share-buttons'>ضظ</div>", "sharing"),
        ("<div class=itemSocialSharing>ضظ</div>", "sharing"),
        ("<a href='https://www.facebook.com/sharer.php?u=1'>ضظ</a>", "sharing"),
        ("<a href='https://wa.me/?text=1'>ضظ</a>", "sharing"),
        ("<ol class=commentlist><li>ضظ</ol>", "comments"),
        ("<div class=post-tags>ضظ</div>", "tags"),
        ("<a rel=tag href=/x>ضظ</a>", "tags"),
        ("<div><a href=/search/label/x>ضظ</a></div>", "tags"),
        ("<div class=mc4wp-form>ضظ</div>", "subscription"),
        ("<div class=cookie-notice>ضظ</div>", "cookies"),
        ("<div class=td-a-rec>ضظ</div>", "advertisement"),
        ("<div class=adslot>ضظ</div>", "advertisement"),
        ("<span class=author-name>ضظ</span>", "byline"),
        ("<time datetime=2020-01-01>ضظ</time>", "timestamp"),
        ("<div class=td-post-views>ضظ</div>", "timestamp"),
        ("<figure><img><figcaption>ضظ</figcaption></figure>", "caption"),
        ("<p class=wp-caption-text>ضظ</p>", "caption"),
        ("<div><img><span>ضظ ص ع</span></div>", "caption"),
        ("<aside>ضظ</aside>", "aside"),
        ("<div class=site-info>ضظ</div>", "copyright"),
    ],
)
def test_name_and_links_of_an_element_give_the_reason(html, reason):
    assert reason_of(html, "ضظ") == reason


@pytest.mark.parametrize(
    "html",
    [
        "<div class='elementor-widget elementor-widget-theme-post-content'>ضظ</div>",
        "<div class='post-1 post type-post category-sharing tag-related'>ضظ</div>",
        "<div class='has-sidebar'>ضظ</div>",
        "<div class='field field-name-body'>ضظ</div>",
        "<p>قال في <span class=date>الأحد</span> الماضي إن ضظ</p>",
        f"<p><img>{PROSE} ضظ</p>",
    ],
)
def test_innocent_elements_have_no_reason(html):
    assert reason_of(html, "ضظ") is None


def test_the_name_of_an_element_around_the_article_is_not_believed():
    html = f"<html><body><div class=widget><h1>عنوان</h1>{f'<p>{PROSE}</p>' * 3}</div>"
    page = read_lines(lxml.html.document_fromstring(html))
    assert structural_reasons(page) == [None] * 4


def test_cards_in_a_row_are_related_whatever_their_name():
    card = f"<div class=x7><a href=/n>خبر آخر من أخبار اليوم</a><p>{PROSE}</p></div>"
    page = read_lines(lxml.html.document_fromstring(f"<html><body>{ARTICLE}{card * 3}"))
    assert structural_reasons(page)[-6:] == ["related"] * 6


def test_every_name_is_found_in_its_section():
    phrases, wholes = load_words()
    for name, sections in wholes.items():
        assert sections <= sections_of(name)
    for name, sections in phrases.items():
        missing = sections - sections_of(name.replace(" ", "-"))
        assert not missing - {"body", "post"}, name
        assert all(section.islower() for section in sections)
    assert "related" in REMOVAL_REASONS


def test_box_that_a_link_lets_skip_is_out_to_its_end():
    box = (
        "<section><strong>ضظ</strong><a href=#end>تخطى البودكاست وواصل القراءة</a>"
        "<p>قصص إنسانية عن عالم يتغير، نرويها لكم مساء كل خميس من كل أسبوع</p>"
        "<p id=end>البودكاست نهاية</p></section><p>خاتمة الخبر</p>"
    )
    assert reason_of(box, "قصص إنسانية") == "aside"
    assert reason_of(box, "البودكاست نهاية") == "aside"
    assert reason_of(box, "خاتمة الخبر") is None


def test_link_that_skips_to_the_text_does_not_take_the_text_out():
    html = f"<body><a href=#end>تخطى إلى المحتوى</a><main id=end>{ARTICLE}</main>"
    page = read_lines(lxml.html.document_fromstring(html))
    assert structural_reasons(page)[1:] == [None] * (len(page.lines) - 1)


def test_many_parts_of_a_heading_are_not_looked_into():
    parts = "<span class=label>س</span>" * 5000
    page = read_lines(lxml.html.document_fromstring(f"<body><h1>{parts}</h1>"))
    assert len(page.lines) == 1
