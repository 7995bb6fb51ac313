import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.query.diacritics import by_unicode, letters_in_order, root_expression, tolerant

CONNECTION = duckdb.connect()


def matches(expression, value):
    found = CONNECTION.execute("SELECT regexp_full_match(?, ?)", [value, expression]).fetchone()
    return found[0]


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("قال", "قال"), ("قال", "قالَ"), ("معلم", "مُعَلِّم"), ("معلّم", "مُعَلِّم"), ("استقبال", "ٱِسْتِقْبال"),
        ("قَال", "قَالَ"), ("هذا", "هٰذا"), ("قال", "قـــال"), ("مُعَلِّم", "مُعَلِّم"),
        ("معلِّم", "معل\u0651\u0650م"), ("معلِّم", "معل\u0650\u0651م"),
        ("م.*", "مُعَلِّم"), ("م...", "مُعَلِّم"), ("مع?لم", "مُلِم"), ("[مك]علم", "مُعَلِّم"),
        ("[^ك]علم", "مُعَلِّم"), ("[اك]ستقبال", "ٱِسْتِقْبال"),
        (r"\w+", "مُعَلِّم"), ("وزير|رئيس", "رَئِيس"), ("[ا-ي]{4}", "مُعَلِّم"), ("(مع)+لم", "مَعمُعَلِم"),
    ],
)  # fmt: skip
def test_diacritics_that_are_left_out_may_be_any(typed, stored):
    assert matches(tolerant(typed), stored)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("قال", "قالت"), ("مَعلم", "مُعَلِّم"), ("معلّم", "مَعْلَم"), ("اكد", "أَكَّد"), ("م..", "مُعَلِّم"),
        ("[^م]علم", "مُعَلِّم"), ("ٱستقبال", "استقبال"), ("معلَم", "مُعَلِّم"),
    ],
)  # fmt: skip
def test_diacritics_that_are_typed_must_be_there(typed, stored):
    assert not matches(tolerant(typed), stored)


@given(st.text(alphabet="ابتثعلمقرأإؤئءةىٱ", min_size=1, max_size=6), st.data())
def test_a_word_finds_itself_however_it_is_vocalised(letters, data):
    marks = st.text(alphabet="\u064b\u064c\u064e\u064f\u0650\u0651\u0652\u0670ـ", max_size=2)
    vocalised = "".join(letter + data.draw(marks) for letter in letters)
    assert matches(tolerant(letters), vocalised)
    like = CONNECTION.execute("SELECT ? LIKE ?", [vocalised, letters_in_order(letters)]).fetchone()
    assert like == (True,)


@pytest.mark.parametrize("typed", ["(قال", "[قال", "قال)", "قال[", "*", "قا\\"])
def test_what_is_no_regular_expression_stays_none(typed):
    with pytest.raises(duckdb.Error):
        matches(tolerant(typed), "قال")


def test_likeness_is_known_of_plain_words_only():
    assert letters_in_order("معلّم") == "م%ع%ل%م%"
    assert letters_in_order("م.*") is None
    assert letters_in_order("") is None
    assert letters_in_order("NATO") is None


def test_classes_are_of_all_scripts():
    assert matches(by_unicode(r"\w\d"), "ق٣")
    assert matches(by_unicode(r"[\w-]+"), "قال-قيل")


@pytest.mark.parametrize(
    ("typed", "root"), [("قول", "ق.#.ل"), ("كتب", "ك.ت.ب"), ("أنف", "#.ن.ف"), ("مع", "مع")]
)
def test_a_root_needs_no_full_stops(typed, root):
    assert matches(root_expression(typed), root)
    assert not matches(root_expression(typed), root + ".ل")


def test_a_root_may_be_any_regular_expression():
    assert root_expression("ق.#.ل") is None
    assert root_expression(r"ك\.ت\..") is None
