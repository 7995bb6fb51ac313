import pickle
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.records import Shard
from schemas.settings import SplitSettings
from tests.transforms.news import body, clean, edited
from transforms.deduplicate import Deduplicate, Duplicate, find_duplicates, mark_shard
from transforms.signatures import make_signature
from transforms.split import split_shard

STORY = body(1)


def signature(number, text=STORY, day=None):
    return make_signature(clean(number, text, day=day))


def repeats(found, known=(), threshold=0.5):
    return {
        one.signature.doc_id: one.duplicate.of
        for one in find_duplicates(known, found, threshold)
        if one.duplicate
    }


def test_earliest_published_is_kept():
    found = [signature(1, day=9), signature(2, day=3), signature(3, day=5)]
    assert repeats(found) == {"d0001": "d0002", "d0003": "d0002"}


def test_article_without_a_date_gives_way_to_one_with():
    assert repeats([signature(1), signature(2, day=9)]) == {"d0001": "d0002"}
    assert repeats([signature(2), signature(1)]) == {"d0002": "d0001"}


def test_edited_copy_repeats_and_another_article_does_not():
    found = [signature(1), signature(2, edited(STORY, 0.1)), signature(3, body(2))]
    assert repeats(found) == {"d0002": "d0001"}
    (_, copy, _) = find_duplicates([], found, 0.5)
    assert 0.5 <= copy.duplicate.similarity < 1
    assert repeats(found, threshold=0.95) == {}


def test_equal_words_are_found_however_few():
    assert repeats([signature(1, "خبر قصير"), signature(2, "خبر قصير")]) == {"d0002": "d0001"}


def test_most_alike_of_the_kept_is_named():
    one, other = edited(STORY, 0.45, 1), edited(STORY, 0.45, 2)
    found = [signature(1, one, day=1), signature(2, other, day=2), signature(3, other, day=3)]
    assert repeats(found) == {"d0003": "d0002"}


def test_what_was_kept_stays_kept_even_if_an_earlier_one_turns_up():
    before = find_duplicates([], [signature(1, day=9)], 0.5)
    assert repeats([signature(2, day=1)], before) == {"d0002": "d0001"}


def test_article_known_before_does_not_count_again():
    found = [signature(1, day=2), signature(2, day=1), signature(3, body(2))]
    before = find_duplicates([], found, 0.5)
    assert find_duplicates(before, found, 0.5) == before
    assert find_duplicates(before, [], 0.5) == before


def test_edited_article_takes_the_place_of_its_older_form():
    before = find_duplicates([], [signature(1), signature(2, day=9)], 0.5)
    assert repeats([], before) == {"d0001": "d0002"}
    newer = make_signature(clean(2, edited(STORY, 0.1), day=9))._replace(doc_id="d0002b")
    after = find_duplicates(before, [signature(1), newer], 0.5)
    assert [(one.signature.doc_id, one.duplicate and one.duplicate.of) for one in after] == [
        ("d0001", "d0002b"),
        ("d0002b", None),
    ]


def test_other_article_in_the_same_place_replaces_nothing():
    before = find_duplicates([], [signature(1)], 0.5)
    newer = signature(1, body(2))._replace(doc_id="d0001b")
    assert len(find_duplicates(before, [newer], 0.5)) == 2


def test_higher_threshold_sets_known_duplicates_free():
    found = [signature(1), signature(2, edited(STORY, 0.15))]
    before = find_duplicates([], found, 0.5)
    assert repeats(found, before) == {"d0002": "d0001"}
    assert repeats(found, before, 0.95) == {}


POOL = [
    signature(number, edited(body(number % 5), 0.05 * (number % 4), number), day=number % 3 or None)
    for number in range(24)
]


@given(
    chosen=st.sets(st.integers(0, 23)),
    split=st.integers(0, 24),
    chance=st.randoms(use_true_random=False),
)
def test_duplicates_name_kept_articles_whatever_the_order(chosen, split, chance):
    ordered = [POOL[number] for number in sorted(chosen)]
    shuffled = chance.sample(ordered, len(ordered))
    found = find_duplicates([], ordered, 0.5)
    assert find_duplicates([], shuffled, 0.5) == found
    kept = {one.signature.doc_id for one in found if one.duplicate is None}
    assert all(one.duplicate.of in kept for one in found if one.duplicate)
    first = find_duplicates([], shuffled[:split], 0.5)
    second = find_duplicates(first, shuffled, 0.5)
    assert [one for one in second if one in first] == first


@pytest.mark.parametrize("keep", [False, True])
def test_duplicate_has_sentences_only_if_they_are_asked_for(keep):
    articles = (clean(1, STORY), clean(2, STORY))
    marked = mark_shard(Shard(0, articles), {"d0002": Duplicate("d0001", 1.0)})
    assert marked.metrics["deduplicate.duplicates"] == 1
    assert [one.duplicate_of for one in marked.articles] == [None, "d0001"]
    assert marked.articles[1].similarity == 1.0
    done = split_shard(marked, SplitSettings(), keep_duplicates=keep)
    assert done.rejections == ()
    assert [bool(one.sentences) for one in done.articles] == [True, keep]


def test_transform_can_be_sent_to_a_worker():
    assert pickle.loads(pickle.dumps(Deduplicate(partial(dict))))._load() == {}
