import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipeline.errors import RunError
from pipeline.memory import (
    check_memory,
    memory_digest,
    memory_folder,
    read_articles,
    read_lines,
    write_memory,
)
from tests.transforms.news import body, clean
from transforms.deduplicate import find_duplicates
from transforms.repeated_lines import SIGHTING, merge_sightings, sightings
from transforms.signatures import make_signature

ARTICLES = [clean(1, body(1), day=3), clean(2, body(1)), clean(3, "خبر قصير"), clean(4, body(4))]
KNOWN = find_duplicates([], map(make_signature, ARTICLES), 0.5)
LINES = merge_sightings([sightings(one, True) for one in ARTICLES], 5)


def test_what_is_written_is_read(tmp_path):
    write_memory(tmp_path, KNOWN, LINES)
    check_memory(tmp_path)
    assert read_articles(tmp_path) == KNOWN
    assert np.array_equal(read_lines(tmp_path), LINES)


def test_equal_memories_are_equal_bytes_and_have_one_digest(tmp_path):
    for name in ("a", "b"):
        write_memory(tmp_path / name, KNOWN, LINES)
    assert memory_digest(tmp_path / "a") == memory_digest(tmp_path / "b")
    write_memory(tmp_path / "b", KNOWN[:1], LINES)
    assert memory_digest(tmp_path / "a") != memory_digest(tmp_path / "b")


def test_corpus_without_memory_remembers_nothing(tmp_path):
    check_memory(tmp_path)
    assert read_articles(tmp_path) == []
    assert len(read_lines(tmp_path)) == 0
    assert memory_digest(tmp_path) is None
    assert memory_digest(None) is None


def test_empty_memory_can_be_read(tmp_path):
    write_memory(tmp_path, [], np.zeros(0, dtype=SIGHTING))
    assert read_articles(tmp_path) == []
    assert len(read_lines(tmp_path)) == 0


@pytest.mark.parametrize("name", ["articles.parquet", "lines.parquet"])
@pytest.mark.parametrize("harm", ["cut", "foreign", "missing", "version"])
def test_damaged_memory_is_named_with_the_way_out(tmp_path, name, harm):
    write_memory(tmp_path, KNOWN, LINES)
    path = memory_folder(tmp_path) / name
    if harm == "cut":
        path.write_bytes(path.read_bytes()[:-100])
    elif harm == "missing":
        path.unlink()
    elif harm == "foreign":
        pq.write_table(pa.table({"value": [1]}), path)
    else:
        pq.write_table(pq.read_table(path).replace_schema_metadata({"warraq_memory": "0"}), path)
    with pytest.raises(RunError, match=rf"{name}.*--forget"):
        check_memory(tmp_path)


def test_damaged_sketch_is_named_with_the_way_out(tmp_path):
    damaged = [one._replace(signature=one.signature._replace(minhash=b"?")) for one in KNOWN]
    write_memory(tmp_path, damaged, LINES)
    with pytest.raises(RunError, match=r"articles.parquet.*--forget"):
        read_articles(tmp_path)
