"""The light of a clinic as it stands in the database: who is there, what was chosen, and for how long."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, time, timedelta
from uuid import UUID

import pytest
from sqlalchemy import insert, select, text, update

from pawline.platform import clock
from pawline.platform.db import UnitOfWork
from pawline.practices.availability import availability_of, for_families
from pawline.practices.hours import set_hours
from pawline.practices.models import Clinic, ReplyTime, StaffMember, StaffPresence
from pawline.practices.presence import note_present
from pawline.practices.reply_times import Wait, keep_reply_time
from pawline.practices.views import AvailabilityView
from pawline.practices.weekly_hours import ClinicHoursRules, Span, WeeklyHours
from tests.world import Caller, World

# A Monday morning in New York.
MONDAY = datetime(2026, 6, 8, 13, tzinfo=UTC)
RULES = ClinicHoursRules(WeeklyHours(dict.fromkeys(range(5), (Span(time(8), time(18)),))), "America/New_York")


def at(moment: datetime) -> None:
    clock.set_clock(lambda: moment)


async def light(world: World, clinic_id: str = "") -> AvailabilityView:
    async with world.product.database.transaction() as uow:
        wanted = UUID(clinic_id or world.clinic_id)
        [(practice_id, view)] = await availability_of(uow, [UUID(world.practice_id)], [wanted])
    assert (UUID(world.practice_id), wanted) == (practice_id, view.clinic_id)
    return view


async def note(world: World, *people: Caller, when: datetime = MONDAY, practice_id: str = "") -> None:
    """As one web process does for everybody whose screen is open there."""
    async with world.product.database.transaction() as uow:
        pairs = {(UUID(practice_id or world.practice_id), UUID(who.id)) for who in people}
        await note_present(uow, pairs, when)


async def change(world: World, act: Callable[[UnitOfWork], Awaitable[object]]) -> None:
    async with world.product.database.transaction() as uow:
        await act(uow)


async def test_a_colleague_with_the_inbox_open_makes_the_clinic_available(world: World) -> None:
    """AL-34, AL-35, AL-36, C12."""
    at(MONDAY)
    before = await light(world)
    await note(world, world.nora)
    after = await light(world)

    assert ("away", "Responses may be delayed") == (before.state, before.words)
    assert ("available", "Staff are on duty and checking messages") == (after.state, after.words)
    assert before.team is not None
    assert after.team is not None
    assert ("nobody_here", []) == (before.team.reason, before.team.present)
    assert ("somebody_here", ["Nora Ames"]) == (after.team.reason, after.team.present)


async def test_presence_of_a_process_that_died_ends_by_itself(world: World) -> None:
    """C12: Nora's screen hangs on one process, Dr Vane's on another, which dies."""
    await note(world, world.vane, when=MONDAY)
    await note(world, world.nora, when=MONDAY)
    await note(world, world.nora, when=MONDAY + timedelta(seconds=30))
    present: list[list[str]] = []
    for seconds in (74, 75, 104, 105):
        at(MONDAY + timedelta(seconds=seconds))
        team = (await light(world)).team
        assert team is not None
        present.append(team.present)

    assert [["Dr Sam Vane", "Nora Ames"], ["Nora Ames"], ["Nora Ames"], []] == present
    assert "away" == (await light(world)).state


async def test_only_who_may_read_the_threads_counts_as_there(world: World) -> None:
    """C12: not basic staff, not those of another clinic or practice, nor who has left; the practice owner everywhere."""
    at(MONDAY)
    await note(world, world.toby, world.hal)
    await note(world, world.rita, practice_id=world.riverside_id)
    of_others = [(await light(world)).state, (await light(world, world.other_clinic_id)).state]
    await note(world, world.helen)
    of_the_owner = [(await light(world)).state, (await light(world, world.other_clinic_id)).state]
    left = update(StaffMember).where(StaffMember.id.in_([UUID(world.helen.id), UUID(world.hal.id)])).values(left_at=MONDAY)
    await change(world, lambda uow: uow.execute(left))

    assert (["away", "available"], ["available", "available"]) == (of_others, of_the_owner)
    assert ["away", "away"] == [(await light(world)).state, (await light(world, world.other_clinic_id)).state]


async def test_noting_somebody_of_another_practice_or_of_none_does_nothing(world: World) -> None:
    await note(world, world.rita, world.olive, world.nora)

    statement = select(StaffPresence.staff_id).where(StaffPresence.practice_id == UUID(world.practice_id))
    async with world.product.database.transaction() as uow:
        noted = (await uow.execute(statement)).scalars().all()
    assert [UUID(world.nora.id)] == noted


async def test_outside_hours_the_clinic_is_off_duty_and_says_when_it_opens(world: World) -> None:
    """AL-37, AL-38, C12: whoever has the inbox open."""
    await _set_hours(world)
    await note(world, world.nora, when=MONDAY - timedelta(hours=2))
    at(MONDAY - timedelta(hours=2))
    closed = await light(world)
    at(MONDAY)
    opened = await light(world)

    assert ("off_duty", "The practice is closed; emergency contact info is shown") == (closed.state, closed.words)
    assert (datetime(2026, 6, 5, 22, tzinfo=UTC), MONDAY - timedelta(hours=1)) == (closed.closed_since, closed.opens_at)
    assert ("away", None, None) == (opened.state, opened.closed_since, opened.opens_at)


async def test_what_was_set_by_hand_ends_by_itself(world: World) -> None:
    """C12: off duty until the next opening, Tuesday at 8."""
    await _set_hours(world)
    at(MONDAY)
    await _choose(world, world.nora, "off_duty")
    chosen = await light(world)
    at(MONDAY + timedelta(hours=22, minutes=59, seconds=59))
    night = await light(world)
    at(MONDAY + timedelta(hours=23))
    next_day = await light(world)

    assert chosen.team is not None
    assert chosen.team.chosen is not None
    assert ("off_duty", "by_hand", "Nora Ames") == (chosen.state, chosen.team.reason, chosen.team.chosen.by_name)
    assert {MONDAY + timedelta(hours=23)} == {chosen.team.chosen.until, chosen.opens_at, night.opens_at}
    assert next_day.team is not None
    assert ("away", None) == (next_day.state, next_day.team.chosen)


async def test_the_last_choice_counts_and_can_be_taken_back(world: World) -> None:
    """C12."""
    at(MONDAY)
    await note(world, world.nora)
    states: list[str] = []
    for state in ("away", "off_duty", None):
        await _choose(world, world.vane, state)
        states.append((await light(world)).state)

    assert ["away", "off_duty", "available"] == states


async def test_an_override_in_one_conversation_leaves_the_light_alone(world: World) -> None:
    """C12: V2P-53 and V2P-54 change that conversation only; the light stays red and the emergency number visible."""
    await _set_hours(world)
    at(MONDAY - timedelta(hours=2))
    message = await world.olive.post_text(world.thread_id, "Pixel is limping")
    override = text("INSERT INTO hours_override (practice_id, conversation_id, until) VALUES (:practice, :conversation, :until)")
    values = {"practice": world.practice_id, "conversation": message["conversation_id"], "until": MONDAY}
    await change(world, lambda uow: uow.execute(override, values))

    assert "off_duty" == (await light(world)).state


@pytest.mark.parametrize(
    ("emergency", "phone", "expected"),
    [("+13155550199", "+13155550100", "+13155550199"), (None, "+13155550100", "+13155550100"), (None, None, None)],
)
async def test_the_number_for_emergencies_is_the_clinics_phone_where_there_is_none(
    world: World, emergency: str | None, phone: str | None, expected: str | None
) -> None:
    """AL-38, AL-41."""
    numbers = update(Clinic).where(Clinic.id == UUID(world.clinic_id)).values(emergency_number=emergency, phone=phone)
    await change(world, lambda uow: uow.execute(numbers))

    assert expected == (await light(world)).emergency_number


async def test_fewer_than_five_answers_tell_nothing(world: World) -> None:
    at(MONDAY)
    waits = [Wait(MONDAY, MONDAY + timedelta(minutes=minutes)) for minutes in (3, 500, 12, 18, 1)]
    words: list[str | None] = []
    for count in (4, 5):
        await change(
            world,
            lambda uow, count=count: keep_reply_time(uow, UUID(world.practice_id), UUID(world.clinic_id), waits=waits[:count]),
        )
        words.append((await light(world)).reply_words)
    await _choose(world, world.nora, "off_duty")

    assert [None, "Usually replies within 15 minutes"] == words
    assert (await light(world)).reply_words is None


async def test_families_see_neither_why_nor_who(world: World) -> None:
    at(MONDAY)
    await note(world, world.nora)
    await _choose(world, world.nora, "away")
    view = for_families(await light(world))

    assert view.team is None
    assert "Nora" not in repr(view)


async def test_all_clinics_of_several_practices_are_found_at_once(world: World) -> None:
    both = [UUID(world.practice_id), UUID(world.riverside_id)]
    async with world.product.database.transaction() as uow:
        found = {(str(practice_id), str(view.clinic_id)) for practice_id, view in await availability_of(uow, both)}

    northside = {(world.practice_id, world.clinic_id), (world.practice_id, world.other_clinic_id)}
    assert northside | {(world.riverside_id, world.riverside_clinic_id)} == found


async def test_a_measured_reply_time_replaces_the_one_before(world: World) -> None:
    row = {"practice_id": UUID(world.practice_id), "clinic_id": UUID(world.clinic_id), "replies": 9, "measured_at": MONDAY}
    await change(world, lambda uow: uow.execute(insert(ReplyTime).values(**row, median_seconds=60)))
    await change(world, lambda uow: keep_reply_time(uow, UUID(world.practice_id), UUID(world.clinic_id), waits=[]))

    assert (await light(world)).reply_words is None


async def _set_hours(world: World) -> None:
    await change(world, lambda uow: set_hours(uow, UUID(world.practice_id), UUID(world.clinic_id), RULES))


async def _choose(world: World, who: Caller, state: str | None) -> None:
    response = await who.send("PUT", f"/clinics/{world.clinic_id}/availability", {"state": state})
    assert 200 == response.status_code, response.text
