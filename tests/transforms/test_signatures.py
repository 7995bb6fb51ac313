import datetime
from dataclasses import replace

import pytest

from tests.transforms.news import body, clean, edited
from transforms.signatures import load_minhash, make_signature


def alike(one, other):
    return load_minhash(one.minhash).jaccard(load_minhash(other.minhash))


def test_spelling_marks_and_digits_do_not_change_the_words():
    one = make_signature(clean(1, "أعلنتْ الوزارة إحصاءات ٢٠٢٦"))
    other = make_signature(clean(2, "اعلنت الوزاره احصاءات 2026"))
    assert one.exact == other.exact


def test_numbers_tell_reports_apart():
    one, other = (clean(1, f"أغلق المؤشر عند {points} نقطة اليوم") for points in (9372, 9080))
    assert make_signature(one).exact != make_signature(other).exact


def test_title_does_not_count():
    one, other = (clean(1, body(1), title=title) for title in ("خبر عاجل", "ننشر لكم الخبر"))
    assert make_signature(one) == make_signature(other)


def test_title_counts_where_there_is_hardly_any_text():
    one, other = (
        clean(1, "شاهد الفيديو هنا.", title=title) for title in ("حريق في جدة", "فوز الهلال")
    )
    assert make_signature(one).exact != make_signature(other).exact


def test_very_short_text_has_no_sketch():
    assert make_signature(clean(1, body(1, 19))).minhash is None
    assert make_signature(clean(1, body(1, 20))).minhash is not None


def test_edited_text_stays_alike_and_other_text_is_unlike():
    text = body(1, 300)
    one, copy, other = (
        make_signature(clean(1, t)) for t in (text, edited(text, 0.1), body(2, 300))
    )
    assert alike(one, copy) > 0.55
    assert alike(one, other) < 0.2


def test_date_is_told_in_microseconds_and_without_a_zone_taken_as_utc():
    article = clean(1, body(1), day=2)
    assert make_signature(article).published == 1_767_312_000_000_000
    naive = replace(article.metadata, published=datetime.datetime(2026, 1, 2))
    assert make_signature(replace(article, metadata=naive)).published == 1_767_312_000_000_000


def test_article_without_a_word_has_no_signature():
    article = clean(1, body(1))
    assert (
        make_signature(replace(article, text="", blocks=(), metadata=type(article.metadata)()))
        is None
    )


def test_damaged_sketch_is_refused():
    with pytest.raises(ValueError, match="RMinHash"):
        load_minhash(b"damaged")
