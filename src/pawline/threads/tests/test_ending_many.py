"""Several conversations ended at once from the inbox."""

import asyncio
from typing import Any
from uuid import uuid4

import httpx

from pawline.inbox.tests.triage_scene import add_label, triage
from tests.world import Caller, Json, World


async def open_two(world: World) -> list[Json]:
    """Olive and Kim write; both conversations as the inbox shows them."""
    await world.olive.post_text(world.thread_id, "About her paw")
    await world.kim.post_text(world.other_thread_id, "About her ear")
    return [await chosen(world, thread_id) for thread_id in (world.thread_id, world.other_thread_id)]


async def chosen(world: World, thread_id: str) -> Json:
    conversation = (await world.nora.thread(thread_id))["conversations"][-1]
    return {"thread_id": thread_id, "conversation_id": conversation["id"], "seen_revision": conversation["revision"]}


async def change(caller: Caller, verb: str, choice: list[Json]) -> httpx.Response:
    return await caller.send("POST", f"/threads/conversations/{verb}", {"conversations": choice})


def words(response: httpx.Response) -> list[Any]:
    assert 200 == response.status_code, response.text
    return response.json()["words"]


async def are_open(world: World) -> list[bool]:
    threads = [await world.nora.thread(thread_id) for thread_id in (world.thread_id, world.other_thread_id)]
    return [thread["conversations"][-1]["ended_at"] is None for thread in threads]


async def test_all_end_and_open_again(world: World) -> None:
    """V2P-92: each is ended as by its own button; a repeat changes nothing, and undoing opens them again."""
    choice = await open_two(world)
    ended = [words(await change(world.nora, "end", choice)) for _ in range(2)]
    after_the_end = await are_open(world)
    reopened = words(await change(world.nora, "restart", choice))

    assert [[None, None]] * 2 == ended
    assert [False, False] == after_the_end
    assert [None, None] == reopened
    assert [True, True] == await are_open(world)


async def test_undone_it_stands_as_before(world: World) -> None:
    """Urgent, labelled, and with whoever answered it, basic staff included; a colleague's restart begins anew."""
    label = (await add_label(world.ada, "Refill")).json()["id"]
    choice = await open_two(world)
    first = choice[0]
    path = f"/threads/{first['thread_id']}/conversations/{first['conversation_id']}"
    await triage(world.nora, "PUT", f"{path}/urgency", body={"is_urgent": True})
    await triage(world.nora, "PUT", f"{path}/labels/{label}")
    handed = await world.nora.send(
        "POST",
        f"{path}/hand-off",
        {"staff_id": world.toby.id, "note": "", "seen_revision": (await chosen(world, world.thread_id))["seen_revision"]},
        headers={"Idempotency-Key": str(uuid4())},
    )
    assert handed.is_success, handed.text
    before, could_see = await set_down_with(world), await sees(world.toby, world.thread_id)
    for who in (world.nora, world.vane):
        seen = [await chosen(world, each["thread_id"]) for each in choice]
        assert [None, None] == words(await change(world.nora, "end", seen))
        assert not await sees(world.toby, world.thread_id)
        assert [None, None] == words(await change(who, "restart", seen))
        if who is world.nora:
            assert before == await set_down_with(world)
            assert could_see is await sees(world.toby, world.thread_id) is True

    urgent_at, label_ids, assignee = await set_down_with(world)
    assert (None, [label], None) == (urgent_at, label_ids, assignee)


async def set_down_with(world: World) -> tuple[Json, Json, Json]:
    conversation = (await world.nora.thread(world.thread_id))["conversations"][-1]
    triaged: Json = conversation["triage"]
    assignment: Json = conversation["assignment"]
    return triaged["urgent_at"], triaged["label_ids"], assignment and assignment["staff_id"]


async def sees(caller: Caller, thread_id: str) -> bool:
    return (await caller.get(f"/threads/{thread_id}")).is_success


async def test_one_that_cannot_be_ended_does_not_hold_up_the_others(world: World) -> None:
    """What a colleague took or ended meanwhile is told in words, and what one may not see like what does not exist."""
    mine, taken = await open_two(world)
    path = f"/threads/{taken['thread_id']}/conversations/{taken['conversation_id']}/take"
    assert (await world.vane.send("POST", path, {"seen_revision": taken["seen_revision"]})).is_success
    riverside = {"thread_id": world.riverside_thread_id, "conversation_id": str(uuid4()), "seen_revision": 1}
    told = words(await change(world.nora, "end", [riverside, taken, mine]))

    assert "This does not exist, or you are not signed in to see it." == told[0]
    assert told[1].startswith(f"{world.vane.name} took this")
    assert told[2] is None
    assert [False, True] == await are_open(world)


async def test_two_people_at_once(world: World) -> None:
    """Each conversation has one winner; the other is told who it was."""
    choice = await open_two(world)
    nora, vane = [words(each) for each in await asyncio.gather(*(change(who, "end", choice) for who in (world.nora, world.vane)))]
    winners = [
        (hers is None, his is None, (his if hers is None else hers).split(" ended this")[0])
        for hers, his in zip(nora, vane, strict=True)
    ]

    assert {(True, False, world.nora.name), (False, True, world.vane.name)} >= set(winners)
    assert [False, False] == await are_open(world)


async def test_who_may_not(world: World) -> None:
    choice = await open_two(world)
    statuses = [(await change(who, "end", choice)).status_code for who in (world.toby, world.olive)]
    outsiders = words(await change(world.rita, "end", choice))

    assert [403, 404] == statuses
    assert 2 == len([each for each in outsiders if each is not None])
    assert [True, True] == await are_open(world)
