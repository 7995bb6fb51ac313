from dataclasses import replace

import pyarrow.parquet as pq
import pytest

from pipeline.assembly import Addition, assemble, verify
from pipeline.audit import audit
from pipeline.errors import RunError
from pipeline.inputs import InputFile
from pipeline.ledger import Entry, owner, part_of, read_entries, read_parts, write_entries
from pipeline.parts import FULL_PART_BYTES, Source, merge_groups
from pipeline.write import write_shard
from schemas.manifest import TABLES
from tests import articles
from tests.articles import shard
from tests.pipeline.test_write import PROVENANCE

FINGERPRINT = PROVENANCE.fingerprint


def annotated(doc_id="d0", path="in/a.txt"):
    """An article of two sentences, of a file."""
    one = articles.annotated(doc_id)
    article = replace(one.article, origin=replace(one.article.origin, path=path))
    return replace(one, article=article)


def part(work, number, *annotations):
    """A part of one shard, as a night's work leaves it."""
    one = shard(0, annotations)
    report = write_shard(one, work, 1, PROVENANCE, f"{number:08d}-")
    return part_of(report, FINGERPRINT)


def entry(key, articles, *parts):
    return Entry(key, key, "0" * 64, FINGERPRINT, 0, articles, tuple(one.name for one in parts))


def version(tmp_path, number, base=None, drop=(), addition=None, merge_all=False):
    folder = tmp_path / f"{number:08d}-run"
    folder.mkdir()
    assemble(folder, base, drop, addition, merge_all)
    return folder


def doc_ids(folder):
    return sorted(pq.read_table(folder / "documents", columns=["doc_id"])["doc_id"].to_pylist())


def first(tmp_path):
    """A version of one part, in which two articles stand, of two files."""
    work = tmp_path / "work"
    one = part(work, 1, annotated("d0", path="a.txt"), annotated("d1", path="b.txt"))
    entries = (entry("a.txt", 1, one), entry("b.txt", 1, one))
    return version(tmp_path, 1, addition=Addition(work, (one,), entries))


def test_file_that_stays_is_the_same_file_in_the_next_version(tmp_path):
    one = first(tmp_path)
    new = part(tmp_path / "w2", 2, annotated("d2", path="c.txt"))
    addition = Addition(tmp_path / "w2", (new,), (entry("c.txt", 1, new),))
    two = version(tmp_path, 2, one, addition=addition)
    for file in (one / "sentences").iterdir():
        assert file.samefile(two / "sentences" / file.name)
    assert doc_ids(two) == ["d0", "d1", "d2"]
    assert verify(two, read_parts(two), read_entries(two))["documents"] == 3


def test_rows_of_a_replaced_file_go_and_the_rest_of_its_part_stays(tmp_path):
    one = first(tmp_path)
    new = part(tmp_path / "w2", 2, annotated("d9", path="b.txt"))
    addition = Addition(tmp_path / "w2", (new,), (entry("b.txt", 1, new),))
    two = version(tmp_path, 2, one, {"b.txt"}, addition)
    assert doc_ids(two) == ["d0", "d9"]
    counts = verify(two, read_parts(two), read_entries(two))
    assert (counts["documents"], counts["sentences"]) == (2, 4)
    assert doc_ids(one) == ["d0", "d1"]


def test_version_without_rows_has_every_table(tmp_path):
    two = version(tmp_path, 2, first(tmp_path), {"a.txt", "b.txt"})
    for table in TABLES:
        assert pq.read_table(two / table).num_rows == 0
    assert read_entries(two) == {}
    assert verify(two, read_parts(two), {})["planned"] == 0


def test_merged_parts_hold_the_same_rows(tmp_path):
    one = first(tmp_path)
    new = part(tmp_path / "w2", 2, annotated("d2", path="c.txt"))
    addition = Addition(tmp_path / "w2", (new,), (entry("c.txt", 1, new),))
    two = version(tmp_path, 2, one, addition=addition)
    three = version(tmp_path, 3, two, merge_all=True)
    assert len(list((three / "sentences").iterdir())) == 1
    for table in ("sentences", "documents"):
        assert pq.read_table(three / table).equals(pq.read_table(two / table))
    entries = read_entries(three)
    assert {one.parts for one in entries.values()} == {("00000003-merged-00000",)}
    verify(three, read_parts(three), entries)
    four = version(tmp_path, 4, three, {"a.txt"})
    assert doc_ids(four) == ["d1", "d2"]


def test_lost_article_is_found_out(tmp_path):
    one = first(tmp_path)
    entries = read_entries(one)
    del entries["a.txt"]
    with pytest.raises(RunError, match="1 articles in, but 2 documents"):
        verify(one, read_parts(one), entries)


def test_audit_finds_new_files_and_rows_of_no_file(tmp_path):
    one = first(tmp_path)
    (tmp_path / "c.txt").touch()
    new = InputFile("c.txt", str(tmp_path / "c.txt"), "c.txt")
    found = audit([new], one)
    assert (found.accounted, found.new, found.removed) == (2, ("c.txt",), ("a.txt", "b.txt"))
    assert not found.passed
    assert audit([], one).passed
    entries = read_entries(one)
    entries["a.txt"] = replace(entries["a.txt"], path="other.txt")
    write_entries(one, entries.values())
    assert audit([], one).wrong == ("a.txt", "other.txt")


def sized(tmp_path, *sizes):
    """Parts of so many bytes each."""
    one = part(tmp_path, 1, annotated())
    files = tuple(replace(file, bytes=0) for file in one.files)
    return [
        Source(
            replace(one, name=f"{n:03d}", files=(replace(files[0], bytes=size), *files[1:])),
            tmp_path,
        )
        for n, size in enumerate(sizes)
    ]


def merged(sources):
    return [[one.part.bytes for one in group] for group in merge_groups(sources)]


def test_few_small_parts_wait_and_many_are_merged(tmp_path):
    assert merged(sized(tmp_path, *[1] * 6)) == []
    assert merged(sized(tmp_path, *[1] * 7)) == [[1] * 7]


def test_large_part_is_merged_only_when_the_small_ones_come_near_it(tmp_path):
    assert merged(sized(tmp_path, 100, *[1] * 7)) == [[1] * 7]
    assert merged(sized(tmp_path, 10, *[1] * 7)) == [[10, *[1] * 7]]
    assert merged(sized(tmp_path, FULL_PART_BYTES, *[FULL_PART_BYTES // 8] * 7)) == [
        [FULL_PART_BYTES // 8] * 7
    ]


def test_number_of_parts_grows_with_the_logarithm_of_the_nights(tmp_path):
    parts = sized(tmp_path, 1)
    written = 0
    for _ in range(1000):
        parts += sized(tmp_path, 1)
        for group in merge_groups(parts):
            size = sum(one.part.bytes for one in group)
            parts = [one for one in parts if one not in group] + sized(tmp_path, size)
            written += size
    assert len(parts) <= 16
    assert written <= 10 * 1000


@pytest.mark.parametrize(
    ("path", "file"),
    [
        ("a.txt", "a.txt"),
        ("a.zip!/b/c.txt", "a.zip"),
        ("x!/a.txt", "x!/a.txt"),
        ("x!/a.zip!/b.zip!/c", "x!/a.zip"),
        ("other", None),
    ],
)
def test_row_belongs_to_the_file_that_its_archive_is(path, file):
    assert owner(path, {"a.txt", "a.zip", "x!/a.txt", "x!/a.zip"}) == file
