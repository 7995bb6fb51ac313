import datetime
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.changes import find_changes, first_megabytes, superseded_by
from pipeline.clock import seconds_until
from pipeline.errors import UsageError
from pipeline.inputs import InputFile
from pipeline.ledger import Entry
from pipeline.objects import put
from pipeline.places import place
from pipeline.plan import content_sha256

DAY = 24 * 60 * 60


@pytest.fixture
def files(tmp_path):
    """Three files and the ledger of a corpus that holds them."""
    found = []
    for name in "abc":
        path = tmp_path / f"{name}.txt"
        path.write_text(f"خبر {name}", encoding="utf-8")
        found.append(InputFile(f"in/{path.name}", str(path), f"in/{path.name}"))
    entries = {
        file.key: Entry(
            file.key, file.path, content_sha256(file.location), "f1", 10 * DAY, 1, ("p",)
        )
        for file in found
    }
    return found, entries


def changes(files, entries, fingerprint="f1", now=12 * DAY, **more):
    return find_changes(files, entries, fingerprint, now, **more)


def test_same_content_is_no_change_whatever_its_time(files):
    found, entries = files
    Path(found[0].location).touch()
    assert changes(found, entries).to_do == []
    assert changes(found, entries).unchanged == 3


def test_new_changed_and_removed_files_are_told_apart(files, tmp_path):
    found, entries = files
    Path(found[1].location).write_text("آخر", encoding="utf-8")
    new = InputFile("in/0.txt", found[2].location, "in/0.txt")
    seen = changes([new, *found[1:]], entries)
    assert (seen.new, seen.changed, seen.removed) == ((new,), (found[1],), ("in/a.txt",))
    assert seen.to_do == [new, found[1]]


def test_file_that_cannot_be_read_keeps_the_rows_that_it_has(files):
    found, entries = files
    Path(found[0].location).unlink()
    seen = changes(found, entries)
    assert (seen.unreadable, seen.to_do, seen.unchanged) == ((found[0],), [], 2)


def test_file_that_never_could_be_read_is_not_tried_again_until_it_can(files):
    found, entries = files
    Path(found[0].location).unlink()
    unreadable = Entry("in/a.txt", "in/a.txt", "unreadable", "f1", 0, 1, ("p",))
    seen = changes(found, {**entries, "in/a.txt": unreadable})
    assert (seen.to_do, seen.unreadable, seen.unchanged) == ([], (), 3)


def test_other_configuration_outdates_what_is_old_enough_the_oldest_first(files):
    found, entries = files
    entries["in/c.txt"] = replace(entries["in/c.txt"], annotated=1 * DAY)
    assert changes(found, entries, "f2").outdated == (found[2], found[0], found[1])
    seen = changes(found, entries, "f2", max_age_days=5)
    assert (seen.outdated, seen.waiting, seen.unchanged) == ((found[2],), 2, 2)
    assert changes(found, entries, "f2", now=0, max_age_days=1).outdated == ()
    assert changes(found, entries, again={"in/b.txt"}).outdated == (found[1],)


def test_file_under_another_key_takes_the_place_of_the_one_by_its_path(files):
    found, entries = files
    moved = InputFile("in/a.txt", found[0].location, "elsewhere/in/a.txt")
    seen = changes([moved, *found[1:]], entries)
    assert (seen.changed, seen.removed) == ((moved,), ())
    assert superseded_by([moved], entries) == {"elsewhere/in/a.txt": {"in/a.txt"}}


def test_batch_is_cut_by_size_and_holds_at_least_one_file(files, tmp_path):
    found, _ = files
    big = tmp_path / "big"
    big.write_bytes(b"x" * 1024 * 1024)
    large = InputFile("big", str(big), "big")
    assert first_megabytes([large, *found], 1) == [large]
    assert first_megabytes([*found, large], 1) == found
    assert first_megabytes([], 1) == []


def test_batch_of_files_on_a_store_is_cut_by_size_too():
    files = []
    for name in "abc":
        path = place(f"memory://inputs/{name}")
        put(path, b"x" * 600 * 1024)
        files.append(InputFile(name, str(path), name))
    assert first_megabytes(files, 1) == files[:1]
    assert first_megabytes(files, 2) == files


@pytest.mark.parametrize(
    ("deadline", "now", "hours"),
    [("06:00", 2, 4), ("06:00", 7, 23), ("02:00", 2, 24), ("", 2, None)],
)
def test_deadline_is_the_next_time_of_that_name(deadline, now, hours):
    moment = datetime.datetime(2026, 1, 15, now).astimezone()
    seconds = seconds_until(deadline, moment)
    assert seconds == (None if hours is None else hours * 3600)


def test_deadline_that_is_no_time_is_refused():
    with pytest.raises(UsageError, match="06:00"):
        seconds_until("six", datetime.datetime(2026, 1, 15).astimezone())
