import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.records import Markup
from transforms.blocks import Verdict
from transforms.marked_blocks import judge_marked

TITLE = "البلدية تعلن إغلاق الطريق الساحلي أسبوعين"
PROSE = "قال المتحدث باسم البلدية إن أعمال الصيانة في الطريق الساحلي ستستمر أسبوعين كاملين."


def mark(kind="paragraph", reason=None, main=True):
    return Markup(0, 1, kind, reason, main)


def verdicts(*lines, title=TITLE, keep_boilerplate=False):
    texts, markup = zip(*lines, strict=True)
    return judge_marked(texts, markup, title, keep_boilerplate)


def test_structure_takes_out_what_it_names():
    found = verdicts((PROSE, mark()), ("خبر آخر عن الطرق", mark(reason="related", main=False)))
    assert found == [
        Verdict("paragraph", None),
        Verdict(None, "related", "structure"),
    ]


def test_what_is_outside_the_article_is_aside():
    found = verdicts((PROSE, mark()), ("كلام بلا سبب معروف هنا", mark(main=False)))
    assert found[1] == Verdict(None, "aside", "structure")


def test_wording_takes_out_what_structure_overlooked():
    found = verdicts((PROSE, mark()), ("اقرأ أيضا: خبر آخر عن الطرق", mark()), (PROSE, mark()))
    assert found[1] == Verdict(None, "related", "line")


def test_title_is_kept_once():
    found = verdicts(
        (TITLE, mark(None, "navigation", False)),
        (TITLE, mark("title")),
        (PROSE, mark()),
        (TITLE, mark()),
    )
    assert [verdict.kind for verdict in found] == [None, "title", "paragraph", None]
    assert found[3].reason == "repeated_title"


def test_title_that_no_line_shows_is_no_trouble():
    assert verdicts((PROSE, mark())) == [Verdict("paragraph", None)]


def test_title_is_found_by_its_words_where_the_markup_does_not_say():
    found = verdicts((TITLE, mark(None)), (PROSE, mark()))
    assert found[0] == Verdict("title", None)


def test_caption_and_byline_have_a_kind_and_a_reason():
    found = verdicts(
        (TITLE, mark("title")),
        ("هدى الشمري", mark("byline", "byline", False)),
        ("الطريق بعد الإغلاق", mark("caption", "caption", False)),
        (PROSE, mark()),
    )
    assert found[1] == Verdict("byline", "byline", "structure")
    assert found[2] == Verdict("caption", "caption", "structure")


def test_words_of_others_are_not_judged_by_the_words_of_sites():
    found = verdicts((PROSE, mark()), ("— الوزير (@wazir) 1 مايو 2020", mark("quotation")))
    assert found[1] == Verdict("quotation", None)


def test_kinds_of_the_tags_stay():
    found = verdicts(
        (PROSE, mark()), ("تفاصيل الإغلاق", mark("heading")), ("بند", mark("list")), (PROSE, mark())
    )
    assert [verdict.kind for verdict in found] == ["paragraph", "heading", "list", "paragraph"]


def test_all_below_the_label_of_the_comments_goes():
    found = verdicts((PROSE, mark()), (PROSE, mark()), ("التعليقات", mark()), (PROSE, mark()))
    assert [verdict.reason for verdict in found] == [None, None, "comments", "comments"]


def test_boilerplate_can_be_kept():
    found = verdicts(("شارك", mark(None, "sharing", False)), (PROSE, mark()), keep_boilerplate=True)
    assert all(verdict.reason is None and verdict.kind for verdict in found)


def test_line_without_markup_is_judged_by_its_words():
    assert verdicts((PROSE, None))[0].kind == "paragraph"


def test_every_line_needs_its_entry():
    with pytest.raises(ValueError, match="1 lines but 0 entries"):
        judge_marked([PROSE], [], None)


LINES = st.sampled_from([TITLE, PROSE, "شارك", "التعليقات", "-", "هدى الشمري", "123", "x.com"])
MARKS = st.builds(
    mark,
    st.sampled_from([None, "paragraph", "heading", "list", "quotation", "title"]),
    st.sampled_from([None, "related", "byline", "caption"]),
    st.booleans(),
)


@given(st.lists(st.tuples(LINES, st.none() | MARKS), min_size=1, max_size=12), st.booleans())
def test_there_is_one_verdict_a_line_and_never_two_titles(lines, keep):
    found = verdicts(*lines, keep_boilerplate=keep)
    assert len(found) == len(lines)
    assert all(verdict.kind or verdict.reason for verdict in found)
    assert sum(verdict.kind == "title" for verdict in found) <= 1


def test_under_the_headline_a_colon_may_end_a_byline():
    found = verdicts((TITLE, mark("title")), ("كتب - فهاد المطرفي:", mark()), (PROSE, mark()))
    assert found[1] == Verdict("byline", "byline", "line")
    found = verdicts((TITLE, mark("title")), (PROSE, mark()), ("وقال المتحدث:", mark()))
    assert found[2] == Verdict("paragraph", None)
