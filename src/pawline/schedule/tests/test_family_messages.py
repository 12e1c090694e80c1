"""Telling the family of a visit that was moved or cancelled, in its thread."""

from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text

from pawline.schedule.tests.scene import book, cancel, change, changed, in_days
from tests.world import Json, World


async def told(world: World) -> list[Json]:
    """What the team wrote, as Olive has it."""
    return [each for each in (await world.olive.thread(world.thread_id))["messages"] if each["author_kind"] == "staff"]


async def cancel_aloud(world: World, appointment: Json) -> None:
    answer = await world.nora.send("POST", f"/appointments/{appointment['id']}/cancel?tell_family=true")
    assert 200 == answer.status_code, answer.text


async def test_a_moved_visit_is_a_message_of_whoever_moved_it(world: World) -> None:
    """PPB-2: in the one thread, about the pet, unread, and once although the request comes twice."""
    appointment = await book(world, on_date="2027-03-01", at="10:30")
    await changed(world, appointment, on_date="2027-03-02", at="08:00", tell_family=True)
    again = await change(world, appointment, on_date="2027-03-02", at="08:00", tell_family=True)
    [message] = await told(world)

    assert 409 == again.status_code
    words = "We moved Pixel's visit on Mon 1 Mar, 10:30 to Tue 2 Mar, 08:00. Write to us here if that does not suit you."
    assert ("Nora Ames", words, [world.pixel_id]) == tuple(message[each] for each in ("author_name", "body", "pet_ids"))
    assert [message["seq"]] == [each["seq"] for each in (await world.olive.thread(world.thread_id))["unread"]]


async def test_a_cancelled_visit_is_told_once(world: World) -> None:
    """PPB-2: in the conversation that is open, and in the language of the family."""
    await world.olive.post_text(world.thread_id, "Hola")
    async with world.product.database.transaction() as uow:
        await uow.execute(text("UPDATE contact SET language = 'es' WHERE id = :id"), {"id": UUID(world.olive.id)})
    appointment = await book(world, on_date="2027-03-01", at="10:30")
    await cancel_aloud(world, appointment)
    await cancel_aloud(world, appointment)
    [message] = await told(world)

    words = "Hemos tenido que cancelar la visita de Pixel del lun, 1 mar, 10:30. Escríbanos aquí y buscaremos otro momento."
    assert words == message["body"]
    assert 1 == len((await world.nora.thread(world.thread_id))["conversations"])


@pytest.mark.parametrize("values", [{"at": "11:00"}, {"kind": "Scan", "tell_family": True}, {"at": "10:30", "tell_family": True}])
async def test_nothing_is_said_unasked_or_of_another_change(world: World, values: dict[str, Any]) -> None:
    """PPB-2: practice software that says nothing of it writes to nobody; neither do a new purpose or the same time again."""
    appointment = await changed(world, await book(world), **values)
    await cancel(world, appointment)

    assert [] == await told(world)


async def test_what_is_over_is_no_news(world: World) -> None:
    """PPB-2: setting down later when it was, or that nobody came."""
    appointment = await book(world, on_date=in_days(-2))
    moved = await changed(world, appointment, on_date=in_days(-1), tell_family=True)
    await cancel_aloud(world, moved)

    assert [] == await told(world)


async def test_nobody_is_written_to_of_a_pet_that_has_died(world: World) -> None:
    """PPB-2: "we will find another time" would hurt."""
    first, second = await book(world), await book(world, at="12:00")
    async with world.product.database.transaction() as uow:
        await uow.execute(text("UPDATE pet SET died_on = current_date WHERE id = :id"), {"id": UUID(world.pixel_id)})
    moved = await changed(world, first, at="11:00", tell_family=True)
    await cancel_aloud(world, second)

    assert moved["has_pet_died"]
    assert [] == await told(world)


async def test_whoever_may_not_change_the_schedule_tells_nobody(world: World) -> None:
    """PPB-2, I10: refused requests leave no message."""
    appointment = await book(world)
    answers = [
        (await person.send("POST", f"/appointments/{appointment['id']}/cancel?tell_family=true")).status_code
        for person in (world.rita, world.hal, world.toby, world.olive)
    ]

    assert [404, 404, 403, 404] == answers
    assert [] == await told(world)
