import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import UsageError
from pipeline.row_digest import corpus_digest, total
from schemas.manifest import TABLES

ROWS = [{"text": "قال لافروف", "tokens": ["قال", "لافروف"], "score": 0.1 * n} for n in range(5)]


def digest(folder, files):
    """The digest of a corpus whose tables hold these rows, file by file."""
    for table in TABLES:
        (folder / table).mkdir(parents=True)
        for number, rows in enumerate(files):
            written = pa.Table.from_pylist([{**row, "run_id": str(folder)} for row in rows])
            pq.write_table(written, folder / table / f"{number}.parquet")
    return total(corpus_digest(folder))


@settings(max_examples=20)
@given(rows=st.permutations(ROWS), cut=st.integers(1, 4))
def test_same_rows_have_the_same_digest_whatever_their_files_order_and_run(
    rows, cut, tmp_path_factory
):
    one = digest(tmp_path_factory.mktemp("one"), [ROWS])
    assert digest(tmp_path_factory.mktemp("two"), [rows[:cut], rows[cut:]]) == one


@pytest.mark.parametrize(
    "rows",
    [ROWS[:4], [*ROWS, ROWS[0]], [*ROWS[:4], {**ROWS[4], "tokens": ["قال", None]}],
     [*ROWS[:4], {**ROWS[4], "score": 0.4 + 1e-16}]],
    ids=["one less", "one twice", "a token", "a float"],
)  # fmt: skip
def test_other_rows_have_another_digest(rows, tmp_path):
    assert digest(tmp_path / "one", [ROWS]) != digest(tmp_path / "two", [rows])


def test_folder_without_a_corpus_is_refused(tmp_path):
    with pytest.raises(UsageError, match="it lacks sentences"):
        corpus_digest(tmp_path)
