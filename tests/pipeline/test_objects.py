import uuid

import pytest

from pipeline.objects import (
    copy,
    names_below,
    put,
    put_if,
    putting,
    read_below,
    read_tagged,
    remove,
)
from pipeline.places import place
from tests.stores import REQUESTS


@pytest.fixture(params=[*REQUESTS, "hdfs", "memory"])
def folder(request):
    """An empty place on stores that have conditions, and on two that have none."""
    root = "memory://news" if request.param == "memory" else request.getfixturevalue(request.param)
    return place(f"{root}/{uuid.uuid4().hex}")


def test_object_that_is_there_is_not_created_again(folder):
    path = folder / "one"
    assert put_if(path, "خبر".encode(), None)
    assert not put_if(path, b"other", None)
    assert read_tagged(path).data == "خبر".encode()


def test_object_that_was_replaced_meanwhile_stays(folder):
    path = folder / "one"
    put(path, b"1")
    seen = read_tagged(path)
    put(path, b"2")
    assert not put_if(path, b"3", seen)
    assert read_tagged(path).data == b"2"
    assert put_if(path, b"3", read_tagged(path))
    assert read_tagged(path).data == b"3"


def test_object_that_was_removed_meanwhile_is_not_put(folder):
    path = folder / "one"
    put(path, b"1")
    seen = read_tagged(path)
    remove(path)
    assert not put_if(path, b"2", seen)
    assert read_tagged(path) is None


@pytest.mark.parametrize("folder", REQUESTS, indirect=True)
def test_answer_that_was_lost_is_no_refusal(folder):
    """The store took the object, we did not hear of it and asked again: it is ours."""
    path = folder / "one"
    put(path, b"1")
    seen = read_tagged(path)
    put(path, b"2")
    assert put_if(path, b"2", seen)


def test_failing_writer_leaves_no_object(folder):
    def fail():
        with putting(folder / "one") as file:
            file.write(b"half")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert names_below(folder) == set()


def test_folder_is_listed_read_and_removed(folder):
    assert names_below(folder) == set()
    assert read_below(folder) == {}
    remove(folder)
    for number in range(3):
        with putting(folder / "in" / f"{number}.json") as file:
            file.write(str(number).encode())
    put(folder / "beside", b"")
    assert names_below(folder) == {"in", "beside"}
    assert read_below(folder / "in") == {f"{number}.json": b"%d" % number for number in range(3)}
    copy(folder / "in" / "1.json", folder / "other" / "1.json")
    assert (folder / "other" / "1.json").read_bytes() == (folder / "in" / "1.json").read_bytes()
    remove(folder / "other")
    remove(folder / "in")
    assert names_below(folder) == {"beside"}
