"""What the plan of a run keeps in memory: so little that millions of articles are no trouble."""

import gzip
import json
import pickle
import tracemalloc

import pytest

from pipeline.inputs import find_inputs
from pipeline.plan import chains, make_plan
from schemas.settings import ReadSettings

GIBIBYTE = 2**30
TEXT = (
    "أعلنت وزارة الخارجية اليوم أن الاجتماع الذي عقد في العاصمة انتهى بالاتفاق على استمرار العمل."
)


def lines(folder, count):
    """Articles as JSON lines, in packed files of a thousand."""
    for start in range(0, count, 1000):
        rows = (json.dumps({"id": start + number, "text": TEXT}) for number in range(1000))
        (folder / f"{start:06d}.jsonl.gz").write_bytes(gzip.compress("\n".join(rows).encode(), 1))


def files(folder, count):
    """A file for each article, a hundred in a folder."""
    for number in range(count):
        (folder / f"{number // 100:04d}").mkdir(exist_ok=True)
        path = folder / f"{number // 100:04d}" / f"{number:06d}.txt"
        path.write_text(f"{TEXT} {number}", encoding="utf-8")


def peak(folder, make, count):
    """The most memory that finding and planning so many articles takes, in bytes."""
    folder.mkdir()
    make(folder, count)
    tracemalloc.start()
    try:
        plan = make_plan(find_inputs([str(folder)], folder / "_"), ReadSettings())
        assert plan.articles == count
        graph = sum(len(pickle.dumps(chain)) for chain in chains(plan.shards))
        return tracemalloc.get_traced_memory()[1], graph
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(("make", "most"), [(lines, 0.05), (files, 1.0)])
def test_plan_of_a_million_articles_is_far_from_two_gibibytes(tmp_path, make, most):
    few, many = 1000, 3000
    (small, graph), (large, larger) = (
        peak(tmp_path / str(count), make, count) for count in (few, many)
    )
    a_million = 1_000_000 / (many - few)
    assert (large - small) * a_million < most * GIBIBYTE
    assert (larger - graph) * a_million < 0.25 * GIBIBYTE
