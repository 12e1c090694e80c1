"""A transcript with what deleted messages said: an administrator's choice, on record, and never for the family."""

from uuid import UUID, uuid4

from sqlalchemy import text

from pawline.notifications.tests.scene import Scene
from pawline.threads.tests.scene import delete, post_note, upload_photo
from pawline.transcripts.tests.test_transcripts import (
    ask,
    attached_to,
    download,
    path_to,
    pictures_in,
    send_waiting,
    words_of,
)
from tests.world import Json, World


async def talk(world: World) -> list[Json]:
    """Returns what was deleted: a text with a photo, and a note."""
    photo = await upload_photo(world.omar, world.thread_id)
    threat = await world.omar.post_text(world.thread_id, "I know where you live", attachment_ids=[photo["id"]])
    note = await post_note(world.nora, world.thread_id, "These people again")
    await world.nora.post_text(world.thread_id, "Four drops each hour")
    await delete(world.omar, world.thread_id, threat)
    await delete(world.nora, world.thread_id, note)
    return [threat, note]


async def read_in_transcripts(world: World) -> list[tuple[UUID, UUID]]:
    query = text("SELECT * FROM deleted_reading WHERE practice_id = :practice_id AND in_transcript ORDER BY read_at, id")
    async with world.product.database.transaction() as uow:
        rows = await uow.execute(query, {"practice_id": UUID(world.practice_id)})
        return [(row.staff_id, row.message_id) for row in rows]


async def test_exported_only_as_deleted_unless_the_administrator_chooses(world: World) -> None:
    """C14: with words, file and who deleted it, in a file that says whose it is; each message is a reading on record."""
    threat, _ = await talk(world)
    path = await path_to(world)
    plain = (await download(world.ada, path)).content
    unread = await read_in_transcripts(world)
    chosen = (await download(world.ada, path, with_deleted=True)).content
    record = (await world.ada.get(f"/threads/{world.thread_id}/access")).json()["read_deleted"]
    words = words_of(chosen)

    assert "know where you live" not in words_of(plain)
    assert "With deleted messages: for the practice alone" in words
    assert "Omar Hart App · Deleted by Omar Hart I know where you live" in words
    assert "paw.jpg" in words
    assert (0, 1) == (pictures_in(plain), pictures_in(chosen))
    assert "These people again" not in words, "notes are a choice of their own"
    assert [] == unread
    assert [(UUID(world.ada.id), UUID(threat["id"]))] == await read_in_transcripts(world)
    assert [("Ada Lind", "Omar Hart", True)] == [(each["name"], each["author_name"], each["in_transcript"]) for each in record]


async def test_with_notes_and_deleted_messages(world: World) -> None:
    """C14: a deleted note is in it, and on record, where both were chosen."""
    deleted = await talk(world)
    words = words_of((await download(world.helen, await path_to(world), with_deleted=True, with_notes=True)).content)

    assert "With internal notes and deleted messages: for the practice alone" in words
    assert "These people again" in words
    assert [(UUID(world.helen.id), UUID(each["id"])) for each in deleted] == await read_in_transcripts(world)


async def test_the_choice_is_for_administrators(world: World) -> None:
    """C14 and 2.6: senior and basic staff are refused, to everybody else there is nothing; and nothing is recorded."""
    await talk(world)
    path = await path_to(world)
    callers = (world.nora, world.toby, world.olive, world.kim, world.hal, world.rita)
    refused = [(await download(caller, path, with_deleted=True)).status_code for caller in callers]
    offered = [(await caller.get(f"{path}/transcript")).json()["may_include_deleted"] for caller in (world.nora, world.ada)]

    assert [403, 403, 404, 404, 403, 404] == refused
    assert [False, True] == offered
    assert [] == await read_in_transcripts(world)


async def test_what_goes_out_by_e_mail_has_no_deleted_message(scene: Scene) -> None:
    """C14: whoever sends it, and whatever they took for themselves."""
    await talk(scene.world)
    path = await path_to(scene.world)
    await download(scene.world.ada, path, with_deleted=True)
    await ask(scene.world.ada, path, scene.world.olive.id, key=str(uuid4()))
    await send_waiting(scene, seconds=1)
    words = words_of(attached_to(scene, "olive").get_content())

    assert "Deleted by Omar Hart" in words
    assert "know where you live" not in words
