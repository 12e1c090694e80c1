"""When a clinic's day ends: by its hours, its calendar and its clock."""

from datetime import UTC, date, datetime, time

import pytest

from pawline.practices.day_ends import day_ends_at
from pawline.practices.weekly_hours import ClinicHoursRules, OtherHours, Span, WeeklyHours

MONDAY, SUNDAY = date(2026, 11, 23), date(2026, 11, 22)
MORNING, AFTERNOON, NIGHT = Span(time(8), time(12)), Span(time(14), time(18)), Span(time(20), time(6))


def ends(*spans: Span, on: date = MONDAY, zone: str = "America/New_York", other: OtherHours | None = None) -> datetime | None:
    weekdays = dict.fromkeys(range(6), spans) if spans else {}
    return day_ends_at(ClinicHoursRules(WeeklyHours(weekdays, {on: other} if other else {}), zone), on)


def test_with_the_last_closing_of_the_day() -> None:
    assert datetime(2026, 11, 23, 23, tzinfo=UTC) == ends(MORNING, AFTERNOON)


def test_a_night_ends_on_the_next_morning() -> None:
    assert datetime(2026, 11, 24, 11, tzinfo=UTC) == ends(NIGHT)


def test_a_day_on_which_the_clinic_does_not_open_has_no_end() -> None:
    assert ends(MORNING, on=SUNDAY) is None
    assert ends(MORNING, other=OtherHours(label="Holiday")) is None
    assert datetime(2026, 11, 23, 17, tzinfo=UTC) == ends(AFTERNOON, other=OtherHours((MORNING,)))


@pytest.mark.parametrize(
    ("on", "at"),
    [
        (date(2026, 3, 28), datetime(2026, 3, 28, 18, tzinfo=UTC)),
        (date(2026, 3, 29), datetime(2026, 3, 29, 17, tzinfo=UTC)),
        (date(2026, 10, 25), datetime(2026, 10, 25, 18, tzinfo=UTC)),
    ],
)
def test_without_hours_at_six_by_the_clinics_clock(on: date, at: datetime) -> None:
    """Also on the days on which the clocks change."""
    assert at == ends(on=on, zone="Europe/London")
