"""What follows a deletion, run as the worker runs it; and asking for an erasure."""

from typing import Any
from uuid import UUID

import httpx
from sqlalchemy import text

from pawline.moderation.sealed_copies import SealedCopies
from pawline.platform.files import FileStore
from tests.world import Caller, Json, World


def copies_of(world: World) -> SealedCopies:
    settings = world.product.settings
    return SealedCopies(world.product.database, FileStore(settings.files_url), settings.data)


async def settle(world: World, message: Json) -> None:
    await copies_of(world).settle_sealed_message_now(practice_id=world.practice_id, message_id=message["id"])


async def erase(caller: Caller, world: World, message: Json, **values: Any) -> httpx.Response:
    path = f"/threads/{message.get('thread_id', world.thread_id)}/messages/{message['id']}/erasure"
    return await caller.send("POST", path, {"confirmation": "ERASE", "reason": "She asked us to", **values})


async def rows(world: World, statement: str, **values: Any) -> list[Any]:
    async with world.product.database.transaction() as uow:
        found = await uow.execute(text(statement), {"practice_id": UUID(world.practice_id), **values})
        return list(found.all())


async def change(world: World, statement: str, **values: Any) -> None:
    async with world.product.database.transaction() as uow:
        await uow.execute(text(statement), {"practice_id": UUID(world.practice_id), **values})


async def is_settled(world: World, message: Json) -> bool:
    query = "SELECT is_settled FROM sealed_message WHERE practice_id = :practice_id AND message_id = CAST(:id AS uuid)"
    [row] = await rows(world, query, id=message["id"])
    return row.is_settled
