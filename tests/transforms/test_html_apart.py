"""What stands amid the text of a page and is none of it, and what only looks so."""

import json

import pytest

from transforms.html_page import read_page

PARAGRAPHS = (
    "أعلنت بلدية الميناء بدء ترميم السوق القديم في حزيران المقبل، وقالت إن الأعمال ستستمر عاما.",
    "وقال رئيس البلدية سليم حاتم إن السوق سيبقى مفتوحا أمام الزوار، وإن المحال ستنقل على مراحل.",
    "ويخشى أصحاب المحال أن تطول الأعمال كما طالت قبل عشر سنوات حين أغلق السوق مدة ثلاثة أعوام.",
    "وتبلغ كلفة الترميم أربعة ملايين دينار، يدفع نصفها صندوق الآثار ونصفها موازنة المدينة.",
)


def page(
    inside="", end="", head="<title>ترميم السوق القديم - الميناء</title>", title=None, body=""
):
    title = "<h1>بلدية الميناء تبدأ ترميم السوق القديم</h1>" if title is None else title
    text = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS[:2])
    rest = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS[2:])
    return (
        f"<!DOCTYPE html><html><head>{head}</head><body>{body}{title}"
        f"<div class=x1>{text}{inside}{rest}{end}</div></body></html>"
    )


def kept(html):
    found = read_page(html)
    lines = found.source.split("\n")
    return [line for line, mark in zip(lines, found.markup, strict=True) if mark.main]


TAKEN_OUT = {
    "a form for an address": "<div class=k2><b>نشرة الميناء</b><p>أخبار المدينة تصلك كل أحد.</p>"
    "<form><input type=email><button>اشترك</button></form></div>",
    "a vote": "<div class=k2><p>هل تؤيد ترميم السوق؟</p><span>نعم<input type=radio></span>"
    "<span>لا<input type=radio></span></div>",
    "another story with its opening": "<div class=k2><a href=/77>حريق في مستودع المرفأ</a>"
    "<p>اندلع حريق فجر أمس في مستودع للأخشاب قرب المرفأ.</p></div>",
    "a note on commissions": "<div class=k2><p>قد نحصل على عمولة إذا اشتريت عبر هذه الصفحة.</p>"
    "<a rel=sponsored href='https://shop.example/1'>اشتر الآن</a></div>",
    "an application": "<div class=k2><p>أخبار مدينتك كلها في جيبك أينما كنت.</p>"
    "<a href='https://play.google.com/store/apps/x'>من هنا</a></div>",
    "a podcast": "<section><b>حكايات المدن</b><p>نزور في كل حلقة مدينة.</p><p>الحلقات</p>"
    "</section>",
    "a score card": "<div class=k2><div><img src=a>صقور</div><div>2 - 1</div><div><img src=b>أمل"
    "</div><div>الحكم سمير حداد، الحضور 2100</div></div>",
    "a pull quote": "<div class=k2>السوق سيبقى مفتوحا أمام الزوار</div>",
    "a pull quote in marks": "<blockquote><p>«السوق سيبقى مفتوحا أمام الزوار»</p></blockquote>",
    "a rating": "<div>4.3 من 5 (118 تقييما)</div>",
    "a minute": "<div>90+4'</div>",
    "who made the summary": "<p>تم إنشاء الملخص بالذكاء الاصطناعي وراجعه محرر.</p>",
    "a call to follow": "<p>جربتم الطريق الجديد؟ شاركونا صوركم على @mina_city</p>",
}


@pytest.mark.parametrize("box", TAKEN_OUT.values(), ids=TAKEN_OUT)
def test_what_is_apart_is_taken_out_amid_the_text(box):
    assert kept(page(inside=box)) == kept(page())


INNOCENT = {
    "numbers in a box": "<div class=facts><p>تضم السوق 214 محلا، منها 60 للنحاسين.</p></div>",
    "a verse": "<blockquote><p>يا سوق من مر هنا لم يعد كما كان</p></blockquote>",
    "a report of an account": "<p>ونشرت البلدية صور السوق على حسابها "
    "<a href='https://twitter.com/mina_demo'>في تويتر</a> مساء أمس.</p>",
    "someone who asks": '<p>ويضيف: "تابعوا حساب البلدية '
    "<a href='https://twitter.com/mina_demo'>في تويتر</a> كل يوم\".</p>",
    "who uses machines": "<p>كتب الطالب بحثه عن السوق باستخدام الذكاء الاصطناعي فرسب فيه.</p>",
    "a refrain": "<p>لا سوق بلا ناس.</p><p>ثم قال: لا سوق بلا ناس، ولا ناس بلا سوق في مدينته.</p>",
}


@pytest.mark.parametrize("box", INNOCENT.values(), ids=INNOCENT)
def test_what_only_looks_apart_stays(box):
    assert len(kept(page(inside=box))) > len(kept(page()))


def test_entries_with_a_button_each_stay():
    entries = [
        f"<div class=entry><span>12:0{minute}</span><p>{paragraph}</p><button>مشاركة</button></div>"
        for minute, paragraph in enumerate(PARAGRAPHS)
    ]
    assert kept(f"<!DOCTYPE html><body><h1>السوق لحظة بلحظة</h1>{''.join(entries)}")[1:] == [
        *PARAGRAPHS
    ]


@pytest.mark.parametrize(
    "signature",
    [
        "<p style='text-align: left'><b>ف. مرعي</b></p>",
        "<p>ن.س - م.ع</p>",
        "<p style='text-align:left'>فادي مرعي</p>",
        "<p>منى سعيد</p>",
    ],
)
def test_signature_under_the_text_is_a_byline(signature):
    head = '<title>ترميم السوق القديم</title><meta name="author" content="منى سعيد">'
    found = read_page(page(end=signature, head=head))
    assert found.markup[-1].kind == "byline"
    assert not found.markup[-1].main


@pytest.mark.parametrize("mark", ["", "| ", ": "])
def test_label_in_a_heading_is_no_part_of_the_title(mark):
    title = f"<h1><span class=r1>عاجل</span> {mark}بلدية الميناء تبدأ ترميم السوق القديم</h1>"
    head = "<title>شبكة المرفأ | الخبر كما هو</title>"
    found = read_page(page(title=title, head=head))
    assert found.metadata.title == "بلدية الميناء تبدأ ترميم السوق القديم"


@pytest.mark.parametrize(
    "title",
    [
        "<table><tr><td class=sec>محليات<tr><td class=NewsHL>{}</table>",
        "<div class=n_cat>محليات</div><div class=n_title_b>{}</div>",
        "<span class=sec>محليات</span><br><span class=bigtxt>{}</span><br>",
        "<font size=2>محليات</font><br><font size=4>{}</font><br>",
    ],
)
def test_page_without_headings_shows_its_headline_above_the_text(title):
    headline = "بلدية الميناء تبدأ ترميم السوق القديم"
    for head in ("<title>شبكة المرفأ الإخبارية</title>", ""):
        body = "<div><a href='/'>الأولى</a> | <a href=/2>محليات</a></div>"
        found = read_page(page(title=title.format(headline), head=head, body=body))
        assert found.metadata.title == headline


def test_copyright_line_is_no_title():
    foot = "<div>© شبكة المرفأ 2016</div>"
    head = "<title>شبكة المرفأ</title>"
    found = read_page(page(end=foot, head=head))
    assert found.metadata.title == "بلدية الميناء تبدأ ترميم السوق القديم"


def test_letters_in_escapes_keep_the_byte_that_looks_like_space():
    name = "سليم مرعي"
    broken = name.encode().decode("latin-1")
    author = {"@type": "NewsArticle", "headline": "خبر", "author": {"name": broken}}
    script = f"<script type='application/ld+json'>{json.dumps(author)}</script>"
    found = read_page(page(head=f"<title>ترميم السوق القديم</title>{script}"))
    assert found.metadata.author == broken
