"""The clinics' lights on the way to open screens, and who may see and set them."""

import asyncio
import json
from collections.abc import AsyncGenerator
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import delete

from pawline.platform import clock
from pawline.platform.actor import Actor, Role
from pawline.platform.db import Database
from pawline.platform.realtime import Hub, LiveSocket
from pawline.practices.hours import set_hours
from pawline.practices.models import StaffPresence
from pawline.practices.weekly_hours import ClinicHoursRules, OtherHours, WeeklyHours
from pawline.threads.light_frames import LightFrames
from tests.world import Caller, Json, World

ON_DUTY = "Staff are on duty and checking messages"


async def lights(caller: Caller) -> dict[str, Json]:
    response = await caller.get("/availability")
    assert 200 == response.status_code, response.text
    return {each["clinic_id"]: each for each in response.json()["clinics"]}


async def choose(caller: Caller, clinic_id: str, state: str | None, **values: Json) -> Json:
    response = await caller.send("PUT", f"/clinics/{clinic_id}/availability", {"state": state, **values})
    assert 200 == response.status_code, response.text
    return response.json()


async def close_today(world: World) -> None:
    today = clock.now().date()
    closed = {today + timedelta(days=day): OtherHours() for day in (-2, -1, 0, 1, 2)}
    rules = ClinicHoursRules(WeeklyHours({}, closed), "America/New_York")
    async with world.product.database.transaction() as uow:
        await set_hours(uow, UUID(world.practice_id), UUID(world.clinic_id), rules)


async def test_an_owner_sees_the_light_without_its_reasons_and_staff_see_them(world: World) -> None:
    """AL-34 and AL-36; a second clinic without a thread of the family is not among them."""
    of_olive, of_nora, of_helen = await lights(world.olive), await lights(world.nora), await lights(world.helen)

    assert {world.clinic_id} == set(of_olive) == set(of_nora)
    assert {world.clinic_id, world.other_clinic_id} == set(of_helen)
    assert "away" == of_olive[world.clinic_id]["state"]
    assert "Responses may be delayed" == of_olive[world.clinic_id]["words"]
    assert of_olive[world.clinic_id]["team"] is None
    assert "nobody_here" == of_nora[world.clinic_id]["team"]["reason"]


@pytest.mark.slow
async def test_opening_the_inbox_makes_the_light_green_on_an_open_screen(world: World) -> None:
    """AL-35, AL-40: within 20 seconds, without being asked."""
    async with world.olive.live() as screen, world.nora.live() as nora:
        heard = await screen.next("availability", within_seconds=20)
        while heard["state"] != "available":
            heard = await screen.next("availability", within_seconds=20)
        of_nora = await nora.next("availability", within_seconds=20)

    assert (world.clinic_id, ON_DUTY) == (heard["clinic_id"], heard["words"])
    assert of_nora["team"] is not None


@pytest.mark.slow
async def test_a_change_of_hours_reaches_an_open_screen(world: World) -> None:
    """AL-37, AL-40: whatever changes it, within 20 seconds."""
    async with world.olive.live() as screen:
        await close_today(world)
        heard = await screen.next("availability", within_seconds=20)
        while heard["state"] != "off_duty":
            heard = await screen.next("availability", within_seconds=20)

    assert "The practice is closed; emergency contact info is shown" == heard["words"]


async def test_what_is_set_by_hand_reaches_open_screens_at_once(world: World) -> None:
    """AL-40, C12: both sides, and only the team learns who did it."""
    async with world.olive.live() as olive, world.omar.live() as omar, world.vane.live() as vane:
        answer = await choose(world.nora, world.clinic_id, "off_duty")
        family = [await screen.next("availability", within_seconds=4) for screen in (olive, omar)]
        team = await vane.next("availability", within_seconds=4)

    assert answer == team
    assert ("off_duty", "Nora Ames") == (team["state"], team["team"]["chosen"]["by_name"])
    assert [{**team, "team": None}] * 2 == family


async def test_frames_stay_with_the_families_and_the_team_of_the_clinic(world: World) -> None:
    """I10: Kim has a thread with this clinic; Rita, Rolf and Hal have not."""
    async with world.kim.live() as kim, world.rita.live() as rita, world.rolf.live() as rolf, world.hal.live() as hal:
        await choose(world.nora, world.clinic_id, "off_duty")
        await choose(world.rita, world.riverside_clinic_id, "away")
        await choose(world.hal, world.other_clinic_id, "away")
        of_kim = await kim.next("availability")
        of_others = [[await screen.next("availability") for _ in range(1)] for screen in (rita, rolf, hal)]

    own = [world.riverside_clinic_id, world.riverside_clinic_id, world.other_clinic_id]
    assert (world.clinic_id, "off_duty") == (of_kim["clinic_id"], of_kim["state"])
    assert own == [frames[0]["clinic_id"] for frames in of_others]


async def test_who_may_set_it(world: World) -> None:
    """C12: from senior on; to everybody else the clinic is not there."""
    path, body = f"/clinics/{world.clinic_id}/availability", {"state": "away"}
    outsiders = [world.rita, world.hal, world.olive, world.rolf]
    refused = [(await who.send("PUT", path, body)).status_code for who in outsiders]
    nothing = await world.nora.send("PUT", f"/clinics/{uuid4()}/availability", body)
    basic = await world.toby.send("PUT", path, body)
    [allowed] = [(await who.send("PUT", path, body)).status_code for who in (world.vane,)]

    assert ([404] * 4, 404, 403, 200) == (refused, nothing.status_code, basic.status_code, allowed)
    assert nothing.json() == (await world.rita.send("PUT", path, body)).json()


async def test_until_when_has_to_make_sense(world: World) -> None:
    path, now = f"/clinics/{world.clinic_id}/availability", clock.now()
    odd = [
        {"state": "away", "until": (now - timedelta(minutes=1)).isoformat()},
        {"state": "away", "until": (now + timedelta(days=61)).isoformat()},
        {"state": None, "until": (now + timedelta(hours=1)).isoformat()},
    ]
    unreadable = [{"state": "away", "until": "2026-06-08T10:00:00"}, {"state": "available"}, {}]

    assert [422] * 3 == [(await world.nora.send("PUT", path, body)).status_code for body in odd]
    assert {400, 422} >= {(await world.nora.send("PUT", path, body)).status_code for body in unreadable}
    until = (now + timedelta(hours=1)).isoformat().replace("+00:00", "Z")
    assert until == (await choose(world.nora, world.clinic_id, "away", until=until))["team"]["chosen"]["until"]


async def test_an_owner_writes_at_any_time(world: World) -> None:
    """AL-39: the answer is merely late."""
    await choose(world.nora, world.clinic_id, "away")
    away = await world.olive.post_text(world.thread_id, "Pixel is limping")
    await choose(world.nora, world.clinic_id, "off_duty")
    off_duty = await world.olive.post_text(world.thread_id, "She is asleep now")

    assert [1, 2] == [away["seq"], off_duty["seq"]]


class Process:
    """One web process: a hub with screens of its own, which keep what they are sent."""

    def __init__(self, database: Database) -> None:
        async def nobody(_ids: list[UUID]) -> dict[UUID, Actor]:
            return {}

        self.hub = Hub(database, nobody)
        self.lights = LightFrames(database, self.hub)

    def open(self, world: World, caller: Caller, **values: Json) -> LiveSocket:
        is_staff = caller.app == "staff"
        actor = Actor(
            practice_id=UUID(world.practice_id),
            person_id=UUID(caller.id),
            session_id=uuid4(),
            kind="staff" if is_staff else "contact",
            name=caller.name,
            role=Role.SENIOR if is_staff else None,
            clinic_ids=(UUID(world.clinic_id),) if is_staff else (),
            family_id=None if is_staff else UUID(values.get("family_id", world.family_id)),
        )
        screen = LiveSocket(actor, lambda _: False)
        self.hub.add(screen)
        return screen

    async def look(self, world: World) -> None:
        await self.lights.look([UUID(world.practice_id)])


def heard(screen: LiveSocket) -> list[str]:
    """The states it was told since it was asked last."""
    states = [json.loads(frame.text)["state"] for frame in screen.frames]
    screen.frames.clear()
    return states


@pytest.fixture
async def database(database_url: str) -> AsyncGenerator[Database]:
    database = Database(database_url, connections=2)
    yield database
    await database.close()


async def test_a_screen_is_told_of_changes_and_of_nothing_else(world: World, database: Database) -> None:
    """AL-40: each process finds out by itself, also what another one has noted."""
    first, second = Process(database), Process(database)
    olive, nora = first.open(world, world.olive), second.open(world, world.nora)
    told: list[list[str]] = []
    for act in (asyncio.sleep(0), second.lights.note_who_is_here(), asyncio.sleep(0)):
        await act
        await first.look(world)
        told.append(heard(olive))
    await second.look(world)

    assert [["away"], ["available"], []] == told
    assert ["available"] == heard(nora)


async def test_who_stays_is_noted_only_now_and_then(world: World, database: Database) -> None:
    """Not per message, nor per screen: one row each half minute."""
    process, now = Process(database), clock.now()
    process.open(world, world.nora)
    process.open(world, world.nora)
    noted: list[int] = []
    for seconds in (0, 10, 31, -3600):  # the demo's time also goes back
        clock.set_clock(lambda seconds=seconds: now + timedelta(seconds=seconds))
        await process.lights.note_who_is_here()
        noted.append(await _forget_presence(world))

    assert [1, 0, 1, 1] == noted


async def test_a_screen_left_on_a_desk_is_nobody(world: World, database: Database) -> None:
    """C12: ten minutes after it was last touched it counts no more, though its line stays; touched again, it counts at once."""
    process, now = Process(database), clock.now()
    nora = process.open(world, world.nora)
    nora.used_at = now
    noted: list[int] = []
    for minutes in (0, 9, 10, 60):
        clock.set_clock(lambda minutes=minutes: now + timedelta(minutes=minutes))
        await process.lights.note_who_is_here()
        noted.append(await _forget_presence(world))
    nora.used_at = now + timedelta(minutes=60)
    await process.lights.note_who_is_here()
    noted.append(await _forget_presence(world))

    assert [1, 1, 0, 0, 1] == noted


async def test_whoever_comes_after_a_pause_is_told_anew(world: World, database: Database) -> None:
    """What this process told before may have changed twice meanwhile, and somebody was answered in between."""
    process = Process(database)
    olive = process.open(world, world.olive)
    await process.lights.look_around()
    process.hub.remove(olive)
    await process.lights.look_around()
    omar = process.open(world, world.omar)
    await process.lights.look_around()
    await process.lights.look_around()

    assert (["away"], ["away"]) == (heard(olive), heard(omar))


async def _forget_presence(world: World) -> int:
    statement = delete(StaffPresence).where(StaffPresence.practice_id == UUID(world.practice_id))
    async with world.product.database.transaction() as uow:
        return len((await uow.execute(statement.returning(StaffPresence.staff_id))).all())
