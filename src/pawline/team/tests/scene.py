"""Short words for what is done to the team, and who of it there is."""

import asyncio
from typing import Any
from uuid import UUID

import httpx
from sqlalchemy import text

from pawline.platform.db import UnitOfWork
from tests.world import Caller, Json, World


async def member(world: World, who: Caller, *, by: Caller | None = None) -> Json:
    """As the team page shows them, former ones too."""
    team = (await (by or world.helen).get("/team")).json()
    [found] = [each for each in [*team["staff"], *team["former"]] if each["id"] == who.id]
    return found


async def ask_to_change(world: World, who: Caller, *, by: Caller, **values: Any) -> httpx.Response:
    """From what the page shows at that moment."""
    revision = (await member(world, who))["revision"]
    return await by.send("PATCH", f"/team/{who.id}", {"revision": revision, **values})


async def change(world: World, who: Caller, *, by: Caller | None = None, **values: Any) -> Json:
    answer = await ask_to_change(world, who, by=by or world.helen, **values)
    assert 200 == answer.status_code, answer.text
    return answer.json()


async def end_access(world: World, who: Caller, *, by: Caller | None = None) -> Json:
    answer = await (by or world.helen).send("POST", f"/team/{who.id}/end-access")
    assert 200 == answer.status_code, answer.text
    return answer.json()


async def let_back_in(world: World, who: Caller, *, by: Caller | None = None, **values: Any) -> Json:
    answer = await (by or world.helen).send("POST", f"/team/{who.id}/let-back-in", values)
    assert 200 == answer.status_code, answer.text
    return answer.json()


async def may_sign_in(world: World, *people: Caller) -> None:
    """As if they had chosen a password."""
    statement = text("UPDATE staff_member SET password_hash = 'x' WHERE practice_id = :practice_id AND id = ANY(:ids)")
    async with world.product.database.transaction() as uow:
        ids = [UUID(person.id) for person in people]
        await uow.execute(statement, {"practice_id": UUID(world.practice_id), "ids": ids})


async def owners(world: World) -> list[str]:
    statement = text("""
        SELECT p.name FROM staff_member m JOIN person p ON p.practice_id = m.practice_id AND p.id = m.id
        WHERE m.practice_id = :practice_id AND m.role = 'practice_owner' AND m.left_at IS NULL""")
    async with world.product.database.transaction() as uow:
        return list((await uow.execute(statement, {"practice_id": UUID(world.practice_id)})).scalars())


async def until_waited_for(uow: UnitOfWork, asked: asyncio.Task[Any]) -> None:
    """Until another transaction waits for a lock of this one, or what was asked is answered without."""
    statement = text("SELECT 1 FROM pg_locks l WHERE NOT l.granted AND pg_backend_pid() = ANY(pg_blocking_pids(l.pid)) LIMIT 1")
    async with asyncio.timeout(30):
        while not asked.done() and (await uow.execute(statement)).first() is None:
            await asyncio.wait({asked}, timeout=0.01)
