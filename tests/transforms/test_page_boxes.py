import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.blocks import judge
from transforms.page_boxes import _begins_one_of

TITLE = "مزارعو الوادي يطالبون بخفض أسعار السماد"
TEXT = (
    "طالب مزارعون في الوادي أمس بخفض أسعار السماد التي تضاعفت منذ بداية الموسم.",
    "وقال ممثل المزارعين إن كثيرا منهم قد يترك أرضه إذا لم تتدخل الوزارة.",
    "ووعدت الوزارة بدراسة المطالب قبل نهاية الشهر، من دون أن تحدد موعدا.",
    "وكانت أسعار السماد قد ارتفعت في معظم دول المنطقة خلال العام الماضي.",
)
ARTICLE = [TITLE, *TEXT]
SUBTITLE = "مزارعو الوادي أمام مبنى الوزارة"


def kept(*lines):
    verdicts = judge(lines, has_title=False)
    return [line for line, verdict in zip(lines, verdicts, strict=True) if not verdict.reason]


@pytest.mark.parametrize(
    "box",
    [
        ("بلدية الشاطئ تعيد فتح الكورنيش", "إلغاء رحلات المطار بسبب الضباب"),
        ("اشترك في نشرتنا البريدية", "أهم الأخبار تصلك كل صباح", "البريد الإلكتروني", "اشترك الآن"),
        ("تابعنا على", "فيسبوك", "تويتر"),
        ("ذات صلة", "بلدية الشاطئ تعيد فتح الكورنيش"),
        ("list of 1 item", "بلدية الشاطئ تعيد فتح الكورنيش", "end of list"),
        ("لمزيد من أخبار الوادي اضغط هنا",),
    ],
)
def test_a_box_between_paragraphs_goes_and_the_text_goes_on(box):
    assert kept(TITLE, *TEXT[:2], *box, *TEXT[2:]) == ARTICLE


@pytest.mark.parametrize(
    "lines",
    [
        ("وعود الوزارة لم تقنع أحدا",),
        ("من يدفع ثمن السماد غدا؟", "ومن يزرع أرض الوادي بعدنا؟"),
        ("- خفض أسعار السماد والبذور", "- تأجيل القروض الزراعية عاما كاملا"),
    ],
)
def test_headings_questions_and_lists_between_paragraphs_stay(lines):
    assert kept(TITLE, *TEXT[:2], *lines, *TEXT[2:]) == [TITLE, *TEXT[:2], *lines, *TEXT[2:]]


def test_an_article_with_many_pairs_of_short_lines_keeps_them():
    pairs = [(f"سؤال القارئ عن الموضوع {name}", f"رسالة من القارئة {name} الأحمد")
             for name in ("سلمى", "هدى", "منى", "ليلى")]  # fmt: skip
    told = [line for text, pair in zip(TEXT, pairs, strict=True) for line in (text, *pair)]
    lines = [TITLE, *told, TEXT[0]]
    assert kept(*lines) == lines


def test_the_author_told_in_a_few_words_below_his_name_goes():
    lines = (*ARTICLE, "سالم الدوسري", "كاتب وباحث في الاقتصاد الزراعي، عمل في عدد من الصحف.")
    assert kept(*lines, "جميع الحقوق محفوظة") == ARTICLE


@pytest.mark.parametrize(
    "quote", [(TEXT[0][:-1],), ("وقال ممثل المزارعين إن كثيرا", "منهم قد يترك أرضه -")]
)
def test_a_sentence_of_the_text_set_apart_once_more_goes(quote):
    assert kept(TITLE, *TEXT[:2], *quote, *TEXT[2:]) == ARTICLE


def test_rows_of_a_table_between_paragraphs_stay():
    rows = (
        "أسعار السماد في الوادي (ألف ريال)",
        "كيس السماد المستورد: 18.5",
        "كيس السماد المحلي: 12",
    )
    assert kept(TITLE, *TEXT[:2], *rows, *TEXT[2:]) == [TITLE, *TEXT[:2], *rows, *TEXT[2:]]


@pytest.mark.parametrize(
    "foot",
    [
        ("سعر السهم", "4.120", "أعلى سعر", "4.150", "المزيد عن الشركة", "هاتف: 24000000"),
        ("للمزيد من المعلومات، المرجو الاتصال بالوزارة", "الهاتف: 05 37 00 00 00"),
        ("سالم الدوسري باحث اقتصادي مقيم في البصرة، صدر له كتاب عن الوادي.", "التعليقات"),
        ("باحث في مركز الوادي، حاصل على الدكتوراه في الاقتصاد.", "أضف تعليقا"),
        ("ام خالد", "تسلم ايدك على هذا التقرير الجميل عن الوادي.", "أضف تعليقا"),
        ("تعليقات القراء (0) طباعة إرسال", "مواضيع ذات صلة", "بلدية الشاطئ تعيد فتح الكورنيش"),
    ],
)
def test_tables_contacts_authors_and_readers_below_the_text_go(foot):
    assert kept(*ARTICLE, *foot, "جميع الحقوق محفوظة") == ARTICLE


def test_the_comments_do_not_lead_back_to_the_text():
    comments = ("التعليقات (3)", *(f"تعليق القارئ {name} على أسعار السماد في الوادي هذا العام."
                                   for name in ("سالم", "حمد", "ناصر")))  # fmt: skip
    assert kept(*ARTICLE, *comments, "أضف تعليقا") == ARTICLE


@pytest.mark.parametrize(
    ("below_title", "stays"),
    [
        (("12 مارس 2020", "تمهيد"), "تمهيد"),
        ((SUBTITLE, "12 مارس 2020"), SUBTITLE),
        (("12 مارس 2020", "وقفة أمام مبنى الوزارة (صدى الضفة)"), None),
        (("الأسمدة بلغت الضعف هذا العام", "حمد الناصر وسالم الدوسري", "حقول الوادي عند الفجر"),
         "الأسمدة بلغت الضعف هذا العام"),
        (("12 مارس 2020", "حجم الخط: ع ع ع", "تحميل التقرير (PDF 214 Ko)"), None),
    ],
)  # fmt: skip
def test_above_the_text_headings_stay_and_names_captions_and_tools_go(below_title, stays):
    assert kept(TITLE, *below_title, *TEXT) == [TITLE, *([stays] if stays else []), *TEXT]


def test_what_stands_between_the_pictures_of_an_album_goes():
    first, second = ("1 / 2", TEXT[0], "عدسة: سالم الدوسري"), ("2 / 2", TEXT[1], "عدسة: حمد الناصر")
    third = ("الصورة 3 من 3", TEXT[2], "عدسة: حمد الناصر")
    assert kept(TITLE, *first, *second, *third, TEXT[3]) == ARTICLE


def test_links_and_pictures_in_markdown_go():
    head = ("[ ![الشعار](/logo.png) ](/)", "[محليات](/a) [وثائق](/b)")
    foot = ("* [ بلدية الشاطئ تعيد فتح الكورنيش ](/n/881)", "جميع الحقوق محفوظة")
    assert kept(*head, *ARTICLE, *foot) == ARTICLE


def test_unknown_line_above_the_foot_goes_where_furniture_stands_above_the_text_too():
    unknown, foot = "مرصد الأحوال الجوية للملاحين في خليج المرفأ", "جميع الحقوق محفوظة"
    menu = ("الرئيسية", "سياسة", "اقتصاد", "رياضة")
    assert kept(*menu, *ARTICLE, unknown, foot) == ARTICLE
    assert kept(*ARTICLE, unknown, foot) == [*ARTICLE, unknown]


@given(st.lists(st.text("اب ", max_size=4)), st.text("اب ", min_size=1, max_size=3))
def test_a_beginning_is_found_among_sorted_texts(texts, beginning):
    found = _begins_one_of(sorted(texts), beginning)
    assert found == any(text.startswith(beginning) for text in texts)
