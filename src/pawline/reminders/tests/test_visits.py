"""A family's visits: seeing them, confirming, asking to move, and the calendar file."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import httpx
import pytest
from icalendar import Calendar
from sqlalchemy import text

from pawline.platform import clock
from pawline.reminders.tests.scene import Reminding
from pawline.schedule.tests.scene import book, book_at, cancel, changed, day, in_days
from pawline.schedule.times import spoken
from tests.newcomers import add_newcomer
from tests.world import Caller, Json, World


async def visits(caller: Caller) -> Json:
    response = await caller.get("/visits")
    assert 200 == response.status_code, response.text
    return response.json()


async def answer(caller: Caller, visit: Json, act: str, **body: str) -> httpx.Response:
    return await caller.send("POST", f"/visits/{visit['id']}/{act}", body or None)


async def ask_to_move(caller: Caller, visit: Json, words: str = "Friday would suit.", **values: str) -> httpx.Response:
    return await answer(caller, visit, "ask-to-move", **{"client_id": str(uuid4()), "words": words, **values})


async def lines(world: World, *, by: Caller | None = None) -> list[tuple[str, str]]:
    return [(each["kind"], each["body"]) for each in (await (by or world.nora).thread(world.thread_id))["messages"]]


def when(visit: Json) -> str:
    return spoken(datetime.fromisoformat(visit["starts_at"]), zone="America/New_York")


async def test_a_family_sees_what_comes_and_what_was(world: World) -> None:
    now = clock.now()
    soon, later = await book(world), await book(world, on_date=in_days(9), staff_id=None)
    was = await book_at(world, now - timedelta(days=40))
    await book_at(world, now - timedelta(days=400))
    await cancel(world, await book_at(world, now - timedelta(days=20)))
    seen = [await visits(caller) for caller in (world.olive, world.omar)]

    assert seen[0] == seen[1]
    assert [soon["id"], later["id"]] == [each["id"] for each in seen[0]["coming"]]
    assert [was["id"]] == [each["id"] for each in seen[0]["past"]], "older than a year, and cancelled ones, are left out"
    [first, second] = seen[0]["coming"]
    assert ("Hill Street", "Pixel", "Dr Sam Vane", "booked") == (
        first["clinic"]["name"],
        first["pet"]["name"],
        first["with_name"],
        first["status"],
    )
    assert (None, True, False) == (second["with_name"], first["can_answer"], first["can_take_back"])
    assert not seen[0]["past"][0]["can_answer"]


async def test_confirming_is_seen_by_the_team_and_can_be_taken_back(world: World) -> None:
    visit = await book(world)
    confirmed = [(await answer(world.olive, visit, "confirm")).json() for _ in range(2)]
    [shown] = (await day(world, in_days(2)))["appointments"]
    back = [(await answer(world.omar, visit, "take-back")).json()["status"] for _ in range(2)]

    assert [("confirmed", True)] * 2 == [(each["status"], each["can_take_back"]) for each in confirmed]
    assert ("confirmed", "Olive Hart") == (shown["status"], shown["answered_by_name"])
    assert ["booked", "booked"] == back
    said = [
        ("system", f"Olive confirmed Pixel's visit on {when(visit)}"),
        ("system", f"Omar no longer confirms Pixel's visit on {when(visit)}"),
    ]
    assert said == await lines(world)
    assert [] == await lines(world, by=world.olive), "lines are for the team"


async def test_asking_to_move_is_a_message_of_the_owner(world: World) -> None:
    """AL-1: it goes the way of every message, and a repeat sends none twice."""
    visit, client_id = await book(world), str(uuid4())
    answers = [await ask_to_move(world.olive, visit, "Friday would suit.", client_id=client_id) for _ in range(2)]
    [message] = (await world.nora.thread(world.thread_id))["messages"]

    assert [(200, "move_asked")] * 2 == [(each.status_code, each.json()["status"]) for each in answers]
    assert (f"Could Pixel's visit on {when(visit)} be moved? Friday would suit.", "Olive Hart", [world.pixel_id]) == (
        message["body"],
        message["author_name"],
        message["pet_ids"],
    )
    assert "booked" == (await answer(world.olive, visit, "take-back")).json()["status"]
    assert ("system", f"Olive no longer asks to move Pixel's visit on {when(visit)}") == (await lines(world))[-1]


async def test_who_reads_spanish_asks_and_keeps_the_visit_in_spanish(world: World) -> None:
    """Message and calendar file; the lines that the team alone reads stay as they are."""
    visit = await book(world)
    await world.olive.send("GET", "/session", headers={"X-Pawline-Version": "1", "Accept-Language": "es"})
    await ask_to_move(world.olive, visit, "Mejor el viernes.")
    [message] = (await world.nora.thread(world.thread_id))["messages"]
    starts_at = datetime.fromisoformat(visit["starts_at"])
    shown = spoken(starts_at, zone="America/New_York", language="es")
    file = Calendar.from_ical((await world.olive.get(f"/visits/{visit['id']}/calendar.ics")).text).events[0]

    assert f"¿Se puede cambiar la visita de Pixel del {shown}? Mejor el viernes." == message["body"]
    assert "Pixel en Hill Street" == file["SUMMARY"]


def test_days_are_named_as_each_language_does() -> None:
    at = datetime(2026, 11, 24, 15, 30, tzinfo=UTC)

    assert "Tue 24 Nov, 10:30" == spoken(at, zone="America/New_York")
    assert "mar, 24 nov, 10:30" == spoken(at, zone="America/New_York", language="es")


async def test_asking_to_move_needs_consent_and_confirming_does_not(world: World) -> None:
    """AL-2: the server refuses the message until the terms are accepted; nothing has changed then."""
    visit, olga = await book(world), await add_newcomer(world)
    refused = await ask_to_move(olga, visit)
    [unchanged] = (await visits(olga))["coming"]

    assert (403, "consent_needed") == (refused.status_code, refused.json()["code"])
    assert ("booked", []) == (unchanged["status"], await lines(world))
    assert "confirmed" == (await answer(olga, visit, "confirm")).json()["status"]


async def test_once_the_practice_has_acted_the_answer_stands(world: World) -> None:
    visit = await book(world)
    await ask_to_move(world.olive, visit)
    [asked] = (await day(world, in_days(2)))["appointments"]
    moved = await changed(world, asked, on_date=in_days(5))
    [shown] = (await visits(world.olive))["coming"]

    assert ("booked", False, moved["starts_at"]) == (shown["status"], shown["can_take_back"], shown["starts_at"])
    by_phone = await changed(world, moved, status="confirmed")
    refused = await answer(world.olive, by_phone, "take-back")
    assert (409, "already_taken") == (refused.status_code, refused.json()["code"])


@pytest.mark.parametrize("act", ["confirm", "ask-to-move", "take-back"])
async def test_what_is_cancelled_or_over_takes_no_answer(world: World, act: str) -> None:
    cancelled, over = await book(world), await book_at(world, clock.now() - timedelta(minutes=5))
    await cancel(world, cancelled)
    body = {"client_id": str(uuid4()), "words": "Friday"} if act == "ask-to-move" else {}
    refused = [await answer(world.olive, visit, act, **body) for visit in (cancelled, over)]

    assert [(409, "visit_cancelled"), (409, "visit_over")] == [(each.status_code, each.json()["code"]) for each in refused]
    assert {"cancelled"} == {each["status"] for each in (await visits(world.olive))["coming"] if each["id"] == cancelled["id"]}
    assert [] == await lines(world)


async def test_the_calendar_file_names_the_visit_and_not_its_reason(world: World) -> None:
    visit = await book(world, kind="Lump under the ear")
    path = f"/visits/{visit['id']}/calendar.ics"
    first, again = await world.olive.get(path), await world.olive.get(path)
    await changed(world, visit, at="15:00")
    await world.ada.send("PATCH", f"/clinics/{world.clinic_id}", {"street": "120 Hill St", "city": "Syracuse"})
    moved = await world.olive.get(path)
    events = [Calendar.from_ical(file.text).events[0] for file in (first, moved)]

    assert first.content == again.content
    assert first.headers["content-type"].startswith("text/calendar")
    assert "Lump" not in first.text
    assert "METHOD" not in first.text
    assert "Pixel at Hill Street" == events[0]["SUMMARY"]
    assert ["Hill Street", "Hill Street, 120 Hill St, Syracuse"] == [event["LOCATION"] for event in events]
    assert datetime.fromisoformat(visit["starts_at"]) == events[0].start
    assert timedelta(minutes=30) == events[0].duration
    assert events[0]["UID"] == events[1]["UID"]
    assert [0, 1] == [event["SEQUENCE"] for event in events]


async def test_outsiders_find_no_visit(world: World) -> None:
    """Rita, another family of the practice, staff, a contact who does not sign in, and nobody at all."""
    visit = await book(world)
    for outsider in (world.rita, world.rolf, world.kim, world.nora, world.otto):
        answers = [await answer(outsider, visit, act) for act in ("confirm", "take-back")]
        answers += [await ask_to_move(outsider, visit), await outsider.get(f"/visits/{visit['id']}/calendar.ics")]
        assert {404} == {each.status_code for each in answers}, outsider.name
        seen = await outsider.get("/visits")
        assert seen.status_code == 404 or seen.json() == {"coming": [], "due": [], "past": []}
    assert 404 == (await world.stranger.get(f"/visits/{visit['id']}/calendar.ics")).status_code
    assert "booked" == (await visits(world.olive))["coming"][0]["status"]


async def test_a_pet_that_the_clinic_treats_no_more_has_no_visits_there(world: World) -> None:
    visit = await book(world)
    async with world.product.database.transaction() as uow:
        await uow.execute(text("UPDATE connection SET state = 'revoked' WHERE pet_id = :id"), {"id": world.pixel_id})

    assert [] == (await visits(world.olive))["coming"]
    assert 404 == (await answer(world.olive, visit, "confirm")).status_code


async def test_what_a_pet_is_due_for_shows_until_a_visit_is_booked(reminding: Reminding) -> None:
    world = reminding.world
    await reminding.sent()
    await reminding.sent(reminding.draft(service="A rabies  vaccination"))
    await reminding.sent(reminding.confirmation())
    [due] = (await visits(world.olive))["due"]
    elsewhere = (await visits(world.kim))["due"]
    await book(world, on_date=(clock.now() + timedelta(days=6)).date().isoformat())

    assert ("A rabies vaccination", "Pixel", world.thread_id) == (
        due["service"].capitalize(),
        due["pet"]["name"],
        due["thread_id"],
    )
    assert [] == elsewhere
    assert [] == (await visits(world.olive))["due"]
