"""Who could read a thread on a day, and who did."""

import csv
import io
from contextlib import suppress
from datetime import UTC, datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from sqlalchemy import text

from pawline.platform import clock
from pawline.platform.errors import NotFound
from pawline.reach.tests.scene import hand_over, nora_acts, take_back
from pawline.schedule.tests.scene import ZONE, book_at, cancel, changed
from pawline.team.tests.scene import change, end_access, let_back_in
from pawline.threads.opened import Openings
from pawline.threads.tests.scene import delete, fetch, upload_photo
from tests.world import Caller, Json, World


@pytest.fixture(autouse=True)
async def _have_worked_here_for_days(world: World) -> None:  # pyright: ignore[reportUnusedFunction]
    """Noon may be before the world was made."""
    statement = text("UPDATE staff_member SET created_at = created_at - interval '2 days' WHERE practice_id = :practice_id")
    async with world.product.database.transaction() as uow:
        await uow.execute(statement, {"practice_id": UUID(world.practice_id)})


async def ask(world: World, by: Caller | None = None, *, thread_id: str = "", **parameters: Any) -> httpx.Response:
    return await (by or world.ada).get(f"/threads/{thread_id or world.thread_id}/access", **parameters)


async def access(world: World, *, on_date: str | None = None) -> Json:
    asked: dict[str, Any] = {"on_date": on_date} if on_date else {}
    response = await ask(world, **asked)
    assert 200 == response.status_code, response.text
    return response.json()


def reasons(found: Json, name: str) -> list[str]:
    ways: list[Json] = [member["reasons"] for member in found["could_read"] if member["name"] == name]
    return [reason["through"] for each in ways for reason in each]


def at_noon() -> datetime:
    """The last one that there was, far from the end of the day at Northside: what is added to it is the same day.

    To one that is to come a session of the team might not last.
    """
    here = clock.now().astimezone(ZONE)
    noon = datetime.combine(here.date(), time(12), ZONE)
    return (noon if noon <= here else noon - timedelta(days=1)).astimezone(UTC)


def go_to(moment: datetime) -> None:
    clock.set_clock(lambda: moment)


async def go_far(world: World, *, since: datetime, hours: int) -> None:
    """Ada is there often enough to stay signed in."""
    for passed in range(0, hours, 10):
        go_to(since + timedelta(hours=passed))
        await access(world)
    go_to(since + timedelta(hours=hours))


async def test_roles_let_senior_staff_read_all_day_and_basic_staff_not_at_all(world: World) -> None:
    """2.6 and P-16: those of the clinic and the practice owner; nobody of another clinic."""
    found = await access(world)

    assert ["Ada Lind", "Dr Sam Vane", "Helen Marsh", "Nora Ames"] == [member["name"] for member in found["could_read"]]
    assert ["role"] == reasons(found, "Nora Ames")


async def test_an_appointment_that_was_moved_to_a_colleague_still_tells_who_could_read_until_then(world: World) -> None:
    """2.6 and P-16: what let Toby read is on record after it was changed, with its end."""
    noon = at_noon()
    go_to(noon)
    appointment = await book_at(world, noon + timedelta(hours=2), staff_id=world.toby.id)
    go_to(noon + timedelta(hours=1))
    await changed(world, appointment, staff_id=world.vane.id)
    found = await access(world)
    [toby] = [member for member in found["could_read"] if member["name"] == "Toby Reyes"]
    [reason] = toby["reasons"]

    moments = {key: datetime.fromisoformat(reason[key]) for key in ("since", "until", "appointment_at")}
    assert "schedule" == reason["through"]
    assert [noon, noon + timedelta(hours=1)] == [moments["since"], moments["until"]]
    assert noon + timedelta(hours=2) == moments["appointment_at"]


async def test_who_changes_role_could_read_by_what_they_were(world: World) -> None:
    """2.6 and P-16: basic staff by an appointment until the role came, and by the role from then on."""
    noon = at_noon()
    go_to(noon)
    await book_at(world, noon + timedelta(hours=2), staff_id=world.toby.id)
    go_to(noon + timedelta(hours=1))
    await change(world, world.toby, role="senior")
    await change(world, world.toby, role="administrator")
    [toby] = [member for member in (await access(world))["could_read"] if member["name"] == "Toby Reyes"]

    assert "administrator" == toby["role"]
    assert [("schedule", 0.0, 1.0), ("role", 1.0, 12.0)] == spans_of(toby, noon)


async def test_who_left_and_came_back_could_not_read_in_between(world: World) -> None:
    """2.6 and P-16: nor by what they were scheduled for; another clinic is as good as gone."""
    noon = at_noon()
    go_to(noon)
    await end_access(world, world.vane)
    go_to(noon + timedelta(hours=1))
    await let_back_in(world, world.vane)
    go_to(noon + timedelta(hours=2))
    await change(world, world.vane, clinic_ids=[world.other_clinic_id])
    await end_access(world, world.nora)
    found = await access(world)
    vane, nora = (next(each for each in found["could_read"] if each["name"] == name) for name in ("Dr Sam Vane", "Nora Ames"))

    assert ["role", "role"] == [way for way, _, _ in spans_of(vane, noon)]
    assert [0.0, (1.0, 2.0)] == [spans_of(vane, noon)[0][2], spans_of(vane, noon)[1][1:]]
    assert [2.0] == [until for _, _, until in spans_of(nora, noon)]


def spans_of(member: Json, noon: datetime) -> list[tuple[str, float, float]]:
    """(by what, since, until) in hours after noon."""
    hour = timedelta(hours=1)
    moments = [
        [(datetime.fromisoformat(reason[key]) - noon) / hour for key in ("since", "until")] for reason in member["reasons"]
    ]
    return [(reason["through"], since, until) for reason, (since, until) in zip(member["reasons"], moments, strict=True)]


async def test_cancelling_and_taking_back_end_what_they_gave_and_leave_it_on_record(world: World) -> None:
    """2.6, C16 and P-16: both ways of basic staff, and by whom it was handed over."""
    noon = at_noon()
    go_to(noon)
    appointment = await book_at(world, noon + timedelta(hours=2), staff_id=world.toby.id)
    go_to(noon + timedelta(minutes=5))
    await cancel(world, appointment)
    await hand_over(world)
    go_to(noon + timedelta(minutes=10))
    await take_back(world)
    found = await access(world)
    [toby] = [member for member in found["could_read"] if member["name"] == "Toby Reyes"]

    spans = [[datetime.fromisoformat(reason[key]) - noon for key in ("since", "until")] for reason in toby["reasons"]]
    five, ten = timedelta(minutes=5), timedelta(minutes=10)
    assert ["schedule", "hand_off"] == [reason["through"] for reason in toby["reasons"]]
    assert [[timedelta(0), five], [five, ten]] == spans
    assert "Nora Ames" == toby["reasons"][1]["granted_by"]


async def test_who_opened_it_is_on_record_with_the_first_and_the_last_time(world: World) -> None:
    """P-16 and F3: of the team and of the family, once for each; pages and changes count as well; not who only could."""
    noon = at_noon()
    go_to(noon)
    await world.nora.thread(world.thread_id)
    await world.olive.get(f"/threads/{world.thread_id}/messages")
    go_to(noon + timedelta(minutes=20))
    await world.nora.get(f"/threads/{world.thread_id}/changes", after=0)
    found = await access(world)
    yesterday, in_two_days = (noon.astimezone(ZONE).date() + timedelta(days=days) for days in (-1, 2))
    before = await access(world, on_date=yesterday.isoformat())
    await go_far(world, since=noon, hours=37)  # whatever is recorded, is recorded since before that day
    after = await access(world, on_date=in_two_days.isoformat())

    times = {
        each["name"]: [datetime.fromisoformat(each[key]) - noon for key in ("first_at", "last_at")] for each in found["opened"]
    }
    assert {"Nora Ames": [timedelta(0), timedelta(minutes=20)], "Olive Hart": [timedelta(0), timedelta(0)]} == times
    assert [] == before["opened"] == after["opened"]
    assert before["recorded_since"] is not None
    assert after["recorded_since"] is None


async def test_a_transcript_or_a_search_of_the_thread_counts_and_a_search_of_the_practice_does_not(world: World) -> None:
    """P-16: by whatever way the words of this thread went out."""
    message = await world.olive.post_text(world.thread_id, "Zebra")
    path = f"/threads/{world.thread_id}/conversations/{message['conversation_id']}"
    key = {"headers": {"Idempotency-Key": str(uuid4())}}
    answers = [
        await world.vane.get(f"{path}/transcript.pdf"),
        await world.helen.send("POST", f"{path}/transcript-mails", {"contact_id": world.olive.id}, **key),
        await world.nora.get("/search/messages", q="zebra", thread_id=world.thread_id),
        await world.omar.get("/search/messages", q="zebra"),
    ]
    found = await access(world)

    assert [200, 201, 200, 200] == [answer.status_code for answer in answers]
    assert {"Dr Sam Vane", "Helen Marsh", "Nora Ames"} == {each["name"] for each in found["opened"]}


async def test_opening_a_file_counts(world: World) -> None:
    """P-16: by an address that somebody kept or was given; a thumbnail comes with the thread."""
    photo = await upload_photo(world.nora, world.thread_id)
    await world.nora.post_text(world.thread_id, "Look", attachment_ids=[photo["id"]])
    await fetch(world.helen, photo["thumbnail_url"])
    await fetch(world.vane, photo["url"])

    assert ["Dr Sam Vane"] == [each["name"] for each in (await access(world))["opened"]]


async def test_half_a_minute_around_midnight_is_on_record_on_both_days(world: World) -> None:
    """P-16"""
    noon = at_noon()
    midnight = noon + timedelta(hours=12)
    go_to(noon)
    await world.nora.thread(world.thread_id)
    await go_far(world, since=noon, hours=11)
    for seconds in (-20, 20):
        go_to(midnight + timedelta(seconds=seconds))
        await world.nora.thread(world.thread_id)
    days = [(midnight + timedelta(hours=hours)).astimezone(ZONE).date().isoformat() for hours in (-1, 1)]
    found = [await access(world, on_date=day) for day in days]

    assert [["Nora Ames"]] * 2 == [[each["name"] for each in day["opened"]] for day in found]


async def test_what_was_rolled_back_is_recorded_the_next_time(world: World) -> None:
    """P-16"""
    openings, database, nora, thread_id = Openings(), world.product.database, nora_acts(world), UUID(world.thread_id)
    with suppress(NotFound):
        async with database.transaction() as uow:
            await openings.record_in(uow, nora, thread_id)
            raise NotFound
    nobody = (await access(world))["opened"]
    await openings.record(database, nora, thread_id)

    assert [] == nobody
    assert ["Nora Ames"] == [each["name"] for each in (await access(world))["opened"]]


async def test_reading_a_deleted_message_is_on_record(world: World) -> None:
    """C14 and P-16: each time that an administrator reads it, on its day; looking at the reports alone is none."""
    noon = at_noon()
    go_to(noon)
    message = await world.olive.post_text(world.thread_id, "You are all fools")
    path = f"/threads/{world.thread_id}/messages/{message['id']}"
    await world.nora.send("POST", f"{path}/report", {"reason": "threatening"})
    await delete(world.olive, world.thread_id, message)
    await world.ada.get("/reports")
    unread = (await access(world))["read_deleted"]
    for minutes in (5, 7):
        go_to(noon + timedelta(minutes=minutes))
        assert 201 == (await world.ada.send("POST", f"{path}/deleted-readings")).status_code
    read = (await access(world))["read_deleted"]
    await go_far(world, since=noon, hours=48)
    await world.ada.send("POST", f"{path}/deleted-readings")
    days = [(noon.astimezone(ZONE).date() + timedelta(days=number)).isoformat() for number in range(3)]
    of_days = [(await access(world, on_date=day))["read_deleted"] for day in days]

    assert [] == unread
    assert [5, 7] == [(datetime.fromisoformat(each["first_at"]) - noon) // timedelta(minutes=1) for each in read]
    assert {("Ada Lind", "Olive Hart")} == {(each["name"], each["author_name"]) for each in read}
    assert (read, [], 1) == (of_days[0], of_days[1], len(of_days[2]))


async def test_what_earlier_releases_recorded_by_the_day_is_still_told(world: World) -> None:
    """C14 and P-16"""
    message = await world.olive.post_text(world.thread_id, "You are all fools")
    await delete(world.olive, world.thread_id, message)
    record = text("INSERT INTO deleted_read VALUES (:practice_id, :message_id, :on_date, :staff_id, :first_at, :last_at)")
    first, last = (at_noon() + timedelta(minutes=minutes) for minutes in (0, 5))
    ids = {"practice_id": UUID(world.practice_id), "message_id": UUID(message["id"]), "staff_id": UUID(world.ada.id)}
    async with world.product.database.transaction() as uow:
        await uow.execute(record, {**ids, "on_date": first.astimezone(ZONE).date(), "first_at": first, "last_at": last})
    go_to(last)
    [read] = (await access(world))["read_deleted"]

    assert ("Ada Lind", False) == (read["name"], read["in_transcript"])
    assert [first, last] == [datetime.fromisoformat(read[key]) for key in ("first_at", "last_at")]


async def test_only_administrators_of_the_practice_may_ask(world: World) -> None:
    """2.6: and nobody about a day to come."""
    day_after_tomorrow = (clock.now() + timedelta(days=2)).date().isoformat()
    answers = [await ask(world, person) for person in (world.nora, world.toby, world.olive, world.rita)]
    too_early = await ask(world, on_date=day_after_tomorrow)

    assert [403, 403, 404, 404] == [answer.status_code for answer in answers]
    assert 422 == too_early.status_code
    assert 422 == (await ask(world, on_date="0001-01-01")).status_code
    assert 404 == (await ask(world, thread_id=world.riverside_thread_id)).status_code


async def test_a_name_that_a_spreadsheet_would_take_for_a_formula_stays_a_name(world: World) -> None:
    """P-16: whoever exports the record runs nothing that somebody typed as a name."""
    rename = text("UPDATE person SET name = '=HYPERLINK(1);@SUM(1); Ann' WHERE practice_id = :practice_id AND id = :id")
    async with world.product.database.transaction() as uow:
        await uow.execute(rename, {"practice_id": world.practice_id, "id": world.olive.id})
    await world.olive.thread(world.thread_id)
    response = await world.ada.get(f"/threads/{world.thread_id}/access.csv")
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))

    assert "text/csv; charset=utf-8" == response.headers["content-type"]
    assert ["What", "Name", "Role", "Why", "From", "Until"] == rows[0]
    assert ["'=HYPERLINK(1);'@SUM(1); Ann"] == [row[1] for row in rows if row[0] == "Opened it"]
