import pytest
from hypothesis import given

from tests.transforms.articles import any_text
from transforms.datelines import dateline_end, is_source_line
from transforms.source_names import load_names

REPORT = "أعلن المتحدث باسم الحكومة أن المحادثات ستستأنف الأسبوع المقبل."


@pytest.mark.parametrize(
    "dateline",
    [
        "برلين 15-7 (اف ب) - ",
        "القاهرة (رويترز) - ",
        "واشنطن - أ ف ب: ",
        "الرياض – واس ",
        "دمشق-سانا ",
        "غزة/ معا/ ",
        "القدس المحتلة / وفا / ",
        "لندن ـ «القدس العربي»: ",
        "بيروت: «الشرق الأوسط» ",
        "دمشق، سوريا (CNN) -- ",
        "الدوحة-قنا ",
        "الرباط – (د ب أ): ",
        "نيويورك (الأمم المتحدة) - أ ف ب - ",
        "عمّان - بترا - ",
        "الدوحة- ",
        "سبق- جدة: ",
        "أحمد سرور- سبق- الرياض: ",
        "أحمد علي - القاهرة - رويترز: ",
        "الباحة 25 شوال 1436 هـ الموافق 10 اغسطس 2015 م واس ",
    ],
)
def test_a_dateline_ends_where_the_report_begins(dateline):
    assert dateline_end(dateline + REPORT) == len(dateline)


@pytest.mark.parametrize(
    "text",
    [
        "موسكو - التي تدعم دمشق - قالت إن الهدنة قائمة.",
        "قال - وهو يبتسم - إن الفريق مستعد.",
        "قال الوزير: سبق أن أعلنا موقفنا.",
        "الرياض - سبق أن قال الوزير - لن تتراجع.",
        "روسيا اليوم - وهي قناة روسية - نقلت الخبر.",
        "علمت «عكاظ» من مصادر مطلعة أن القرار صدر.",
        "وأوضح ل«الشرق الأوسط» أن الأسعار سترتفع.",
        "ونقلت وكالة (رويترز) عن مسؤول قوله إن الاتفاق قريب.",
        "ذهب (فارس) مغضوبا عليه.",
        "الملك سلمان: الرياض عاصمة القرار العربي.",
        "قالت رويترز - نقلا عن مصادر - إن الاتفاق قريب.",
        "",
        "- القاهرة",
    ],
)
def test_a_sentence_has_no_dateline(text):
    assert dateline_end(text) == 0


@pytest.mark.parametrize("line", ["وكالات", "د ب أ، رويترز", "دبي - العربية نت", "رام الله/وفا"])
def test_a_line_of_sources_names_nothing_else(line):
    assert is_source_line(line)


@pytest.mark.parametrize("line", ["مكة - جدة", "الهلال - النصر", "رويترز تنفي الخبر الذي نشر أمس"])
def test_roads_and_matches_are_no_sources(line):
    assert not is_source_line(line)


def test_no_name_is_both_sure_and_ambiguous():
    names = load_names()
    assert not names.agencies & names.ambiguous
    assert "" not in names.agencies | names.ambiguous | names.places


@given(any_text)
def test_a_dateline_never_takes_the_whole_text(text):
    assert 0 <= dateline_end(text) <= max(len(text) - 1, 0)
