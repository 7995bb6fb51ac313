"""What time it is: in one place, so that a test can turn the clock back.

No row of the corpus depends on it, nor what a run does next: versions and runs have numbers.
"""

from __future__ import annotations

import datetime

from pipeline.error_codes import ErrorCode
from pipeline.errors import UsageError


def now() -> datetime.datetime:
    """The time, in UTC, to the second."""
    return datetime.datetime.now(datetime.UTC).replace(microsecond=0)


def hours_since(moment: datetime.datetime) -> float:
    """How long ago that was; 0 where the clock was turned back since."""
    return max(0.0, (now() - moment).total_seconds() / 3600)


def local_now() -> datetime.datetime:
    """The time in the time zone of this machine: what a person who says `06:00` means."""
    return now().astimezone()


def seconds_until(deadline: str, now: datetime.datetime) -> float | None:
    """How long it is until a time of the day as `06:00`; `None` if there is no deadline.

    Args:
        deadline: hours and minutes in the time zone of this machine, or empty.
        now: the time in that zone.

    Raises:
        UsageError: it is not a time of the day.
    """
    if not deadline:
        return None
    try:
        time = datetime.time.fromisoformat(deadline)
    except ValueError as error:
        raise UsageError(
            ErrorCode.BAD_VALUE, f"deadline is {deadline!r}", "give a time such as 06:00"
        ) from error
    for days in (0, 1):
        day = now.date() + datetime.timedelta(days=days)
        # Without a zone it is local time, in summer or winter as that day has it.
        then = datetime.datetime.combine(day, time).astimezone()
        if then > now:
            break
    return (then - now).total_seconds()
