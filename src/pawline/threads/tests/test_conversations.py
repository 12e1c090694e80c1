"""Conversations inside the one endless thread."""

import asyncio
from datetime import UTC, datetime

import pytest

from pawline.platform import clock
from pawline.threads.tests.scene import add_pet, post_note
from tests.world import Caller, Json, World

LATE_IN_NEW_YORK = datetime(2026, 11, 22, 3, 30, tzinfo=UTC)


@pytest.fixture
def late_evening() -> None:
    """Before anybody signs in, so that no session is of another time."""
    clock.set_clock(lambda: LATE_IN_NEW_YORK)


async def start(caller: Caller, thread_id: str, title: str) -> Json:
    return await caller.send("POST", f"/threads/{thread_id}/conversations", {"title": title})


async def change(caller: Caller, thread_id: str, conversation: Json, *, verb: str) -> Json:
    return await caller.send("POST", f"/threads/{thread_id}/conversations/{conversation['id']}/{verb}")


async def conversations(world: World) -> list[Json]:
    return (await world.nora.thread(world.thread_id))["conversations"]


async def titles(world: World) -> list[str]:
    return [conversation["title"] for conversation in await conversations(world)]


@pytest.mark.usefixtures("late_evening")
@pytest.mark.parametrize("writer", ["olive", "nora"])
async def test_a_text_about_a_pet_opens_a_conversation_named_after_it_and_the_clinics_day(world: World, writer: str) -> None:
    """C10: one that was opened without a title gets the pet's name and the date, in the clinic's own zone."""
    await world.callers[writer].post_text(world.thread_id, "Pixel is limping", pet_ids=[world.pixel_id])

    assert ["Pixel · 21 Nov 2026"] == await titles(world)


@pytest.mark.usefixtures("late_evening")
async def test_a_text_about_no_pet_opens_a_conversation_named_after_the_family(world: World) -> None:
    """C10: pet or client name and date."""
    await world.olive.post_text(world.thread_id, "Are you open tomorrow?")

    assert ["Hart family · 21 Nov 2026"] == await titles(world)


@pytest.mark.usefixtures("late_evening")
async def test_the_first_named_pet_gives_the_title(world: World) -> None:
    whiskers = await add_pet(world, "Whiskers")
    await world.olive.post_text(world.thread_id, "Both are fine", pet_ids=[whiskers, world.pixel_id])

    assert ["Whiskers · 21 Nov 2026"] == await titles(world)


async def test_texts_at_the_same_moment_open_one_conversation(world: World) -> None:
    await asyncio.gather(*(person.post_text(world.thread_id, "Pixel?") for person in (world.olive, world.omar, world.nora)))

    assert 1 == len(await conversations(world))


async def test_a_conversation_may_be_started_with_a_title_of_ones_own(world: World) -> None:
    """C10: starting one asks for a title; the next texts go into it, whatever their subject. PPB-2."""
    started = (await start(world.nora, world.thread_id, "  Limping,\n left paw ")).json()
    texts = [await writer.post_text(world.thread_id, "Tomorrow at two?") for writer in (world.nora, world.olive)]

    assert ["Limping, left paw"] == await titles(world)
    assert ("Nora Ames", None) == (started["opened_by_name"], started["ended_at"])
    assert {started["id"]} == {message["conversation_id"] for message in texts}


async def test_starting_is_refused_while_one_is_open(world: World) -> None:
    message = await world.olive.post_text(world.thread_id, "Pixel is limping")
    refused = await start(world.nora, world.thread_id, "Vaccination")
    by_opening = await world.nora.send(
        "POST", "/threads", {"family_id": world.family_id, "clinic_id": world.clinic_id, "title": "Vaccination"}
    )

    assert [(409, "conversation_open")] * 2 == [(each.status_code, each.json()["code"]) for each in (refused, by_opening)]
    assert [message["conversation_id"]] == [conversation["id"] for conversation in await conversations(world)]


async def test_two_who_start_at_once_make_one_conversation(world: World) -> None:
    answers = await asyncio.gather(*(start(person, world.thread_id, f"By {person.name}") for person in (world.nora, world.vane)))
    [conversation] = await conversations(world)

    assert [201, 409] == sorted(answer.status_code for answer in answers)
    assert [conversation] == [answer.json() for answer in answers if answer.status_code == 201]


async def test_a_text_after_the_end_opens_a_new_conversation_in_the_same_thread(world: World) -> None:
    """C11 and C1: the thread never ends; PPB-1: it stays the one thread of the family."""
    first = await world.olive.post_text(world.thread_id, "Pixel is limping", pet_ids=[world.pixel_id])
    ended = (await change(world.nora, world.thread_id, {"id": first["conversation_id"]}, verb="end")).json()
    again = await world.olive.post_text(world.thread_id, "Limping again", pet_ids=[world.pixel_id])
    thread = await world.olive.thread(world.thread_id)
    open_now = [conversation["id"] for conversation in thread["conversations"] if conversation["ended_at"] is None]

    assert "Nora Ames" == ended["ended_by_name"]
    assert [again["conversation_id"]] == open_now
    assert [first["conversation_id"], again["conversation_id"]] == [each["conversation_id"] for each in thread["messages"]]
    assert [1, 2] == [message["seq"] for message in thread["messages"]]


async def test_a_note_after_the_end_joins_the_ended_conversation(world: World) -> None:
    """C11: only a text is somebody's turn to answer; a note opens nothing."""
    message = await world.olive.post_text(world.thread_id, "Pixel is limping")
    await change(world.nora, world.thread_id, {"id": message["conversation_id"]}, verb="end")
    note = await post_note(world.vane, world.thread_id)
    [conversation] = await conversations(world)

    assert message["conversation_id"] == note["conversation_id"]
    assert conversation["ended_at"] is not None


async def test_ending_an_ended_conversation_changes_nothing(world: World) -> None:
    message = await world.olive.post_text(world.thread_id, "Pixel is limping")
    first = await change(world.nora, world.thread_id, {"id": message["conversation_id"]}, verb="end")
    second = await change(world.vane, world.thread_id, {"id": message["conversation_id"]}, verb="end")

    assert (200, 200) == (first.status_code, second.status_code)
    assert first.json() == second.json()


async def test_whoever_is_second_to_end_is_told_who_was_first(world: World) -> None:
    """A screen that says what it has seen is never told that a colleague's end is its own; a repeat of one's own end is."""
    message = await world.olive.post_text(world.thread_id, "Pixel is limping")
    [seen] = await conversations(world)
    path = f"/threads/{world.thread_id}/conversations/{message['conversation_id']}/end?seen_revision={seen['revision']}"
    first, again, second = [await who.send("POST", path) for who in (world.nora, world.nora, world.vane)]

    assert (200, 200, 409) == (first.status_code, again.status_code, second.status_code)
    assert second.json()["detail"].startswith(f"{world.nora.name} ended this ")


async def test_an_ended_conversation_can_be_restarted(world: World) -> None:
    """C11, V2P+1: staff may restart the ended one instead of opening the next."""
    first = await world.olive.post_text(world.thread_id, "Pixel is limping")
    await change(world.nora, world.thread_id, {"id": first["conversation_id"]}, verb="end")
    restarted = (await change(world.vane, world.thread_id, {"id": first["conversation_id"]}, verb="restart")).json()
    second = await world.olive.post_text(world.thread_id, "Thank you")

    assert (None, None) == (restarted["ended_at"], restarted["ended_by_name"])
    assert first["conversation_id"] == second["conversation_id"]


async def test_restarting_is_refused_while_another_is_open(world: World) -> None:
    first = await world.olive.post_text(world.thread_id, "Pixel is limping")
    await change(world.nora, world.thread_id, {"id": first["conversation_id"]}, verb="end")
    second = await world.olive.post_text(world.thread_id, "Another thing")
    refused = await change(world.nora, world.thread_id, {"id": first["conversation_id"]}, verb="restart")
    harmless = await change(world.nora, world.thread_id, {"id": second["conversation_id"]}, verb="restart")

    assert (409, "conversation_open") == (refused.status_code, refused.json()["code"])
    assert 200 == harmless.status_code


async def test_a_title_can_be_changed_by_the_team(world: World) -> None:
    """C10: automatic titles are editable; the messages stay where they are."""
    message = await world.olive.post_text(world.thread_id, "Pixel is limping")
    path = f"/threads/{world.thread_id}/conversations/{message['conversation_id']}"
    renamed = await world.vane.send("PATCH", path, {"title": "Left paw"})

    assert (200, "Left paw") == (renamed.status_code, renamed.json()["title"])
    assert ["Left paw"] == [each["title"] for each in (await world.olive.thread(world.thread_id))["conversations"]]


async def test_a_title_is_one_line_of_at_most_120_characters(world: World) -> None:
    answers = [await start(world.nora, world.thread_id, title) for title in ("", "  \n ", "x" * 121, "Pixel\x00")]

    assert [(422, "title")] * 4 == [(answer.status_code, answer.json()["errors"][0]["field"]) for answer in answers]
    assert [] == await conversations(world)


async def test_conversations_are_run_by_the_team_alone(world: World) -> None:
    message = await world.olive.post_text(world.thread_id, "Pixel is limping")
    conversation = {"id": message["conversation_id"]}
    answers = [
        await start(world.olive, world.thread_id, "Mine"),
        await change(world.olive, world.thread_id, conversation, verb="end"),
        await change(world.olive, world.thread_id, conversation, verb="restart"),
        await world.olive.send("PATCH", f"/threads/{world.thread_id}/conversations/{conversation['id']}", {"title": "Mine"}),
    ]

    assert [404] * 4 == [answer.status_code for answer in answers]


async def test_a_conversation_of_another_thread_does_not_exist_here(world: World) -> None:
    foreign = await world.kim.post_text(world.other_thread_id, "Mochi sneezes")
    answers = [
        await change(world.nora, world.thread_id, {"id": foreign["conversation_id"]}, verb="end"),
        await change(world.nora, world.thread_id, {"id": foreign["conversation_id"]}, verb="restart"),
    ]

    assert [404, 404] == [answer.status_code for answer in answers]


async def test_ends_and_texts_at_the_same_moment_leave_one_whole_story(world: World) -> None:
    """C11: however they interleave, each text is in a conversation of this thread and at most one is open."""
    for _ in range(5):
        message = await world.olive.post_text(world.thread_id, "Pixel?")
        ending = change(world.nora, world.thread_id, {"id": message["conversation_id"]}, verb="end")
        await asyncio.gather(ending, *(world.omar.post_text(world.thread_id, "And?") for _ in range(3)))
    thread = await world.nora.thread(world.thread_id)
    ids = {conversation["id"] for conversation in thread["conversations"]}

    assert ids == {message["conversation_id"] for message in thread["messages"]}
    assert 1 >= sum(conversation["ended_at"] is None for conversation in thread["conversations"])
