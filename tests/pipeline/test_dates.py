import datetime

import pytest

from pipeline.dates import parse_date


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("2016-03-25", datetime.datetime(2016, 3, 25)),
        ("2016-03-25T10:30:15.5+03:00", datetime.datetime(2016, 3, 25, 7, 30, 15)),
        ("Fri, 25 Mar 2016 10:30:00 +0200", datetime.datetime(2016, 3, 25, 8, 30)),
        ("الجمعة", None),
        ("0001-01-01T00:00:00+05:00", None),
    ],
)
def test_dates_are_read_in_utc(given, expected):
    assert parse_date(given) == expected
