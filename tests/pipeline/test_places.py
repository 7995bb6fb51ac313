from pathlib import Path

import pytest

from pipeline.errors import UsageError
from pipeline.places import is_store, place


def test_folder_is_a_path_and_a_store_is_not():
    assert place("corpus") == Path("corpus")
    assert place("file:///news/corpus") == Path("/news/corpus")
    assert not is_store(place("corpus"))
    assert is_store(place("s3://news/corpus/"))
    assert str(place("s3://news/corpus/") / "sentences") == "s3://news/corpus/sentences"


def test_store_of_an_unknown_kind_is_bad_usage():
    with pytest.raises(UsageError, match="nosuch://news: "):
        place("nosuch://news")
