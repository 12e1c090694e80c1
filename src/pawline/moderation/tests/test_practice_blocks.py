"""The practice takes no more messages from a contact."""

import asyncio

from sqlalchemy import text

from pawline.moderation.tests.scene import practice_block, shown
from pawline.threads.tests.scene import post
from tests.world import World


async def test_a_blocked_contact_is_refused_in_words_and_goes_on_reading(world: World) -> None:
    """C15: an administrator stops a contact from writing in the app; the emergency number stays in front of them."""
    await _set_emergency_number(world, "+13155550199")
    await world.omar.post_text(world.thread_id, "Before")
    answer = await practice_block(world.ada, world.omar)
    refused = [await post(world.omar, world.thread_id), await post(world.omar, world.thread_id, pet_ids=[world.pixel_id])]
    await world.olive.post_text(world.thread_id, "Olive goes on")
    thread = await world.omar.thread(world.thread_id)
    homes = [(await person.get("/pets")).json()["is_turned_away"] for person in (world.omar, world.olive)]

    assert 200 == answer.status_code
    assert [(403, "turned_away")] * 2 == [(each.status_code, each.json()["code"]) for each in refused]
    assert (
        "Northside Veterinary does not take messages from you here. In an emergency call +13155550199."
        == refused[0].json()["detail"]
    )
    assert ["Before", "Olive goes on"] == await shown(world.omar, world.thread_id)
    assert "+13155550199" == thread["clinic"]["emergency_number"]
    assert [True, False] == homes


async def test_the_open_screen_of_the_blocked_contact_asks_anew(world: World) -> None:
    """C15: the place to write gives way to whom to call at once, and comes back; the brother's screen hears nothing of it."""
    async with world.omar.live() as omar, world.olive.live() as olive:
        await practice_block(world.ada, world.omar)
        await omar.next("resync")
        await world.ada.send("DELETE", f"/contacts/{world.omar.id}/practice-block")
        await omar.next("resync")
        await world.nora.post_text(world.thread_id, "How is Pixel?")
        first_for_olive = str(await olive.connection.recv())

    assert '"type":"changes"' in first_for_olive


async def test_a_message_stored_before_the_block_may_be_repeated(world: World) -> None:
    """I6: the phone that never heard of its success gets it now."""
    message = await world.omar.post_text(world.thread_id, "Before")
    await practice_block(world.ada, world.omar)

    assert message == await world.omar.post_text(world.thread_id, "Before", client_id=message["client_id"])


async def test_a_block_is_listed_with_who_and_why_until_it_is_lifted(world: World) -> None:
    """C15: nothing silently; blocking twice is blocking once."""
    answers = await asyncio.gather(*(practice_block(world.ada, world.omar, f"Reason {number}") for number in range(3)))
    listed = (await world.helen.get("/practice-blocks")).json()["blocks"]
    lifted = await world.helen.send("DELETE", f"/contacts/{world.omar.id}/practice-block")
    again = await world.helen.send("DELETE", f"/contacts/{world.omar.id}/practice-block")
    sent = await post(world.omar, world.thread_id)

    assert {(200, answers[0].text)} == {(answer.status_code, answer.text) for answer in answers}
    assert [answers[0].json()] == listed
    assert ("Omar Hart", "Hart family", "Ada Lind") == tuple(
        listed[0][key] for key in ("contact_name", "family_name", "blocked_by_name")
    )
    assert (204, 404, 201) == (lifted.status_code, again.status_code, sent.status_code)
    assert [] == (await world.ada.get("/practice-blocks")).json()["blocks"]
    assert 200 == (await practice_block(world.ada, world.omar)).status_code, "and it can be set anew"


async def test_only_administrators_block_for_the_practice(world: World) -> None:
    """I10: for Rita there is no such contact; a reason is needed."""
    people = (world.nora, world.toby, world.olive, world.rita)
    answers = [(await practice_block(person, world.omar)).status_code for person in people]

    assert [403, 403, 404, 404] == answers
    assert 422 == (await practice_block(world.ada, world.omar, " ")).status_code
    assert [] == (await world.rita.get("/practice-blocks")).json()["blocks"]
    assert 201 == (await post(world.omar, world.thread_id)).status_code


async def _set_emergency_number(world: World, number: str) -> None:
    async with world.product.database.transaction() as uow:
        await uow.execute(
            text("UPDATE clinic SET emergency_number = :number WHERE practice_id = :practice_id"),
            {"number": number, "practice_id": world.practice_id},
        )
