import asyncio
from typing import Any
from uuid import uuid4

import httpx
from sqlalchemy import text

from pawline.platform.idempotency import sweep_answers
from tests.world import Caller, World


def family(world: World, name: str = "Lund family", **values: Any) -> dict[str, Any]:
    contact = {"first_name": "Wes", "last_name": "Lund"}
    return {
        "name": name,
        "clinic_id": world.clinic_id,
        "contacts": [contact],
        "pets": [{"name": "Biscuit", "species": "dog"}],
        **values,
    }


async def add(caller: Caller, body: dict[str, Any], key: str) -> httpx.Response:
    return await caller.send("POST", "/families", body, headers={"Idempotency-Key": key})


async def families_called(world: World, name: str) -> int:
    async with world.product.database.transaction() as uow:
        values = {"practice_id": world.practice_id, "name": name}
        found = await uow.execute(
            text("SELECT count(*) FROM family WHERE practice_id = CAST(:practice_id AS uuid) AND name = :name"), values
        )
        return found.scalar_one()


async def test_a_repeat_gets_the_first_answer_and_adds_nothing(world: World) -> None:
    key = str(uuid4())
    answers = [await add(world.nora, family(world), key) for _ in range(3)]

    assert {201} == {answer.status_code for answer in answers}
    assert 1 == len({answer.text for answer in answers})
    assert 1 == await families_called(world, "Lund family")


async def test_a_repeat_says_that_it_is_one(world: World) -> None:
    """F-03: of an answer that was kept, of a message, and of a file."""
    key, draft = str(uuid4()), {"client_id": str(uuid4()), "body": "Pixel limps"}
    families = [await add(world.nora, family(world), key) for _ in range(2)]
    messages = [await world.olive.send("POST", f"/threads/{world.thread_id}/messages", draft) for _ in range(2)]

    assert [None, "true"] == [answer.headers.get("Idempotent-Replay") for answer in families]
    assert [None, "true"] == [answer.headers.get("Idempotent-Replay") for answer in messages]
    assert messages[0].json() == messages[1].json()


async def test_an_answer_is_kept_for_a_month(world: World) -> None:
    """F-15; whatever only notes that something happened stays."""
    keys = [str(uuid4()) for _ in range(3)]
    for key in keys:
        await add(world.nora, family(world), key)
    async with world.product.database.transaction() as uow:
        aged = "UPDATE answered_request SET answered_at = now() - interval '31 days'"
        await uow.execute(text(f"{aged} WHERE key = :key"), {"key": keys[0]})
        await uow.execute(text(f"{aged}, answer = NULL WHERE key = :key"), {"key": keys[1]})
    await sweep_answers(world.product.database)
    async with world.product.database.transaction() as uow:
        kept = await uow.execute(text("SELECT key FROM answered_request WHERE key = ANY(:keys)"), {"keys": keys})

        assert set(keys[1:]) == {str(key) for key in kept.scalars()}


async def test_twenty_at_the_same_moment_add_one(world: World) -> None:
    key = str(uuid4())
    answers = await asyncio.gather(*(add(world.nora, family(world), key) for _ in range(20)))

    assert {201} == {answer.status_code for answer in answers}
    assert 1 == len({answer.text for answer in answers})
    assert 1 == await families_called(world, "Lund family")


async def test_another_request_under_the_same_key_is_refused(world: World) -> None:
    key = str(uuid4())
    first = await add(world.nora, family(world), key)
    others = [
        await add(world.nora, family(world, "Berg family"), key),
        await add(world.nora, family(world, pets=[{"name": "Biscuit", "species": "cat"}]), key),
    ]

    assert 201 == first.status_code
    assert {(409, "conflict")} == {(other.status_code, other.json()["code"]) for other in others}
    assert 0 == await families_called(world, "Berg family")


async def test_the_key_of_one_route_is_not_taken_for_an_answer_of_another(world: World) -> None:
    key = str(uuid4())
    member = {"name": "Nia Bell", "email": f"{uuid4().hex}@example.com", "role": "basic", "clinic_ids": [world.clinic_id]}
    first = await add(world.helen, family(world), key)
    second = await world.helen.send("POST", "/team", member, headers={"Idempotency-Key": key})

    assert [201, 409] == [first.status_code, second.status_code]


async def test_keys_are_each_persons_own(world: World) -> None:
    """A key that somebody else has used says nothing of what they did."""
    key = str(uuid4())
    mine, theirs = await add(world.nora, family(world), key), await add(world.vane, family(world, "Berg family"), key)

    assert [201, 201] == [mine.status_code, theirs.status_code]
    assert mine.json()["family_id"] != theirs.json()["family_id"]


async def test_what_was_refused_may_be_put_right_under_the_same_key(world: World) -> None:
    key = str(uuid4())
    refused = await add(world.nora, family(world, contacts=[{"first_name": "Wes", "last_name": "Lund", "email": "none"}]), key)

    assert 422 == refused.status_code
    assert 201 == (await add(world.nora, family(world), key)).status_code
