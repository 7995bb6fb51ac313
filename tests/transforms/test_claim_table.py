import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from transforms.claim_table import ClaimTable
from transforms.values import VALUES_PER_READING

NUMBERS = st.integers(0, 2**15 - 1)
READINGS = st.lists(
    st.lists(NUMBERS, min_size=VALUES_PER_READING, max_size=VALUES_PER_READING), max_size=20
)


def claimed(readings):
    return [np.array(values, dtype=np.int16).tobytes() for values in readings]


@given(READINGS, READINGS)
def test_what_was_numbered_comes_back_whatever_is_numbered_after_it(readings, others):
    table = ClaimTable()
    numbered = table.numbered(claimed(readings))
    table.numbered(claimed(others))
    assert table.values(numbered).tolist() == readings


@given(READINGS, READINGS)
def test_a_table_that_begins_with_the_rows_of_another_understands_its_numbers(readings, others):
    table = ClaimTable()
    numbered = table.numbered(claimed(readings))
    taken_up = ClaimTable(table.rows)
    taken_up.numbered(claimed(others))
    assert taken_up.values(numbered).tolist() == readings


def test_readings_that_claim_the_same_but_for_the_lemma_share_a_row():
    table = ClaimTable()
    same = [[1] * (VALUES_PER_READING - 1) + [lemma] for lemma in range(5000)]
    table.numbered(claimed(same))
    assert len(ClaimTable(table.rows).rows) == len(claimed(same)[0]) - 2


def test_more_rows_than_there_was_room_for():
    table = ClaimTable()
    many = [[number] * VALUES_PER_READING for number in range(3000)]
    assert table.values(table.numbered(claimed(many))).tolist() == many
