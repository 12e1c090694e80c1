"""When a day of the clinic's calendar begins and ends, for whom basic staff may see."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from pawline.sign_in.reach import build_reach

DAYS = [
    ("America/New_York", "2027-03-14", "2027-03-14T05:00Z", "2027-03-15T04:00Z"),
    ("America/New_York", "2026-11-01", "2026-11-01T04:00Z", "2026-11-02T05:00Z"),
    ("Asia/Beirut", "2026-10-24", "2026-10-23T21:00Z", "2026-10-24T22:00Z"),  # back from midnight to eleven
    ("America/Havana", "2026-10-31", "2026-10-31T04:00Z", "2026-11-01T04:00Z"),  # midnight comes twice
    ("Africa/Cairo", "2026-04-23", "2026-04-22T22:00Z", "2026-04-23T22:00Z"),  # midnight is skipped
    ("Pacific/Kiritimati", "2026-06-01", "2026-05-31T10:00Z", "2026-06-01T10:00Z"),
]


@pytest.mark.parametrize(("zone", "on_date", "begins", "ends"), DAYS, ids=[f"{zone} {day}" for zone, day, _, _ in DAYS])
def test_a_day_begins_and_ends_with_the_calendar(zone: str, on_date: str, begins: str, ends: str) -> None:
    """PPB-33: also on the days on which clocks change."""
    row = [str(uuid4()), str(uuid4()), "schedule", zone, on_date, None]
    first, end = datetime.fromisoformat(begins), datetime.fromisoformat(ends)
    second = timedelta(seconds=1)

    assert () == build_reach([row], first - second)
    assert [end] == [reach.until for reach in build_reach([row], first)]
    assert [end] == [reach.until for reach in build_reach([row], end - second)]
    assert () == build_reach([row], end)
