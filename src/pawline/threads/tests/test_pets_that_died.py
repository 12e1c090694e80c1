"""A pet has died: said by the family or the team, corrected, taken back; what stops and what stays."""

from datetime import timedelta
from uuid import UUID

import httpx
from sqlalchemy import text

from pawline.platform import clock
from pawline.platform.actor import Actor
from pawline.schedule.tests.scene import book
from pawline.threads.known_pets import say_died
from tests.world import Caller, Json, World

TODAY = clock.now().date()
YESTERDAY = (TODAY - timedelta(days=1)).isoformat()


async def say(caller: Caller, world: World, died_on: str | None) -> httpx.Response:
    return await caller.send("PUT", f"/pets/{world.pixel_id}/death", {"died_on": died_on})


async def died_on(world: World) -> list[str | None]:
    """As the family and as the team read it."""
    own: list[Json] = (await world.olive.get("/pets")).json()["pets"]
    known: list[Json] = (await world.nora.thread(world.thread_id))["family"]["pets"]
    return [pet["died_on"] for pet in (*own, *known) if pet["id"] == world.pixel_id]


async def test_family_and_team_say_it_correct_it_and_take_it_back(world: World) -> None:
    said = await say(world.olive, world, TODAY.isoformat())
    shown = [await died_on(world)]
    corrected = await say(world.nora, world, YESTERDAY)
    shown += [await died_on(world)]
    taken_back = await say(world.omar, world, None)

    assert [204] * 3 == [each.status_code for each in (said, corrected, taken_back)]
    assert [[TODAY.isoformat()] * 2, [YESTERDAY] * 2] == shown
    assert [None] * 2 == await died_on(world)


async def test_messages_and_connections_stay_and_visits_are_asked_about_no_more(world: World) -> None:
    await world.olive.post_text(world.thread_id, "Pixel is limping", pet_ids=[world.pixel_id])
    visit = await book(world)
    await say(world.olive, world, YESTERDAY)
    [pet] = (await world.olive.get("/pets")).json()["pets"]
    visits = (await world.olive.get("/visits")).json()
    answer = await world.olive.post_text(world.thread_id, "Thank you for everything", pet_ids=[world.pixel_id])

    assert [(world.thread_id, "accepted")] == [(place["thread_id"], place["state"]) for place in pet["threads"]]
    assert ["Pixel is limping"] == [each["body"] for each in (await world.nora.thread(world.thread_id))["messages"]][:1]
    assert [world.pixel_id] == answer["pet_ids"]
    assert ([], []) == (visits["coming"], visits["due"])
    await say(world.olive, world, None)
    assert [visit["id"]] == [each["id"] for each in (await world.olive.get("/visits")).json()["coming"]]


async def test_open_screens_of_both_sides_hear_of_it(world: World) -> None:
    async with world.nora.live() as of_team, world.omar.live() as of_family:
        await say(world.olive, world, YESTERDAY)
        frames = [await screen.next("thread_anew") for screen in (of_team, of_family)]

    assert [{"type": "thread_anew", "thread_id": world.thread_id, "kept_id": world.thread_id}] * 2 == frames


async def test_what_is_known_already_is_told_to_nobody(world: World) -> None:
    await say(world.olive, world, YESTERDAY)
    olive_id = UUID(world.olive.id)
    olive = Actor(UUID(world.practice_id), olive_id, olive_id, "contact", "Olive", family_id=UUID(world.family_id))
    async with world.product.database.transaction() as uow:
        await say_died(uow, olive, UUID(world.pixel_id), died_on=TODAY - timedelta(days=1))
        told = list(uow.hints)
        await say_died(uow, olive, UUID(world.pixel_id), died_on=TODAY)

    assert ([], 1) == (told, len(uow.hints))
    assert [TODAY.isoformat()] * 2 == await died_on(world)


async def test_days_that_cannot_be_are_refused(world: World) -> None:
    """Not in the future, wherever on Earth it is today; not before the pet was born."""
    async with world.product.database.transaction() as uow:
        await uow.execute(text("UPDATE pet SET born_on = '2021-05-01' WHERE id = :id"), {"id": UUID(world.pixel_id)})
    future = await say(world.olive, world, (TODAY + timedelta(days=3)).isoformat())
    too_early = await say(world.olive, world, "2021-04-30")

    assert [(422, "is in the future; give the day it was"), (422, "is before the pet was born; correct the day")] == [
        (each.status_code, each.json()["errors"][0]["message"]) for each in (future, too_early)
    ]
    assert [None] * 2 == await died_on(world)


async def test_nobody_else_says_it(world: World) -> None:
    """Another family, another practice or another clinic: the pet is not there for them. Basic staff may not."""
    outsiders = [await say(who, world, YESTERDAY) for who in (world.kim, world.rolf, world.rita, world.hal)]

    assert [404] * 4 == [each.status_code for each in outsiders]
    assert 403 == (await say(world.toby, world, YESTERDAY)).status_code
    assert [None] * 2 == await died_on(world)
