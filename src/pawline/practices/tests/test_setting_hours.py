"""Hours are written down by the practice and read back as they were written."""

import asyncio
from datetime import date, time
from uuid import UUID, uuid4

import pytest

from pawline.platform.errors import Invalid, NotFound
from pawline.practices.hours import hours_of, set_hours
from pawline.practices.weekly_hours import ClinicHoursRules, OtherHours, Span, WeeklyHours
from tests.world import World

MORNING, AFTERNOON, NIGHT = Span(time(8), time(12)), Span(time(13), time(18)), Span(time(20), time(6))
REMEDY = "shorten one of them, or make one of the two"
CHRISTMAS = date(2026, 12, 25)
SILVESTER = date(2026, 12, 31)
RULES = ClinicHoursRules(
    WeeklyHours(
        {0: (MORNING, AFTERNOON), 4: (MORNING, NIGHT)},
        {CHRISTMAS: OtherHours(label="Christmas"), SILVESTER: OtherHours((MORNING, AFTERNOON), "New Year's Eve")},
    ),
    "America/Chicago",
)


async def save(world: World, rules: ClinicHoursRules, *, practice_id: str = "", clinic_id: str = "") -> None:
    async with world.product.database.transaction() as uow:
        await set_hours(uow, UUID(practice_id or world.practice_id), UUID(clinic_id or world.clinic_id), rules)


async def saved(world: World, clinic_id: str = "") -> ClinicHoursRules:
    async with world.product.database.transaction() as uow:
        return await hours_of(uow, UUID(world.practice_id), UUID(clinic_id or world.clinic_id))


async def test_a_new_clinic_has_no_hours(world: World) -> None:
    assert ClinicHoursRules(WeeklyHours(), "America/New_York") == await saved(world)


async def test_what_was_written_is_read_back_and_replaces_what_was_before(world: World) -> None:
    """D17: several a day, a night, holidays, and the zone."""
    await save(world, RULES)
    first = await saved(world)
    fewer = ClinicHoursRules(WeeklyHours({2: (MORNING,)}), "America/New_York")
    await save(world, fewer)

    assert RULES == first
    assert fewer == await saved(world)
    assert ClinicHoursRules(WeeklyHours(), "America/New_York") == await saved(world, world.other_clinic_id)


async def test_two_who_save_at_once_leave_one_of_the_two(world: World) -> None:
    other = ClinicHoursRules(WeeklyHours({2: (MORNING,)}), "America/New_York")
    await asyncio.gather(save(world, RULES), save(world, other), save(world, RULES), save(world, other))

    assert await saved(world) in (RULES, other)


async def test_clinics_of_others_do_not_exist(world: World) -> None:
    assert world.riverside_id != world.practice_id  # Rita is an outsider
    for clinic_id in (world.riverside_clinic_id, str(uuid4())):
        with pytest.raises(NotFound):
            await save(world, RULES, clinic_id=clinic_id)
        with pytest.raises(NotFound):
            await saved(world, clinic_id)


@pytest.mark.parametrize(
    ("weekdays", "words"),
    [
        (
            {0: (MORNING, Span(time(11), time(13)))},
            f"Hours overlap on Monday: 08:00-12:00 and 11:00-13:00; {REMEDY}.",
        ),
        (
            {0: (NIGHT,), 1: (Span(time(5), time(9)),)},
            f"Hours overlap on Monday night into Tuesday: 20:00-06:00 and 05:00-09:00; {REMEDY}.",
        ),
        (
            {6: (NIGHT,), 0: (Span(time(5), time(9)),)},
            f"Hours overlap on Sunday night into Monday: 20:00-06:00 and 05:00-09:00; {REMEDY}.",
        ),
        (
            {3: (Span(time(8), time(8)), Span(time(9), time(10)))},
            "Hours on Thursday come to more than 24 hours; shorten or remove some.",
        ),
        ({1: (Span(time(8, 0, 30), time(9)),)}, "Hours on Tuesday have to be whole minutes by the clinic's own clock."),
        ({7: (MORNING,)}, "Hours name a weekday that does not exist; count from 0 for Monday to 6 for Sunday."),
    ],
)
async def test_hours_that_make_no_sense_are_refused_in_plain_words(
    world: World, weekdays: dict[int, tuple[Span, ...]], words: str
) -> None:
    """D17."""
    with pytest.raises(Invalid) as refused:
        await save(world, ClinicHoursRules(WeeklyHours(weekdays), "America/New_York"))

    assert words == refused.value.detail
    assert WeeklyHours() == (await saved(world)).hours


async def test_everything_wrong_is_said_at_once(world: World) -> None:
    overlapping = WeeklyHours({}, {CHRISTMAS: OtherHours((MORNING, MORNING), "x" * 81)})
    with pytest.raises(Invalid) as refused:
        await save(world, ClinicHoursRules(overlapping, "Mars/Olympus"))

    assert ["hours", "hours", "timezone"] == [error.field for error in refused.value.errors]
    assert "on 25 December 2026" in refused.value.detail
    assert "Timezone is not a time zone; give an IANA name, like America/New_York." in refused.value.detail


async def test_nights_that_meet_the_next_morning_are_fine(world: World) -> None:
    meeting = WeeklyHours({0: (Span(time(0), time(0)),), 1: (Span(time(0), time(12)), Span(time(12), time(0))), 6: (NIGHT,)})
    rules = ClinicHoursRules(WeeklyHours({**meeting.weekdays, 6: (Span(time(20), time(0)),)}), "America/New_York")
    await save(world, rules)

    assert rules == await saved(world)
