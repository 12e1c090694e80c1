"""What deleted messages said: for administrators alone, and never without a record."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from pawline.moderation.deleted_messages import FILES_OPEN_FOR
from pawline.moderation.tests.scene import block
from pawline.platform import clock
from pawline.threads.tests.scene import delete, fetch, post_note, upload_photo
from tests.world import Caller, Json, World

THREAT = "I know where you live"


async def read(caller: Caller, world: World, message: Json, *, thread_id: str = "") -> httpx.Response:
    return await caller.send("POST", f"/threads/{thread_id or world.thread_id}/messages/{message['id']}/deleted-readings")


async def deleted_by_omar(world: World) -> Json:
    """With a photo."""
    photo = await upload_photo(world.omar, world.thread_id)
    message = await world.omar.post_text(world.thread_id, THREAT, attachment_ids=[photo["id"]])
    await delete(world.omar, world.thread_id, message)
    return message


async def readings(world: World) -> list[tuple[UUID, UUID, bool]]:
    """Who read which message, and whether in a transcript."""
    query = text("SELECT * FROM deleted_reading WHERE practice_id = :practice_id ORDER BY read_at, id")
    async with world.product.database.transaction() as uow:
        rows = await uow.execute(query, {"practice_id": UUID(world.practice_id)})
        return [(row.staff_id, row.message_id, row.in_transcript) for row in rows]


@pytest.mark.parametrize("name", ["ada", "helen"])
async def test_administrators_read_the_words_and_the_files(world: World, name: str) -> None:
    """C14: readable by administrators and the practice owner, with an entry for each time."""
    reader, message = world.callers[name], await deleted_by_omar(world)
    answers = [await read(reader, world, message) for _ in range(2)]
    shown = answers[0].json()["message"]
    [photo] = shown["attachments"]
    files = [await fetch(reader, photo[key]) for key in ("url", "thumbnail_url")]

    assert [201, 201] == [answer.status_code for answer in answers]
    assert (THREAT, "Omar Hart", "paw.jpg") == (shown["body"], shown["author_name"], photo["file_name"])
    assert shown["deleted_at"] is not None
    assert ["image/jpeg"] * 2 == [file.headers["content-type"] for file in files]
    assert {"private, no-store"} == {file.headers["cache-control"] for file in files}
    assert [(UUID(reader.id), UUID(message["id"]), False)] * 2 == await readings(world)


async def test_the_record_says_who_read_which_message_and_when(world: World) -> None:
    """C14 and P-16: each reading stands in the record of its day."""
    message = await deleted_by_omar(world)
    before = (await world.ada.get(f"/threads/{world.thread_id}/access")).json()["read_deleted"]
    await read(world.ada, world, message)
    await read(world.helen, world, message)
    record = (await world.ada.get(f"/threads/{world.thread_id}/access")).json()["read_deleted"]
    table = (await world.ada.get(f"/threads/{world.thread_id}/access.csv")).text

    assert [] == before
    assert [("Ada Lind", "Omar Hart"), ("Helen Marsh", "Omar Hart")] == [(each["name"], each["author_name"]) for each in record]
    assert {(message["created_at"], False)} == {(each["written_at"], each["in_transcript"]) for each in record}
    assert all(each["first_at"] == each["last_at"] for each in record)
    assert 2 == table.count("Read a deleted message")


async def test_the_record_is_only_ever_added_to(world: World) -> None:
    """C14: PostgreSQL itself refuses to change a reading or to take it away."""
    await read(world.ada, world, await deleted_by_omar(world))
    changes = (
        "UPDATE deleted_reading SET read_at = now() WHERE practice_id = :practice_id",
        "DELETE FROM deleted_reading WHERE practice_id = :practice_id",
    )
    for change in changes:
        with pytest.raises(DBAPIError, match="append-only"):
            async with world.product.database.transaction() as uow:
                await uow.execute(text(change), {"practice_id": UUID(world.practice_id)})

    assert 1 == len(await readings(world))


async def test_nobody_else_reads_it(world: World) -> None:
    """C14, 2.6 and I10: no senior or basic staff, no contact, nobody of another clinic or practice; and nothing is recorded."""
    message = await deleted_by_omar(world)
    names = ("nora", "vane", "toby", "hal", "olive", "omar", "kim", "rita", "rolf", "stranger")
    answers = {name: await read(world.callers[name], world, message) for name in names}
    at_riverside = await read(world.rita, world, message, thread_id=world.riverside_thread_id)
    nothing = await read(world.rita, world, {"id": str(uuid4())})
    query = text("UPDATE staff_member SET role = 'administrator' WHERE practice_id = :practice_id AND id = :staff_id")
    async with world.product.database.transaction() as uow:
        await uow.execute(query, {"practice_id": UUID(world.practice_id), "staff_id": UUID(world.hal.id)})
    at_other_clinic = await read(world.hal, world, message)

    expected = dict.fromkeys(names, 404) | dict.fromkeys(("nora", "vane", "toby", "hal"), 403)
    assert expected == {name: answer.status_code for name, answer in answers.items()}
    assert (404, 404) == (at_riverside.status_code, at_other_clinic.status_code)
    assert nothing.text == answers["rita"].text
    assert not any(THREAT in answer.text for answer in (*answers.values(), at_other_clinic))
    assert [] == await readings(world)


async def test_the_files_open_to_their_reader_alone_and_for_a_while(world: World) -> None:
    """C14: neither by the old link, nor by that of another's reading, nor an hour later."""
    message = await deleted_by_omar(world)
    [photo] = (await read(world.ada, world, message)).json()["message"]["attachments"]
    [old] = message["attachments"]
    others = [await fetch(world.callers[name], photo["url"]) for name in ("helen", "nora", "omar", "olive", "rita", "stranger")]
    by_old_link = [await fetch(world.callers[name], old["url"]) for name in ("ada", "omar")]
    odd = [await fetch(world.ada, photo["url"].replace("/file", part)) for part in ("/original", "/files")]
    part = await world.ada.http.get(world.product.url + photo["url"], headers={"Range": "bytes=0-9"})
    late = clock.now() + FILES_OPEN_FOR + timedelta(minutes=1)
    clock.set_clock(lambda: late)
    too_late = await fetch(world.ada, photo["url"])

    assert [404, 403, 404, 404, 404, 404] == [answer.status_code for answer in others]
    assert [404, 404] == [answer.status_code for answer in by_old_link]
    assert [404, 404] == [answer.status_code for answer in odd]
    assert (206, 10) == (part.status_code, len(part.content))
    assert 404 == too_late.status_code


async def test_a_reading_opens_the_files_of_its_message_alone(world: World) -> None:
    """C14: what was not read is not opened."""
    first, second = await deleted_by_omar(world), await deleted_by_omar(world)
    [photo] = (await read(world.ada, world, first)).json()["message"]["attachments"]
    other = photo["url"].replace(photo["id"], second["attachments"][0]["id"])

    assert 404 == (await fetch(world.ada, other)).status_code


async def test_what_is_not_deleted_is_not_read_this_way(world: World) -> None:
    """C14: it stands in the thread, and the record tells of deleted messages."""
    message = await world.omar.post_text(world.thread_id, "Still there")

    assert 404 == (await read(world.ada, world, message)).status_code
    assert [] == await readings(world)


async def test_notes_and_those_of_people_one_has_blocked_are_read_as_well(world: World) -> None:
    """C14: a block is for reading in peace, not for looking away."""
    note = await post_note(world.nora, world.thread_id, "These people again")
    await world.omar.post_text(world.thread_id, "Hello")
    await block(world.ada, world.omar)
    threat = await deleted_by_omar(world)
    await delete(world.nora, world.thread_id, note)
    shown = [(await read(world.ada, world, each)).json()["message"]["body"] for each in (note, threat)]

    assert ["These people again", THREAT] == shown


async def test_everywhere_else_it_stays_deleted(world: World) -> None:
    """C14: after a reading as before it, no thread, queue, search, change or report shows a word, to administrators neither."""
    async with world.ada.live() as screen:
        message = await deleted_by_omar(world)
        await world.olive.send("POST", f"/threads/{world.thread_id}/messages/{message['id']}/report", {"reason": "threatening"})
        await read(world.ada, world, message)
        await world.olive.post_text(world.thread_id, "The last")
        frames: list[Any] = [await screen.next("changes")]
        while not any(each["body"] == "The last" for each in frames[-1]["messages"]):
            frames.append(await screen.next("changes"))
    thread = f"/threads/{world.thread_id}"
    asked = [
        await world.ada.get(thread),
        await world.ada.get(f"{thread}/changes", after=0),
        await world.ada.get("/inbox", state="all"),
        await world.ada.get("/search/messages", q="where you live"),
        await world.ada.get("/reports"),
    ]

    assert [200] * 5 == [answer.status_code for answer in asked]
    assert not any(THREAT in answer.text for answer in asked)
    assert not any(each["body"] == THREAT for frame in frames for each in frame["messages"] if each["deleted_at"])
