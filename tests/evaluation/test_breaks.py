"""What sentence breaks are measured with, on texts small enough to count by hand."""

import pytest

from tests.evaluation.breaks import gold_rows, one_liner, one_liner_with_marks, ours, prose_rows
from tests.gold.load import GoldArticle, GoldSet, read_block


def gold(*lines):
    return GoldSet((GoldArticle("a", tuple(map(read_block, lines))),), "abc")


def test_the_regular_expression_breaks_at_stops_with_a_space():
    assert one_liner("نعم. لا؟ د. علي.وغادر. ") == {5, 9, 12}
    assert ours("قال نعم. ثم وصل د. علي.وغادر.") == {9, 23}


def test_breaks_are_counted_within_blocks_and_sentences_as_wholes():
    articles = gold(
        "title: عودة الوزير إلى المدينة",
        "paragraph: قال د. محمد العطار إن الوضع صعب جدا في المدينة.|وأضاف أن الحل قريب.",
    )
    within, whole = gold_rows(articles)
    assert (within.size, within.ours, within.baseline) == (1, 100.0, 0.0)
    assert (whole.size, whole.ours) == (3, 100.0)
    assert whole.baseline == pytest.approx(100 / 3)  # the title; two wrong pieces and the other


def test_marks_may_close_between_stop_and_space():
    assert one_liner_with_marks("قال «نعم.» ثم غادر. ") == {11}


def test_prose_is_joined_in_several_ways_each_beside_two_baselines(tmp_path):
    (tmp_path / "sentences").mkdir()
    lines = ["وصل الوزير إلى دمشق.", "بلا نقطة", "من أنت؟ سأل الحارس.", *["عاد الوفد أمس."] * 9]
    lines.append("قال نعم.وغادر القاعة.")
    (tmp_path / "sentences" / "iwslt2017.ar").write_text("\n".join(lines), encoding="utf-8")
    rows, (source,) = prose_rows(tmp_path)
    single, unspaced, run, every = rows[::2]
    assert [row.measure for row in rows[::2]] == [row.measure for row in rows[1::2]]
    assert single.size == 9  # ten lines in one paragraph
    assert (single.ours, single.baseline) == (100.0, 100.0)
    assert (unspaced.size, run.size) == (9, 10)  # ten lines and one; eleven
    assert every.size == 10  # ten lines and two
    assert every.baseline is not None
    assert every.baseline < 100.0
    assert source.size == "12 lines"
