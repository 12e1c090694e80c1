"""Read marks, receipts and what is unread, per person."""

import asyncio

from pawline.threads.tests.scene import delete, post_many, post_note, tag, unread
from tests.world import Caller, Json, World


def is_read_by_the_other_side(thread: Json, message: Json) -> bool:
    """What ✓✓ stands for: anybody of the other side has read up to here."""
    others = [mark for mark in thread["read_marks"] if mark["person_kind"] != message["author_kind"]]
    return any(mark["up_to_seq"] >= message["seq"] for mark in others)


async def test_a_mark_never_moves_back_nor_beyond_the_last_message(world: World) -> None:
    await post_many(world.olive, world.thread_id, 3)
    marks = [(await world.nora.read_up_to(world.thread_id, seq))["up_to_seq"] for seq in (2, 1, 0, 99, 2)]

    assert [2, 2, 2, 3, 3] == marks


async def test_the_highest_of_many_marks_at_once_stays(world: World) -> None:
    await post_many(world.olive, world.thread_id, 9)
    await asyncio.gather(*(world.nora.read_up_to(world.thread_id, seq) for seq in (3, 9, 1, 7, 5, 2, 8)))
    [mark] = (await world.nora.thread(world.thread_id))["read_marks"]

    expected = (world.nora.id, "Nora Ames", "staff", 9)
    assert expected == tuple(mark[key] for key in ("person_id", "person_name", "person_kind", "up_to_seq"))


async def test_reading_again_changes_nothing(world: World) -> None:
    await world.olive.post_text(world.thread_id, "Pixel is limping")
    first = await world.nora.read_up_to(world.thread_id, 1)

    assert first == await world.nora.read_up_to(world.thread_id, 1)
    assert first["revision"] == (await world.nora.thread(world.thread_id))["revision"]


async def test_a_mark_is_a_number_of_a_message(world: World) -> None:
    where = f"/threads/{world.thread_id}/read-mark"
    answers = [await world.nora.send("PUT", where, {"up_to_seq": wrong}) for wrong in (-1, 2**63, 1.5, "all", None)]

    assert [422] * 5 == [answer.status_code for answer in answers]


async def test_a_message_of_the_family_is_read_once_anybody_of_the_team_has(world: World) -> None:
    """AL-31: ✓ once it is stored. AL-32 and C3: ✓✓ when any staff member has read it; who and when is told."""
    message = await world.olive.post_text(world.thread_id, "Pixel is limping")
    await world.omar.read_up_to(world.thread_id, message["seq"])
    sent = await world.olive.thread(world.thread_id)
    await world.vane.read_up_to(world.thread_id, message["seq"])
    read = await world.olive.thread(world.thread_id)
    by_vane = next(mark for mark in read["read_marks"] if mark["person_name"] == "Dr Sam Vane")

    assert [message["id"]] == [each["id"] for each in sent["messages"]]
    assert (False, True) == (is_read_by_the_other_side(sent, message), is_read_by_the_other_side(read, message))
    assert message["created_at"] <= by_vane["read_at"]


async def test_a_message_of_the_practice_is_read_once_anybody_of_the_family_has(world: World) -> None:
    """C3: ✓✓ when any family member has read it; a colleague's reading is none. AL-32."""
    message = await world.nora.post_text(world.thread_id, "How is Pixel?")
    await world.vane.read_up_to(world.thread_id, message["seq"])
    sent = await world.nora.thread(world.thread_id)
    await world.omar.read_up_to(world.thread_id, message["seq"])
    read = await world.nora.thread(world.thread_id)

    assert (False, True) == (is_read_by_the_other_side(sent, message), is_read_by_the_other_side(read, message))


async def test_unread_is_of_each_person_alone(world: World) -> None:
    """PPB-21: a colleague's reading leaves the message unread for me; so does a brother's."""
    await world.olive.post_text(world.thread_id, "Pixel is limping")
    await world.nora.post_text(world.thread_id, "Since when?")
    await world.vane.read_up_to(world.thread_id, 2)
    await world.omar.read_up_to(world.thread_id, 2)

    assert ([1], [2]) == (await unread(world.nora, world.thread_id), await unread(world.olive, world.thread_id))
    assert ([], []) == (await unread(world.vane, world.thread_id), await unread(world.omar, world.thread_id))


async def test_own_texts_and_notes_are_never_unread(world: World) -> None:
    """I12: unread is what others wrote, as texts."""
    await world.nora.post_text(world.thread_id, "How is Pixel?")
    await post_note(world.vane, world.thread_id)

    assert ([], [1]) == (await unread(world.nora, world.thread_id), await unread(world.vane, world.thread_id))
    assert [1] == await unread(world.olive, world.thread_id)


async def test_a_deleted_message_keeps_counting_until_it_is_read(world: World) -> None:
    """I12: the place it leaves is still something new."""
    message = await world.olive.post_text(world.thread_id, "Pixel is limping")
    await delete(world.olive, world.thread_id, message)
    before = await unread(world.nora, world.thread_id)
    await world.nora.read_up_to(world.thread_id, message["seq"])

    assert ([1], []) == (before, await unread(world.nora, world.thread_id))


async def test_what_the_team_does_among_itself_changes_nobodys_unread(world: World) -> None:
    """I12: notes, tags, titles and ends are internal."""
    message = await world.olive.post_text(world.thread_id, "Pixel is limping")
    await world.nora.post_text(world.thread_id, "Since when?")
    before = await _unread_of_all(world)
    conversation = f"/threads/{world.thread_id}/conversations/{message['conversation_id']}"
    await post_note(world.nora, world.thread_id)
    await tag(world.vane, world.thread_id, message, pet_ids=[world.pixel_id])
    await world.nora.send("PATCH", conversation, {"title": "Left paw"})
    await world.vane.send("POST", f"{conversation}/end")
    await world.vane.send("POST", f"{conversation}/restart")

    assert before == await _unread_of_all(world)


async def test_unread_is_what_a_recount_finds_after_every_step(world: World) -> None:
    """I12: messages above one's mark, not one's own, visible to oneself, and no notes."""
    people = [world.olive, world.omar, world.nora, world.vane, world.ada]
    for step, actor in enumerate([world.olive, world.nora, world.omar, world.vane, world.olive, world.nora]):
        written = await actor.post_text(world.thread_id, "Pixel?")
        if step % 2:
            await post_note(world.vane, world.thread_id)
            await people[step % 5].read_up_to(world.thread_id, step)
        else:
            await delete(actor, world.thread_id, written)
        threads = [await person.thread(world.thread_id) for person in people]
        counted = [[each["seq"] for each in thread["unread"]] for thread in threads]

        assert [_recount(person, thread) for person, thread in zip(people, threads, strict=True)] == counted


async def test_the_newest_hundred_unread_are_listed(world: World) -> None:
    await post_many(world.olive, world.thread_id, 103)

    assert list(range(103, 3, -1)) == await unread(world.nora, world.thread_id)


async def _unread_of_all(world: World) -> list[list[int]]:
    return [await unread(person, world.thread_id) for person in (world.olive, world.omar, world.nora, world.vane)]


def _recount(person: Caller, thread: Json) -> list[int]:
    mark = next((mark["up_to_seq"] for mark in thread["read_marks"] if mark["person_id"] == person.id), 0)
    by_others = [each for each in thread["messages"] if each["author_id"] != person.id and each["kind"] == "text"]
    return [message["seq"] for message in reversed(by_others) if message["seq"] > mark]
