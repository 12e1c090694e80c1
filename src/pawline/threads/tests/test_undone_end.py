"""Undoing the end of a conversation gives back what that end took away, and nothing else."""

import asyncio
from typing import Any
from uuid import UUID

from sqlalchemy import text

from pawline.consent.service import Category, ConsentChange, Source, opt_out
from pawline.inbox.tests.test_handing_off import act, begin, open_one
from pawline.inbox.tests.triage_scene import mark_urgent, path_of, triage
from pawline.reach.tests.scene import grants, sees
from pawline.texting.profile_bot import QUESTION_1
from pawline.threads.tests.test_ending_many import change, words
from pawline.threads.tests.test_merging import merge
from tests.texting_scene import UNKNOWN, Texting, set_texting
from tests.world import Caller, Json, World


async def end(who: Caller, thread_id: str) -> list[Json]:
    """The choice to undo it with."""
    conversation = await open_one(who, thread_id)
    choice = [{"thread_id": thread_id, "conversation_id": conversation["id"], "seen_revision": conversation["revision"]}]
    assert [None] == words(await change(who, "end", choice))
    return choice


async def end_and_undo(who: Caller, thread_id: str) -> None:
    assert [None] == words(await change(who, "restart", await end(who, thread_id)))


async def answers(world: World) -> Any:
    """The id of whoever does."""
    assignment = (await open_one(world.nora, world.thread_id))["assignment"]
    return assignment and assignment["staff_id"]


async def write(world: World, statement: str, **values: Any) -> None:
    async with world.product.database.transaction() as uow:
        await uow.execute(text(statement), {"practice_id": UUID(world.practice_id), **values})


async def hand_to(world: World, who: Caller) -> None:
    seen = await begin(world)
    await act(world.nora, world.thread_id, "hand-off", seen=seen, staff_id=who.id, note="")


async def test_what_the_end_took_away_comes_back_as_it_was(world: World) -> None:
    """It stays Nora's hand-off until the same midnight, whoever undoes."""
    await hand_to(world, world.toby)
    before = await grants(world)
    await end_and_undo(world.vane, world.thread_id)

    assert before == await grants(world)
    assert (world.toby.id, True) == (await answers(world), await sees(world))


async def test_one_that_was_ended_alone_comes_back_the_same_way(world: World) -> None:
    """V2P-92: by its own button, and only where that says so: whoever restarts it later begins anew."""
    await hand_to(world, world.vane)
    path = await path_of(world.nora, world.thread_id)
    await mark_urgent(world.nora, world.thread_id)
    stood: list[tuple[Any, bool]] = []
    for query in ("?undoes_end=true", ""):
        assert (await world.nora.send("POST", f"{path}/end")).is_success
        restarted = await triage(world.nora, "POST", f"{path}/restart{query}")
        stood.append((restarted["assignment"]["staff_id"], restarted["triage"] is not None))

    assert [(world.vane.id, True), (None, False)] == stood


async def test_what_had_run_out_does_not_come_back(world: World) -> None:
    """Toby answers as before, and sees as little as before."""
    await hand_to(world, world.toby)
    await write(
        world,
        "UPDATE thread_grant SET granted_at = now() - interval '1 day', until = now() - interval '1 second' "
        "WHERE practice_id = :practice_id",
    )
    await end_and_undo(world.nora, world.thread_id)

    assert (world.toby.id, False) == (await answers(world), await sees(world))
    assert 1 == len(await grants(world))


async def test_nobody_who_leaves_at_that_moment_gets_it_back(world: World) -> None:
    """Who undoes waits for who ends the access, and looks after that."""
    await hand_to(world, world.vane)
    choice = await end(world.nora, world.thread_id)
    async with world.product.database.transaction() as uow:
        leaves = text("UPDATE staff_member SET left_at = now() WHERE practice_id = :practice_id AND id = :id")
        await uow.execute(leaves, {"practice_id": UUID(world.practice_id), "id": UUID(world.vane.id)})
        undoing = asyncio.create_task(change(world.nora, "restart", choice))
        await asyncio.wait([undoing], timeout=1)
    assert [None] == words(await undoing)

    assert await answers(world) is None


async def test_who_came_along_with_a_merge_answers_again(world: World) -> None:
    """Vane answered the other family; the conversation that goes on for both is his, also after an undone end."""
    await world.olive.post_text(world.thread_id, "Pixel is limping")
    await world.kim.post_text(world.other_thread_id, "Mochi sneezes")
    seen = await open_one(world.vane, world.other_thread_id)
    await act(world.vane, world.other_thread_id, "take", seen=seen)
    assert 200 == await merge(world.ada, world)
    assert world.vane.id == await answers(world)
    await end_and_undo(world.nora, world.thread_id)

    assert world.vane.id == await answers(world)


async def test_who_answered_before_an_earlier_end_does_not(world: World) -> None:
    """A colleague started it again in between, and nobody has taken it since then."""
    await hand_to(world, world.vane)
    choice = await end(world.nora, world.thread_id)
    assert [None] == words(await change(world.ada, "restart", choice))
    await end_and_undo(world.nora, world.thread_id)

    assert await answers(world) is None


async def test_the_questions_to_an_unknown_number_go_on(world: World) -> None:
    """The one that had not left yet leaves after all, and the answer to it counts."""
    texting = await set_texting(world)
    await texting.receive("hi")
    thread_id = await thread_with_unknown(texting)
    withdrawn = await end(world.nora, thread_id)
    assert [] == await texting.sent_to(UNKNOWN)
    assert [None] == words(await change(world.nora, "restart", withdrawn))
    assert [QUESTION_1] == await texting.sent_to(UNKNOWN)
    await texting.receive("Jordan")

    assert "Thanks, Jordan." in (await texting.sent_to(UNKNOWN))[1]


async def test_a_question_that_has_left_is_not_asked_twice(world: World) -> None:
    texting = await set_texting(world)
    await texting.receive("hi")
    await write(world, "UPDATE delivery SET state = 'sent', sent_at = now() WHERE practice_id = :practice_id")
    await end_and_undo(world.nora, await thread_with_unknown(texting))
    assert [QUESTION_1] == await texting.sent_to(UNKNOWN)
    await texting.receive("Jordan")

    assert 2 == len(await texting.sent_to(UNKNOWN))


async def test_what_stopped_with_an_earlier_end_stays_stopped(world: World) -> None:
    """A colleague started the conversation again without its questions."""
    texting = await set_texting(world)
    await texting.receive("hi")
    thread_id = await thread_with_unknown(texting)
    choice = await end(world.nora, thread_id)
    texting.advance(seconds=1)
    assert [None] == words(await change(world.vane, "restart", choice))
    texting.advance(seconds=1)
    await end_and_undo(world.nora, thread_id)
    await texting.receive("Jordan")

    assert [] == await texting.sent_to(UNKNOWN)


async def test_nothing_is_asked_of_a_number_that_gets_no_texts_any_more(world: World) -> None:
    """The conversation opens again all the same."""
    texting = await set_texting(world)
    await texting.receive("hi")
    choice = await end(world.nora, await thread_with_unknown(texting))
    stop = ConsentChange(
        contact_number=UNKNOWN, source=Source.CONTACT, number_id=texting.number_id, categories=(Category.TWO_WAY,)
    )
    async with world.product.database.transaction() as uow:
        await opt_out(uow, texting.practice_id, stop)
    assert [None] == words(await change(world.nora, "restart", choice))

    assert [] == await texting.sent_to(UNKNOWN)
    assert (await texting.conversation_of(UNKNOWN))["ended_at"] is None


async def thread_with_unknown(texting: Texting) -> str:
    return (await texting.thread_of(UNKNOWN))["thread_id"]
