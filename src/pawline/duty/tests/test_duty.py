"""One's own duty: the light of the clinics, what colleagues see, and how it ends by the clock."""

from datetime import UTC, datetime, time, timedelta
from uuid import UUID

from pawline.practices.hours import set_hours
from pawline.practices.tests.test_availability import at, light, note
from pawline.practices.weekly_hours import ClinicHoursRules, Span, WeeklyHours
from tests.world import Caller, Json, World

# A Monday in New York, at nine; the clinic opens at eight.
MONDAY = datetime(2026, 6, 8, 13, tzinfo=UTC)
RULES = ClinicHoursRules(WeeklyHours(dict.fromkeys(range(5), (Span(time(8), time(18)),))), "America/New_York")


async def set_duty(who: Caller, *, is_off: bool, until: datetime | None = None) -> Json:
    response = await who.send("PUT", "/duty", {"is_off": is_off, "until": until and until.isoformat()})
    assert 200 == response.status_code, response.text
    return response.json()


async def colleague(world: World, who: Caller) -> Json:
    """As Nora finds them: among those to whom she can hand a conversation, and those whom a note can call."""
    people = (await world.nora.get(f"/threads/{world.thread_id}/hand-off-choices")).json()["people"]
    members = (await world.nora.get(f"/threads/{world.thread_id}/team")).json()["members"]
    [(choice, member)] = [(one, other) for one in people for other in members if one["staff_id"] == other["staff_id"] == who.id]
    assert (choice["is_off_duty"], choice["off_duty_until"]) == (member["is_off_duty"], member["off_duty_until"])
    return choice


async def test_off_duty_ends_by_the_clock_whatever_happens_meanwhile(world: World) -> None:
    """C12: neither writing nor signing out brings anybody back; colleagues see until when. It is one's own alone."""
    async with world.product.database.transaction() as uow:
        await set_hours(uow, UUID(world.practice_id), UUID(world.clinic_id), RULES)
    at(MONDAY)
    offered = (await world.vane.get("/duty")).json()
    midnight = datetime.fromisoformat(offered["day_ends_at"])
    off = await set_duty(world.vane, is_off=True, until=midnight)
    await world.vane.post_text(world.thread_id, "I am writing all the same")
    still = (await world.vane.get("/duty")).json()
    await world.vane.send("DELETE", "/session")
    at(midnight - timedelta(seconds=1))
    late = await colleague(world, world.vane)
    at(midnight)
    ended = await colleague(world, world.vane)

    assert (False, None, "America/New_York") == (offered["is_off"], offered["until"], offered["timezone"])
    assert (datetime(2026, 6, 9, 4, tzinfo=UTC), "2026-06-09T12:00:00Z") == (midnight, offered["opens_next_at"])
    assert (True, offered["day_ends_at"]) == (off["is_off"], off["until"])
    assert off == still
    assert (True, offered["day_ends_at"], False) == (late["is_off_duty"], late["off_duty_until"], ended["is_off_duty"])
    assert not (await world.nora.get("/duty")).json()["is_off"]


async def test_only_who_is_on_duty_makes_the_clinic_available(world: World) -> None:
    """C12, AL-36: with the inbox open and off duty, nobody is there; back on duty, they are. Open screens hear of both."""
    at(MONDAY)
    await note(world, world.nora)
    states = [(await light(world)).state]
    async with world.olive.live() as family, world.nora.live() as own:
        off = await set_duty(world.nora, is_off=True)
        states += [(await light(world)).state, (await family.next("availability"))["state"]]
        told = await own.next("duty")
        back = await set_duty(world.nora, is_off=False)
        states += [(await light(world)).state, (await family.next("availability"))["state"]]

    assert (True, None, {"type": "duty"}) == (off["is_off"], off["until"], told)
    assert ["available", "away", "away", "available", "available"] == states
    assert (False, None) == (back["is_off"], back["until"])


async def test_a_time_that_makes_no_sense_changes_nothing(world: World) -> None:
    """P-13: passed, too far away, or for being on duty; and contacts have no duty."""
    now = datetime.now(UTC)
    wishes = [(True, now - timedelta(minutes=1)), (True, now + timedelta(days=400)), (False, now + timedelta(hours=1))]
    answers = [
        (await world.vane.send("PUT", "/duty", {"is_off": is_off, "until": until.isoformat()})).json() for is_off, until in wishes
    ]

    assert [["until"]] * 3 == [[error["field"] for error in answer["errors"]] for answer in answers]
    assert not (await world.vane.get("/duty")).json()["is_off"]
    assert 404 == (await world.olive.get("/duty")).status_code
