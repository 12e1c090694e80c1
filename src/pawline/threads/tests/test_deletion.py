"""Deleting one's own message leaves a tombstone."""

import asyncio

from pawline.threads.tests.scene import delete, fetch, page, upload_photo
from tests.world import World


async def test_ones_own_message_can_be_deleted_and_leaves_its_place(world: World) -> None:
    """AL-45: a user can delete their own messages; everybody else sees that one was there, and no letter of it."""
    await world.nora.post_text(world.thread_id, "How is Pixel?")
    message = await world.olive.post_text(world.thread_id, "Wrong chat, sorry")
    response = await delete(world.olive, world.thread_id, message)
    seen = [(await page(reader, world.thread_id))["messages"][1] for reader in (world.olive, world.omar, world.nora, world.vane)]

    assert 200 == response.status_code
    assert [response.json()] * 4 == seen
    assert ("", [], 2, "Olive Hart") == tuple(seen[0][key] for key in ("body", "attachments", "seq", "author_name"))
    assert seen[0]["deleted_at"] is not None


async def test_nobody_deletes_what_another_wrote(world: World) -> None:
    """AL-45: the server refuses it, to family and team alike."""
    by_olive = await world.olive.post_text(world.thread_id, "Pixel is limping")
    by_nora = await world.nora.post_text(world.thread_id, "Since when?")
    answers = [await delete(person, world.thread_id, by_olive) for person in (world.omar, world.nora, world.helen)]
    answers += [await delete(person, world.thread_id, by_nora) for person in (world.olive, world.vane)]
    bodies = [message["body"] for message in (await page(world.nora, world.thread_id))["messages"]]

    assert [403] * 5 == [answer.status_code for answer in answers]
    assert ["Pixel is limping", "Since when?"] == bodies


async def test_deleting_again_changes_nothing(world: World) -> None:
    """AL-45: however often and at the same moment."""
    message = await world.olive.post_text(world.thread_id, "Wrong chat, sorry")
    answers = await asyncio.gather(*(delete(world.olive, world.thread_id, message) for _ in range(5)))

    assert {200} == {answer.status_code for answer in answers}
    assert 1 == len({answer.text for answer in answers})
    assert 2 == (await world.olive.thread(world.thread_id))["revision"]


async def test_sending_a_deleted_message_again_brings_nothing_back(world: World) -> None:
    """I6: the repeat names the tombstone, from the person who deleted it."""
    message = await world.olive.post_text(world.thread_id, "Wrong chat, sorry")
    tombstone = (await delete(world.olive, world.thread_id, message)).json()
    again = await world.olive.post_text(world.thread_id, "Wrong chat, sorry", client_id=message["client_id"])

    assert tombstone == again


async def test_the_photo_of_a_deleted_message_is_gone_for_everybody(world: World) -> None:
    """AL-45: the link that worked a moment ago answers 404, to its sender too."""
    photo = await upload_photo(world.olive, world.thread_id)
    message = await world.olive.post_text(world.thread_id, "", attachment_ids=[photo["id"]])
    links = [photo["url"], photo["thumbnail_url"]]
    before = [(await fetch(reader, link)).status_code for reader in (world.olive, world.nora) for link in links]
    await delete(world.olive, world.thread_id, message)
    after = [(await fetch(reader, link)).status_code for reader in (world.olive, world.nora) for link in links]

    assert ([200] * 4, [404] * 4) == (before, after)


async def test_a_deleted_message_stays_deleted_in_lists(world: World) -> None:
    """AL-45: neither the inbox nor the family's list shows its words as the last ones."""
    message = await world.olive.post_text(world.thread_id, "Wrong chat, sorry")
    await delete(world.olive, world.thread_id, message)
    inbox = (await world.nora.get("/inbox")).text
    pets = (await world.omar.get("/pets")).text

    assert world.thread_id in inbox
    assert world.thread_id in pets
    assert "Wrong chat" not in inbox + pets


async def test_a_message_is_deleted_in_its_own_thread(world: World) -> None:
    message = await world.nora.post_text(world.thread_id, "How is Pixel?")

    assert 404 == (await delete(world.nora, world.other_thread_id, message)).status_code
