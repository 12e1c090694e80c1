"""What decides a clinic's light, at any instant."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from pawline.practices.hours import closes_next_at
from pawline.practices.light import WORDS, Choice, Chosen, lasts_until, light_at, next_opening, off_duty_at
from pawline.practices.reply_times import Wait, reply_words, within_hours
from pawline.practices.weekly_hours import ClinicHoursRules, OtherHours, Span, WeeklyHours

NEW_YORK = "America/New_York"
DAY = (Span(time(8), time(12)), Span(time(13), time(18)))
WEEKDAYS = ClinicHoursRules(WeeklyHours(dict.fromkeys(range(5), DAY)), NEW_YORK)
NIGHTS = ClinicHoursRules(WeeklyHours(dict.fromkeys(range(7), (Span(time(20), time(6)),))), NEW_YORK)
ALWAYS = ClinicHoursRules(WeeklyHours(), NEW_YORK)


def there(month: int, day: int, *clock: int) -> datetime:
    """By the clock on the clinic's wall, in 2026."""
    hour, minute = (*clock, 0)[:2]
    return datetime(2026, month, day, hour, minute, tzinfo=ZoneInfo(NEW_YORK))


def chose(state: Chosen, until: datetime | None = None) -> Choice:
    return Choice(state, "Nora Ames", there(6, 8, 9), until)


def state_at(rules: ClinicHoursRules, at: datetime, choice: Choice | None = None, *, is_staffed: bool = True) -> str:
    return light_at(rules, choice, at, is_staffed=is_staffed).state


def test_the_words_are_those_of_the_specification() -> None:
    """AL-35, AL-36, AL-37."""
    assert "Staff are on duty and checking messages" == WORDS["available"]
    assert "Responses may be delayed" == WORDS["away"]
    assert "The practice is closed; emergency contact info is shown" == WORDS["off_duty"]


@pytest.mark.parametrize(
    ("at", "choice", "is_staffed", "expected"),
    [
        (there(6, 8, 9), None, True, ("available", "somebody_here")),
        (there(6, 8, 9), None, False, ("away", "nobody_here")),
        (there(6, 8, 9), chose("away"), True, ("away", "by_hand")),
        (there(6, 8, 9), chose("off_duty"), True, ("off_duty", "by_hand")),
        (there(6, 8, 7, 59), None, True, ("off_duty", "hours")),
        (there(6, 8, 12), None, True, ("off_duty", "hours")),  # lunch
        (there(6, 8, 18), chose("away"), True, ("off_duty", "hours")),
        (there(6, 8, 20), chose("off_duty"), False, ("off_duty", "hours")),
    ],
)
def test_hours_come_first_then_the_team_then_who_is_there(
    at: datetime, choice: Choice | None, is_staffed: bool, expected: tuple[str, str]
) -> None:
    """C12."""
    light = light_at(WEEKDAYS, choice, at, is_staffed=is_staffed)

    assert expected == (light.state, light.reason)


def test_without_hours_on_file_a_clinic_is_never_off_duty_by_itself() -> None:
    """C12: no hours count as always inside them."""
    assert ["available"] * 24 == [state_at(ALWAYS, there(12, 25, hour)) for hour in range(24)]
    assert "off_duty" == state_at(ALWAYS, there(12, 25, 3), chose("off_duty"))


def test_a_night_runs_to_its_end_and_a_holiday_counts() -> None:
    """C12."""
    holiday = ClinicHoursRules(WeeklyHours(WEEKDAYS.hours.weekdays, {date(2026, 12, 25): OtherHours()}), NEW_YORK)

    assert ["available", "available", "off_duty"] == [state_at(NIGHTS, there(6, 9, *at)) for at in ((0,), (5, 59), (6,))]
    assert "off_duty" == state_at(holiday, there(12, 25, 10))
    assert there(12, 28, 8) == light_at(holiday, None, there(12, 25, 10), is_staffed=False).opens_at


def test_the_light_follows_the_clock_on_the_wall_when_clocks_change() -> None:
    """C12: on 8 March and 1 November 2026 the night is an hour shorter and longer."""
    for day in ((3, 8), (11, 1)):
        assert ["available", "off_duty"] == [state_at(NIGHTS, there(*day, *at)) for at in ((5, 59), (6, 0))]
    spring, autumn = there(3, 7, 20), there(10, 31, 20)

    assert [timedelta(hours=9), timedelta(hours=11)] == [
        _end(begin).astimezone(ZoneInfo("UTC")) - begin.astimezone(ZoneInfo("UTC")) for begin in (spring, autumn)
    ]


def _end(at: datetime) -> datetime:
    end = closes_next_at(NIGHTS.hours, at, NEW_YORK)
    assert end is not None
    return end


def test_an_off_duty_clinic_says_when_it_opens_as_far_as_anybody_knows() -> None:
    friday = there(6, 12, 19)
    by_hours = light_at(WEEKDAYS, None, friday, is_staffed=False)
    longer = light_at(WEEKDAYS, chose("off_duty", there(6, 15, 9, 30)), friday, is_staffed=False)
    into_a_night = light_at(WEEKDAYS, chose("off_duty", there(6, 9, 3)), there(6, 8, 10), is_staffed=True)
    for_good = light_at(WEEKDAYS, chose("off_duty"), there(6, 8, 10), is_staffed=True)

    assert (there(6, 12, 18), there(6, 15, 8)) == (by_hours.closed_since, by_hours.opens_at)
    assert there(6, 15, 9, 30) == longer.opens_at
    assert there(6, 9, 8) == into_a_night.opens_at
    assert (there(6, 8, 9), None) == (for_good.closed_since, for_good.opens_at)


def test_off_duty_by_hours_and_by_hand_is_one_stretch() -> None:
    """C12: from the first of the two to the next opening; away is no off duty."""
    snow = chose("off_duty", there(6, 9, 8))

    assert (there(6, 8, 9), there(6, 9, 8)) == off_duty_at(WEEKDAYS, snow, there(6, 8, 10))
    assert (there(6, 8, 9), there(6, 9, 8)) == off_duty_at(WEEKDAYS, snow, there(6, 8, 20))
    assert (there(6, 8, 18), there(6, 9, 8)) == off_duty_at(WEEKDAYS, None, there(6, 8, 20))
    assert [None, None] == [off_duty_at(WEEKDAYS, choice, there(6, 8, 10)) for choice in (None, chose("away"))]


def test_what_is_set_by_hand_lasts_until_the_next_opening_or_closing() -> None:
    """C12: a light that somebody forgot puts itself right."""
    assert there(6, 8, 12) == lasts_until("away", WEEKDAYS, there(6, 8, 9))
    assert there(6, 15, 12) == lasts_until("away", WEEKDAYS, there(6, 13, 9))
    assert there(6, 8, 13) == lasts_until("off_duty", WEEKDAYS, there(6, 8, 9))
    assert there(6, 15, 8) == lasts_until("off_duty", WEEKDAYS, there(6, 12, 17))
    assert there(6, 15, 8) == lasts_until("off_duty", WEEKDAYS, there(6, 13, 9))
    assert [None, None] == [lasts_until(state, ALWAYS, there(6, 13, 9)) for state in ("away", "off_duty")]


def test_spans_that_meet_close_only_at_the_end() -> None:
    both = WeeklyHours({0: (Span(time(8), time(12)), Span(time(12), time(18)))})
    round_the_clock = ClinicHoursRules(WeeklyHours(dict.fromkeys(range(7), (Span(time(0), time(0)),))), NEW_YORK)

    assert there(6, 8, 18) == closes_next_at(both, there(6, 8, 9), NEW_YORK)
    assert closes_next_at(round_the_clock.hours, there(6, 8, 9), NEW_YORK) is None
    assert next_opening(round_the_clock, there(6, 8, 9)) is None


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (None, None),
        (1, "Usually replies within 5 minutes"),
        (300, "Usually replies within 5 minutes"),
        (301, "Usually replies within 10 minutes"),
        (15 * 60, "Usually replies within 15 minutes"),
        (16 * 60, "Usually replies within 20 minutes"),
        (30 * 60, "Usually replies within 30 minutes"),
        (31 * 60, "Usually replies within an hour"),
        (61 * 60, "Usually replies within 2 hours"),
        (4 * 3600, "Usually replies within 4 hours"),
        (4 * 3600 + 1, "Usually replies within a day"),
        (86_401, None),
    ],
)
def test_a_reply_time_is_rounded_up(seconds: int | None, words: str | None) -> None:
    assert words == reply_words(seconds)


def test_waits_that_begin_outside_hours_do_not_count() -> None:
    inside = Wait(there(6, 8, 17, 50), there(6, 9, 8, 5))
    outside = Wait(there(6, 8, 18), there(6, 9, 8, 5))

    assert [inside] == within_hours([inside, outside], WEEKDAYS)
