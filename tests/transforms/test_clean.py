import pickle
from dataclasses import replace
from pathlib import Path

import apache_beam as beam
import pytest
from apache_beam.testing.util import assert_that, equal_to
from hypothesis import given
from hypothesis import strategies as st

from schemas.quarantine import REASONS
from schemas.records import Shard
from schemas.removals import REMOVAL_REASONS
from schemas.settings import CleanSettings
from tests.transforms.articles import any_text, raw_article, thorough
from transforms.clean import Clean, arabic_share, clean_alone, clean_article, clean_shard
from transforms.normalise import normalise_lines
from transforms.repeated_lines import KnownLines, line_hashes, site_of
from transforms.shards import RejectedArticleError

SEED = Path(__file__).parents[2] / "seeds" / "syriantelegraph-lavrov-palmyra.txt"
ANYTHING = CleanSettings(min_arabic_share=0)
NEWS = "خبر عاجل من دمشق\n\nقال الوزير أمس إن الهدنة لا تزال قائمة في سوريا.\n"


def blocks_of(article):
    return [(block.kind, article.text[block.start : block.end]) for block in article.blocks]


def test_the_seed_becomes_exactly_its_article():
    source = SEED.read_text(encoding="utf-8")
    article = clean_article(raw_article(source), CleanSettings())
    kinds = [kind for kind, _ in blocks_of(article)]
    assert (kinds.count("title"), kinds.count("paragraph"), kinds.count("heading")) == (1, 14, 2)
    assert len(kinds) == 17
    assert blocks_of(article)[0][1] == "لافروف : نتوقع إنجاز عملية تحرير تدمر في أقرب وقت"
    assert article.metadata.title == blocks_of(article)[0][1]
    assert [text for kind, text in blocks_of(article) if kind == "heading"] == [
        "لافروف: مستعدون لاستئناف التعاون مع الناتو في مجال مكافحة الإرهاب",
        "رفع العقوبات",
    ]
    assert {removed.text: removed.reason for removed in article.removed} == {
        "عالميمحلي": "navigation",
        "سيرفي-لافروف-باولو-جنتيلوني": "image_slug",
        "سيريان تلغراف": "signature",
        "اظهر المزيد": "navigation",
        "مقالات ذات صلة": "related",
        "زر الذهاب إلى الأعلى": "navigation",
        "أنت تستخدم إضافة Adblock": "ad_blocker",
        "برجاء دعمنا عن طريق تعطيل إضافة Adblock": "ad_blocker",
    }
    assert article.language == "ar"
    assert article.arabic_share == 1.0


def test_the_title_of_the_metadata_is_the_first_line():
    source = "صور\n\n" + NEWS
    article = clean_article(raw_article(source, title="صور"), CleanSettings())
    assert blocks_of(article)[0] == ("title", "صور")
    assert article.metadata.title == "صور"


LINES = [
    "خبر عاجل من دمشق",
    "قال الوزير أمس إن الهدنة لا تزال قائمة.",
    "القاهرة - رويترز: انتهى الاجتماع.",
    "تابعونا على فيسبوك",
    "اقرأ أيضا",
    "الخبر",
    "كتب: أحمد",
    "***",
    " ".join(["كلمة"] * 50),
]
lines = st.lists(st.sampled_from(LINES), min_size=1)


def outcome(article, known):
    """What cleaning makes of an article, or why it rejects it."""
    try:
        return clean_article(article, ANYTHING, known)
    except RejectedArticleError as error:
        return error.reason


@given(lines, lines, st.sampled_from([None, LINES[0]]))
def test_an_article_that_was_cleaned_alone_is_cleaned_as_any_other(given, seen, title):
    article = raw_article("\n".join([*filter(None, [title]), *given]), title=title)
    known = KnownLines(dict.fromkeys(line_hashes(seen, site_of(article)), 5), 5)
    try:
        alone = clean_alone(article, ANYTHING)
    except RejectedArticleError:
        return
    assert outcome(replace(article, alone=alone), known) == outcome(article, known)


def test_the_line_feed_between_blocks_is_made_from_what_lies_between_them():
    article = clean_article(raw_article(NEWS), CleanSettings())
    feed = article.text.index("\n")
    start, end = article.alignment.source_span(feed, feed + 1)
    assert NEWS[start:end] == "\n\n"


def test_keep_boilerplate_keeps_every_line():
    source = SEED.read_text(encoding="utf-8")
    article = clean_article(raw_article(source), CleanSettings(keep_boilerplate=True))
    assert article.removed == ()
    assert len(article.blocks) == 25


@pytest.mark.parametrize(
    ("source", "reason", "figure"),
    [
        ("", "empty", "0 characters"),
        (" \n\u200b\u00a0", "empty", "4 characters"),
        ("مقالات ذات صلة\n* * *", "no_text", "2 lines"),
        ("The minister said on Friday that talks go on.", "not_arabic", "0%"),
        ("2015 2016", "not_arabic", "0%"),
    ],
)
def test_what_is_no_arabic_article_is_rejected(source, reason, figure):
    with pytest.raises(RejectedArticleError, match=figure) as rejected:
        clean_article(raw_article(source), CleanSettings())
    assert rejected.value.reason == reason
    assert reason in REASONS


def test_arabic_share_counts_letters_only():
    assert arabic_share("سوريا 2015 ABC؟") == pytest.approx(5 / 8)
    assert arabic_share("2015 ؟") == 0


@thorough
@given(any_text)
def test_nothing_is_lost(source):
    """Each visible line is either one block or one removal, and spans give the source back."""
    lines = normalise_lines(source)
    try:
        article = clean_article(raw_article(source), ANYTHING)
    except RejectedArticleError:
        return
    spans = [article.alignment.source_span(block.start, block.end) for block in article.blocks]
    spans += [(removed.source_start, removed.source_end) for removed in article.removed]
    assert len(spans) == len(lines)
    for (start, end), line in zip(sorted(spans), lines, strict=True):
        assert line.start <= start < end <= line.end
    for removed in article.removed:
        assert source[removed.source_start : removed.source_end] == removed.text
        assert removed.reason in REMOVAL_REASONS
    assert "\n".join(text for _, text in blocks_of(article)) == article.text
    assert article.source_length == len(source)


@thorough
@given(any_text)
def test_alignment_covers_the_whole_text_and_never_falls(source):
    try:
        article = clean_article(raw_article(source), ANYTHING)
    except RejectedArticleError:
        return
    starts, ends = article.alignment.starts, article.alignment.ends
    assert len(starts) == len(ends) == len(article.text)
    assert list(starts) == sorted(starts)
    assert list(ends) == sorted(ends)
    assert all(start < end for start, end in zip(starts, ends, strict=True))


def test_a_bad_article_stops_nothing():
    shard = Shard(3, (raw_article(NEWS + "اظهر المزيد"), raw_article("English only, sorry.")))
    cleaned = clean_shard(shard, CleanSettings())
    assert len(cleaned.articles) == 1
    assert [rejected.reason for rejected in cleaned.rejections] == ["not_arabic"]
    assert cleaned.rejections[0].stage == "clean"
    assert cleaned.metrics["clean.removed_blocks"] == 1
    assert cleaned.metrics["seconds.clean"] > 0


def test_the_transform_pickles_and_runs():
    clean = pickle.loads(pickle.dumps(Clean(CleanSettings())))
    with beam.Pipeline("FnApiRunner") as pipeline:
        shards = pipeline | beam.Create([Shard(0, (raw_article(NEWS),))]) | clean
        assert_that(shards | beam.Map(lambda shard: len(shard.articles)), equal_to([1]))


TITLE = "لافروف يتوقع تحرير تدمر في أقرب وقت"
BODY = """قال وزير الخارجية الروسي سيرغي لافروف إن موسكو تتوقع إنجاز العملية في أقرب وقت ممكن.

وأضاف الوزير في مؤتمر صحفي عقده في موسكو أن الهدنة في سوريا لا تزال قائمة حتى اليوم."""
PAGES = {
    "a WordPress theme": (
        "الرئيسية/أخبار/عالمي\nعالمي",
        "فريق التحرير25 مارس، 2016\nآخر تحديث: 25 مارس، 2016\n0 12 دقيقة واحدة\nفيسبوك\nتويتر",
        "الوسوم\nروسيا سوريا\nمشاركة عبر البريد\nطباعة\nمقالات ذات صلة\n"
        "بوتين يستقبل كيري في الكرملين\n25 مارس، 2016\nاترك تعليقاً إلغاء الرد\n"
        "لن يتم نشر عنوان بريدك الإلكتروني. الحقول الإلزامية مشار إليها بـ *\nالتعليق *\nالاسم *\n"
        "شاهد أيضاً\nإغلاق\n© حقوق النشر 2016، جميع الحقوق محفوظة\nزر الذهاب إلى الأعلى",
    ),
    "a broadcaster": (
        "تخطى إلى المحتوى\nالأقسام\nالرئيسية\nالشرق الأوسط",
        "25 مارس/ آذار 2016\nشارك\nصدر الصورة، Getty Images",
        "قصص مقترحة\nبوتين يستقبل كيري في الكرملين\nالأكثر قراءة\n1\nالجيش يتقدم نحو مطار تدمر\n"
        "مواضيع ذات صلة\nروسيا\n© 2016 بي بي سي. بي بي سي ليست مسؤولة عن المواقع الخارجية.",
    ),
    "a news channel": (
        "أخبار|سوريا",
        "25/3/2016\n|\nآخر تحديث: 25/3/2016 04:30 PM (مكة المكرمة)\nحفظ\nشارِكْ\nfacebook\nwhatsapp",
        "المصدر : الجزيرة + وكالات\nإعلان\nالمزيد من أخبار\nاقرأ أيضا\nlist of 2 items\n"
        "list 1 of 2\nبوتين يستقبل كيري في الكرملين\nend of list",
    ),
    "a newspaper": (
        "هسبريس\nسياسة",
        "الجمعة 25 مارس 2016 - 14:30",
        "النشرة البريدية\nاشترك الآن في النشرة البريدية، لتصلك آخر الأخبار يوميا\nتعليقات الزوار\n"
        "3\nالاسم\nشروط التعليق\nعدم الإساءة للكاتب أو للأشخاص أو للمقدسات.",
    ),
}


@pytest.mark.parametrize("page", PAGES)
def test_of_a_page_only_the_article_is_left(page):
    before, under_title, after = PAGES[page]
    source = "\n".join((before, TITLE, under_title, BODY, after))
    article = clean_article(raw_article(source), CleanSettings())
    assert [text for _, text in blocks_of(article)] == [TITLE, *BODY.split("\n\n")]
