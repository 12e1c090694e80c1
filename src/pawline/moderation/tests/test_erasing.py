"""Erasing a deleted message for good: nobody reads it any more, and it is on record who decided so."""

from uuid import uuid4

import pytest
from sqlalchemy.exc import DBAPIError

from pawline.moderation.tests.sealing_scene import change, erase, is_settled, rows, settle
from pawline.moderation.tests.test_deleted_messages import deleted_by_omar, read
from pawline.moderation.tests.test_sealing import CANARY
from pawline.platform.files import FileStore
from pawline.threads.tests.scene import delete, fetch, page
from pawline.transcripts.tests.test_transcripts import download, path_to, words_of
from tests.leaks import files_of, tables_with
from tests.world import World

_ERASURES = "SELECT staff_id, reason FROM message_erasure WHERE practice_id = :practice_id"


async def test_nobody_reads_it_any_more_and_its_place_says_who_erased_it(world: World) -> None:
    """C14: the key is gone, the files are gone, hash and metadata stay."""
    message = await deleted_by_omar(world)
    await settle(world, message)
    [photo] = (await read(world.ada, world, message)).json()["message"]["attachments"]
    answer = await erase(world.ada, world, message)
    await settle(world, message)
    late = await read(world.helen, world, message)
    seen = [(await page(reader, world.thread_id))["messages"][0] for reader in (world.omar, world.olive, world.nora)]
    stored = await files_of(FileStore(world.product.settings.files_url), photo["id"])
    [kept] = await rows(
        world,
        "SELECT content, body_sha256 FROM sealed_message s WHERE practice_id = :practice_id AND message_id = CAST(:id AS uuid)",
        id=message["id"],
    )

    assert (201, "Ada Lind", "") == (answer.status_code, answer.json()["erased_by_name"], answer.json()["body"])
    assert (409, "message_erased") == (late.status_code, late.json()["code"])
    assert "Ada Lind erased this message for good" in late.json()["detail"]
    assert [("Ada Lind", "Omar Hart", 1)] * 3 == [(each["erased_by_name"], each["author_name"], each["seq"]) for each in seen]
    assert 404 == (await fetch(world.ada, photo["url"])).status_code
    assert [] == stored
    assert (None, 32) == (kept.content, len(kept.body_sha256))
    assert [] == await rows(world, "SELECT 1 FROM message_key WHERE practice_id = :practice_id")
    assert [("She asked us to", world.ada.id)] == [(row.reason, str(row.staff_id)) for row in await rows(world, _ERASURES)]
    assert await is_settled(world, message)


async def test_no_canary_is_left(world: World) -> None:
    """P-17 and C14: also where it is erased before anything else of it was settled."""
    message = await world.olive.post_text(world.thread_id, f"The code is {CANARY}")
    await delete(world.olive, world.thread_id, message)
    await erase(world.helen, world, message)
    await settle(world, message)

    assert [] == await tables_with(world.product, CANARY)


async def test_erasing_twice_is_erasing_once(world: World) -> None:
    """C14: the first reason and the first name stand."""
    message = await deleted_by_omar(world)
    first = (await erase(world.ada, world, message)).json()
    again = await erase(world.helen, world, message, reason="Another one")

    assert (201, first) == (again.status_code, again.json())
    assert ["She asked us to"] == [row.reason for row in await rows(world, _ERASURES)]


async def test_what_is_not_deleted_is_not_erased(world: World) -> None:
    """C14: erasing is no way around the tombstone."""
    message = await world.omar.post_text(world.thread_id, "Still there")
    answer = await erase(world.ada, world, message)

    assert (409, "not_deleted") == (answer.status_code, answer.json()["code"])
    assert "Still there" == (await page(world.nora, world.thread_id))["messages"][0]["body"]


async def test_it_takes_the_typed_word_and_a_reason(world: World) -> None:
    """C14: nothing brings it back, so nobody does it by one press."""
    message = await deleted_by_omar(world)
    answers = [
        await erase(world.ada, world, message, **odd)
        for odd in ({"confirmation": "erase"}, {"reason": "  "}, {"reason": "a\x00b"})
    ]

    assert [422] * 3 == [answer.status_code for answer in answers]
    assert 201 == (await read(world.ada, world, message)).status_code


async def test_nobody_else_erases(world: World) -> None:
    """C14, 2.6 and I10: no senior or basic staff, no contact, nobody of another clinic or practice."""
    message = await deleted_by_omar(world)
    names = ("nora", "vane", "toby", "hal", "olive", "omar", "kim", "rita", "stranger")
    answers = {name: await erase(world.callers[name], world, message) for name in names}
    nothing = await erase(world.ada, world, {"id": str(uuid4())})

    expected = dict.fromkeys(names, 404) | dict.fromkeys(("nora", "vane", "toby", "hal"), 403)
    assert expected == {name: answer.status_code for name, answer in answers.items()}
    assert 404 == nothing.status_code
    assert 201 == (await read(world.ada, world, message)).status_code


async def test_the_record_is_only_ever_added_to(world: World) -> None:
    """C14: PostgreSQL itself refuses to change who erased what, and why."""
    await erase(world.ada, world, await deleted_by_omar(world))
    for statement in ("UPDATE message_erasure SET reason = ''", "DELETE FROM message_erasure"):
        with pytest.raises(DBAPIError, match="append-only"):
            await change(world, f"{statement} WHERE practice_id = :practice_id")

    assert 1 == len(await rows(world, _ERASURES))


async def test_screens_hear_of_it_at_once(world: World) -> None:
    """C14: whoever has the thread open sees who erased it."""
    message = await deleted_by_omar(world)
    async with world.omar.live() as screen:
        await erase(world.ada, world, message)
        frame = await screen.next("changes")
        while frame["messages"][-1]["erased_at"] is None:
            frame = await screen.next("changes")

    assert [(message["id"], "Ada Lind")] == [(each["id"], each["erased_by_name"]) for each in frame["messages"]]


async def test_a_transcript_with_deleted_messages_says_who_erased_it(world: World) -> None:
    """C14: and nothing else of it; it is no reading, for nothing was there to be read."""
    message = await deleted_by_omar(world)
    await world.nora.post_text(world.thread_id, "Four drops each hour")
    await erase(world.ada, world, message)
    words = words_of((await download(world.ada, await path_to(world), with_deleted=True)).content)

    assert "Erased by Ada Lind" in words
    assert "where you live" not in words
    assert [] == await rows(world, "SELECT 1 FROM deleted_reading WHERE practice_id = :practice_id")
