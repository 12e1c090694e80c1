from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pawline.platform.wall_clock import instant_of

# Skips and repeats of one hour, of half an hour (Lord Howe), at midnight (Beirut, Santiago), and none at all.
ZONES = (
    "America/New_York",
    "America/St_Johns",
    "America/Santiago",
    "Europe/London",
    "Asia/Beirut",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "Pacific/Auckland",
    "Africa/Casablanca",
    "UTC",
)


@pytest.mark.parametrize(
    ("day", "at", "instant"),
    [
        (date(2026, 3, 8), time(1, 59), datetime(2026, 3, 8, 6, 59, tzinfo=UTC)),
        (date(2026, 3, 8), time(2, 0), datetime(2026, 3, 8, 7, 0, tzinfo=UTC)),  # 2:00 to 3:00 is skipped
        (date(2026, 3, 8), time(2, 30), datetime(2026, 3, 8, 7, 0, tzinfo=UTC)),
        (date(2026, 3, 8), time(3, 0), datetime(2026, 3, 8, 7, 0, tzinfo=UTC)),
        (date(2026, 11, 1), time(1, 30), datetime(2026, 11, 1, 5, 30, tzinfo=UTC)),  # comes twice: the first
        (date(2026, 11, 1), time(2, 0), datetime(2026, 11, 1, 7, 0, tzinfo=UTC)),
    ],
)
def test_days_on_which_clocks_change_in_new_york(day: date, at: time, instant: datetime) -> None:
    """D17: rules are wall clock, evaluated at the instant."""
    assert instant == instant_of(day, at, ZoneInfo("America/New_York"))


def days_of_change(name: str) -> list[date]:
    zone, days = ZoneInfo(name), [date(2026, 1, 1) + timedelta(days=number) for number in range(5 * 365)]
    offsets = [datetime.combine(day, time(0), zone).utcoffset() for day in days]
    return [day for day, before, after in zip(days, offsets, offsets[1:], strict=False) if before != after]


CHANGES = [(name, day) for name in ZONES for day in days_of_change(name)]
DAYS = st.one_of(st.sampled_from(CHANGES), st.tuples(st.sampled_from(ZONES), st.dates(date(2026, 1, 1), date(2030, 12, 31))))
MINUTES = st.one_of(st.integers(0, 4 * 60), st.integers(0, 24 * 60 - 1))


@given(DAYS, MINUTES)
def test_the_first_minute_at_which_a_clock_on_the_wall_shows_the_time_or_more(place: tuple[str, date], minute: int) -> None:
    """D17: found by looking at the clock minute by minute."""
    (name, day), at = place, time(minute // 60, minute % 60)
    zone = ZoneInfo(name)
    watched = datetime.combine(day, at, UTC) - zone_offset(zone, day) - timedelta(hours=3)
    while watched.astimezone(zone).replace(tzinfo=None) < datetime.combine(day, at):
        watched += timedelta(minutes=1)

    assert watched == instant_of(day, at, zone)


def zone_offset(zone: ZoneInfo, day: date) -> timedelta:
    return datetime.combine(day, time(12), zone).utcoffset() or timedelta()
