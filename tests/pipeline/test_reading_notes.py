import uuid

import pytest

from pipeline.inputs import InputFile
from pipeline.places import place
from pipeline.plan import content_sha256
from pipeline.reading_notes import ReadingNotes


@pytest.fixture(params=["folder", "store"])
def output(request, tmp_path):
    """Where a corpus is to lie."""
    if request.param == "folder":
        (tmp_path / "corpus").mkdir()
        return tmp_path / "corpus"
    return place(f"memory://{uuid.uuid4().hex}")


@pytest.fixture
def files(tmp_path):
    found = []
    for number in range(600):
        path = tmp_path / f"خبر {number}"
        path.write_text(f"خبر {number}", encoding="utf-8")
        found.append(InputFile(path.name, str(path), path.name))
    return found


def read(output, files, deadly=None):
    """What a night refuses, and whether it came to its end; it ends at the deadly file."""
    notes = ReadingNotes(output, "f")
    refused = notes.refused
    watching = notes.watch(files)
    for file in watching:
        if file is deadly and content_sha256(file.location) not in refused:
            note = (output / ".reading" / "in_hand").read_bytes()
            watching.close()
            (output / ".reading" / "in_hand").write_bytes(note)
            return refused, False
    return refused, True


def test_file_that_ends_the_night_again_and_again_is_refused(output, files):
    deadly = files[400]
    ends = []
    while not ends or not ends[-1][1]:
        ends.append(read(output, files, deadly))
        assert len(ends) <= 4
    assert ends[-1] == ({content_sha256(deadly.location)}, True)
    assert read(output, files, deadly)[1]


def test_night_that_was_ended_once_refuses_nothing(output, files):
    assert read(output, files, files[3]) == (frozenset(), False)
    for _ in range(3):
        assert read(output, files) == (frozenset(), True)
    assert ReadingNotes(output, "f").refused == frozenset()


def test_files_at_which_a_night_ended_stay_noted_until_they_are_read(output, files):
    read(output, files, files[400])
    assert read(output, files[:100])[1]
    for _ in range(3):
        refused, _ = read(output, files[350:450], files[400])
    assert refused or read(output, files[350:450], files[400])[0]


def test_other_configuration_gives_every_file_a_new_chance(output, files):
    for _ in range(3):
        read(output, files, files[1])
    assert ReadingNotes(output, "f").refused
    assert not ReadingNotes(output, "other").refused


def test_notes_on_a_store_are_few(files, monkeypatch):
    output = place(f"memory://{uuid.uuid4().hex}")
    written = []
    kind = type(output)
    write = kind.write_bytes
    monkeypatch.setattr(
        kind, "write_bytes", lambda path, data: written.append(path) or write(path, data)
    )
    read(output, files)
    assert len(written) == 3
