"""Basic staff and today's families: when they see a thread, since when not any more, and what they may do in it."""

import asyncio
import json
from datetime import timedelta
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import text

from pawline.platform import clock
from pawline.reach.tests.scene import grants, hand_over, next_midnight, sees, set_zone, take_back, zone_before_midnight
from pawline.schedule.tests.scene import book, cancel, changed, in_days
from pawline.vets.tests.scene import end as end_connection
from tests.world import LiveClient, World


async def book_toby(world: World, days: int = 0, **values: object) -> dict[str, object]:
    return await book(world, **{"on_date": in_days(days), "at": "12:00", "staff_id": world.toby.id, **values})


@pytest.mark.parametrize("days", [-1, 0, 1])
async def test_one_sees_the_families_of_today(world: World, days: int) -> None:
    """PPB-25, PPB-26, PPB-33: yesterday's and tomorrow's families are closed, today's is open with its whole history."""
    first = await world.olive.post_text(world.thread_id, "Years ago")
    before = await sees(world)
    await book_toby(world, days)

    assert not before
    assert (days == 0) == await sees(world)
    if days == 0:
        shown = await world.toby.thread(world.thread_id)
        assert ("schedule", first["id"]) == (shown["seen_through"], shown["messages"][0]["id"])
        assert 404 == (await world.toby.get(f"/threads/{world.other_thread_id}")).status_code


async def test_an_appointment_of_others_opens_nothing(world: World) -> None:
    """PPB-26, PPB-34: neither a colleague's, nor one without anybody, nor a cancelled one."""
    await book_toby(world, staff_id=world.vane.id)
    await book_toby(world, staff_id=None)
    await cancel(world, await book_toby(world))

    assert not await sees(world)


async def test_of_two_appointments_one_is_enough(world: World) -> None:
    """PPB-34: cancelling one leaves the other."""
    morning, _ = await book_toby(world), await book_toby(world, at="15:00")
    await cancel(world, morning)
    still = await sees(world)

    assert still
    assert "done" == (await changed(world, await book_toby(world, at="16:00"), status="done"))["status"]
    assert await sees(world)


async def test_reassigning_moves_the_access(world: World) -> None:
    """PPB-34: at the next request it is the colleague's."""
    appointment = await book_toby(world)
    before = await sees(world)
    await changed(world, appointment, staff_id=world.vane.id)

    assert before
    assert not await sees(world)
    assert 404 == (await world.toby.send("POST", f"/threads/{world.thread_id}/messages", draft())).status_code


async def test_who_does_not_work_at_the_clinic_any_more(world: World) -> None:
    """P-11: the appointment alone, and what was handed over alone, open nothing."""
    await book_toby(world)
    await hand_over(world)
    async with world.product.database.transaction() as uow:
        await uow.execute(text("DELETE FROM staff_clinic WHERE staff_id = :id"), {"id": UUID(world.toby.id)})

    assert not await sees(world)


async def test_what_one_may_do_meanwhile(world: World) -> None:
    """PPB-25: write, note, tag; not rename or end, and nothing of the inbox (PPB-27)."""
    await book_toby(world)
    thread = f"/threads/{world.thread_id}"
    message = await world.toby.post_text(world.thread_id, "She was an angel", pet_ids=[world.pixel_id])
    note = await world.toby.post_text(world.thread_id, "Bites", kind="note")
    tagged = await world.toby.send("PUT", f"{thread}/messages/{message['id']}/pets", {"pet_ids": []})
    conversation = f"{thread}/conversations/{message['conversation_id']}"
    refused = [
        await world.toby.send("PATCH", conversation, {"title": "Mine"}),
        await world.toby.send("POST", f"{conversation}/end"),
        await world.toby.get("/inbox"),
        await world.toby.get("/inbox/unread"),
        await world.toby.get("/families", q="Hart"),
        await world.toby.get("/contacts"),
        await world.toby.get("/reports"),
        await world.toby.get("/clinics"),
    ]

    assert ("note", 200) == (note["kind"], tagged.status_code)
    assert [403] * 8 == [answer.status_code for answer in refused]
    assert not (await world.toby.get("/session")).json()["can_use_inbox"]


async def test_searching_finds_what_one_may_see(world: World) -> None:
    """PPB-26, I10: search, pictures and files follow the same rule."""
    await world.olive.post_text(world.thread_id, "Zebra crossing")
    await world.kim.post_text(world.other_thread_id, "Zebra crossing of Kim")
    before = (await world.toby.get("/search/messages", q="zebra")).json()["messages"]
    await book_toby(world)
    after = (await world.toby.get("/search/messages", q="zebra")).json()["messages"]
    families = [(await world.toby.get("/search/families", q=name)).json()["families"] for name in ("pixel", "olive hart", "sato")]

    assert [] == before
    assert [world.thread_id] == [each["thread_id"] for each in after]
    assert [[world.thread_id], [world.thread_id], []] == [[each["thread_id"] for each in found] for found in families]
    assert 200 == (await world.toby.get(f"/pets/{world.pixel_id}/pictures")).status_code


async def test_a_conversation_with_todays_family(world: World) -> None:
    """Table 2.6: a family on the schedule may be written to first, and another one not."""
    await book_toby(world)
    of_today = {"family_id": world.family_id, "clinic_id": world.clinic_id, "title": "Grooming"}
    opened = await world.toby.send("POST", "/threads", of_today)
    other = await world.toby.send("POST", "/threads", {**of_today, "family_id": world.other_family_id})
    elsewhere = await world.toby.send("POST", "/threads", {**of_today, "clinic_id": world.other_clinic_id})

    assert (200, "Grooming") == (opened.status_code, opened.json()["conversations"][-1]["title"])
    assert [404, 404] == [other.status_code, elsewhere.status_code]


async def test_a_family_of_today_that_has_ended_its_connection(world: World) -> None:
    """PPB-28, table 2.6: the way from the schedule still leads to what was written; nothing is begun there any more."""
    await world.olive.post_text(world.thread_id, "Until next time")
    await book_toby(world)
    assert (await end_connection(world.olive, world)).is_success
    where = {"family_id": world.family_id, "clinic_id": world.clinic_id}
    opened = [await person.send("POST", "/threads", where) for person in (world.toby, world.nora)]
    begun = await world.toby.send("POST", "/threads", {**where, "title": "Grooming"})

    assert [200, 200, 404] == [answer.status_code for answer in (*opened, begun)]
    assert [["Until next time"]] * 2 == [
        [each["body"] for each in answer.json()["messages"] if each["kind"] == "text"] for answer in opened
    ]


async def test_a_thread_that_was_handed_over(world: World) -> None:
    """C16: read and answered until the day ends or it is taken back; a conversation of one's own is not started."""
    message = await world.olive.post_text(world.thread_id, "Is she ready?")
    until = await hand_over(world)
    again = await hand_over(world)
    shown = await world.toby.thread(world.thread_id)
    await world.toby.post_text(world.thread_id, "In ten minutes")
    conversation = f"/threads/{world.thread_id}/conversations"
    ended = await world.nora.send("POST", f"{conversation}/{message['conversation_id']}/end")
    answers = [
        await world.toby.send("POST", f"/threads/{world.thread_id}/messages", draft()),
        await world.toby.send("POST", conversation, {"title": "Mine"}),
        await world.toby.send("POST", "/threads", {"family_id": world.family_id, "clinic_id": world.clinic_id, "title": "Mine"}),
    ]
    note = await world.toby.post_text(world.thread_id, "She waits outside", kind="note")
    await take_back(world)
    [kept] = await grants(world)

    assert until == again
    assert ("hand_off", 200, "note") == (shown["seen_through"], ended.status_code, note["kind"])
    assert ["handed_over"] * 3 == [answer.json()["code"] for answer in answers]
    assert not await sees(world)
    assert kept["ended_at"] is not None
    assert (UUID(world.nora.id), "hand_off", until) == (kept["granted_by_id"], kept["cause"], kept["until"])


async def test_handing_over_what_one_sees_anyway(world: World) -> None:
    """C16: no grant for a family of today's schedule, nor for the roles that see all; it is told apart when it is cancelled."""
    appointment = await book_toby(world)
    scheduled = [await hand_over(world), await hand_over(world, to="vane")]
    await cancel(world, appointment)
    closed = await sees(world)
    needed = await hand_over(world)

    assert ([None, None], False) == (scheduled, closed)
    assert needed is not None
    assert await sees(world)


async def test_the_day_ends_at_the_clinics_midnight(world: World) -> None:
    """PPB-33: with an open screen, for what is on the schedule and what was handed over; nobody has to look it up."""
    zone = zone_before_midnight()
    await set_zone(world, zone)
    local = clock.now().astimezone(ZoneInfo(zone))
    await book_toby(world, on_date=local.date().isoformat(), at="23:30")
    await hand_over(world, thread_id=world.other_thread_id)
    midnight = next_midnight(zone)
    clock.set_clock(lambda: midnight - timedelta(seconds=1))
    before = await sees(world)
    async with world.toby.live() as screen:
        await world.olive.post_text(world.thread_id, "Before")
        frame = await screen.next("changes")
        clock.set_clock(lambda: midnight)
        heard = await listen(screen, world)

    assert (before, "Before") == (True, frame["messages"][0]["body"])
    assert "changes" not in heard
    assert [404, 404] == [
        (await world.toby.get(f"/threads/{thread_id}")).status_code for thread_id in (world.thread_id, world.other_thread_id)
    ]
    await hand_over(world, thread_id=world.other_thread_id)
    assert [True, False] == [grant["ended_at"] == grant["until"] for grant in await grants(world)]


async def listen(screen: LiveClient, world: World) -> list[str]:
    """Types of the frames that come while both families write."""
    heard: list[str] = []

    async def collect() -> None:
        async for frame in screen.connection:
            heard.append(json.loads(frame)["type"])  # noqa: PERF401 - what came must be there while more is awaited

    listening = asyncio.create_task(collect())
    async with world.nora.live() as inside:
        await world.olive.post_text(world.thread_id, "Not for Toby")
        await world.kim.post_text(world.other_thread_id, "Nor this")
        await inside.next("changes")
        await inside.next("changes")
    await asyncio.sleep(0.1)  # long enough for what must not come
    listening.cancel()
    return heard


@pytest.mark.parametrize("how", ["cancelled", "reassigned", "moved", "taken back"])
async def test_an_open_screen_is_looked_at_again_at_once(world: World, how: str) -> None:
    """PPB-34: whoever lost the family gets a resync, and not one word by the old rules."""
    appointment = None if how == "taken back" else await book_toby(world)
    if appointment is None:
        await hand_over(world)
    async with world.toby.live() as screen:
        await world.olive.post_text(world.thread_id, "Before")
        await screen.next("changes")
        if appointment is None:
            await take_back(world)
        elif how == "cancelled":
            await cancel(world, appointment)
        else:
            await changed(world, appointment, **({"staff_id": world.vane.id} if how == "reassigned" else {"on_date": in_days(1)}))
        await screen.next("resync")
        heard = await listen(screen, world)

    assert "changes" not in heard


async def test_an_open_screen_gains_what_is_booked(world: World) -> None:
    """PPB-25: a new appointment of today opens the thread at once, live too."""
    async with world.toby.live() as screen:
        await book_toby(world)
        await screen.next("resync")
        await world.olive.post_text(world.thread_id, "On my way")
        frame = await screen.next("changes")

    assert "On my way" == frame["messages"][0]["body"]


async def test_another_time_zone_is_another_day(world: World) -> None:
    """PPB-33: the days of appointments are worked out anew. What was half an hour after midnight is yesterday's one zone west."""
    zone, further_west = zone_before_midnight(), zone_before_midnight(hours_west=1)
    await set_zone(world, zone)
    today = clock.now().astimezone(ZoneInfo(zone)).date()
    booked = await book_toby(world, on_date=today.isoformat(), at="00:30")
    before = await sees(world)
    async with world.toby.live() as screen:
        await set_zone(world, further_west)
        await screen.next("resync")
        heard = await listen(screen, world)
    async with world.product.database.transaction() as uow:
        values = {"id": UUID(str(booked["id"]))}
        on_date = (await uow.execute(text("SELECT on_date FROM appointment WHERE id = :id"), values)).scalar_one()

    assert (True, today - timedelta(days=1)) == (before, on_date)
    assert "changes" not in heard
    assert not await sees(world)


async def test_families_that_become_one(world: World) -> None:
    """C16: what was handed over of a thread that is gone goes on in the one that stays."""
    await hand_over(world)
    await hand_over(world, thread_id=world.other_thread_id)
    merge = {"source_family_id": world.family_id}
    merged = await world.ada.send(
        "POST", f"/families/{world.other_family_id}/merge", merge, headers={"Idempotency-Key": str(uuid4())}
    )

    assert merged.is_success, merged.text
    assert 200 == (await world.toby.get(f"/threads/{world.other_thread_id}")).status_code
    assert {UUID(world.other_thread_id)} == {grant["thread_id"] for grant in await grants(world)}


def draft() -> dict[str, str]:
    return {"client_id": str(uuid4()), "body": "Hello"}
