"""One thread of a family with a clinic, and bodies that never change."""

import asyncio

from sqlalchemy import text

from pawline.threads.tests.scene import page
from tests.world import World


async def test_a_family_and_a_clinic_have_one_thread_however_often_it_is_opened(world: World) -> None:
    """I2 and PPB-1: even when the whole team opens it at the same moment. PPB-11: it belongs to the family."""
    where = {"family_id": world.family_id, "clinic_id": world.clinic_id}
    async with world.product.database.transaction() as uow:
        await uow.execute(text("DELETE FROM thread WHERE id = :id"), {"id": world.thread_id})
    people = (world.nora, world.vane, world.ada, world.helen)
    answers = await asyncio.gather(*(person.send("POST", "/threads", where) for person in people * 3))
    [thread_id] = {answer.json()["thread_id"] for answer in answers}

    assert {200} == {answer.status_code for answer in answers}
    assert [thread_id] == [thread["thread_id"] for thread in (await world.olive.get("/pets")).json()["threads"]]
    assert [thread_id] == [thread["thread_id"] for thread in (await world.omar.get("/pets")).json()["threads"]]


async def test_opening_a_thread_that_is_there_shows_what_is_in_it(world: World) -> None:
    """I2 and PPB-7: a second one cannot be created."""
    await world.olive.post_text(world.thread_id, "Pixel is limping")
    opened = await world.vane.send("POST", "/threads", {"family_id": world.family_id, "clinic_id": world.clinic_id})

    assert (world.thread_id, ["Pixel is limping"]) == (
        opened.json()["thread_id"],
        [message["body"] for message in opened.json()["messages"]],
    )


async def test_a_thread_needs_a_pet_that_the_clinic_treats(world: World) -> None:
    """C1: a thread is of one family with one clinic; where nobody is treated there is none to open."""
    elsewhere = {"family_id": world.family_id, "clinic_id": world.other_clinic_id}
    answers = [await person.send("POST", "/threads", elsewhere) for person in (world.hal, world.helen, world.nora)]

    assert [404] * 3 == [answer.status_code for answer in answers]


async def test_a_changed_profile_leaves_what_was_written_alone(world: World) -> None:
    """I3: bodies and their authors' names stay as they were; only what comes later has the new name."""
    old = await world.olive.post_text(world.thread_id, "Olive here")
    async with world.product.database.transaction() as uow:
        await uow.execute(text("UPDATE person SET name = 'Olive Reed' WHERE id = :id"), {"id": world.olive.id})
    new = await world.olive.post_text(world.thread_id, "Married now")

    assert [old, new] == (await page(world.nora, world.thread_id))["messages"]
    assert ("Olive Hart", "Olive Reed") == (old["author_name"], new["author_name"])


async def test_nothing_that_happens_to_a_message_changes_its_body(world: World) -> None:
    """I3: tagging, reading, ending and repeating leave every letter, time and place as they were."""
    message = await world.olive.post_text(world.thread_id, "Pixel is limping")
    where = f"/threads/{world.thread_id}"
    await world.nora.send("PUT", f"{where}/messages/{message['id']}/pets", {"pet_ids": [world.pixel_id]})
    await world.nora.read_up_to(world.thread_id, 1)
    await world.nora.send("POST", f"{where}/conversations/{message['conversation_id']}/end")
    await world.olive.send("POST", f"{where}/messages", {"client_id": message["client_id"], "body": "Pixel is dancing"})
    [kept] = (await page(world.nora, world.thread_id))["messages"]

    assert {**message, "pet_ids": [world.pixel_id], "revision": kept["revision"]} == kept


async def test_no_request_edits_a_body(world: World) -> None:
    """I3: the API has no way to do it."""
    message = await world.olive.post_text(world.thread_id, "Pixel is limping")
    path = f"/threads/{world.thread_id}/messages/{message['id']}"
    answers = [await world.olive.send(method, path, {"body": "Pixel is fine"}) for method in ("PUT", "PATCH", "POST")]

    assert [405] * 3 == [answer.status_code for answer in answers]
    assert ["Pixel is limping"] == [each["body"] for each in (await page(world.nora, world.thread_id))["messages"]]
