from dataclasses import replace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tests.transforms.news import body, clean, edited, raw
from transforms.repeated_lines import (
    SIGHTING,
    KnownLines,
    known_lines,
    line_hash,
    merge_sightings,
    repeated_lines,
    seen_again,
    sightings,
    site_of,
)

FOOT = "حمّل تطبيق الخبر العاجل على هاتفك"
SITE = "الخبر"


def known(articles, least=5):
    return known_lines(merge_sightings([sightings(one, True) for one in articles], least), least)


def with_foot(count, foot=FOOT):
    return [clean(number, f"{body(number)}\n{foot}") for number in range(count)]


def count_of(line, lines, site=SITE):
    return lines.counts.get(line_hash(line, site), 0)


def test_line_of_enough_different_articles_is_known():
    assert count_of(FOOT, known(with_foot(5))) == 5
    assert count_of(FOOT, known(with_foot(4))) == 0


def test_line_of_another_site_is_another_line():
    articles = [
        clean(number, f"{body(number)}\n{FOOT}", site=f"موقع {number % 2}") for number in range(8)
    ]
    assert known(articles).counts == {}


def test_wire_story_told_forty_times_makes_no_line_furniture():
    story = f"{body(1)}\nوأكدت المصادر أن التحقيق مستمر\n{body(2)}"
    copies = [clean(number, edited(story, 0.05, number)) for number in range(40)]
    exact = [clean(number, story) for number in range(40)]
    assert known(copies).counts == {}
    assert known(exact).counts == {}


def test_numbers_are_left_open_but_not_left_out():
    lines = [f"قراءة {number * 37} مرة" for number in range(5)]
    articles = [clean(number, f"{body(number)}\n{line}") for number, line in enumerate(lines)]
    assert count_of("قراءة ١٢ مرة", known(articles)) == 5
    assert line_hash("قراءة مرة", SITE) != line_hash("قراءة 5 مرة", SITE)


def test_spelling_and_marks_do_not_tell_lines_apart():
    assert line_hash("إقرأ أيضًا:", SITE) == line_hash("اقرا ايضا", SITE)


def test_long_line_and_line_without_a_letter_have_no_hash():
    assert line_hash(" ".join(["كلمة"] * 41), SITE) is None
    assert line_hash("ا" * 10_000_000, SITE) is None
    assert line_hash("--- 2026 ---", SITE) is None


def test_given_title_is_never_counted():
    column = [clean(number, body(number), title="رأي الخبر") for number in range(9)]
    assert known(column).counts == {}


def test_site_is_named_or_the_folder():
    article = raw(1, "نص")
    assert site_of(article) == "الخبر"
    nameless = replace(article.metadata, site=None)
    elsewhere = replace(article.origin, path="in/alkhabar/1.html")
    assert site_of(replace(article, metadata=nameless, origin=elsewhere)) == "in/alkhabar"


def knowing(**counts):
    return KnownLines({line_hash(line, SITE): count for line, count in counts.items()}, 5)


PARAGRAPH = " ".join(["قال"] * 20) + "."


def test_known_line_goes_at_the_head_and_the_foot():
    lines = knowing(**{FOOT: 5})
    texts = [FOOT, PARAGRAPH, PARAGRAPH, "خاتمة", FOOT]
    assert repeated_lines(texts, SITE, lines) == [True, False, False, False, True]
    assert repeated_lines(texts, "موقع آخر", lines) == [False] * 5


def test_standing_heading_between_paragraphs_stays_until_it_is_everywhere():
    texts = [PARAGRAPH, "خلفية", PARAGRAPH]
    assert repeated_lines(texts, SITE, knowing(خلفية=14)) == [False] * 3
    assert repeated_lines(texts, SITE, knowing(خلفية=15)) == [False, True, False]


def test_line_that_asks_or_introduces_something_stays_between_paragraphs():
    texts = [PARAGRAPH, "ماذا بعد؟", PARAGRAPH, "وجاء في البيان:", PARAGRAPH]
    lines = knowing(**{"ماذا بعد؟": 20, "وجاء في البيان:": 20})
    assert repeated_lines(texts, SITE, lines) == [False] * 5


def test_line_of_an_article_without_running_text_must_be_everywhere():
    texts = ["الرياض", "غائم", "جدة", "صحو"]
    assert repeated_lines(texts, SITE, knowing(جدة=14)) == [False] * 4


def test_known_long_line_is_no_running_text():
    notice = " ".join(["حقوق"] * 16)
    texts = [PARAGRAPH, FOOT, notice]
    assert repeated_lines(texts, SITE, knowing(**{FOOT: 5, notice: 5})) == [False, True, True]


def test_nothing_is_known_where_no_line_may_be_taken_out():
    assert known(with_foot(9), least=0).counts == {}


few = st.integers(0, 6)


@given(
    seen=st.lists(st.tuples(few, st.integers(0, 40)), max_size=120),
    cuts=st.lists(st.integers(0, 120), max_size=4),
    least=st.integers(0, 3),
    chance=st.randoms(use_true_random=False),
)
def test_merging_does_not_depend_on_order_or_grouping(seen, cuts, least, chance):
    rows = [(line, article, (article,) * 8) for line, article in sorted(set(seen))]
    whole = np.array(rows, dtype=SIGHTING)
    shuffled = np.array(chance.sample(rows, len(rows)), dtype=SIGHTING)
    parts = np.split(shuffled, sorted(min(cut, len(rows)) for cut in cuts))
    left = merge_sightings(parts[:1], least)
    for part in parts[1:]:
        left = merge_sightings([left, merge_sightings([part, part], least)], least)
    assert left.tobytes() == merge_sightings([whole], least).tobytes()
    again = seen_again(left)
    assert set(again["line"]) == {
        line for line in left["line"] if np.count_nonzero(left["line"] == line) > 1
    }


def test_only_some_sightings_of_a_line_that_is_everywhere_are_kept():
    merged = merge_sightings([sightings(one, True) for one in with_foot(60)], 5)
    assert np.count_nonzero(merged["line"] == line_hash(FOOT, SITE)) == 20
