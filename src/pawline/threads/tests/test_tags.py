"""Which pets a message is about."""

import uuid

from pawline.threads.tests.scene import add_pet, delete, page, post_note, tag
from tests.world import Json, World


async def last(world: World) -> Json:
    return (await page(world.nora, world.thread_id))["messages"][-1]


async def test_the_team_can_say_afterwards_what_a_message_is_about(world: World) -> None:
    """C1: messages carry any number of pet tags; the team corrects them, also on what the family wrote."""
    whiskers = await add_pet(world, "Whiskers")
    message = await world.olive.post_text(world.thread_id, "He is limping", pet_ids=[whiskers])
    seen: list[list[str]] = []
    for pet_ids in ([world.pixel_id], [world.pixel_id, whiskers], []):
        await tag(world.nora, world.thread_id, message, pet_ids=pet_ids)
        seen.append(sorted((await last(world))["pet_ids"]))

    assert [[world.pixel_id], sorted([world.pixel_id, whiskers]), []] == seen


async def test_tags_are_for_the_team_to_change(world: World) -> None:
    message = await world.olive.post_text(world.thread_id, "He is limping")
    refused = await tag(world.olive, world.thread_id, message, pet_ids=[world.pixel_id])

    assert 404 == refused.status_code
    assert [] == (await last(world))["pet_ids"]


async def test_only_pets_of_the_family_can_be_named(world: World) -> None:
    message = await world.olive.post_text(world.thread_id, "He is limping", pet_ids=[world.pixel_id])
    [mochi] = (await world.nora.thread(world.other_thread_id))["family"]["pets"]
    foreign = await tag(world.nora, world.thread_id, message, pet_ids=[mochi["id"]])
    unknown = await tag(world.nora, world.thread_id, message, pet_ids=[str(uuid.uuid4())])

    assert (422, foreign.json()) == (foreign.status_code, unknown.json())
    assert [world.pixel_id] == (await last(world))["pet_ids"]


async def test_notes_and_deleted_messages_can_be_tagged_too(world: World) -> None:
    note = await post_note(world.nora, world.thread_id)
    deleted = await world.nora.post_text(world.thread_id, "Wrong chat, sorry")
    await delete(world.nora, world.thread_id, deleted)
    answers = [await tag(world.vane, world.thread_id, message, pet_ids=[world.pixel_id]) for message in (note, deleted)]

    assert [(200, [world.pixel_id])] * 2 == [(answer.status_code, answer.json()["pet_ids"]) for answer in answers]
    assert "" == answers[1].json()["body"]


async def test_a_pet_cannot_be_named_twice_in_a_post(world: World) -> None:
    draft = {"client_id": str(uuid.uuid4()), "body": "Pixel", "pet_ids": [world.pixel_id] * 2}
    response = await world.olive.send("POST", f"/threads/{world.thread_id}/messages", draft)

    assert (422, "pet_ids") == (response.status_code, response.json()["errors"][0]["field"])
