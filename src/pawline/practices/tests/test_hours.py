"""When a clinic is open, on every day of the year."""

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pawline.practices.hours import ClosedPeriod, closed_period, is_open, opens_next_at
from pawline.practices.weekly_hours import OtherHours, Span, WeeklyHours

NEW_YORK = "America/New_York"
DAY = (Span(time(8), time(12)), Span(time(13), time(18)))
NIGHT = (Span(time(20), time(2, 30)),)
WEEKDAYS = WeeklyHours(dict.fromkeys(range(5), DAY))
NIGHTS = WeeklyHours(dict.fromkeys(range(7), NIGHT))


def there(month: int, day: int, *clock: int) -> datetime:
    """By the clock on the clinic's wall, in 2026."""
    hour, minute = (*clock, 0)[:2]
    return datetime(2026, month, day, hour, minute, tzinfo=ZoneInfo(NEW_YORK))


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (there(6, 8, 7, 59), False),
        (there(6, 8, 8), True),
        (there(6, 8, 11, 59), True),
        (there(6, 8, 12), False),  # lunch
        (there(6, 8, 13), True),
        (there(6, 8, 18), False),
        (there(6, 13, 10), False),  # Saturday
    ],
)
def test_several_spans_a_day_include_their_opening_and_not_their_closing(at: datetime, expected: bool) -> None:
    """D17, V2P-48."""
    assert expected == is_open(WEEKDAYS, at, NEW_YORK)


def test_a_closed_stretch_is_known_from_its_beginning_to_the_next_opening() -> None:
    """D3 counts replies within it; D4: an override lasts until its end."""
    weekend = (there(6, 12, 18), there(6, 15, 8))

    assert (there(6, 8, 12), there(6, 8, 13)) == closed_period(WEEKDAYS, there(6, 8, 12, 30), NEW_YORK)
    assert {weekend} == {closed_period(WEEKDAYS, at, NEW_YORK) for at in (weekend[0], there(6, 14, 3), there(6, 15, 7, 59))}
    assert closed_period(WEEKDAYS, there(6, 15, 8), NEW_YORK) is None
    assert there(6, 15, 8) == opens_next_at(WEEKDAYS, there(6, 14, 3), NEW_YORK)
    assert there(6, 15, 9) == opens_next_at(WEEKDAYS, there(6, 15, 9), NEW_YORK)


def test_a_span_may_run_over_midnight() -> None:
    """D17."""
    assert [True, True, False] == [is_open(NIGHTS, there(6, 9, *clock), NEW_YORK) for clock in ((0,), (2, 29), (2, 30))]
    assert (there(6, 9, 2, 30), there(6, 9, 20)) == closed_period(NIGHTS, there(6, 9, 12), NEW_YORK)


def test_spans_that_meet_leave_no_gap() -> None:
    round_the_clock = WeeklyHours(dict.fromkeys(range(7), (Span(time(0), time(12)), Span(time(12), time(0)))))

    assert {None} == {closed_period(round_the_clock, there(6, 8, hour), NEW_YORK) for hour in range(24)}


def test_no_hours_at_all_are_always_open() -> None:
    assert closed_period(WeeklyHours(), there(12, 25, 3), NEW_YORK) is None
    assert closed_period(WeeklyHours({0: ()}), there(12, 25, 3), NEW_YORK) is None


def test_a_holiday_replaces_what_opens_on_its_date() -> None:
    """D17: dated exceptions. Christmas of 2026 is a Friday."""
    hours = WeeklyHours(
        dict.fromkeys(range(5), DAY),
        {date(2026, 12, 25): OtherHours(), date(2026, 12, 27): OtherHours((Span(time(10), time(11)),))},
    )

    assert (there(12, 24, 18), there(12, 27, 10)) == closed_period(hours, there(12, 25, 12), NEW_YORK)
    assert is_open(hours, there(12, 27, 10, 30), NEW_YORK)


def test_a_night_that_began_before_a_holiday_runs_to_its_end() -> None:
    hours = WeeklyHours(dict.fromkeys(range(7), NIGHT), {date(2026, 12, 25): OtherHours()})

    assert is_open(hours, there(12, 25, 2), NEW_YORK)
    assert (there(12, 25, 2, 30), there(12, 26, 20)) == closed_period(hours, there(12, 25, 21), NEW_YORK)


def test_one_closed_day_of_a_clinic_that_never_closes() -> None:
    hours = WeeklyHours({}, {date(2026, 12, 25): OtherHours()})

    assert (there(12, 25, 0), there(12, 26, 0)) == closed_period(hours, there(12, 25, 12), NEW_YORK)


def test_a_year_of_closed_days_has_no_next_opening() -> None:
    first = date(2026, 1, 1)
    hours = WeeklyHours({}, {first + timedelta(days=number): OtherHours() for number in range(1000)})
    at = datetime(2027, 6, 1, tzinfo=UTC)

    assert ClosedPeriod(at - timedelta(days=400), None) == closed_period(hours, at, NEW_YORK)


def test_an_opening_in_the_skipped_hour_is_the_first_minute_after_it() -> None:
    """D17: on 8 March 2026 New York has no 2:30."""
    hours = WeeklyHours({6: (Span(time(2, 30), time(6)),)})

    assert there(3, 8, 3) == opens_next_at(hours, there(3, 8, 1), NEW_YORK)


def test_a_span_that_lies_in_the_skipped_hour_is_none() -> None:
    hours = WeeklyHours({6: (Span(time(2, 5), time(2, 50)),)})

    assert there(3, 15, 2, 5) == opens_next_at(hours, there(3, 8, 0), NEW_YORK)


def test_a_time_that_comes_twice_means_the_first() -> None:
    """D17: on 1 November 2026 New York has 1:30 twice; the clinic closes at the first and stays closed."""
    hours = WeeklyHours({6: (Span(time(0), time(1, 30)), Span(time(9), time(10)))})
    # In UTC, as Python takes no two zones' times for equal within that hour.
    first, second = (there(11, 1, 1, 30).replace(fold=fold).astimezone(UTC) for fold in (0, 1))

    assert is_open(hours, first - timedelta(minutes=1), NEW_YORK)
    assert [False, False] == [is_open(hours, at, NEW_YORK) for at in (first, second)]
    assert (first, there(11, 1, 9)) == closed_period(hours, second, NEW_YORK)


ZONES = (
    NEW_YORK,
    "America/St_Johns",
    "America/Santiago",
    "Europe/London",
    "Asia/Beirut",
    "Australia/Lord_Howe",
    "Pacific/Auckland",
)
TIMES = st.integers(0, 95).map(lambda quarter: time(quarter // 4, quarter % 4 * 15))
SPANS = st.lists(st.builds(Span, TIMES, TIMES), max_size=3).map(tuple)
HOURS = st.builds(
    WeeklyHours,
    st.dictionaries(st.integers(0, 6), SPANS),
    st.dictionaries(st.dates(date(2026, 1, 1), date(2030, 12, 31)), st.builds(OtherHours, SPANS), max_size=3),
)


@cache
def transitions(zone: str) -> list[datetime]:
    """The hours in which clocks of the zone change, 2026 to 2030."""
    here = ZoneInfo(zone)
    hours = [datetime(2026, 1, 1, tzinfo=UTC) + timedelta(hours=number) for number in range(5 * 8766)]
    offsets = [hour.astimezone(here).utcoffset() for hour in hours]
    return [hour for hour, before, after in zip(hours[1:], offsets, offsets[1:], strict=False) if before != after]


MOMENTS = st.sampled_from(ZONES).flatmap(
    lambda zone: st.tuples(
        st.just(zone),
        st.sampled_from(transitions(zone)),
        st.integers(-200, 200).map(lambda quarter: timedelta(minutes=15 * quarter)),
    )
)


@pytest.mark.slow
@settings(max_examples=200)
@given(HOURS, MOMENTS)
def test_around_every_change_of_clocks_the_story_is_whole(hours: WeeklyHours, moment: tuple[str, datetime, timedelta]) -> None:
    """D17, D4: a closed period is closed from its first minute to its last, open before and after, and the same from within."""
    zone, change, distance = moment
    at = change + distance
    period = closed_period(hours, at, zone)

    assert is_open(hours, at, zone) == (period is None)
    if period is not None:
        begun_at, ends_at = period
        assert ends_at is not None
        assert begun_at <= at < ends_at
        assert is_open(hours, ends_at, zone)
        assert is_open(hours, begun_at - timedelta(minutes=1), zone)
        within = [begun_at + (ends_at - begun_at) * part / 7 for part in range(7)]
        assert {period} == {closed_period(hours, each, zone) for each in within}


@settings(max_examples=200)
@given(HOURS, MOMENTS)
def test_a_clock_on_the_wall_agrees(hours: WeeklyHours, moment: tuple[str, datetime, timedelta]) -> None:
    """D17: away from the changes of clocks, open is what the wall clock says; a plain reading of it as the second opinion."""
    zone, change, distance = moment
    at = change + distance
    local = at.astimezone(ZoneInfo(zone))
    nearby = [(at + timedelta(hours=number)).astimezone(ZoneInfo(zone)).utcoffset() for number in range(-30, 31)]
    if len(set(nearby)) == 1:
        today, yesterday = hours.spans_on(local.date()), hours.spans_on(local.date() - timedelta(days=1))
        clock = local.time()
        same_day = any(span.opens_at <= clock and (clock < span.closes_at or span.closes_at <= span.opens_at) for span in today)
        last_night = any(span.closes_at <= span.opens_at and clock < span.closes_at for span in yesterday)

        assert (same_day or last_night) == is_open(hours, at, zone)
