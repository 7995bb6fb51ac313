import pytest
from hypothesis import example, given

from tests.transforms.articles import any_text, thorough
from transforms.normalise import normalise, normalise_lines


@pytest.mark.parametrize(
    ("source", "clean"),
    [
        ("ﺍﻟﺴﻼﻡ ﻋﻠﻴﻜﻢ", "السلام عليكم"),
        ("قال ﷺ", "قال صلى الله عليه وسلم"),
        ("عبد ﷲ", "عبد الله"),
        ("﴿قل هو ﷲ﴾", "﴿قل هو الله﴾"),
        ("ﻣﹷ", "مَ"),
        ("ا\u0653من و\u0654 ي\u0654 ا\u0655لى", "آمن ؤ ئ إلى"),
        ("cafe\u0301", "café"),
        ("كـــتـاب", "كتاب"),
        ("الرياض ـ واس", "الرياض - واس"),
        ("ـ قال الوزير", "- قال الوزير"),
        ("2014ـ2015", "2014-2015"),
        ("\u200f\u202bالعربية\u202c\u200e", "العربية"),
        ("\ufeffخبر\u00ad عا\u200bجل\x07", "خبر عاجل"),
        ("خبر\ud800 عاجل", "خبر عاجل"),
        ("  خبر\u00a0\u2003 عاجل\t", "خبر عاجل"),
        ("&quot;نعم&quot;&nbsp;قال", '"نعم" قال'),
        ("&amp;quot;نعم&amp;amp;quot;", '"نعم"'),
        ("&#1575;&#x644;خبر", "الخبر"),
        ("AT&T وR&D; &غير;", "AT&T وR&D; &غير;"),
        ("کتاب عربی", "كتاب عربي"),
        ("ھذه مدینۃ", "هذه مدينة"),
        ("\u064bخبر \u064e\u0651", "خبر"),
        ("محمّّد", "محمّد"),
        ("5\u064e", "5"),
    ],
)
def test_what_fonts_keyboards_and_pages_need_goes(source, clean):
    assert normalise(source).text == clean


@pytest.mark.parametrize(
    "text",
    [
        "مُحَمَّدٌ رَسُولٌ، أإآٱؤئءىة.",
        '“نعم” «لا» "ربما" (كذا) …',
        "٣٫٥ و1,000 و۷ ٪",
        "پاريس چاد گراج ڤيينا",
        "هٰذا الرحمٰن",
        "﴾ ﴿ ؁ ۝",
        "naïve São 中文 עברית",
        "العدد � مجهول",
    ],
)
def test_what_a_linguist_needs_stays(text):
    assert normalise(text).text == text


def test_each_clean_character_knows_its_source():
    text, starts, ends = normalise("قـال&quot;ﻻ\u0654\u00a0 ", offset=100)
    assert text == 'قال"لأ'
    assert list(zip(starts, ends, strict=True)) == [
        (100, 101),
        (102, 103),
        (103, 104),
        (104, 110),
        (110, 111),
        (110, 112),
    ]


def test_what_did_not_change_inside_a_rewritten_stretch_maps_to_itself():
    _, starts, ends = normalise("محمّّد")
    assert list(zip(starts, ends, strict=True)) == [(0, 1), (1, 2), (2, 3), (3, 4), (5, 6)]


def test_every_kind_of_line_end_ends_a_line():
    source = "a\nb\rc\r\nd\x0be\x0cf\x85g\u2028h\u2029i"
    assert [line.normalised.text for line in normalise_lines(source)] == list("abcdefghi")


def test_lines_with_nothing_to_see_are_no_lines():
    assert normalise_lines("\u200b\n \u00a0\n\u064b &#8203;\r\n") == []


@thorough
@given(any_text)
@example("&&#97;mp;quot;")
@example("&" + "amp;" * 30 + "quot;")
@example("&#38;" * 9 + "quot;")
@example("ا" + "\u0654\u0655" * 20)
@example(" ـ\u064b ")
def test_normalising_twice_changes_nothing_more(source):
    once = normalise(source).text
    assert normalise(once).text == once


@thorough
@given(any_text)
def test_alignment_is_within_bounds_and_never_falls(source):
    text, starts, ends = normalise(source, offset=7)
    assert len(text) == len(starts) == len(ends)
    assert all(start < end for start, end in zip(starts, ends, strict=True))
    assert list(starts) == sorted(starts)
    assert list(ends) == sorted(ends)
    assert not text or (starts[0] >= 7 and ends[-1] <= 7 + len(source))


@thorough
@given(any_text)
def test_unchanged_text_maps_to_itself(source):
    clean = normalise(source).text
    _, starts, ends = normalise(clean)
    assert list(starts) == list(range(len(clean)))
    assert list(ends) == list(range(1, len(clean) + 1))


@thorough
@given(any_text)
def test_lines_point_into_the_source(source):
    for line in normalise_lines(source):
        assert normalise(source[line.start : line.end]).text == line.normalised.text
        assert line.start <= line.normalised.starts[0]
        assert line.normalised.ends[-1] <= line.end


@pytest.mark.parametrize(
    "unit", ["&amp;", "&#38;", "&&#97;mp;", "ا\u0654\u0655", "\u0640", " \u00a0", "e\u0301\u0327"]
)
def test_a_megabyte_of_one_pattern_ends(unit):
    text = unit * (1_000_000 // len(unit))
    assert len(normalise(text).text) < len(text)


def test_a_letter_under_a_pile_of_marks_keeps_a_few():
    assert len(normalise("ب" + "\u064e\u0650" * 500_000).text) < 20
