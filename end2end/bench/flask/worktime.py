"""Monday to Friday, 08:00 to 12:00 and 13:00 to 17:00, as arithmetic: the dates of a task that waits for nothing."""

from datetime import datetime, timedelta

DAY = 480
WEEK = 5 * DAY
MONDAY = datetime(1970, 1, 5)


def worked(at: datetime) -> int:
    """Working minutes from the first Monday to `at`."""
    weeks, weekday = divmod((at - MONDAY).days, 7)
    if weekday >= 5:
        return (weeks + 1) * WEEK
    minute = at.hour * 60 + at.minute
    today = min(max(minute - 480, 0), 240) + min(max(minute - 780, 0), 240)
    return weeks * WEEK + weekday * DAY + today


def begins(work: int) -> datetime:
    """When the minute after `work` minutes begins."""
    weeks, rest = divmod(work, WEEK)
    day, minute = divmod(rest, DAY)
    return MONDAY + timedelta(weeks=weeks, days=day, minutes=480 + minute + (60 if minute >= 240 else 0))


def ends(work: int) -> datetime:
    """When `work` minutes are done."""
    return begins(work - 1) + timedelta(minutes=1)
