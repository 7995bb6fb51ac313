"""What readers of a corpus on a store see, whatever happens to those who write it."""

import uuid
from contextlib import suppress

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipeline import clock, store_lock
from pipeline.errors import RunError, UsageError
from pipeline.objects import names_below, put
from pipeline.places import place
from pipeline.publish import (
    begin_version,
    check_output,
    current_version,
    exclusive,
    new_version,
    publish,
    retire,
)
from pipeline.storage import write_text, writing
from schemas.manifest import TABLES
from tests.pipeline.killing import Kill
from tests.stores import PANDAS, REQUESTS


@pytest.fixture(params=REQUESTS)
def store(request):
    """An empty bucket of each store that puts an object on a condition."""
    return request.getfixturevalue(request.param)


@pytest.fixture
def output(store, monkeypatch):
    """A place without a corpus, where whoever is silent counts as dead at once."""
    monkeypatch.setattr(store_lock, "_SILENT_SECONDS", 0.0)
    return place(f"{store}/{uuid.uuid4().hex}")


def write(folder, value):
    for table in TABLES:
        for part in range(2):
            with writing(folder / table / f"{part}.parquet") as file:
                pq.write_table(pa.table({"value": [value]}), file)
    write_text(folder / "manifest.json", str(value))


def make(output, value, **kept):
    with new_version(output, "run", **kept) as folder:
        write(folder, value)
        publish(output, folder)


def read(output):
    """The values that a reader finds, with pandas and nothing of ours."""
    version = pd.read_json(f"{output}/current.json", typ="series")["path"]
    tables = [pd.read_parquet(f"{output}/{version}/{table}", **PANDAS) for table in TABLES]
    (value,) = {tuple(table["value"]) for table in tables}
    return value


def test_pandas_reads_what_was_published_last(output):
    for value in (1, 2, 3):
        make(output, value)
        assert read(output) == (value, value)
    assert str(current_version(output)).startswith(f"{output}/versions/00000003-run-")


def test_version_before_stays_for_those_who_read_it(output):
    versions = []
    for value in (1, 2, 3):
        make(output, value)
        versions.append(current_version(output).name)
    assert names_below(output / "versions") == set(versions[1:])


def test_versions_before_stay_for_their_hours_and_their_number(output, monkeypatch):
    def versions():
        return [int(name[:8]) for name in sorted(names_below(output / "versions"))]

    with exclusive(output) as token:
        for value in range(1, 6):
            folder = begin_version(output, "run", token)
            write(folder, value)
            assert publish(output, folder)
            retire(output, 1, 24)
            assert read(output) == (value, value)
    assert versions() == [1, 2, 3, 4, 5]
    retire(output, 3, 0)
    assert versions() == [2, 3, 4, 5]
    make(output, 6, keep_hours=24)
    assert versions() == [2, 3, 4, 5, 6]
    later = clock.now().replace(year=clock.now().year + 1)
    monkeypatch.setattr(clock, "now", lambda: later)
    retire(output, 2, 24)
    assert versions() == [4, 5, 6]
    retire(output, 0, 0)  # the one before always stays
    assert versions() == [5, 6]
    make(output, 7)
    assert versions() == [6, 7]


def test_version_that_was_not_published_is_not_taken_for_an_earlier_one(output):
    make(output, 1)
    write(output / "versions" / "00000002-run-dead", 2)
    make(output, 2, keep_versions=9)
    assert {name[:8] for name in names_below(output / "versions")} == {"00000001", "00000002"}
    assert read(output) == (2, 2)


def test_failed_run_leaves_nothing_behind(output):
    make(output, 1)

    def fail():
        with new_version(output, "run") as folder:
            write(folder, 2)
            raise ZeroDivisionError

    with pytest.raises(RunError, match="ZeroDivisionError"):
        fail()
    assert read(output) == (1, 1)
    assert len(names_below(output / "versions")) == 1
    assert names_below(output) == {"current.json", "versions"}


def test_run_killed_between_any_two_changes_leaves_a_published_corpus(output, monkeypatch):
    make(output, 0)
    after, value = 0, 0
    while True:
        value += 1
        with monkeypatch.context() as patch:
            kill = Kill(patch, after)
            with suppress(RunError, UsageError):
                make(output, value)
        seen = read(output)
        assert seen in {(value - 1, value - 1), (value, value)}, f"killed after {after} changes"
        if kill.changes <= after:
            break
        # The next run is not in the way of anything that the killed one left.
        value += 1
        make(output, value)
        assert read(output) == (value, value)
        assert len(names_below(output / "versions")) <= 2
        after += 1
    assert seen == (value, value)
    assert after >= 10  # lock, six files, manifest, current.json, one version goes, lock


def test_of_two_runs_that_began_alike_the_second_to_publish_is_refused(output):
    make(output, 1)

    def sleep_long():
        with new_version(output, "run") as slow:
            write(slow, 2)
            make(output, 3)  # its holder seems dead
            assert read(output) == (3, 3)
            publish(output, slow)

    with pytest.raises(RunError, match="taken over"):
        sleep_long()
    assert read(output) == (3, 3)
    make(output, 4)
    assert read(output) == (4, 4)
    assert len(names_below(output / "versions")) == 2


def test_run_that_was_taken_for_dead_cannot_publish_over_another(output, monkeypatch):
    """It has looked at everything, and sleeps right before it publishes."""
    requests = REQUESTS[output.protocol]
    make(output, 1)
    woken = []

    async def slow(go_on, kind, named):
        if named.get(requests.condition, "0") == "0" or woken:
            return await go_on()
        woken.append(True)  # it puts `current.json`, and another run has published meanwhile
        return await go_on(**{requests.condition: "1"})

    requests.patch(monkeypatch, slow)
    with pytest.raises(RunError, match="taken over"):
        make(output, 2)
    assert woken
    assert read(output) == (1, 1)


def test_outdated_versions_that_cannot_be_removed_do_not_fail_the_run(output, monkeypatch):
    make(output, 1)
    make(output, 2)
    with monkeypatch.context() as patch:
        patch.setattr("pipeline.store_corpus.remove", lambda path: 1 / 0)
        make(output, 3)
    assert read(output) == (3, 3)
    make(output, 4)
    assert len(names_below(output / "versions")) == 2


def test_what_is_not_a_corpus_of_ours_is_refused(output, store):
    put(output / "sentences" / "a.parquet", b"")
    with pytest.raises(UsageError, match="sentences: was not made by Warraq"):
        check_output(output)
    other = place(f"{store}/{uuid.uuid4().hex}")
    put(other / "current.json", b"[]")
    with pytest.raises(UsageError, match=r"current.json: was not made by Warraq"):
        check_output(other)


def test_bucket_that_does_not_exist_is_refused(store):
    nosuch = store.replace("news", "nosuch")
    with pytest.raises(UsageError, match=f"{nosuch}/corpus: "):
        make(place(f"{nosuch}/corpus"), 1)


def test_other_objects_beside_versions_stay(output):
    put(output / "versions" / "README", b"")
    make(output, 1)
    assert "README" in names_below(output / "versions")
