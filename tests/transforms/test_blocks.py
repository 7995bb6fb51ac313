import pytest

from schemas.removals import REMOVAL_REASONS
from transforms.blocks import judge
from transforms.glued import glued

TITLE = "لافروف: نتوقع تحرير تدمر في أقرب وقت"
FIRST = "قال وزير الخارجية الروسي سيرغي لافروف إن موسكو تتوقع إنجاز العملية في أقرب وقت."
SECOND = "وأضاف الوزير في مؤتمر صحفي عقده في موسكو أن الهدنة في سوريا لا تزال قائمة."


THIRD = "وأوضح أن المحادثات المقبلة ستعقد في جنيف مطلع الشهر، بمشاركة الأمم المتحدة."


def kinds(*lines, has_title=False):
    """For each line the reason for which it goes, or the kind of block that it becomes."""
    return [verdict.reason or verdict.kind for verdict in judge(lines, has_title)]


def kept(*lines, has_title=False):
    verdicts = judge(lines, has_title)
    return [line for line, verdict in zip(lines, verdicts, strict=True) if not verdict.reason]


def test_title_and_paragraphs():
    assert kinds(TITLE, FIRST, SECOND) == ["title", "paragraph", "paragraph"]


def test_the_given_title_is_kept_whatever_it_reads():
    assert kinds("مقالات ذات صلة", FIRST, has_title=True) == ["title", "paragraph"]


def test_an_article_without_a_title_has_none():
    assert kinds(FIRST, SECOND) == ["paragraph", "paragraph"]


@pytest.mark.parametrize("line", ["كلمة واحدة", "قال الوزير إن الهدنة قائمة", "تعزية"])
def test_a_one_line_article_is_kept(line):
    assert kinds(line) == ["paragraph"]


def test_menu_before_the_title_goes():
    assert kinds("عالميمحلي", "أخبار العالم", TITLE, FIRST) == [
        "navigation",
        "navigation",
        "title",
        "paragraph",
    ]


def test_date_and_repeated_title_under_the_title_go():
    lines = (TITLE, "الجمعة 25 مارس 2016 - 14:30", "لافروف : نتوقّع تحرير تدمر في أقرب وقت", FIRST)
    assert kinds(*lines) == ["title", "timestamp", "repeated_title", "paragraph"]


@pytest.mark.parametrize(
    ("line", "role"),
    [
        ("بقلم: سامي كليب", "byline"),
        ("كتب محمد علي", "byline"),
        ("داليا أبو العيش – القاهرة", "byline"),
        ("رويترز - وكالات", "agency"),
        ("وفا", "agency"),
        ("(رويترز)", "agency"),
        ("المصدر: وكالات", "agency"),
        ("جانب من المؤتمر الصحفي", "caption"),
        ("متظاهرون في ساحة التحرير (رويترز)", "caption"),
    ],
)
def test_bylines_agencies_and_captions_have_their_kind_and_a_reason(line, role):
    verdict = judge([TITLE, line, FIRST, SECOND], False)[1]
    assert (verdict.kind, verdict.reason, verdict.way) == (role, role, "line")


def test_a_byline_is_no_title():
    assert kinds("بقلم: سامي كليب", FIRST, SECOND) == ["byline", "paragraph", "paragraph"]


def test_headings_in_the_text_stay():
    lines = (TITLE, FIRST, "رفع العقوبات", SECOND, "ماذا بعد؟", SECOND)
    assert kinds(*lines)[2] == kinds(*lines)[4] == "heading"


@pytest.mark.parametrize("line", ["المزيد", "صور", "فيديو", "ملفات", "تعليقات"])
def test_a_word_that_could_be_a_heading_stays_inside_the_text(line):
    assert kinds(TITLE, FIRST, line, SECOND)[2] == "heading"


@pytest.mark.parametrize("line", ["المزيد", "صور", "تعليقات (5)"])
def test_the_same_word_goes_after_the_text(line):
    assert kinds(TITLE, FIRST, SECOND, line)[3] in REMOVAL_REASONS


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("سيرفي-لافروف-باولو-جنتيلوني", "image_slug"),
        ("IMG_2016.jpg", "image_slug"),
        ("* * *", "separator"),
        ("إقرأ أيضًا: بوتين يستقبل كيري في موسكو", "related"),
        ("اقرأ أيضا", "related"),
        ("https://www.example.com/a?b=1", "web_address"),
        ("editor@example.com", "web_address"),
        ("إعلان", "advertisement"),
        ("googletag.cmd.push(function() { googletag.display('ad'); });", "code"),
        ("أنت تستخدم إضافة Adblock", "ad_blocker"),
        ("جميع الحقوق محفوظة © 2016", "copyright"),
        ("شارك هذا الموضوع: فيسبوك", "sharing"),
        ("لن يتم نشر عنوان بريدك الإلكتروني. الحقول الإلزامية مشار إليها بـ *", "comments"),
        ("اشترك في النشرة البريدية ليصلك كل جديد", "subscription"),
        ("نستخدم ملفات تعريف الارتباط لتحسين تجربتك.", "cookies"),
        ("مصدر الصورة Getty Images", "player"),
    ],
)
def test_strong_evidence_removes_a_line_anywhere(line, reason):
    got = kinds(TITLE, FIRST, SECOND, line, THIRD, FIRST, SECOND)
    assert got == ["title", "paragraph", "paragraph", reason] + ["paragraph"] * 3


@pytest.mark.parametrize(
    "line",
    [
        "اشترك في العملية 20 جنديا من القوات الخاصة.",
        "إعلان حالة الطوارئ في تونس بعد هجوم سوسة.",
        "المصدر الرئيسي للدخل هو النفط.",
        "قد يعجبك هذا الكتاب.",
        "نشرت صحيفة الغارديان مقالا عن سوريا.",
        "ريال-مدريد",
    ],
)
def test_sentences_that_begin_like_furniture_stay(line):
    assert kinds(TITLE, FIRST, line, SECOND)[2] in ("paragraph", "heading")


def test_signature_after_the_text_goes():
    assert kinds(TITLE, FIRST, SECOND, "سيريان تلغراف")[3] == "signature"


def test_a_short_last_paragraph_with_a_stop_stays():
    assert kinds(TITLE, FIRST, SECOND, "والله أعلم.")[3] == "paragraph"


def test_headlines_under_related_articles_go_with_them():
    lines = (TITLE, FIRST, SECOND, "مقالات ذات صلة", "بوتين يستقبل كيري في موسكو", "كيري في موسكو")
    assert kinds(*lines)[3:] == ["related"] * 3


def test_verse_stays():
    verse = ["على قدر أهل العزم", "تأتي العزائم", "وتأتي على قدر الكرام", "المكارم"] * 4
    assert set(kinds(*verse)) == {"paragraph"}
    assert not set(kinds(TITLE, FIRST, SECOND, *verse)) & set(REMOVAL_REASONS)
    assert not set(kinds(*verse, FIRST, SECOND)) & set(REMOVAL_REASONS)


def test_list_items_stay_even_at_the_end():
    lines = (TITLE, FIRST, SECOND, "- القاهرة", "• دمشق", "3- بغداد", "٤. عمّان")
    assert kinds(*lines)[3:] == ["list"] * 4


def test_captions_are_told_by_their_credit():
    assert kinds(TITLE, "متظاهرون في ساحة التحرير (رويترز)", FIRST)[1] == "caption"


def test_keep_boilerplate_removes_nothing():
    lines = ("عالميمحلي", TITLE, FIRST, "سيرفي-لافروف-باولو", SECOND, "اظهر المزيد", "* * *")
    verdicts = judge(lines, has_title=False, keep_boilerplate=True)
    assert all(verdict.reason is None and verdict.kind for verdict in verdicts)
    assert [verdict.kind for verdict in verdicts].count("title") == 1


HEADLINES = (
    "مجلس النواب يناقش مشروع قانون الاستثمار",
    "وفاة الفنان الكبير بعد صراع مع المرض",
    "الأرصاد تحذر من موجة غبار تضرب الشرق",
)
ARTICLE = (TITLE, FIRST, SECOND, THIRD)


@pytest.mark.parametrize(
    "foot",
    [
        ("مقالات ذات صلة", *HEADLINES, "جميع الحقوق محفوظة"),
        (
            "اقرأ المزيد",
            HEADLINES[0],
            "رحل عن عالمنا صباح اليوم الفنان الكبير بعد رحلة عطاء امتدت...",
            "من نحن",
        ),
        (*HEADLINES, "جميع الحقوق محفوظة"),
        (
            "التعليقات (2)",
            "محمد",
            "منذ ساعتين",
            "شكرا على الخبر، نتمنى أن تنتهي الحرب قريبا.",
            "رد",
        ),
        ("شارك على فيسبوك", "اشترك في نشرتنا البريدية لتصلك أهم الأخبار على بريدك الإلكتروني."),
        (
            "من نحن",
            "بوابة الوادي موقع إخباري مستقل يقدم لكم أخبار المنطقة والعالم على مدار الساعة.",
            "هاتف 01 234567",
        ),
        ("الآراء المنشورة لا تعبر بالضرورة عن رأي الموقع، وإدارة الموقع غير مسؤولة عنها.", "©"),
        ("استفتاء", "هل تؤيد تمديد الهدنة؟", "نعم", "لا", "نتائج التصويت"),
        ("سوريا", "تدمر", "لافروف", "الأكثر قراءة", *HEADLINES),
        ("حالة الطقس", "دمشق 23°C", "أسعار العملات", "دولار أمريكي 8.88"),
        ("يستخدم موقعنا ملفات تعريف الارتباط لتحسين تجربتك. بمواصلة التصفح فإنك توافق على ذلك.",),
    ],
)
def test_what_stands_below_the_text_goes_though_it_holds_sentences(foot):
    assert kept(*ARTICLE, *foot) == list(ARTICLE)


@pytest.mark.parametrize(
    "text",
    [
        (FIRST, "ماذا بعد الهدنة", SECOND, "موقف أوروبا", THIRD),
        (
            FIRST,
            "س: هل تدوم الهدنة؟",
            "ج: نعم، إذا التزم الجميع بها",
            "س: وماذا بعد؟",
            "ج: لا أعرف",
        ),
        (FIRST, SECOND, "نتائج الجولة:", "الهلال 2 - 1 الوحدة", "النجم 0 - 0 الشباب"),
        (FIRST, SECOND, "فهل تصمد الهدنة هذه المرة"),
        (FIRST.rstrip("."), SECOND.rstrip("."), THIRD.rstrip(".")),
        (FIRST,),
        (FIRST, "كتب الوزير على حسابه أن الهدنة قائمة", SECOND),
        (FIRST, "* وزير الخارجية الروسي السابق", SECOND),
    ],
)
def test_all_of_a_text_stays_above_a_foot(text):
    assert kept(TITLE, *text) == [TITLE, *text]
    assert kept(TITLE, *text, "مقالات ذات صلة", *HEADLINES) == [TITLE, *text]


def test_a_box_of_links_inside_the_text_goes_and_the_text_goes_on():
    lines = (TITLE, FIRST, "مواضيع قد تهمك", *HEADLINES, SECOND, THIRD, "من نحن")
    assert kept(*lines) == list(ARTICLE)


def test_date_name_and_buttons_below_a_standfirst_go():
    meta = ("هالة منصور", "22 مارس 2016", "0 تعليق", "شارك المقال", "Facebook")
    assert kept(TITLE, FIRST, *meta, SECOND, THIRD) == list(ARTICLE)


def test_headlines_of_a_ticker_above_the_title_go():
    lines = ("عاجل", *HEADLINES, "محليات » أخبار", TITLE, "24 مارس 2016", FIRST, SECOND, THIRD)
    assert kinds(*lines)[5] == "title"
    assert kept(*lines) == list(ARTICLE)


def test_the_title_is_above_a_subtitle_and_below_a_kicker():
    subtitle = "وزير الخارجية الروسي يتحدث عن العملية في سوريا"
    assert kinds("بالفيديو", TITLE, subtitle, FIRST, SECOND)[1:3] == ["title", "heading"]


def test_the_name_of_the_site_above_a_menu_is_no_title():
    lines = ("زووم خبر", "السعودية", "مصر", "المغرب")
    assert kinds(*lines, FIRST, SECOND) == ["navigation"] * 4 + ["paragraph"] * 2


def test_a_list_of_main_points_is_below_the_title():
    points = ("- إجلاء ستة آلاف من السكان إلى مراكز إيواء", "- توقعات بانحسار الأمطار")
    assert kinds(TITLE, *points, FIRST, SECOND)[:3] == ["title", "list", "list"]


def test_a_title_that_is_a_long_question_is_no_paragraph():
    title = "بعد عام على الاتفاق.. ماذا تغير في حياة سكان الجزيرة الصغيرة وما الذي ينتظرهم غدا؟"
    assert kinds("سياسة", title, "ندى فارس - بيروت", FIRST, SECOND)[1] == "title"


def test_the_name_of_the_site_is_cut_off_the_title():
    title = TITLE + " - بوابة النيل"
    verdict = judge([title, FIRST, SECOND, "بوابة النيل"], False)[0]
    assert verdict.kind == "title"
    assert [(title[cut.start : cut.end], cut.reason) for cut in verdict.cuts] == [
        (" - بوابة النيل", "signature")
    ]
    assert judge([TITLE + " - الجزء الثاني", FIRST, SECOND], False)[0].cuts == ()


def test_a_line_with_the_title_alone_is_preferred_to_one_with_the_name_of_the_site():
    assert kinds(TITLE + " | شبكة الساحل", "ليبيا", TITLE, FIRST, SECOND)[:3] == [
        "repeated_title",
        "navigation",
        "title",
    ]


def test_furniture_glued_to_a_paragraph_is_cut_off():
    line = FIRST + " اقرأ أيضا: " + HEADLINES[0]
    [cut] = judge([TITLE, line, SECOND], False)[1].cuts
    assert (line[: cut.start], cut.end, cut.reason) == (FIRST, len(line), "related")


def test_a_tweet_is_a_quotation_without_its_handle():
    lines = (TITLE, FIRST, "الهدنة قائمة", "— Lavrov (@mfa_russia) March 3, 2016", SECOND)
    assert kinds(*lines)[2:4] == ["quotation", "web_address"]
    assert kinds(TITLE, FIRST, "الهدنة قائمة pic.twitter.com/AbCd", SECOND)[2] == "quotation"


def test_a_poem_keeps_its_lines_and_has_a_title_above_its_author():
    verse = ("يا دار من أهوى على الربا", "مني السلام كلما هب الصبا", "مرت علينا في رحابك الليالي")
    lines = ("قصيدة إلى المدينة", "شعر: نبيل الحسن", *verse, "المشاهدات 44", "أضف تعليقا")
    assert kinds(*lines)[0] == "title"
    assert kept(*lines) == [lines[0], *verse]


@pytest.mark.parametrize(
    "line",
    [
        "الباحة 25 شوال 1436 هـ الموافق 10 أغسطس 2015 م واس",
        "برلين 15-7 (اف ب) -",
        "القدس المحتلة/وفا",
        "غزة - معا",
    ],
)
def test_a_dateline_on_a_line_of_its_own_stays(line):
    assert kinds(TITLE, line, FIRST, SECOND)[1] == "dateline"
    assert kinds(TITLE, line, FIRST, SECOND, has_title=True)[1] == "dateline"


def test_the_name_of_the_author_right_below_the_title_is_a_byline():
    assert kinds(TITLE, "ياسر العظمة", "كاتب وصحافي", FIRST, SECOND)[1:3] == ["byline", "byline"]
    assert kinds(TITLE, "سيرغي لافروف", FIRST, SECOND)[1] == "heading"


@pytest.mark.parametrize(
    ("foot", "goes"),
    [
        ("أهلا رمضانأسعار العملاتدولار17.8600يورو20.9043ريال4.7618", True),
        ("الوزارةأسعار السلعالأكثر قراءةحادث على الطريق", True),
        ("وأضاف أن المحادثات تستمر غدا في جنيف.", False),
    ],
)
def test_the_foot_of_the_page_is_cut_off_the_stop_that_it_touches(foot, goes):
    cuts = [(cut.start, cut.end) for cut in glued(SECOND + foot)]
    assert cuts == ([(len(SECOND), len(SECOND + foot))] if goes else [])
