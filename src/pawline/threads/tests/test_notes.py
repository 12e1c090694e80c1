"""Notes stay within the practice, whichever way the family looks."""

import json

from pawline.threads.tests.scene import delete, fetch, page, post, tag, unread, upload_photo
from tests.world import Caller, Json, LiveClient, World

SECRET = "Owner cannot pay"  # what no answer to the family may hold


async def write_note(world: World) -> Json:
    return await world.nora.post_text(world.thread_id, SECRET, kind="note", pet_ids=[world.pixel_id])


async def seen_by_family(contact: Caller, thread_id: str) -> str:
    """Every answer about the thread that a contact can ask for."""
    where = f"/threads/{thread_id}"
    asked = [
        await contact.get(where),
        await contact.get(f"{where}/messages"),
        await contact.get(f"{where}/messages", after=0, limit=200),
        await contact.get(f"{where}/changes", after=0),
        await contact.get("/pets"),
    ]
    assert [200] * 5 == [answer.status_code for answer in asked]
    return "".join(answer.text for answer in asked)


async def test_a_note_reaches_no_answer_to_the_family(world: World) -> None:
    """I9: snapshot, pages, changes and the list of pets, whether the note is fresh, tagged or deleted."""
    await world.olive.post_text(world.thread_id, "Pixel is limping")
    note = await write_note(world)
    seen = [await seen_by_family(contact, world.thread_id) for contact in (world.olive, world.omar)]
    await tag(world.vane, world.thread_id, note, pet_ids=[])
    seen.append(await seen_by_family(world.olive, world.thread_id))
    await delete(world.nora, world.thread_id, note)
    seen.append(await seen_by_family(world.olive, world.thread_id))
    everything = "".join(seen)

    assert "Pixel is limping" in everything
    assert [] == [word for word in (SECRET, note["id"], note["client_id"], '"note"') if word in everything]


async def test_a_note_reaches_no_live_frame_of_the_family(world: World) -> None:
    """I9: neither when it is written nor when it changes."""
    async with world.olive.live() as for_olive, world.vane.live() as for_vane:
        note = await write_note(world)
        await tag(world.vane, world.thread_id, note, pet_ids=[])
        await delete(world.nora, world.thread_id, note)
        text = await world.nora.post_text(world.thread_id, "See you at two")
        for_family = await _until(for_olive, text["revision"])
        for_team = await _until(for_vane, text["revision"])

    assert SECRET in for_team
    assert "See you at two" in for_family
    assert [] == [word for word in (SECRET, note["id"], '"note"') if word in for_family]


async def test_the_inbox_shows_a_note_to_the_team_alone(world: World) -> None:
    """I9: it is the last entry of the row, and the family's last message stays the text before it."""
    await world.olive.post_text(world.thread_id, "Pixel is limping")
    await write_note(world)
    [row] = (await world.vane.get("/inbox")).json()["rows"]
    [thread] = (await world.olive.get("/pets")).json()["threads"]

    assert (SECRET, "Pixel is limping") == (row["last_message"]["body"], thread["last_message"]["body"])
    assert 404 == (await world.olive.get("/inbox")).status_code


async def test_a_photo_in_a_note_is_closed_to_the_family(world: World) -> None:
    """I9: even with the address of the file in hand."""
    photo = await upload_photo(world.nora, world.thread_id)
    await world.nora.post_text(world.thread_id, SECRET, kind="note", attachment_ids=[photo["id"]])
    links = [photo["url"], photo["thumbnail_url"]]
    seen = [(await fetch(reader, link)).status_code for reader in (world.vane, world.olive) for link in links]

    assert [200, 200, 404, 404] == seen


async def test_a_note_is_no_unread_message_of_anybody(world: World) -> None:
    """I9 and I12: no badge tells the family that there is one."""
    await write_note(world)
    [thread] = (await world.olive.get("/pets")).json()["threads"]

    assert [] == thread["unread"]
    assert ([], []) == (await unread(world.olive, world.thread_id), await unread(world.vane, world.thread_id))


async def test_the_family_can_neither_write_notes_nor_touch_them(world: World) -> None:
    """I9: to them a note is as absent as a message that never was."""
    note = await write_note(world)
    written = await post(world.olive, world.thread_id, kind="note")
    deleted = await delete(world.olive, world.thread_id, note)
    of_nothing = await delete(world.olive, world.thread_id, {"id": world.pixel_id})

    assert (404, 404) == (written.status_code, deleted.status_code)
    assert of_nothing.content == deleted.content
    assert [SECRET] == [message["body"] for message in (await page(world.nora, world.thread_id))["messages"]]


async def _until(client: LiveClient, revision: int) -> str:
    """All change frames up to a revision, as text."""
    frames = [await client.next("changes")]
    while frames[-1]["revision"] < revision:
        frames.append(await client.next("changes"))
    return json.dumps(frames)
