import pytest
from hypothesis import given

from schemas.removals import REMOVAL_REASONS
from tests.transforms.articles import any_text
from transforms.line_features import look_at
from transforms.site_words import is_breadcrumb, menu_items, site_phrases


@pytest.mark.parametrize(
    "line",
    ["بقلم/ سامي كليب", "كتب: محمد علي", "كتبت هالة منصور", "إعداد: فريق التحرير"],
)
def test_bylines(line):
    assert look_at(line).role == "byline"


@pytest.mark.parametrize(
    "line",
    [
        "كتب الوزير على حسابه أن الهدنة قائمة",
        "كتب مدرسية جديدة في الأسواق هذا العام",
        "إعداد جيل متعلم يقود المستقبل",
        "تقرير: ارتفاع أسعار النفط في الأسواق العالمية",
        "ترجمة القرآن إلى لغات العالم.",
    ],
)
def test_sentences_and_headlines_are_no_bylines(line):
    assert look_at(line).role is None


@pytest.mark.parametrize(
    "line", ["(رويترز)", "رويترز + أ ف ب", "المصدر: وكالات", "نقلا عن: الأناضول"]
)
def test_agencies(line):
    assert look_at(line).role == "agency"


@pytest.mark.parametrize(
    "line",
    [
        "متظاهرون في ساحة التحرير (أ.ف.ب)",
        "صورة أرشيفية لمطار دمشق",
        "سبائك ذهبية - أرشيف",
        "الصورة: موقع الحادث",
        "جانب من المباراة",
    ],
)
def test_captions(line):
    assert look_at(line).role == "caption"


@pytest.mark.parametrize(
    "line",
    [
        "الجمعة 25 مارس 2016 - 14:30",
        "25-03-2016 | 11:30",
        "العدد 4961 - الخميس 07 أبريل 2016م الموافق 29 جمادى الآخرة 1437هـ",
        "منذ 3 ساعات",
        "March 25, 2016",
    ],
)
def test_dates(line):
    assert look_at(line).likely == "timestamp"


@pytest.mark.parametrize("line", ["ع.ج/ ح.ز", "م.ع/ ر.ن"])
def test_initials_of_editors_are_a_signature(line):
    assert look_at(line).likely == "signature"


def test_menus_are_counted_glued_or_not():
    assert menu_items("عالميمحلي") == 2
    assert menu_items("الرييسيه اخبار سياسه اقتصاد") == 4
    assert menu_items("سياسه الحكومه الجديده") == 0
    assert look_at("الرئيسيةأخبارسياسةاقتصاد").certain == "navigation"
    assert look_at("أخبار العالم").certain is None


def test_a_path_of_sections_is_a_breadcrumb():
    assert is_breadcrumb("الرئيسية » محليات » أزمة المياه")
    assert is_breadcrumb("أخبار|سوريا")
    assert is_breadcrumb("الرئيسيةأخبار المحافظةكتاباتصور من البلد")
    assert not is_breadcrumb("مباحثات سورية / روسية في موسكو")
    assert not is_breadcrumb("يقول بوزيد إنه « آسف لذلك » ، و لكن هل كان هناك « خيار » آخر ؟")


def test_a_site_speaks_of_itself():
    assert site_phrases("اشترك في نشرتنا البريدية") == 2
    assert site_phrases("قال الوزير إن الهدنة قائمة.") == 0


@given(any_text.filter(lambda text: text.strip() and "\n" not in text))
def test_reasons_come_from_the_closed_list_and_certain_is_likely(text):
    line = look_at(" ".join(text.split()))
    assert {line.certain, line.likely} <= {None, *REMOVAL_REASONS}
    if line.certain:
        assert line.likely == line.certain
