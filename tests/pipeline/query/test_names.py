import datetime

import pytest

from pipeline.query.names import columns_of, names
from pipeline.query.parser import PatternError

MARCH, APRIL = datetime.date(2016, 3, 24), datetime.date(2016, 4, 1)


def test_names_with_their_articles_and_days(corpus):
    assert [tuple(row.values()) for row in names(corpus)] == [
        (2, 1, MARCH, MARCH, "LOC", "موسكو"),
        (1, 1, MARCH, MARCH, "PER", "سيرغي لافروف"),
        (1, 1, APRIL, APRIL, "PER", "لافروف"),
    ]
    assert tuple(names(corpus)[0]) == columns_of(None)


def test_names_of_a_type_that_are_like_something(corpus):
    assert [row["name"] for row in names(corpus, types=("LOC",))] == ["موسكو"]
    found = names(corpus, like=".*لافروف")
    assert [row["name"] for row in found] == ["سيرغي لافروف", "لافروف"]
    assert names(corpus, like="مُوسكو") == []
    with pytest.raises(PatternError, match="regular expression"):
        names(corpus, like="(لافروف")


def test_mentions_by_month(corpus):
    rows = names(corpus, types=("PER",), group="month")
    assert [(row["month"], row["name"]) for row in rows] == [
        ("2016-03", "سيرغي لافروف"), ("2016-04", "لافروف"),
    ]  # fmt: skip
