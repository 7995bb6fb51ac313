import pytest

from transforms.blocks import judge

TITLE = "مزارعو الوادي يطالبون بخفض أسعار السماد"
TEXT = (
    "طالب مزارعون في الوادي أمس بخفض أسعار السماد التي تضاعفت منذ بداية الموسم.",
    "وقال ممثل المزارعين إن كثيرا منهم قد يترك أرضه إذا لم تتدخل الوزارة.",
    "ووعدت الوزارة بدراسة المطالب قبل نهاية الشهر، من دون أن تحدد موعدا.",
    "وكانت أسعار السماد قد ارتفعت في معظم دول المنطقة خلال العام الماضي.",
)
ARTICLE = [TITLE, *TEXT]


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
