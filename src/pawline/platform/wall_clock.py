"""Wall-clock times of a zone as instants, also on the two days a year when clocks change."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


def instant_of(day: date, at: time, zone: ZoneInfo) -> datetime:
    """Aware UTC. A time that comes twice means the first; one that is skipped means the first moment after the gap."""
    local = datetime.combine(day, at, zone)
    instant = local.astimezone(UTC)
    if instant.astimezone(zone).replace(tzinfo=None) == local.replace(tzinfo=None):
        return instant
    return _end_of_gap(local.replace(fold=1).astimezone(UTC), instant, zone)


def midnight_after(day: date, zone: ZoneInfo) -> datetime:
    """Aware UTC: the end of that day of the calendar, which is not a part of it any more."""
    return instant_of(day + timedelta(days=1), time(0), zone)


def _end_of_gap(before: datetime, after: datetime, zone: ZoneInfo) -> datetime:
    """The instant at which the clocks jump, which lies after ``before`` and not later than ``after``."""
    new_offset = after.astimezone(zone).utcoffset()
    while after - before > timedelta(seconds=1):
        middle = before + timedelta(seconds=(after - before) // timedelta(seconds=2))
        if middle.astimezone(zone).utcoffset() == new_offset:
            after = middle
        else:
            before = middle
    return after
