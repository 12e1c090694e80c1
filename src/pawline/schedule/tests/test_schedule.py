"""The team's schedule: booking, changing, cancelling, and who sees which day."""

from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import text

from pawline.reach.tests.scene import hand_over, take_back
from pawline.schedule.tests.scene import ask_to_book, book, cancel, change, changed, day, draft, in_days
from tests.world import World


async def test_a_day_shows_its_appointments_by_time(world: World) -> None:
    late = await book(world, at="16:00", staff_id=None)
    early = await book(world, at="08:15", staff_id=world.nora.id)
    await book(world, on_date=in_days(3))
    shown = await day(world, in_days(2))

    assert [early["id"], late["id"]] == [each["id"] for each in shown["appointments"]]
    assert ("Hart family", "Pixel", "Nora Ames", "booked") == (
        early["family"]["name"],
        early["pet"]["name"],
        early["staff"]["name"],
        early["status"],
    )
    assert late["staff"] is None
    assert (False, True) == (shown["is_today"], shown["can_change"])
    assert {world.vane.id, world.helen.id, world.toby.id} < {each["id"] for each in shown["staff"]}
    assert world.hal.id not in {each["id"] for each in shown["staff"]}, "he works at the other clinic alone"


async def test_times_are_by_the_clock_of_the_clinic(world: World) -> None:
    summer, winter = [(await book(world, on_date=date, at="09:00"))["starts_at"] for date in ("2027-07-01", "2027-01-14")]

    assert ("2027-07-01T13:00:00Z", "2027-01-14T14:00:00Z") == (summer, winter)


@pytest.mark.parametrize(("date", "at", "word"), [("2027-03-14", "02:30", "does not exist"), ("2027-11-07", "01:30", "twice")])
async def test_a_time_that_the_clocks_skip_or_repeat_is_refused(world: World, date: str, at: str, word: str) -> None:
    refused = await ask_to_book(world, on_date=date, at=at)
    [error] = refused.json()["errors"]

    assert (422, "at") == (refused.status_code, error["field"])
    assert word in error["message"]
    assert 201 == (await ask_to_book(world, on_date=date, at="03:00")).status_code


async def test_the_same_request_books_once(world: World) -> None:
    key = str(uuid4())
    answers = [await ask_to_book(world, key=key) for _ in range(2)]

    assert answers[0].json() == answers[1].json()
    assert 1 == len((await day(world, in_days(2)))["appointments"])


async def test_what_does_not_belong_together_is_refused(world: World) -> None:
    """A pet of another family, a colleague of another clinic, a pet that died."""
    wrong: list[tuple[dict[str, Any], str]] = [
        ({"family_id": world.other_family_id}, "pet_id"),
        ({"pet_id": str(uuid4())}, "pet_id"),
        ({"staff_id": world.hal.id}, "staff_id"),
        ({"staff_id": world.rita.id}, "staff_id"),
        ({"kind": "  "}, "kind"),
    ]
    for values, field in wrong:
        refused = await ask_to_book(world, **values)
        assert (422, [field]) == (refused.status_code, [each["field"] for each in refused.json()["errors"]])
    async with world.product.database.transaction() as uow:
        await uow.execute(text("UPDATE pet SET died_on = current_date WHERE id = :id"), {"id": world.pixel_id})

    assert "Pixel has died" in (await ask_to_book(world)).json()["detail"]


async def test_another_time_has_to_be_confirmed_again(world: World) -> None:
    appointment = await book(world)
    confirmed = await changed(world, appointment, status="confirmed")
    same_time = await changed(world, confirmed, kind="Vaccination", staff_id=None, minutes=15)
    moved = await changed(world, same_time, on_date=in_days(4), at="11:00")

    assert ("confirmed", "Vaccination", None, 15) == tuple(same_time[each] for each in ("status", "kind", "staff", "minutes"))
    assert "booked" == moved["status"]
    assert [] == (await day(world, in_days(2)))["appointments"]
    assert [moved] == (await day(world, in_days(4)))["appointments"]


async def test_two_who_change_the_same_thing_learn_of_each_other(world: World) -> None:
    appointment = await book(world)
    await changed(world, appointment, kind="Vaccination")
    refused = await change(world, appointment, at="12:00")

    assert (409, "appointment_changed") == (refused.status_code, refused.json()["code"])


async def test_a_cancelled_one_stays_on_its_day_and_changes_no_more(world: World) -> None:
    appointment = await book(world)
    cancelled = await cancel(world, appointment)
    again = await cancel(world, appointment)

    assert ("cancelled", cancelled) == (cancelled["status"], again)
    assert [cancelled] == (await day(world, in_days(2)))["appointments"]
    assert "appointment_cancelled" == (await change(world, cancelled, at="12:00")).json()["code"]


async def test_basic_staff_see_their_own_appointments_of_today_and_change_none(world: World) -> None:
    """PPB-25 begins here: what is on their schedule that day. Threads stay closed to them as they were."""
    own = await book(world, on_date=in_days(0), at="23:30", staff_id=world.toby.id)
    await book(world, on_date=in_days(0), at="23:45")
    shown = await day(world, by=world.toby)
    other_day = await world.toby.get("/schedule", clinic_id=world.clinic_id, date=in_days(1))
    booking = await ask_to_book(world, by=world.toby)

    assert [own["id"]] == [each["id"] for each in shown["appointments"]]
    assert (True, False, []) == (shown["is_today"], shown["can_change"], shown["staff"])
    assert (403, 403) == (other_day.status_code, booking.status_code)
    assert 403 == (await world.toby.send("POST", f"/appointments/{own['id']}/cancel")).status_code


async def test_basic_staff_see_what_was_handed_to_them(world: World) -> None:
    """C16, PPB-29: with whether something is unread, as long as it is theirs; whoever has the inbox finds it there."""
    await world.olive.post_text(world.thread_id, "Is she ready?")
    await hand_over(world)
    [handed] = (await day(world, by=world.toby))["handed"]
    await world.toby.read_up_to(world.thread_id, 1)
    [read] = (await day(world, by=world.toby))["handed"]
    of_nora = (await day(world))["handed"]
    await take_back(world)

    assert (world.thread_id, "Hart family", "Nora Ames") == (
        handed["thread_id"],
        handed["family"]["name"],
        handed["handed_by_name"],
    )
    assert [world.pixel_id] == [pet["id"] for pet in handed["pets"]]
    assert (True, False, []) == (handed["is_unread"], read["is_unread"], of_nora)
    assert [] == (await day(world, by=world.toby))["handed"]


async def test_outsiders_find_no_schedule(world: World) -> None:
    """Rita's practice is another one, Hal works elsewhere, Kim's and Olive's are families: to them it is not there."""
    appointment = await book(world)
    path = f"/appointments/{appointment['id']}"
    for outsider in (world.rita, world.hal, world.kim, world.olive):
        answers = [
            await outsider.get("/schedule", clinic_id=world.clinic_id),
            await outsider.send("PATCH", path, {"revision": 1, "kind": "Mine"}),
            await outsider.send("POST", f"{path}/cancel"),
            await outsider.send("POST", "/appointments", draft(world), headers={"Idempotency-Key": str(uuid4())}),
        ]
        assert {404} == {answer.status_code for answer in answers}, outsider.name
    assert [appointment] == (await day(world, in_days(2)))["appointments"]


async def test_open_screens_hear_of_a_change_and_other_families_do_not(world: World) -> None:
    async with world.nora.live() as nora, world.olive.live() as olive, world.kim.live() as kim:
        await book(world)
        frames = [await screen.next("schedule") for screen in (nora, olive)]
        await book(world, family_id=world.other_family_id, pet_id=await _pet_of(world, world.other_family_id))
        of_kim = await kim.next("schedule")
        await nora.next("schedule")

    assert [{"type": "schedule", "clinic_id": world.clinic_id}] * 3 == [*frames, of_kim]


async def test_appointments_follow_a_pet_into_the_family_it_is_merged_into(world: World) -> None:
    appointment = await book(world)
    merged = await world.ada.send("POST", f"/families/{world.other_family_id}/merge", {"source_family_id": world.family_id})
    [found] = (await day(world, in_days(2)))["appointments"]

    assert merged.status_code < 300, merged.text
    assert (appointment["id"], world.other_family_id) == (found["id"], found["family"]["id"])


async def _pet_of(world: World, family_id: str) -> str:
    async with world.product.database.transaction() as uow:
        return str((await uow.execute(text("SELECT id FROM pet WHERE family_id = :id"), {"id": family_id})).scalar_one())
