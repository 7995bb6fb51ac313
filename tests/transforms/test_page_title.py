import pytest

from transforms.blocks import judge
from transforms.line_features import look_at
from transforms.title_repeats import comes_back, is_title_of_page, table_of_contents

TITLE = "مزارعو الوادي يطالبون بخفض أسعار السماد"
FIRST = "طالب مزارعون في الوادي أمس بخفض أسعار السماد التي تضاعفت منذ بداية الموسم."
SECOND = "وقال ممثل المزارعين إن كثيرا منهم قد يترك أرضه إذا لم تتدخل الوزارة."
TEXT = (FIRST, SECOND)


def title_of(*lines):
    verdicts = judge(lines, has_title=False)
    titles = [
        line for line, verdict in zip(lines, verdicts, strict=True) if verdict.kind == "title"
    ]
    return titles[0] if titles else None


@pytest.mark.parametrize(
    "above",
    [
        ("سياسة اقتصاد مجتمع رياضة ثقافة منبر الضفة",),
        ("صدى الضفة", "رؤية أخرى للحدث", "الرئيسية", "سياسة", "رياضة", "أنت هنا: الرئيسية / سياسة"),
        ("صحيفة الضفة", "العدد 3341 السنة الثانية عشرة", "12 مارس 2019"),
        ("14:20", "بلدية الشاطئ تعيد فتح الكورنيش", "14:05", "إلغاء رحلات بسبب الضباب", "سياسة"),
        ("عاجل", "بلدية الشاطئ تعيد فتح الكورنيش أمام الزوار", "الرئيسية / اقتصاد"),
        ("نستخدم نحن وشركاؤنا ملفات تعريف الارتباط لتخصيص المحتوى.", "أوافق", "إعدادات"),
        ("وزير الزراعة:",),
    ],
)
def test_what_stands_above_the_headline_is_not_taken_for_it(above):
    assert title_of(*above, TITLE, "12 مارس 2020", *TEXT) == TITLE


@pytest.mark.parametrize(
    "path",
    [
        f"{TITLE} | صدى الضفة",
        f"صدى الضفة - {TITLE}",
        f"اقتصاد / {TITLE}",
        f"صدى الضفة » اقتصاد » {TITLE}",
        f"{TITLE[:25]}...",
    ],
)
def test_a_headline_that_the_page_repeats_is_taken_where_it_stands_alone(path):
    assert title_of(path, "الرئيسية", "بلدية الشاطئ تعيد فتح الكورنيش", TITLE, *TEXT) == TITLE


@pytest.mark.parametrize(
    "title",
    [
        "من يخفض أسعار السماد؟",
        "خيرك لغيرك",
        "2.1 مليار درهم قيمة صادرات السماد",
        "7 أسباب لارتفاع أسعار السماد",
        "“لن نترك أرضنا”.. مزارعو الوادي يتظاهرون!",
        "هل تكفي وعود الوزارة وحدها كي يبقى مزارعو الوادي في أرضهم بعد هذه الخسائر التي لحقت؟!",
    ],
)
def test_headlines_of_any_form_are_found(title):
    assert title_of("اقتصاد", title, "12 مارس 2020", *TEXT) == title


def test_a_headline_of_many_words_that_is_repeated_is_no_paragraph():
    title = (
        f"{TITLE} ويلوحون بترك أراضيهم إذا لم تتدخل الوزارة قبل نهاية الشهر الجاري كما وعدت مرارا"
    )
    assert title_of(title, title, "12 مارس 2020", *TEXT) == title


def test_what_leads_up_to_the_headline_is_a_heading():
    kinds = [verdict.kind for verdict in judge(("ممثل المزارعين:", TITLE, *TEXT), False)]
    assert kinds == ["heading", "title", "paragraph", "paragraph"]


def test_headings_named_above_the_text_are_its_contents():
    lines = ("أسباب الأزمة", "مطالب المزارعين", FIRST, "أسباب الأزمة", SECOND, "مطالب المزارعين",
             FIRST)  # fmt: skip
    assert table_of_contents([look_at(line) for line in lines]) == {0, 1}


def test_the_refrain_of_a_poem_is_no_contents():
    refrain = ["يا وادي النخيل", "يا ظل الأمهات"]
    poem = [*refrain, "مشينا إليك والفجر بعيد", *refrain, "وعدنا منك والليل قريب", *refrain]
    assert table_of_contents([look_at(line) for line in poem]) == set()


def test_the_name_of_the_site_shows_what_the_title_of_the_page_is():
    title = look_at(TITLE)
    assert is_title_of_page(look_at(f"{TITLE} | صدى الضفة"), title)
    assert not is_title_of_page(look_at(f"{TITLE} بعد أن تضاعفت منذ بداية الموسم الزراعي"), title)


def test_one_word_that_comes_back_shows_nothing():
    lines = [look_at(line) for line in ("السماد", TITLE, "السماد")]
    assert not comes_back(lines, 0, 3)


@pytest.mark.parametrize(
    "above",
    [
        ("الرئيسية", "محليات", "مدير الزراعة وعد بحل قريب"),
        ("الرئيسية", "أخبار عاجلة", "محليات", "الوادي", "تشمل 14 قرية"),
        ("الرئيسية", "محليات", "جرب باقة الإنترنت المنزلي الجديدة بسعر مخفض"),
        ("الرئيسية", "فيديو", "إنفوغراف", "الدول العربية"),
    ],
)
@pytest.mark.parametrize(
    "below",
    [
        ("12 مارس 2020",),
        ("سعر الكيس بلغ الضعف في الموسم الماضي", "سالم الدوسري", "12 مارس 2020"),
        (
            "خلال وقفة أمام مبنى الوزارة شارك فيها ممثلون عن جميع القرى واستمرت ثلاث ساعات كاملة من"
            " دون أن يخرج إليهم أحد",
            "12 مارس 2020",
        ),
    ],
)
def test_the_headline_is_found_between_what_leads_up_to_it_and_its_summary(above, below):
    assert title_of(*above, TITLE, *below, *TEXT) == TITLE


def test_pictures_announced_in_a_headline_make_no_link_of_it():
    title = "بالصور: مزارعو الوادي يتظاهرون أمام الوزارة"
    assert title_of("صدى الضفة", "محليات", title, "12 مارس 2020", *TEXT) == title


def test_a_heading_in_markdown_is_the_title_without_its_mark():
    lines = ("مزارعون في حقول الوادي عند الفجر", f"# {TITLE}", "12 مارس 2020", *TEXT)
    titles = [verdict for verdict in judge(lines, False) if verdict.kind == "title"]
    assert [[(cut.start, cut.end) for cut in verdict.cuts] for verdict in titles] == [[(0, 2)]]


@pytest.mark.parametrize(
    "above",
    [
        ("أخبار الوادي", "3.4K subscribers", "View in Telegram", "Preview channel", "أخبار الوادي"),
        ("صحيفة الضفة",),
    ],
)
def test_a_message_below_the_name_of_its_channel_has_no_title(above):
    assert title_of(*above, *TEXT, "صحيفة الضفة", "جميع الحقوق محفوظة") is None
