from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from pipeline.report.counting import binned, spread_of

LENGTHS = st.dictionaries(st.integers(0, 5000), st.integers(1, 50)).map(lambda d: list(d.items()))


@given(LENGTHS, st.integers(0, 5000))
def test_every_length_is_in_one_bin_and_bins_are_of_one_width(rows, last):
    bins = binned(rows, last)
    assert sum(count for *_, count in bins) == sum(count for _, count in rows)
    assert len({high - low for low, high, _ in bins}) <= 1
    assert len(bins) <= 40
    assert all(one[1] == other[0] for one, other in pairwise(bins))


@given(LENGTHS)
def test_spread_rises_to_the_longest(rows):
    spread = spread_of(rows)
    assert [length for _, length in spread] == sorted(length for _, length in spread)
    assert not rows or spread[-1] == ("100 %", max(length for length, _ in rows))


def test_spread_of_ten_lengths_has_the_fifth_in_its_middle():
    assert dict(spread_of([(n, 1) for n in range(1, 11)]))["50 %"] == 5
