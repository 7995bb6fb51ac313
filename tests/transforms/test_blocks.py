import pytest

from schemas.removals import REMOVAL_REASONS
from transforms.blocks import judge
from transforms.folding import fold
from transforms.furniture import load_lexicon

TITLE = "لافروف: نتوقع تحرير تدمر في أقرب وقت"
FIRST = "قال وزير الخارجية الروسي سيرغي لافروف إن موسكو تتوقع إنجاز العملية في أقرب وقت."
SECOND = "وأضاف الوزير في مؤتمر صحفي عقده في موسكو أن الهدنة في سوريا لا تزال قائمة."


def kinds(*lines, has_title=False):
    return [verdict.kind or verdict.reason for verdict in judge(lines, has_title)]


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


def test_a_byline_is_no_title_and_stays():
    assert kinds("بقلم: سامي كليب", FIRST, SECOND) == ["paragraph"] * 3
    assert kinds("داليا أبو العيش – عين اليوم", FIRST) == ["paragraph", "paragraph"]


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
    assert kinds(TITLE, FIRST, line, SECOND) == ["title", "paragraph", reason, "paragraph"]


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


def test_the_lexicon_is_folded_and_has_known_reasons():
    lexicon = load_lexicon()
    for phrases in lexicon:
        assert "" not in phrases
        assert all(fold(phrase) == phrase for phrase in phrases)
        assert set(phrases.values()) <= set(REMOVAL_REASONS)
