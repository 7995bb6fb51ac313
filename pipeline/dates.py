"""When an article was published, from what its source says of it."""

from __future__ import annotations

import datetime
import email.utils


def parse_date(given: str) -> datetime.datetime | None:
    """A date in ISO 8601 or RFC 2822, in UTC if it has an offset; `None` for anything else."""
    try:
        date = datetime.datetime.fromisoformat(given)
    except ValueError:
        try:
            date = email.utils.parsedate_to_datetime(given)
        except ValueError:
            return None
    if date.tzinfo is not None:
        try:
            date = date.astimezone(datetime.UTC).replace(tzinfo=None)
        except OverflowError:  # the first hours of year 1, the last of year 9999
            return None
    return date.replace(microsecond=0)
