from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest

from pawline.demo.moved_clock import MovedClock
from pawline.demo.time_travel import next_closed, next_open
from pawline.platform import clock
from pawline.practices.weekly_hours import ClinicHoursRules, Span, WeeklyHours

WEEKDAYS = ClinicHoursRules(WeeklyHours({day: (Span(time(8), time(18)),) for day in range(5)}), "America/New_York")
# A Tuesday.
MORNING = datetime(2026, 11, 17, 13, 30, tzinfo=UTC)
NOON = datetime(2026, 11, 17, 17, 0, tzinfo=UTC)
CLOSING = datetime(2026, 11, 17, 23, 0, tzinfo=UTC)
SATURDAY = datetime(2026, 11, 21, 15, 0, tzinfo=UTC)
MONDAY_NOON = datetime(2026, 11, 23, 17, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "expected"), [(MORNING, NOON), (NOON, NOON), (CLOSING, NOON + timedelta(days=1)), (SATURDAY, MONDAY_NOON)]
)
def test_a_clinic_opens_at_an_hour_fit_for_calls(now: datetime, expected: datetime) -> None:
    assert expected == next_open(WEEKDAYS, now)


@pytest.mark.parametrize("closing", [time(12, 30), time(13)])
@pytest.mark.parametrize("minutes", [-60, 0, 30])
def test_a_clinic_that_is_about_to_close_opens_on_another_day(closing: time, minutes: int) -> None:
    """On a Saturday that closes at one or before, whoever comes at noon would see it close within the hour."""
    rules = ClinicHoursRules(WeeklyHours({**WEEKDAYS.hours.weekdays, 5: (Span(time(8), closing),)}), WEEKDAYS.zone)
    saturday_noon = datetime(2026, 11, 21, 17, 0, tzinfo=UTC)

    assert MONDAY_NOON == next_open(rules, saturday_noon + timedelta(minutes=minutes))


@pytest.mark.parametrize(("now", "expected"), [(MORNING, CLOSING), (CLOSING, CLOSING), (SATURDAY, SATURDAY)])
def test_a_clinic_closes_at_its_hour(now: datetime, expected: datetime) -> None:
    assert expected == next_closed(WEEKDAYS, now)


def test_a_clinic_that_is_always_open_never_closes() -> None:
    assert next_closed(ClinicHoursRules(WeeklyHours(), "America/New_York"), NOON) is None


def test_every_process_follows_the_file(tmp_path: Path) -> None:
    MovedClock(tmp_path).move(timedelta(hours=48))

    assert timedelta(hours=48) == MovedClock(tmp_path).offset
    assert timedelta(hours=47) < clock.now() - datetime.now(UTC) < timedelta(hours=49)


def test_a_file_that_says_nothing_moves_nothing(tmp_path: Path) -> None:
    (tmp_path / "clock.json").write_text("tomorrow")

    assert timedelta(0) == MovedClock(tmp_path).offset
